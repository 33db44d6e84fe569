"""Outside input about finance bodies. Forms read; they never save."""
