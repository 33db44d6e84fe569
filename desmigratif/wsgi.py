"""What gunicorn serves. A missing or wrong setting ends it with one sentence, before anything is written."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")

try:
    application = get_wsgi_application()
    from accounts.sealing import check_keys

    check_keys()
except ImproperlyConfigured as wrong:
    sys.exit(f"Not started: {wrong}")
