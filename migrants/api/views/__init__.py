"""The calls: door, form of the page, action, answer."""
