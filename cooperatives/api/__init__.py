"""The totals of the books for programs: read only."""
