"""Reads about people, journeys, visits and cases. Nothing here writes."""
