"""An extract of the national system beside our records: the lists behind its counts, and the follow-up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_import
from migrants.actions.imports import follow_up, note_viewed
from migrants.enums import MigrationStatus, ReconciledSide
from migrants.queries.imports import shown_row
from migrants.queries.reconciling import BY_NAME, journeys_only_here, part_of, rows_compared
from migrants.views.entering import answers_conflicts
from villages.doors import page


@page("GET", may=Permission.IMPORT_REGISTERS)
def import_compared(request, seat, key, side):
    register = access_import(seat, key)
    part = part_of(register, side)
    if part is None:
        raise Http404
    after = request.GET.get("after", "")
    context = {"register": register, "part": part}
    if part.side == ReconciledSide.ONLY_HERE:
        journeys = journeys_only_here(register)
        context["rows"] = keyset_page(journeys, order=BY_NAME, cursor=after)
        context["abroad"] = journeys.filter(status=MigrationStatus.ABROAD).count()
        context["show_village"] = register.village_id is None
    else:
        context["rows"] = keyset_page(rows_compared(register, part.side), order=("number",), cursor=after)
        context["shown"] = [shown_row(register, row) for row in context["rows"]]
    note_viewed(by=seat, register=register)
    return render(request, "migrants/import_compared.html", context)


@page("POST", may=Permission.IMPORT_REGISTERS)
@answers_conflicts
def import_follow_up(request, seat, key):
    register = access_import(seat, key)
    raised = follow_up(by=seat, register=register, today=timezone.localdate())
    if raised:
        said = ngettext("%(n)s task is new.", "%(n)s tasks are new.", raised) % {"n": raised}
    else:
        said = _("Everybody on this list already has the task.")
    messages.success(request, said)
    return redirect("migrants:import-compared", register.pk, ReconciledSide.ONLY_HERE)
