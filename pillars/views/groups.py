"""Business groups: list, form, one group with its members."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.forms.warned import as_typed
from migrants.views.entering import unpicked, wants_people, with_people
from pillars.access import access_group, access_member
from pillars.actions.groups import add_member, end_group, end_membership, form_group
from pillars.forms.ending import EndForm
from pillars.forms.groups import GroupForm, GroupMemberForm
from pillars.queries.business import businesses_of
from pillars.queries.groups import groups_with_members, members_of
from pillars.queries.support import support_of
from pillars.views.listing import list_page
from villages.doors import page

MEMBER = "pillars/member_new.html"


@page("GET", may=Permission.SEE_PILLARS)
def group_list(request, seat):
    return list_page(request, seat, "pillars/group_list.html", groups_with_members(seat), day="formed_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def group_new(request, seat):
    form = bind(request, GroupForm)
    if request.method == "POST" and form.is_valid():
        group = form_group(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:group-detail", group.pk)
    return form_page(request, "pillars/group_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def group_detail(request, seat, key):
    group = access_group(seat, key)
    members = list(members_of(group))
    context = {
        "group": group,
        "members": members,
        "members_now": sum(member.left_on is None for member in members),
        "businesses": businesses_of(group),
        "support": support_of(group),
        "may_log": seat.may(Permission.LOG_RECORDS),
    }
    return render(request, "pillars/group_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def member_new(request, seat, key):
    group = access_group(seat, key)
    if wants_people(request):
        form = GroupMemberForm(seat=seat, group=group, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, MEMBER, form, group=group)
    form = bind(request, GroupMemberForm, seat=seat, group=group)
    if request.method == "POST" and form.is_valid():
        add_member(by=seat, group=group, key=form.entry_key, **form.facts)
        return redirect("pillars:group-detail", group.pk)
    return with_people(request, seat, MEMBER, form, group=group)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def member_end(request, seat, key):
    member = access_member(seat, key)
    form = bind(request, EndForm, began_on=member.joined_on)
    if request.method == "POST" and form.is_valid():
        end_membership(by=seat, member=member, left_on=form.cleaned_data["ended_on"])
        return redirect("pillars:group-detail", member.group_id)
    return form_page(request, "pillars/member_end.html", form, member=member)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def group_end(request, seat, key):
    group = access_group(seat, key)
    form = bind(request, EndForm, began_on=group.formed_on)
    if request.method == "POST" and form.is_valid():
        end_group(by=seat, group=group, ended_on=form.cleaned_data["ended_on"])
        return redirect("pillars:group-detail", group.pk)
    return form_page(request, "pillars/group_end.html", form, group=group)
