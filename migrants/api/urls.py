"""Addresses for programs, version 1."""

from django.urls import path

from migrants.api import views

app_name = "migrants-api"

urlpatterns = [path("visits/", views.visit_list, name="visit-list")]
