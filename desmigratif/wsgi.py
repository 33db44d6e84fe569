"""What gunicorn serves. A missing or wrong setting ends it with one sentence, before anything is written."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from accounts.sealing import check_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")

try:
    check_keys()
    application = get_wsgi_application()
except ImproperlyConfigured as wrong:
    sys.exit(f"Not started: {wrong}")
