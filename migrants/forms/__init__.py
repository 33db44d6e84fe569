"""Outside input about people, journeys, visits and cases. Forms read; they never save."""
