"""The calls: what the pages show, and the steps they make."""
