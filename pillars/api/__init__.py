"""The records of pillars 1 to 3 for programs."""
