"""Addresses for programs, version 1 (docs/api.md)."""

from django.urls import path

from migrants.api.views import cases, homes, journeys, people, preparing, referrals, visits

app_name = "migrants-api"

urlpatterns = [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/<uuid:key>/", visits.visit_detail, name="visit-detail"),
    path("visits/<uuid:key>/follow-up/", visits.visit_follow_up, name="visit-follow-up"),
    path("visits/<uuid:key>/withdrawal/", visits.visit_withdrawal, name="visit-withdrawal"),
    path("persons/", people.person_list, name="person-list"),
    path("persons/<uuid:key>/", people.person_detail, name="person-detail"),
    path("persons/<uuid:key>/facts/", people.person_facts, name="person-facts"),
    path("persons/<uuid:key>/journeys/", people.person_journeys, name="person-journeys"),
    path("journeys/", journeys.journey_list, name="journey-list"),
    path("journeys/<uuid:key>/", journeys.journey_detail, name="journey-detail"),
    path("journeys/<uuid:key>/facts/", journeys.journey_facts, name="journey-facts"),
    path("journeys/<uuid:key>/steps/", journeys.journey_step, name="journey-step"),
    path("journeys/<uuid:key>/milestones/", journeys.journey_milestone, name="journey-milestone"),
    path("journeys/<uuid:key>/extensions/", journeys.journey_extensions, name="journey-extensions"),
    path("journeys/<uuid:key>/papers/", preparing.paper_list, name="journey-papers"),
    path("journeys/<uuid:key>/papers/<slug:code>/", preparing.paper_detail, name="journey-paper"),
    path("journeys/<uuid:key>/red-flags/", preparing.red_flags, name="journey-red-flags"),
    path("journeys/<uuid:key>/path/", preparing.path, name="journey-path"),
    path("journeys/<uuid:key>/assessments/", preparing.assessments, name="journey-assessments"),
    path("journeys/<uuid:key>/return/", homes.journey_return, name="journey-return"),
    path("red-flag-questions/", preparing.red_flag_questions, name="red-flag-questions"),
    path("households/<uuid:key>/", homes.household_detail, name="household-detail"),
    path("households/<uuid:key>/care/", homes.household_care, name="household-care"),
    path("cases/", cases.case_list, name="case-list"),
    path("cases/<uuid:key>/", cases.case_detail, name="case-detail"),
    path("cases/<uuid:key>/facts/", cases.case_facts, name="case-facts"),
    path("cases/<uuid:key>/steps/", cases.case_step, name="case-step"),
    path("cases/<uuid:key>/notes/", cases.case_notes, name="case-notes"),
    path("cases/<uuid:key>/referrals/", cases.case_refer, name="case-refer"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/<uuid:key>/", referrals.referral_detail, name="referral-detail"),
    path("referrals/<uuid:key>/steps/", referrals.referral_step, name="referral-step"),
]
