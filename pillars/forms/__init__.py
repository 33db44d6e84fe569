"""Outside input of pillars 1 to 3."""
