"""The figures for programs: read only."""
