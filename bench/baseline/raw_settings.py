"""The floor: no middleware, raw SQL, strings joined by hand."""

from desmigratif.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "bench.baseline.raw_urls"
