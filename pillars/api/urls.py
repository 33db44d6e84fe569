"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from pillars.api.views import aid, businesses, centres, groups, notices, outreach, trainings

app_name = "pillars-api"

urlpatterns = [
    path("outreach-sessions/", outreach.outreach_list, name="outreach-session-list"),
    path("outreach-sessions/<uuid:key>/", outreach.outreach_detail, name="outreach-session-detail"),
    path("outreach-sessions/<uuid:key>/facts/", outreach.outreach_facts, name="outreach-session-facts"),
    path(
        "outreach-sessions/<uuid:key>/withdrawal/",
        outreach.outreach_withdrawal,
        name="outreach-session-withdrawal",
    ),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/<uuid:key>/", notices.notice_detail, name="notice-detail"),
    path("notices/<uuid:key>/facts/", notices.notice_facts, name="notice-facts"),
    path("notices/<uuid:key>/withdrawal/", notices.notice_withdrawal, name="notice-withdrawal"),
    path("business-groups/", groups.group_list, name="business-group-list"),
    path("business-groups/<uuid:key>/", groups.group_detail, name="business-group-detail"),
    path("business-groups/<uuid:key>/members/", groups.group_members, name="business-group-members"),
    path("business-groups/<uuid:key>/end/", groups.group_end, name="business-group-end"),
    path("businesses/", businesses.business_list, name="business-list"),
    path("businesses/<uuid:key>/", businesses.business_detail, name="business-detail"),
    path("businesses/<uuid:key>/facts/", businesses.business_facts, name="business-facts"),
    path("businesses/<uuid:key>/steps/", businesses.business_step, name="business-step"),
    path("businesses/<uuid:key>/permits/", businesses.business_permits, name="business-permits"),
    path("businesses/<uuid:key>/turnovers/", businesses.business_turnovers, name="business-turnovers"),
    path(
        "businesses/<uuid:key>/turnovers/<str:month>/",
        businesses.business_turnover,
        name="business-turnover",
    ),
    path("trainings/", trainings.training_list, name="training-list"),
    path("trainings/<uuid:key>/", trainings.training_detail, name="training-detail"),
    path("trainings/<uuid:key>/participants/", trainings.training_participants, name="training-participants"),
    path("aid/", aid.aid_list, name="aid-list"),
    path("aid/<uuid:key>/", aid.aid_detail, name="aid-detail"),
    path("aid/<uuid:key>/items/", aid.aid_items, name="aid-items"),
    path("aid-items/", aid.item_list, name="aid-item-list"),
    path("aid-items/<uuid:key>/", aid.item_detail, name="aid-item-detail"),
    path("aid-items/<uuid:key>/checks/", aid.item_checks, name="aid-item-checks"),
    path("learning-centres/", centres.centre_list, name="learning-centre-list"),
    path("learning-centres/<uuid:key>/", centres.centre_detail, name="learning-centre-detail"),
    path("learning-centres/<uuid:key>/facts/", centres.centre_facts, name="learning-centre-facts"),
    path("learning-centres/<uuid:key>/end/", centres.centre_end, name="learning-centre-end"),
]
