"""Pages about people, journeys, visits and cases."""
