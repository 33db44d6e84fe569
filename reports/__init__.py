"""Figures, dashboards, landing pages, exports and the yearly report."""
