"""Pages of pillar 4."""

from django.urls import path

from cooperatives.views import (
    accounts,
    boards,
    bodies,
    books,
    collections,
    loans,
    member_lists,
    members,
    months,
    opening,
    years,
)

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
    path("finance-bodies/<uuid:key>/members/list/", member_lists.member_list_new, name="member-list-new"),
    path(
        "finance-bodies/<uuid:key>/members/list/form/",
        member_lists.member_list_template,
        name="member-list-template",
    ),
    path("finance-body-members/<uuid:key>/", members.member_detail, name="member-detail"),
    path("finance-body-members/<uuid:key>/paper/", members.member_paper, name="member-paper"),
    path("finance-body-members/<uuid:key>/words/", members.member_words, name="member-words"),
    path("finance-body-members/<uuid:key>/leave/", members.member_leave, name="member-leave"),
    path("finance-body-members/<uuid:key>/person/", members.member_person, name="member-person"),
    path("finance-bodies/<uuid:key>/books/", books.books_detail, name="books-detail"),
    path("finance-bodies/<uuid:key>/books/open/", books.books_open, name="books-open"),
    path("finance-bodies/<uuid:key>/books/record/<str:kind>/", books.transaction_new, name="transaction-new"),
    path("finance-bodies/<uuid:key>/books/opening/", opening.opening_new, name="opening-new"),
    path("finance-bodies/<uuid:key>/books/balance/", accounts.balance_detail, name="balance-detail"),
    path("finance-bodies/<uuid:key>/books/accounts/new/", accounts.account_new, name="account-new"),
    path(
        "finance-bodies/<uuid:key>/books/accounts/<str:code>/", accounts.account_detail, name="account-detail"
    ),
    path("finance-bodies/<uuid:key>/books/collect/", collections.collection_new, name="collection-new"),
    path("finance-collections/<uuid:key>/", collections.collection_detail, name="collection-detail"),
    path(
        "finance-collections/<uuid:key>/receipts/",
        collections.collection_receipts,
        name="collection-receipts",
    ),
    path("finance-bodies/<uuid:key>/books/months/", months.month_list, name="month-list"),
    path("finance-bodies/<uuid:key>/books/months/<str:slug>/check/", months.month_check, name="month-check"),
    path("finance-bodies/<uuid:key>/books/months/<str:slug>/close/", months.month_close, name="month-close"),
    path("finance-bodies/<uuid:key>/books/journal/", books.entry_list, name="entry-list"),
    path("finance-entries/<uuid:key>/", books.entry_detail, name="entry-detail"),
    path("finance-entries/<uuid:key>/reverse/", books.entry_reverse, name="entry-reverse"),
    path("finance-entries/<uuid:key>/receipt/", books.entry_receipt, name="entry-receipt"),
    path("finance-bodies/<uuid:key>/loans/", loans.loan_list, name="loan-list"),
    path("finance-bodies/<uuid:key>/loans/new/", loans.loan_new, name="loan-new"),
    path("finance-bodies/<uuid:key>/year/", years.year_detail, name="year-detail"),
    path("finance-bodies/<uuid:key>/year/close/", years.year_close, name="year-close"),
    path("finance-bodies/<uuid:key>/year/meeting/", years.meeting_new, name="meeting-new"),
    path("members-meetings/<uuid:key>/", years.meeting_detail, name="meeting-detail"),
    path("members-meetings/<uuid:key>/share/", years.surplus_share, name="surplus-share"),
    path("surplus-shares/<uuid:key>/", years.share_detail, name="share-detail"),
    path("finance-loans/<uuid:key>/", loans.loan_detail, name="loan-detail"),
    path("finance-loans/<uuid:key>/pay/", loans.loan_pay, name="loan-pay"),
    path("finance-loans/<uuid:key>/settle/", loans.loan_settle, name="loan-settle"),
    path("finance-loans/<uuid:key>/write-off/", loans.loan_write_off, name="loan-write-off"),
]
