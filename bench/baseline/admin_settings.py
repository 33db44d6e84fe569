"""The product with Django's admin for the same rows."""

from desmigratif.settings import *  # noqa: F403
from desmigratif.settings import INSTALLED_APPS, TEMPLATES

# allauth does not start without its middleware.
INSTALLED_APPS = [
    *(app for app in INSTALLED_APPS if not app.startswith("allauth")),
    "django.contrib.admin",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "bench.baseline.admin_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": TEMPLATES[0]["OPTIONS"]["context_processors"][:3]},
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
