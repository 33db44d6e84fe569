"""The product as shipped, but for one setting: a new database connection for each request."""

from desmigratif.settings import *  # noqa: F403
from desmigratif.settings import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 0
