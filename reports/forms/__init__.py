"""Outside input about figures, reports and returns."""
