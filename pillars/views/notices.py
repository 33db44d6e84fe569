"""The information board: what hangs there, the same on paper, the list of all, and one notice."""

import tempfile
from pathlib import Path

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from pillars.access import access_notice, visible_notices
from pillars.actions.notices import (
    CHANGEABLE,
    change_notice,
    import_notices,
    publish_notice,
    withdraw_notice,
)
from pillars.forms.notices import NoticeForm, NoticeListForm, WithdrawForm
from pillars.notice_lists import LIST, read_list
from pillars.notice_rules import check_can_import, check_own_notice, is_own
from pillars.queries.notices import board_of
from pillars.views.saving import saved
from villages.doors import page
from villages.tables import TableRefused
from villages.tables.refusals import too_big


@page("GET", may=Permission.SEE_PILLARS)
def notice_board(request, seat):
    return render(request, "pillars/notice_board.html", board_context(seat))


@page("GET", may=Permission.SEE_PILLARS)
def notice_sheet(request, seat):
    """The board on paper, for the wall of the village hall."""
    return render(request, "pillars/paper_board.html", board_context(seat))


@page("GET", may=Permission.SEE_PILLARS)
def notice_list(request, seat):
    rows = visible_notices(seat).select_related("village", "district")
    shown = keyset_page(rows, order=("-valid_from", "-id"), cursor=request.GET.get("after", ""))
    return render(request, "pillars/notice_list.html", {"page_of_rows": shown})


@page("GET", "POST", may=Permission.PUBLISH_NOTICES)
def notice_new(request, seat):
    form = bind(request, NoticeForm, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        notice = publish_notice(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:notice-detail", notice.pk)
    return form_page(request, "pillars/notice_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def notice_detail(request, seat, key):
    notice = access_notice(seat, key)
    may_change = seat.may(Permission.PUBLISH_NOTICES) and is_own(seat, notice) and not notice.withdrawn_on
    return render(request, "pillars/notice_detail.html", {"notice": notice, "may_change": may_change})


@page("GET", "POST", may=Permission.PUBLISH_NOTICES)
def notice_edit(request, seat, key):
    notice = access_notice(seat, key)
    check_own_notice(seat, notice)
    form = bind(request, NoticeForm, initial={name: getattr(notice, name) for name in CHANGEABLE})
    filled = request.method == "POST" and form.is_valid()
    if filled and saved(form, lambda: change_notice(by=seat, notice=notice, **form.facts)):
        return redirect("pillars:notice-detail", notice.pk)
    return form_page(request, "pillars/notice_edit.html", form, notice=notice)


@page("GET", "POST", may=Permission.PUBLISH_NOTICES)
def notice_withdraw(request, seat, key):
    notice = access_notice(seat, key)
    check_own_notice(seat, notice)
    form = bind(request, WithdrawForm)
    if request.method == "POST" and form.is_valid():
        withdraw_notice(by=seat, notice=notice, why=form.cleaned_data["why"])
        return redirect("pillars:notice-detail", notice.pk)
    return form_page(request, "pillars/notice_withdraw.html", form, notice=notice)


@page("GET", "POST", may=Permission.IMPORT_REGISTERS)
def notice_import(request, seat):
    """Good lines come in at once, wrong ones are named: the same file again changes nothing."""
    check_can_import(seat)
    form = bind(request, NoticeListForm)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            read = read_upload(form.cleaned_data["file"], name, seat)
        except TableRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            done = import_notices(by=seat, offers=read.offers, name=name)
            return render(request, "pillars/notice_imported.html", {"done": done, "wrong": read.wrong})
    return form_page(request, "pillars/notice_import.html", form, names_district=seat.district is None)


def read_upload(file, name, seat):
    """The lines of the uploaded list; the file itself is not kept."""
    if file.size > LIST.packed:
        raise too_big()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(file.read())
        return read_list(path, name=name, today=timezone.localdate(), district=seat.district_id)


def board_context(seat):
    today = timezone.localdate()
    return {
        "board": board_of(seat, today),
        "today": today,
        "may_publish": seat.may(Permission.PUBLISH_NOTICES),
        "is_district": seat.village is None,
        "may_import": seat.village is None and seat.may(Permission.IMPORT_REGISTERS),
    }
