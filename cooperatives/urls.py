"""Pages of pillar 4."""

from django.urls import path

from cooperatives import views

app_name = "cooperatives"

urlpatterns = [
    path("finance-bodies/", views.body_list, name="body-list"),
    path("finance-bodies/new/", views.body_new, name="body-new"),
    path("finance-bodies/<uuid:key>/", views.body_detail, name="body-detail"),
    path("finance-bodies/<uuid:key>/end/", views.body_end, name="body-end"),
    path("finance-bodies/<uuid:key>/members/new/", views.member_new, name="member-new"),
    path("finance-body-members/<uuid:key>/leave/", views.member_leave, name="member-leave"),
]
