"""Pages about people, journeys, visits and cases."""

from django.urls import path

from migrants.views import cases, journeys, people, referrals, registering, visits

app_name = "migrants"

urlpatterns = [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/new/", visits.visit_new, name="visit-new"),
    path("visits/<uuid:key>/", visits.visit_detail, name="visit-detail"),
    path("visits/<uuid:key>/saved/", visits.visit_saved, name="visit-saved"),
    path("visits/<uuid:key>/withdraw/", visits.visit_withdraw, name="visit-withdraw"),
    path("visits/<uuid:key>/undo/", visits.visit_undo, name="visit-undo"),
    path("visits/<uuid:key>/followed-up/", visits.visit_followed_up, name="visit-followed-up"),
    path("people/", people.person_list, name="person-list"),
    path("people/new/", registering.person_new, name="person-new"),
    path("people/<uuid:key>/", people.person_detail, name="person-detail"),
    path("people/<uuid:key>/saved/", registering.person_saved, name="person-saved"),
    path("people/<uuid:key>/edit/", people.person_edit, name="person-edit"),
    path("people/<uuid:key>/reveal/", people.person_reveal, name="person-reveal"),
    path("people/<uuid:key>/journeys/new/", journeys.migration_new, name="migration-new"),
    path("journeys/<uuid:key>/move/", journeys.migration_move, name="migration-move"),
    path("journeys/<uuid:key>/assess/", journeys.migration_assess, name="migration-assess"),
    path("cases/", cases.case_list, name="case-list"),
    path("cases/new/", cases.case_new, name="case-new"),
    path("cases/<uuid:key>/", cases.case_detail, name="case-detail"),
    path("cases/<uuid:key>/saved/", cases.case_saved, name="case-saved"),
    path("cases/<uuid:key>/note/", cases.case_note, name="case-note"),
    path("cases/<uuid:key>/move/", cases.case_move, name="case-move"),
    path("cases/<uuid:key>/refer/", referrals.case_refer, name="case-refer"),
    path("cases/<uuid:key>/close/", cases.case_close, name="case-close"),
    path("cases/<uuid:key>/reopen/", cases.case_reopen, name="case-reopen"),
    path("cases/<uuid:key>/handlers/", cases.case_handlers, name="case-handlers"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<uuid:key>/answer/", referrals.referral_answer, name="referral-answer"),
]
