"""The floor: no middleware, raw SQL, strings joined by hand."""

from desmigratif.settings import *  # noqa: F403
from desmigratif.settings import INSTALLED_APPS

# allauth does not start without its middleware.
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]
MIDDLEWARE = []
ROOT_URLCONF = "bench.baseline.raw_urls"
