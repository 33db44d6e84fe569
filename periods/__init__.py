"""Which day, which month, how much: the small types everybody above may import."""

from periods.month import Month, Year

__all__ = ["Month", "Year"]
