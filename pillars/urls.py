"""Pages of pillars 1 to 3."""

from django.urls import path

from pillars.views import businesses, centres, groups, home, outreach, training

app_name = "pillars"

urlpatterns = [
    path("pillars/", home.home, name="home"),
    path("outreach/", outreach.outreach_list, name="outreach-list"),
    path("outreach/new/", outreach.outreach_new, name="outreach-new"),
    path("outreach/<uuid:key>/", outreach.outreach_detail, name="outreach-detail"),
    path("outreach/<uuid:key>/edit/", outreach.outreach_edit, name="outreach-edit"),
    path("outreach/<uuid:key>/attendance/", outreach.outreach_attendance, name="outreach-attendance"),
    path("outreach/<uuid:key>/sheet/", outreach.outreach_sheet, name="outreach-sheet"),
    path("outreach/<uuid:key>/photos/new/", outreach.photo_new, name="photo-new"),
    path("outreach-photos/<uuid:key>/", outreach.photo_download, name="photo-download"),
    path("outreach-photos/<uuid:key>/remove/", outreach.photo_remove, name="photo-remove"),
    path("business-groups/", groups.group_list, name="group-list"),
    path("business-groups/new/", groups.group_new, name="group-new"),
    path("business-groups/<uuid:key>/", groups.group_detail, name="group-detail"),
    path("business-groups/<uuid:key>/end/", groups.group_end, name="group-end"),
    path("business-groups/<uuid:key>/members/new/", groups.member_new, name="member-new"),
    path("business-group-members/<uuid:key>/end/", groups.member_end, name="member-end"),
    path("businesses/", businesses.business_list, name="business-list"),
    path("businesses/new/", businesses.business_new, name="business-new"),
    path("businesses/<uuid:key>/", businesses.business_detail, name="business-detail"),
    path("businesses/<uuid:key>/edit/", businesses.business_edit, name="business-edit"),
    path("businesses/<uuid:key>/move/", businesses.business_move, name="business-move"),
    path("businesses/<uuid:key>/permits/new/", businesses.permit_new, name="permit-new"),
    path("businesses/<uuid:key>/turnover/<str:month>/", businesses.turnover_edit, name="turnover-edit"),
    path("turnover/<str:month>/", businesses.turnover_list, name="turnover-list"),
    path("learning-centres/", centres.centre_list, name="centre-list"),
    path("learning-centres/new/", centres.centre_new, name="centre-new"),
    path("learning-centres/<uuid:key>/", centres.centre_detail, name="centre-detail"),
    path("learning-centres/<uuid:key>/end/", centres.centre_end, name="centre-end"),
    path("trainings/", training.training_list, name="training-list"),
    path("trainings/new/", training.training_new, name="training-new"),
    path("trainings/<uuid:key>/", training.training_detail, name="training-detail"),
    path("trainings/<uuid:key>/attendance/", training.training_attendance, name="training-attendance"),
    path("trainings/<uuid:key>/participants/new/", training.participant_new, name="participant-new"),
    path("trainings/<uuid:key>/certificates/", training.training_certificates, name="training-certificates"),
    path("trainings/<uuid:key>/sheet/", training.training_sheet, name="training-sheet"),
    path(
        "trainings/<uuid:key>/certificate-list/",
        training.training_certificate_list,
        name="training-certificate-list",
    ),
    path("training-participants/<uuid:key>/remove/", training.participant_remove, name="participant-remove"),
]
