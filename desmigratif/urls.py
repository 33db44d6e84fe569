"""Every route of the site: each app's own list, included once, by its owner."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from desmigratif import health, pages
from reports.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("menu/", pages.menu, name="menu"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("language/", pages.language, name="language"),
    path("calendar/", pages.calendar, name="calendar"),
    path("", include("accounts.urls")),
    path("", include("migrants.urls")),
    path("api/v1/", include("villages.api.urls")),
    path("api/v1/", include("migrants.api.urls")),
    path("api/v1/", include("pillars.api.urls")),
    path("api/v1/", include("cooperatives.api.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("", include("villages.urls")),
    path("", include("pillars.urls")),
    path("", include("cooperatives.urls")),
    path("", home, name="home"),
    path("", include("reports.urls")),
]

if settings.LOCAL:
    # Every part of the pages with invented people, for eyes and axe.
    from desmigratif import gallery

    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))

handler400 = "desmigratif.errors.bad_request"
handler403 = "desmigratif.errors.permission_denied"
handler404 = "desmigratif.errors.page_not_found"
handler500 = "desmigratif.errors.server_error"
