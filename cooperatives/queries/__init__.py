"""Reads about finance bodies. Nothing here writes."""
