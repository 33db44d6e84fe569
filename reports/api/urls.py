"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from reports.api import views

app_name = "reports-api"

urlpatterns = [path("figures/", views.figures, name="figures")]
