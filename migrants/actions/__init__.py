"""Every write about people, journeys, visits and cases."""
