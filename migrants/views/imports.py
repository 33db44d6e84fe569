"""Files people bring in: list, upload, columns, how far it is, confirm, stop, lay aside, undo, take along."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_import, visible_imports
from migrants.actions.imports import (
    cancel_import,
    confirm_columns,
    note_downloaded,
    retry_job,
    start_import,
    start_undo,
    stop_import,
    upload_register,
)
from migrants.enums import ImportStatus
from migrants.forms.imports import ColumnsForm, UploadForm
from migrants.import_states import check_step
from migrants.intake.annotated import annotated_file
from migrants.intake.places import Scope
from migrants.intake.seeing import seen_in
from migrants.intake.storing import FileMissing
from migrants.queries.imports import (
    companies_listed,
    earlier_import,
    kept_companies,
    kept_people,
    kinds_of_rows,
    undo_plan,
)
from migrants.queries.reconciling import reconciled
from migrants.registers.blanks import template_xlsx
from migrants.registers.kinds import RegisterKind
from migrants.rules import kinds_of
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page
from villages.tables import TableRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAY = Permission.IMPORT_REGISTERS


@page("GET", may=MAY)
def import_list(request, seat):
    files = visible_imports(seat).select_related("uploaded_by").defer("survey_sealed", "plan")
    rows = keyset_page(files, order=("-uploaded_at", "-id"), cursor=request.GET.get("after", ""))
    return render(request, "migrants/import_list.html", {"rows": rows, "kinds": kinds_of(seat)})


@page("GET", "POST", may=MAY)
def import_new(request, seat):
    scope = Scope(seat.village, seat.district)
    form = bind(request, UploadForm, kinds=kinds_of(seat), scope=scope)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            delivery = upload_register(
                by=seat,
                key=form.entry_key,
                kind=form.cleaned_data["kind"],
                scope=scope,
                file_name=file.name,
                body=file.read(),
            )
        except TableRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect("migrants:import-columns", delivery.row.pk)
    context = {"form": form, "kinds": kinds_of(seat)}
    return render(request, "migrants/import_new.html", context, status=status_of(request, form))


@page("GET", may=MAY)
def import_template(_request, seat, kind):
    if kind not in kinds_of(seat):
        raise Http404
    answer = HttpResponse(template_xlsx(RegisterKind(kind), place=seat.place_name), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="desmigratif-{kind}.xlsx"'
    return answer


@page("GET", "POST", may=MAY)
@answers_conflicts
def import_columns(request, seat, key):
    register = access_import(seat, key)
    if request.method == "GET" and not register.may_map:
        return redirect("migrants:import-detail", key)
    check_step(register.status, ImportStatus.CHECKING)
    form = bind(request, ColumnsForm, register=register, seen=seen_in(register.survey))
    if request.method == "POST" and form.is_valid():
        confirm_columns(by=seat, register=register, plan=form.plan)
        return redirect("migrants:import-detail", key)
    context = {"form": form, "register": register, "earlier": earlier_import(register)}
    return render(request, "migrants/import_columns.html", context, status=status_of(request, form))


@vary_on_headers("HX-Request")
@page("GET", may=MAY)
def import_detail(request, seat, key):
    register = access_import(seat, key)
    if register.status == ImportStatus.MAPPING:
        return redirect("migrants:import-columns", key)
    context = {"register": register, **_standing(register)}
    name = "_import_panel" if request.htmx else "import_detail"
    return render(request, f"migrants/{name}.html", context)


def _standing(register):
    """What the page of a file shows besides its counts; nothing while a job is at work."""
    if register.is_at_work or register.status == ImportStatus.CANCELLED:
        return {}
    kinds = kinds_of_rows(register)
    return {
        "kinds_review": [kind for kind in kinds if kind.outcome == "review"],
        "kinds_refused": [kind for kind in kinds if kind.outcome == "refused"],
        "kinds_skipped": [kind for kind in kinds if kind.outcome == "skipped"],
        "undecided": sum(kind.undecided for kind in kinds if kind.outcome == "review"),
        "earlier": earlier_import(register) if register.status == ImportStatus.CHECKED else None,
        "compared": reconciled(register),
        "kept": kept_people(register) if register.status == ImportStatus.UNDONE else [],
        "kept_companies": kept_companies(register) if register.status == ImportStatus.UNDONE else [],
    }


@page("GET", "POST", may=MAY)
@answers_conflicts
def import_confirm(request, seat, key):
    register = access_import(seat, key)
    if request.method == "POST":
        start_import(by=seat, register=register)
        return redirect("migrants:import-detail", key)
    if register.status in (ImportStatus.IMPORTING, ImportStatus.IMPORTED):
        return redirect("migrants:import-detail", key)
    check_step(register.status, ImportStatus.IMPORTING)
    kinds = [kind for kind in kinds_of_rows(register) if kind.outcome == "review"]
    decided = sum(n for kind in kinds for code, n in kind.decided.items() if code not in ("", "skip"))
    context = {
        "register": register,
        "decided": decided,
        "total": register.rows_imported + decided,
        "undecided": sum(kind.undecided for kind in kinds),
    }
    return render(request, "migrants/import_confirm.html", context)


@page("POST", may=MAY)
@answers_conflicts
def import_stop(_request, seat, key):
    stop_import(by=seat, register=access_import(seat, key))
    return redirect("migrants:import-detail", key)


@page("GET", "POST", may=MAY)
@answers_conflicts
def import_cancel(request, seat, key):
    register = access_import(seat, key)
    if request.method == "POST":
        cancel_import(by=seat, register=register)
        return redirect("migrants:import-list")
    if not register.may_cancel:
        return redirect("migrants:import-detail", key)
    return render(request, "migrants/import_cancel.html", {"register": register})


@page("POST", may=MAY)
@answers_conflicts
def import_retry(_request, seat, key):
    retry_job(by=seat, register=access_import(seat, key))
    return redirect("migrants:import-detail", key)


@page("GET", "POST", may=MAY)
@answers_conflicts
def import_undo(request, seat, key):
    register = access_import(seat, key)
    if request.method == "POST":
        start_undo(by=seat, register=register)
        return redirect("migrants:import-detail", key)
    if not register.may_undo:
        return redirect("migrants:import-detail", key)
    context = {"register": register, "plan": undo_plan(register)}
    return render(request, "migrants/import_undo.html", context)


@page("GET", may=MAY)
def import_download(request, seat, key):
    register = access_import(seat, key)
    try:
        body = annotated_file(register)
    except FileMissing:
        raise Http404(_("The file is no longer kept.")) from None
    if request.method == "GET":
        note_downloaded(by=seat, register=register)
    answer = FileResponse(body, as_attachment=True, filename=f"hasil-{register.stem}.xlsx", content_type=XLSX)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@page("GET", may=Permission.SEE_VILLAGES)
def company_list(request, seat):
    rows = keyset_page(companies_listed(), order=("name_key", "id"), cursor=request.GET.get("after", ""))
    context = {"rows": rows, "may_import": "companies" in kinds_of(seat)}
    return render(request, "migrants/company_list.html", context)
