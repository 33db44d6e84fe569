"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from villages.api.views import places, start

app_name = "villages-api"

urlpatterns = [
    path("", start.root, name="root"),
    path("schema/", start.description, name="schema"),
    path("reading/", start.reading, name="reading"),
    path("problems/<slug:code>/", start.problem_detail, name="problem-detail"),
    path("provinces/", places.province_list, name="province-list"),
    path("districts/", places.district_list, name="district-list"),
    path("subdistricts/", places.subdistrict_list, name="subdistrict-list"),
    path("villages/", places.village_list, name="village-list"),
    path("villages/<str:code>/", places.village_detail, name="village-detail"),
    path("designations/", places.designation_list, name="designation-list"),
    path("designations/<uuid:key>/", places.designation_detail, name="designation-detail"),
    path("officers/", places.officer_list, name="officer-list"),
    path("officers/<uuid:key>/", places.officer_detail, name="officer-detail"),
]
