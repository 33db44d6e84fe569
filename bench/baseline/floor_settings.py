"""The floor: no middleware, raw SQL, strings joined by hand."""

from bench.baseline.raw_settings import *  # noqa: F403
from bench.baseline.raw_settings import INSTALLED_APPS

# allauth does not start without its middleware.
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]
MIDDLEWARE = []
