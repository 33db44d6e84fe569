"""Pages of pillars 1 to 3."""

from django.urls import path

from pillars.views import centres, groups, home, outreach

app_name = "pillars"

urlpatterns = [
    path("pillars/", home.home, name="home"),
    path("outreach/", outreach.outreach_list, name="outreach-list"),
    path("outreach/new/", outreach.outreach_new, name="outreach-new"),
    path("outreach/<uuid:key>/", outreach.outreach_detail, name="outreach-detail"),
    path("business-groups/", groups.group_list, name="group-list"),
    path("business-groups/new/", groups.group_new, name="group-new"),
    path("business-groups/<uuid:key>/", groups.group_detail, name="group-detail"),
    path("business-groups/<uuid:key>/end/", groups.group_end, name="group-end"),
    path("business-groups/<uuid:key>/members/new/", groups.member_new, name="member-new"),
    path("business-group-members/<uuid:key>/end/", groups.member_end, name="member-end"),
    path("learning-centres/", centres.centre_list, name="centre-list"),
    path("learning-centres/new/", centres.centre_new, name="centre-new"),
    path("learning-centres/<uuid:key>/", centres.centre_detail, name="centre-detail"),
    path("learning-centres/<uuid:key>/end/", centres.centre_end, name="centre-end"),
]
