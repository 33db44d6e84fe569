"""Reads of pillars 1 to 3."""
