"""Pages of villages, their officers, and published figures."""

from django.urls import path

from villages.views import officers, programme, staff, tokens, villages, webhooks

app_name = "villages"

urlpatterns = [
    path("villages/", villages.village_list, name="village-list"),
    path("villages/<str:code>/", villages.village_detail, name="village-detail"),
    path("villages/<str:code>/designation/new/", programme.designation_new, name="designation-new"),
    path("designations/<uuid:key>/stages/new/", programme.stage_new, name="stage-new"),
    path("designations/<uuid:key>/end/", programme.designation_end, name="designation-end"),
    path("villages/<str:code>/officers/new/", officers.officer_find, name="officer-find"),
    path("villages/<str:code>/officers/new/<uuid:person>/", officers.officer_assign, name="officer-assign"),
    path("assignments/<uuid:key>/", officers.assignment_detail, name="assignment-detail"),
    path("assignments/<uuid:key>/end/", officers.assignment_end, name="assignment-end"),
    path("cohorts/", programme.cohort_list, name="cohort-list"),
    path("cohorts/new/", programme.cohort_new, name="cohort-new"),
    path("cohorts/<int:year>/", programme.cohort_edit, name="cohort-edit"),
    path("staff/", staff.staff_list, name="staff-list"),
    path("staff/new/", staff.staff_new, name="staff-new"),
    path("staff/<uuid:key>/", staff.staff_detail, name="staff-detail"),
    path("staff/<uuid:key>/link/", staff.staff_link, name="staff-link"),
    path("staff/<uuid:key>/posts/new/", staff.staff_post, name="staff-post"),
    path("staff/<uuid:key>/disable/", staff.staff_disable, name="staff-disable"),
    path("staff/<uuid:key>/enable/", staff.staff_enable, name="staff-enable"),
    path("account/tokens/", tokens.token_list, name="token-list"),
    path("account/tokens/new/", tokens.token_new, name="token-new"),
    path("account/tokens/<uuid:key>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("account/webhooks/", webhooks.webhook_list, name="webhook-list"),
    path("account/webhooks/new/", webhooks.webhook_new, name="webhook-new"),
    path("account/webhooks/<uuid:key>/", webhooks.webhook_detail, name="webhook-detail"),
    path("account/webhooks/<uuid:key>/stop/", webhooks.webhook_stop, name="webhook-stop"),
    path("postings/<uuid:key>/end/", staff.posting_end, name="posting-end"),
]
