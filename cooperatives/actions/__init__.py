"""Every write about finance bodies: their members, their books, their meetings."""
