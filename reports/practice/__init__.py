"""Practice data: invented people and records, so that every page of a fresh copy has life. Local mode only.

The villages are real and publicly known, and keep exactly what the public register says of them. Everybody
and everything else in here is invented: officers, residents, journeys, visits, cases, groups. NIKs begin with
99, phones with 0810, companies and employers are called Contoh or Latihan. Days count back from today, chance
has a fixed seed: the same day gives the same data.
"""

from reports.practice.accounts import account_lines
from reports.practice.loading import PracticeRefused, load_practice

__all__ = ["PracticeRefused", "account_lines", "load_practice"]
