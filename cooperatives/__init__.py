"""Pillar 4: cooperatives and other village finance bodies."""
