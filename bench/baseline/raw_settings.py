"""Raw SQL and strings joined by hand, behind the product's own middleware: session, seat, headers, gzip."""

from desmigratif.settings import *  # noqa: F403

ROOT_URLCONF = "bench.baseline.raw_urls"
