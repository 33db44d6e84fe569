"""Pages of figures and of reports. The home page itself stands in the project's own list."""

from django.urls import path

from reports.views import audit, books, editions, figures, packs, queues, rows

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
    path("audit/", audit.trail, name="audit-list"),
    path("reports/", editions.edition_list, name="edition-list"),
    path("reports/new/", editions.edition_request, name="edition-request"),
    path("reports/<uuid:key>/", editions.edition_detail, name="edition-detail"),
    path("reports/<uuid:key>/download/", editions.edition_download, name="edition-download"),
    path("reports/<uuid:key>/retry/", editions.edition_retry, name="edition-retry"),
    path("finance-bodies/<uuid:key>/books/files/", books.books_files, name="books-files"),
    path("finance-bodies/<uuid:key>/books/files/<slug:what>.csv", books.books_csv, name="books-csv"),
    path("finance-bodies/<uuid:key>/books/files/<slug:what>.xlsx", books.books_xlsx, name="books-xlsx"),
    path("finance-bodies/<uuid:key>/pack/", packs.pack_new, name="pack-new"),
    path("meeting-packs/<uuid:key>/", packs.pack_detail, name="pack-detail"),
    path("meeting-packs/<uuid:key>/download/", packs.pack_download, name="pack-download"),
]
