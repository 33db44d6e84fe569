"""Which month, which year, which day: pure calculation, no table of its own."""
