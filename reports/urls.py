"""Pages of figures and of reports. The home page itself stands in the project's own list."""

from django.urls import path

from reports.views import audit, books, editions, figures, packs, queues, returns, rows, stipends, words

app_name = "reports"

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/definitions/", figures.definitions, name="definitions"),
    path("figures/table.csv", figures.figures_csv, name="figures-csv"),
    path("figures/table.xlsx", figures.figures_xlsx, name="figures-xlsx"),
    path("figures/<slug:code>/rows/", rows.rows, name="rows"),
    path("figures/<slug:code>/rows.csv", rows.rows_csv, name="rows-csv"),
    path("figures/<slug:code>/rows.xlsx", rows.rows_xlsx, name="rows-xlsx"),
    path("queues/<slug:code>/", queues.queue, name="queue"),
    path("returns/", returns.return_list, name="return-list"),
    path("returns/begin/", returns.return_begin, name="return-begin"),
    path("returns/calls/<str:code>/", returns.village_calls, name="village-calls"),
    path("returns/<uuid:key>/", returns.return_detail, name="return-detail"),
    path("returns/<uuid:key>/edit/", returns.return_edit, name="return-edit"),
    path("returns/<uuid:key>/submit/", returns.return_submit, name="return-submit"),
    path("returns/<uuid:key>/check/", returns.return_check, name="return-check"),
    path("returns/<uuid:key>/send-back/", returns.return_send_back, name="return-send-back"),
    path("returns/<uuid:key>/accept/", returns.return_accept, name="return-accept"),
    path("returns/<uuid:key>/sheet/", returns.return_sheet, name="return-sheet"),
    path("stipends/", stipends.stipend_list, name="stipend-list"),
    path("stipends/list.csv", stipends.stipends_csv, name="stipends-csv"),
    path("stipends/list.xlsx", stipends.stipends_xlsx, name="stipends-xlsx"),
    path("audit/", audit.trail, name="audit-list"),
    path("reports/", editions.edition_list, name="edition-list"),
    path("reports/new/", editions.edition_request, name="edition-request"),
    path("reports/words/", words.words_list, name="words-list"),
    path("reports/words/<int:year>/", words.words_edit, name="words-nation"),
    path("reports/words/<int:year>/<str:code>/", words.words_edit, name="words-edit"),
    path("reports/<uuid:key>/", editions.edition_detail, name="edition-detail"),
    path("reports/<uuid:key>/download/", editions.edition_download, name="edition-download"),
    path("reports/<uuid:key>/cancel/", editions.edition_cancel, name="edition-cancel"),
    path("reports/<uuid:key>/retry/", editions.edition_retry, name="edition-retry"),
    path("finance-bodies/<uuid:key>/books/files/", books.books_files, name="books-files"),
    path("finance-bodies/<uuid:key>/books/files/<slug:what>.csv", books.books_csv, name="books-csv"),
    path("finance-bodies/<uuid:key>/books/files/<slug:what>.xlsx", books.books_xlsx, name="books-xlsx"),
    path("finance-bodies/<uuid:key>/pack/", packs.pack_new, name="pack-new"),
    path("meeting-packs/<uuid:key>/", packs.pack_detail, name="pack-detail"),
    path("meeting-packs/<uuid:key>/download/", packs.pack_download, name="pack-download"),
]
