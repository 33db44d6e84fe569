"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from pillars.api import views

app_name = "pillars-api"

urlpatterns = [
    path("outreach-sessions/", views.outreach_list, name="outreach-session-list"),
    path("outreach-sessions/<uuid:key>/", views.outreach_detail, name="outreach-session-detail"),
    path("notices/", views.notice_list, name="notice-list"),
    path("notices/<uuid:key>/", views.notice_detail, name="notice-detail"),
    path("business-groups/", views.group_list, name="business-group-list"),
    path("business-groups/<uuid:key>/", views.group_detail, name="business-group-detail"),
    path("businesses/", views.business_list, name="business-list"),
    path("businesses/<uuid:key>/", views.business_detail, name="business-detail"),
    path("trainings/", views.training_list, name="training-list"),
    path("trainings/<uuid:key>/", views.training_detail, name="training-detail"),
    path("aid/", views.aid_list, name="aid-list"),
    path("aid/<uuid:key>/", views.aid_detail, name="aid-detail"),
    path("learning-centres/", views.centre_list, name="learning-centre-list"),
    path("learning-centres/<uuid:key>/", views.centre_detail, name="learning-centre-detail"),
]
