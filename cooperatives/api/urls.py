"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from cooperatives.api import views

app_name = "cooperatives-api"

urlpatterns = [
    path("finance-bodies/", views.body_list, name="body-list"),
    path("finance-bodies/<uuid:key>/", views.body_detail, name="body-detail"),
    path("finance-bodies/<uuid:key>/years/<int:year>/", views.year_detail, name="year-detail"),
]
