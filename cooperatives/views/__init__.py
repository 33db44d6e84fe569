"""Pages about finance bodies."""
