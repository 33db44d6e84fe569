"""Records of the pillars as JSON. No child and nobody who came is named here; counts are."""
