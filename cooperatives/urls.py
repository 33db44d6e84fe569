"""Pages of pillar 4."""

from django.urls import path

from cooperatives.views import boards, bodies

app_name = "cooperatives"

urlpatterns = [
    path("finance-bodies/", bodies.body_list, name="body-list"),
    path("finance-bodies/new/", bodies.body_new, name="body-new"),
    path("finance-bodies/<uuid:key>/", bodies.body_detail, name="body-detail"),
    path("finance-bodies/<uuid:key>/end/", bodies.body_end, name="body-end"),
    path("finance-bodies/<uuid:key>/papers/", boards.body_papers, name="body-papers"),
    path("finance-bodies/<uuid:key>/board/new/", boards.board_new, name="board-new"),
    path("board-terms/<uuid:key>/end/", boards.board_end, name="board-end"),
    path("finance-bodies/<uuid:key>/members/new/", bodies.member_new, name="member-new"),
    path("finance-body-members/<uuid:key>/leave/", bodies.member_leave, name="member-leave"),
]
