"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from reports.api import views

app_name = "reports-api"

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:code>/", views.figure, name="figure"),
    path("indicators/", views.indicator_list, name="indicator-list"),
    path("indicators/<slug:code>/", views.indicator_detail, name="indicator-detail"),
    path("editions/", views.edition_list, name="edition-list"),
    path("editions/<uuid:key>/", views.edition_detail, name="edition-detail"),
    path("editions/<uuid:key>/file/", views.edition_file, name="edition-file"),
]
