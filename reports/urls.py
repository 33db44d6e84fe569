"""Pages of figures. The home page itself stands in the project's own list."""

from django.urls import path

from reports.views import audit, figures, queues, rows

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
]
