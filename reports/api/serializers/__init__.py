"""Figures, reports and monthly returns as they are answered."""
