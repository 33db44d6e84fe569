"""Moved to `accounts.phones`, which accounts need too. Goes as soon as nobody imports it from here."""

from accounts.phones import PhoneRefused, read_phone

__all__ = ["PhoneRefused", "read_phone"]
