"""Pillars 1 to 3: outreach, productive business, community parenting."""
