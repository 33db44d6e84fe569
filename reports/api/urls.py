"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from reports.api.views import figures, returns

app_name = "reports-api"

urlpatterns = [
    path("returns/", returns.return_list, name="return-list"),
    path("returns/<uuid:key>/", returns.return_detail, name="return-detail"),
    path("returns/<uuid:key>/words/", returns.return_words, name="return-words"),
    path("returns/<uuid:key>/steps/", returns.return_steps, name="return-steps"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:code>/", figures.figure, name="figure"),
    path("indicators/", figures.indicator_list, name="indicator-list"),
    path("indicators/<slug:code>/", figures.indicator_detail, name="indicator-detail"),
    path("editions/", figures.edition_list, name="edition-list"),
    path("editions/<uuid:key>/", figures.edition_detail, name="edition-detail"),
    path("editions/<uuid:key>/file/", figures.edition_file, name="edition-file"),
]
