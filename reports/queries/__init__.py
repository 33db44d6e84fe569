"""Reads that pages of figures need besides the figures themselves."""
