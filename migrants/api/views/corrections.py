"""Corrections of closed cases for programs: those asked for, one more, and the second person's decision."""

from functools import partial

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.roles import Permission
from migrants.access import access_case, access_correction
from migrants.actions.cases import note_case_viewed
from migrants.actions.corrections import approve_correction, ask_correction, refuse_correction
from migrants.api.serializers.cases import CorrectionLine
from migrants.api.writes import changed, logged
from migrants.forms.corrections import CorrectionForm, DecisionForm
from migrants.models.cases import CORRECTABLE
from migrants.queries.corrections import correctable, corrections_of
from migrants.rules import check_can_correct, check_can_decide
from villages.api.answers import told
from villages.api.entering import call, filled, listed, plain_entries
from villages.api.ways import TEXT, changes, creates, rows
from villages.enums import Group

SEE = Permission.SEE_CASES
A_CORRECTION = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000001d",
    "field": "employer",
    "value": "Toko Contoh",
    "reason": "Nama majikan salah tulis.",
}


@call(
    Group.CASES,
    GET=rows("corrections", CorrectionLine, SEE),
    POST=creates(
        CorrectionForm,
        CorrectionLine,
        SEE,
        entries={"field": {"type": "string", "enum": [*CORRECTABLE]}, "value": TEXT},
        example=A_CORRECTION,
    ),
)
def corrections(request, seat, key):
    """Corrections asked for on a case, the newest first; or one more, of one `field` of a closed case: it
    waits for a second person."""
    case = access_case(seat, key)
    if request.method != "POST":
        note_case_viewed(by=seat, case=case)
        return listed(request, "corrections", CorrectionLine, corrections_of(case), ("-asked_at", "-id"))
    check_can_correct(seat, case)

    def write(form):
        return ask_correction(by=seat, case=case, key=form.entry_key, field=form.name, **form.facts).row

    fill, own = partial(correction_form, request, case), case.corrections.all()
    return logged(request, own, fill, write, partial(told, request, CorrectionLine))


def correction_form(request, case):
    """The form for the field that the body names, filled. Raises ValidationError."""
    field = plain_entries(request.data).get("field", "")
    if field not in {entry.name for entry in correctable(case)}:
        raise ValidationError({"field": [_("Choose one from the list.")]})
    return filled(request, CorrectionForm, creates=True, besides=["field"], case=case, name=field)


@call(
    Group.CASES,
    POST=changes(DecisionForm, answer=CorrectionLine, may=SEE, example={"decision": "approve"}),
)
def correction_decision(request, seat, key):
    """Approve a correction that somebody else asked for, or refuse it with words."""
    correction = access_correction(seat, key)
    check_can_decide(seat, correction)

    def write():
        form = filled(request, DecisionForm)
        decide = approve_correction if form.cleaned_data["decision"] == "approve" else refuse_correction
        return decide(by=seat, correction=correction, words=form.cleaned_data["words"])

    return changed(request, None, partial(told, request, CorrectionLine), write)
