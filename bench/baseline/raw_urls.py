"""The floor's two pages."""

from django.urls import path

from bench.baseline import raw_views

urlpatterns = [path("list/", raw_views.visit_list), path("save/", raw_views.visit_save)]
