"""Making accounts and giving posts: what each role may do, and every way it is refused (C12, C22)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Invitation, Session, User
from accounts.roles import ROLES, Role
from accounts.rules import NotPermitted
from audit.models import Event
from tests.conftest import TODAY
from tests.factories import OfficerAssignmentFactory, PostingFactory, UserFactory, VillageFactory
from tests.factories.accounts import PASSWORD
from villages.access import seat_of, visible_staff
from villages.actions import end_assignment
from villages.actions.staff import (
    disable_staff,
    enable_staff,
    end_posting,
    make_staff,
    make_staff_link,
    post_staff,
)
from villages.models import OfficerAssignment, Posting
from villages.rules import NotPossible, check_can_grant, may_manage_account
from villages.staff import (
    HeldPost,
    account_state,
    find_area,
    post_that_counts,
    propose_username,
    search_staff,
)

NEW = reverse("villages:staff-new")
LIST = reverse("villages:staff-list")
KEY = "01936a3c-0000-7000-8000-0000000000aa"


@pytest.fixture
def free_randu(cast):
    """One of the two places of Randu is free."""
    row = cast.user("teguh").assignments.get()
    end_assignment(
        by=cast.seat("arif"), assignment=row, last_day=date(2026, 11, 1), reason="resigned", open_work="none"
    )
    return cast.randu


def confirmed_by_password(cast, name):
    """A signed-in browser whose person has just typed the password again."""
    client = cast.client(name)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def entries(**changes):
    return {
        "key": KEY,
        "role": "village_head",
        "full_name": "Dewi Kartika",
        "phone": "0810 1234 5678",
        "place": "33.25.14.2002",
        "starts_on": "23-11-2026",
        "ends_on": "",
        "title": "",
        "username": "",
    } | changes


def head_of(village, **changes):
    return HeldPost(
        **{"role": Role.VILLAGE_HEAD, "place": village, "starts_on": TODAY, "ends_on": None} | changes
    )


def make(by, post, **changes):
    facts = {"username": "dewi.kartika", "full_name": "Dewi Kartika", "phone": ""} | changes
    return make_staff(by=by, key=facts.pop("key", KEY), post=post, **facts)


# --- the whole way -----------------------------------------------------------------------------------------


def test_coordinator_makes_an_account_hands_over_the_link_and_the_person_signs_in(cast, clock):
    client = cast.client("hendro")
    first = client.post(NEW, entries())
    assert first.headers["Location"] == f"{reverse('account_reauthenticate')}?next={NEW.replace('/', '%2F')}"
    check = client.post(first.headers["Location"], {"password": PASSWORD})
    assert check.context["form"].cleaned_data["username"] == "dewi.kartika"
    shown = client.post(NEW, check.context["form"].data.dict() | {"confirmed": "1"})
    user = User.objects.get(username="dewi.kartika")
    assert (str(user.pk), user.phone, user.created_by) == (KEY, "+6281012345678", cast.user("hendro"))
    posting = user.postings.get()
    assert (posting.role, posting.village, posting.starts_on, posting.ends_on) == (
        "village_head",
        cast.bandung,
        TODAY,
        None,
    )
    path = re.search(r"/welcome/[\w-]+/", shown.content.decode())[0]
    chosen = "kambing makan rumput kering"
    phone = client.__class__()
    assert (
        phone.post(path, {"password1": chosen, "password2": chosen}).headers["Location"] == "/welcome/done/"
    )
    assert phone.get("/welcome/done/").status_code == 200
    entered = phone.post("/sign-in/", {"login": "dewi.kartika", "password": chosen})
    assert entered.status_code == 302
    assert phone.get("/account/").context["seat"].role == Role.VILLAGE_HEAD
    assert list(Event.objects.order_by("id").values_list("name", "actor_name", "actor_role")) == [
        ("account.made", "Hendro Wibowo", "district_coordinator"),
        ("posting.made", "Hendro Wibowo", "district_coordinator"),
        ("account.link_made", "Hendro Wibowo", "district_coordinator"),
        ("account.password_set", "Dewi Kartika", ""),
        ("account.signed_in", "Dewi Kartika", ""),
    ]


def test_an_officers_account_comes_with_the_assignment(cast, free_randu):
    user, assignment = make(cast.seat("hendro"), head_of(free_randu, role=Role.OFFICER))
    assert (assignment.village, assignment.slot, assignment.ends_on) == (free_randu, 2, date(2029, 11, 22))
    assert list(user.assignments.all()) == [assignment]


def test_password_is_asked_again_only_after_a_quarter_of_an_hour(cast, clock):
    client = confirmed_by_password(cast, "hendro")
    clock.shift(timedelta(minutes=14))
    assert client.post(NEW, entries()).status_code == 200
    clock.shift(timedelta(minutes=2))
    assert client.post(NEW, entries()).status_code == 302
    assert not User.objects.filter(full_name="Dewi Kartika").exists()


def test_second_delivery_makes_nothing_new_and_an_own_link(cast):
    client = confirmed_by_password(cast, "hendro")
    for _time in range(2):
        page = client.post(NEW, entries(username="dewi.kartika", confirmed="1"))
        assert page.status_code == 200
    assert User.objects.filter(full_name="Dewi Kartika").count() == 1
    assert Posting.objects.filter(user=KEY).count() == 1
    assert Invitation.objects.filter(user=KEY).count() == 1


def test_key_of_somebody_elses_account_is_not_believed(cast):
    client = confirmed_by_password(cast, "hendro")
    theirs = cast.user("arif")
    client.post(NEW, entries(key=str(theirs.pk), username="dewi.kartika", confirmed="1"))
    theirs.refresh_from_db()
    assert (theirs.full_name, theirs.username) == ("Arif Nugroho", "arif")
    assert User.objects.get(username="dewi.kartika").pk != theirs.pk


def test_link_is_on_the_page_that_made_it_and_nowhere_else(cast):
    client = confirmed_by_password(cast, "hendro")
    page = client.post(NEW, entries(username="dewi.kartika", confirmed="1"))
    token = re.search(r"/welcome/([\w-]+)/", page.content.decode())[1]
    assert page.headers["Cache-Control"] == "no-store"
    for path in (
        LIST,
        reverse("villages:staff-detail", args=[KEY]),
        reverse("villages:staff-link", args=[KEY]),
    ):
        assert token not in client.get(path).content.decode()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    for row in (*Event.objects.values(), *Invitation.objects.values(), *sessions):
        assert token not in str(row)


# --- who may give what -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rina", "kades", "lina", "ratna", "maya", "sys", "audi"])
@pytest.mark.parametrize("role", list(Role))
def test_role_without_the_right_gives_no_role_at_all(cast, name, role):
    with pytest.raises(NotPermitted):
        check_can_grant(cast.seat(name), role=role, place=cast.randu)


def place_for(cast, role):
    level = ROLES[role].level.value
    return {"village": cast.randu, "district": cast.randu.district, "province": cast.randu.province}.get(
        level
    )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("hendro", {Role.OFFICER, Role.VILLAGE_HEAD, Role.TREASURER, Role.BOARD}),
        ("arif", set(Role) - {Role.MINISTRY_ADMIN}),
    ],
)
def test_nobody_gives_a_role_as_high_as_the_own(cast, name, allowed, role):
    try:
        check_can_grant(cast.seat(name), role=role, place=place_for(cast, role))
        given = True
    except NotPermitted:
        given = False
    assert given == (role in allowed)


def test_coordinator_gives_nothing_outside_the_district(cast):
    with pytest.raises(NotPermitted):
        check_can_grant(cast.seat("hendro"), role=Role.VILLAGE_HEAD, place=cast.kenanga)
    with pytest.raises(NotPermitted):
        make(cast.seat("indra"), head_of(cast.randu))


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.VILLAGE_HEAD, None), (Role.MINISTRY_ANALYST, "randu"), (Role.DISTRICT_VIEWER, "randu")],
)
def test_place_of_the_wrong_kind_is_refused(cast, role, place):
    with pytest.raises(NotPossible):
        check_can_grant(cast.seat("arif"), role=role, place=getattr(cast, place) if place else None)


@pytest.mark.parametrize("role", sorted(set(Role) - ROLES[Role.DISTRICT_COORDINATOR].grants))
def test_tampered_role_is_refused_and_nothing_is_written(cast, role):
    client = confirmed_by_password(cast, "hendro")
    before = User.objects.count()
    response = client.post(NEW, entries(role=role, username="x.y.z", confirmed="1"))
    assert response.status_code == 422
    assert User.objects.count() == before


def test_tampered_place_is_refused_and_nothing_is_written(cast):
    client = confirmed_by_password(cast, "hendro")
    response = client.post(NEW, entries(place="32.12.16.2004", username="x.y.z", confirmed="1"))
    assert response.status_code == 422
    assert not User.objects.filter(username="x.y.z").exists()


@pytest.mark.parametrize(
    "field",
    [
        "is_active",
        "disabled_at",
        "password",
        "created_by",
        "email",
        "language",
        "id",
        "permissions",
        "made_by",
    ],
)
def test_fields_the_form_does_not_ask_change_nothing(cast, field):
    client = confirmed_by_password(cast, "hendro")
    client.post(NEW, entries(username="dewi.kartika", confirmed="1") | {field: "true"})
    user = User.objects.get(username="dewi.kartika")
    assert (user.is_active, user.disabled_at, user.email, user.language) == (True, None, "", "id")
    assert (user.has_usable_password(), user.created_by, str(user.pk)) == (False, cast.user("hendro"), KEY)


# --- whose account may be changed --------------------------------------------------------------------------

MANAGES = {
    "hendro": {"rina", "teguh", "sari", "kades", "former"},
    "indra": {"dewi"},
    "arif": {
        "rina", "teguh", "sari", "dewi", "kades", "hendro", "lina", "indra", "ratna", "maya", "sys", "audi",
        "stranger", "former",
    },
}  # fmt: skip
SEES = {
    "hendro": MANAGES["hendro"] | {"hendro", "lina"},
    "indra": {"dewi", "indra"},
    "arif": MANAGES["arif"] | {"arif"},
}


@pytest.mark.parametrize(
    "name", ["rina", "kades", "hendro", "lina", "indra", "ratna", "maya", "arif", "sys", "audi"]
)
def test_each_role_sees_and_changes_exactly_these_accounts(cast, name):
    seat = cast.seat(name)
    seen = set(visible_staff(seat).values_list("username", flat=True))
    managed = {user.username for user in cast.people.values() if may_manage_account(seat, user)}
    assert (seen, managed) == (SEES.get(name, set()), MANAGES.get(name, set()))


def test_nobody_sits_nowhere_and_sees_nothing(cast):
    assert not visible_staff(None).exists()


def test_officer_who_moved_away_is_no_longer_ours(cast):
    moved = UserFactory(username="pindah")
    OfficerAssignmentFactory(
        user=moved, village=cast.randu, slot=1, starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31)
    )
    seat = cast.seat("hendro")
    assert may_manage_account(seat, moved)
    OfficerAssignmentFactory(user=moved, village=cast.kenanga, slot=2)
    assert not may_manage_account(seat, moved)
    assert moved not in visible_staff(seat)


def test_who_was_promoted_is_out_of_reach_of_the_coordinator(cast):
    promoted = UserFactory(username="naik")
    PostingFactory(
        user=promoted,
        role="village_head",
        village=cast.randu,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
    )
    PostingFactory(user=promoted, role="district_viewer", district=cast.randu.district)
    seat = cast.seat("hendro")
    assert promoted in visible_staff(seat)
    assert not may_manage_account(seat, promoted)


WRITES = {
    "disable": lambda seat, user: disable_staff(by=seat, user=user, reason="x"),
    "enable": lambda seat, user: enable_staff(by=seat, user=user),
    "link": lambda seat, user: make_staff_link(by=seat, user=user),
    "post": lambda seat, user: post_staff(
        by=seat, key=KEY, user=user, post=head_of(seat.village or VillageFactory())
    ),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("hendro", "hendro"),  # the own account
        ("hendro", "lina"),  # same level
        ("hendro", "arif"),  # above
        ("hendro", "dewi"),  # another district
        ("hendro", "stranger"),  # of no district
        ("arif", "arif"),
        ("lina", "rina"),
        ("rina", "teguh"),
        ("kades", "rina"),
        ("sys", "rina"),
        ("audi", "rina"),
        ("maya", "rina"),
        ("ratna", "rina"),
    ],
)
def test_write_on_an_account_out_of_reach_is_refused(cast, write, name, target):
    with pytest.raises(NotPermitted):
        WRITES[write](cast.seat(name), cast.user(target))
    assert not Event.objects.exists()
    assert not Invitation.objects.exists()


def test_ministry_admins_cannot_touch_each_other(cast):
    other = UserFactory(username="admin.dua")
    PostingFactory(user=other, role="ministry_admin")
    with pytest.raises(NotPermitted):
        disable_staff(by=cast.seat("arif"), user=other, reason="x")


def test_nobody_gives_a_post_to_themselves(cast):
    client = confirmed_by_password(cast, "arif")
    url = reverse("villages:staff-post", args=[cast.user("arif").pk])
    assert client.get(url).status_code == 403
    with pytest.raises(NotPermitted):
        post_staff(
            by=cast.seat("arif"),
            key=KEY,
            user=cast.user("arif"),
            post=HeldPost(Role.DISTRICT_COORDINATOR, cast.randu.district, TODAY, None),
        )


# --- posts -------------------------------------------------------------------------------------------------


def test_posting_ends_and_the_rights_with_it(cast, clock):
    client = cast.client("hendro")
    posting = cast.user("kades").postings.get()
    url = reverse("villages:posting-end", args=[posting.pk])
    assert client.post(url, {"last_day": "23-11-2026"}).status_code == 302
    head = cast.client("kades")
    assert head.get("/account/").context["seat"].role == Role.VILLAGE_HEAD
    clock.shift(timedelta(days=1))
    assert cast.seat("kades") is None
    event = Event.objects.get(name="posting.ended")
    assert (event.changes, event.district_code) == ({"ends_on": [None, "2026-11-23"]}, "33.25")


def test_ending_on_the_same_day_again_changes_nothing(cast):
    posting = cast.user("kades").postings.get()
    for _time in range(2):
        end_posting(by=cast.seat("hendro"), posting=posting, last_day=TODAY)
    assert Event.objects.filter(name="posting.ended").count() == 1


@pytest.mark.parametrize(
    ("last_day", "was"),
    [(date(2023, 12, 31), None), (date(2026, 12, 31), date(2026, 11, 30))],
    ids=["before the first day", "after the day it ends anyway"],
)
def test_last_day_that_does_not_fit_is_refused(cast, last_day, was):
    posting = cast.user("kades").postings.get()
    posting.ends_on = was
    posting.save()
    with pytest.raises(NotPossible) as refused:
        end_posting(by=cast.seat("hendro"), posting=posting, last_day=last_day)
    assert refused.value.field == "last_day"


def test_refused_last_day_stands_beside_its_field_with_what_was_typed(cast):
    posting = cast.user("kades").postings.get()
    page = cast.client("hendro").post(
        reverse("villages:posting-end", args=[posting.pk]), {"last_day": "31-12-2023"}
    )
    assert (page.status_code, page.context["form"]["last_day"].value()) == (422, "31-12-2023")
    assert list(page.context["form"].errors) == ["last_day"]


def test_new_post_after_the_old_one(cast):
    client = confirmed_by_password(cast, "hendro")
    former = cast.user("former")
    url = reverse("villages:staff-post", args=[former.pk])
    typed = {key: value for key, value in entries().items() if key not in {"full_name", "phone", "username"}}
    assert client.post(url, typed).status_code == 200
    saved = client.post(url, typed | {"confirmed": "1"})
    assert saved.headers["Location"] == reverse("villages:staff-detail", args=[former.pk])
    assert (former.postings.get().village, str(former.postings.get().pk)) == (cast.bandung, KEY)
    client.post(url, typed | {"confirmed": "1"})
    assert former.postings.count() == 1


def test_second_post_at_the_same_time_is_refused(cast):
    with pytest.raises(NotPossible):
        post_staff(by=cast.seat("hendro"), key=KEY, user=cast.user("kades"), post=head_of(cast.bandung))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2028, 1, 1)}, "starts_on"),
        ({"ends_on": date(2026, 11, 22)}, "ends_on"),
    ],
)
def test_days_that_do_not_fit_are_refused(cast, changes, field):
    with pytest.raises(NotPossible) as refused:
        post_staff(
            by=cast.seat("hendro"), key=KEY, user=cast.user("former"), post=head_of(cast.bandung, **changes)
        )
    assert refused.value.field == field


# --- disable, enable, link ---------------------------------------------------------------------------------


def test_disabling_ends_sessions_and_links_at_once_and_says_why(cast):
    officer = cast.client("rina")
    client = confirmed_by_password(cast, "hendro")
    rina = cast.user("rina")
    client.post(reverse("villages:staff-link", args=[rina.pk]))
    url = reverse("villages:staff-disable", args=[rina.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Mengundurkan diri"}).status_code == 302
    rina.refresh_from_db()
    assert (rina.is_active, rina.disabled_at is not None) == (False, True)
    assert officer.get("/account/").status_code == 302
    assert not Invitation.objects.exists()
    event = Event.objects.get(name="account.disabled")
    assert (event.reason, event.actor_role) == ("Mengundurkan diri", "district_coordinator")
    assert client.post(reverse("villages:staff-link", args=[rina.pk])).status_code == 403
    assert client.post(reverse("villages:staff-enable", args=[rina.pk])).status_code == 302
    rina.refresh_from_db()
    assert (rina.is_active, rina.disabled_at) == (True, None)


def test_disabling_twice_is_written_once(cast):
    for _time in range(2):
        disable_staff(by=cast.seat("hendro"), user=cast.user("rina"), reason="x")
        enabled = User.objects.get(username="rina")
    assert (enabled.is_active, Event.objects.count()) == (False, 1)
    for _time in range(2):
        enable_staff(by=cast.seat("hendro"), user=enabled)
    assert Event.objects.count() == 2


def test_new_link_makes_the_old_one_void(cast):
    client = confirmed_by_password(cast, "hendro")
    url = reverse("villages:staff-link", args=[cast.user("rina").pk])
    paths = [re.search(r"/welcome/[\w-]+/", client.post(url).content.decode())[0] for _time in range(2)]
    assert [client.get(path).status_code for path in paths] == [404, 200]


def test_looking_at_the_link_page_makes_none(cast):
    cast.client("hendro").get(reverse("villages:staff-link", args=[cast.user("rina").pk]))
    assert not Invitation.objects.exists()


def test_link_asks_for_the_password_first(cast):
    client = cast.client("hendro")
    answer = client.post(reverse("villages:staff-link", args=[cast.user("rina").pk]))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.exists()


# --- form --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": ""}, "role"),
        ({"full_name": " "}, "full_name"),
        ({"phone": "banyak"}, "phone"),
        ({"place": ""}, "place"),
        ({"starts_on": "31/02/2026"}, "starts_on"),
        ({"starts_on": "03/13/2026"}, "starts_on"),
        ({"starts_on": "01-01-2028"}, "starts_on"),
        ({"ends_on": "22-11-2026"}, "ends_on"),
        ({"role": "officer", "title": "Ketua"}, "title"),
        ({"username": "Dewi Kartika!"}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "RINA"}, "username"),
        ({"role": "officer", "place": "33.25.14.2004"}, None),  # both places of Randu are taken
    ],
)
def test_wrong_entry_is_named_beside_its_field_and_everything_typed_is_kept(cast, changes, field):
    client = confirmed_by_password(cast, "hendro")
    typed = entries(**changes)
    page = client.post(NEW, typed)
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field or "__all__"])
    assert {name: form[name].value() for name in typed if name != "username"} == {
        name: value for name, value in typed.items() if name != "username"
    }
    assert all(len(str(sentence).split()) <= 20 for errors in form.errors.values() for sentence in errors)


def test_name_taken_between_check_and_confirmation_is_said_on_the_form(cast):
    client = confirmed_by_password(cast, "hendro")
    UserFactory(username="dewi.kartika")
    page = client.post(NEW, entries(username="dewi.kartika", confirmed="1"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["username"])


def test_changing_entries_shows_them_again(cast):
    client = confirmed_by_password(cast, "hendro")
    page = client.post(NEW, entries(change="1"))
    assert (page.status_code, page.context["form"]["full_name"].value()) == (200, "Dewi Kartika")


def test_way_from_the_village_page_presets_role_and_village(cast):
    form = cast.client("hendro").get(f"{NEW}?role=officer&village=33.25.14.2002").context["form"]
    assert (form["role"].value(), form["place"].value()) == ("officer", "33.25.14.2002")


def test_coordinator_is_offered_the_own_programme_villages_only(cast):
    VillageFactory(code="33.25.14.2009", name="Bukan Desmigratif")
    form = cast.client("hendro").get(NEW).context["form"]
    assert [code for code, _name in form.fields["place"].choices] == ["", "33.25.14.2002", "33.25.14.2004"]
    offered = [role for role, _label in form.fields["role"].choices]
    assert offered == ["officer", "village_head", "treasurer", "board"]


@pytest.mark.parametrize(
    ("role", "text", "found"),
    [
        ("village_head", "Randu, Pecalungan", "33.25.14.2004"),
        ("village_head", "33.25.14.2002", "33.25.14.2002"),
        ("district_coordinator", "Batang", "33.25"),
        ("district_viewer", "32.12", "32.12"),
        ("province_viewer", "jawa tengah", "33"),
        ("ministry_analyst", "", None),
        ("auditor", "", None),
    ],
)
def test_ministry_writes_the_place_by_name_or_code(cast, role, text, found):
    client = confirmed_by_password(cast, "arif")
    page = client.post(NEW, entries(role=role, place=text))
    assert page.status_code == 200, page.context["form"].errors
    place = page.context["form"].post.place
    assert (place.code if place else None) == found


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("village_head", ""),
        ("village_head", "Tidak Ada"),
        ("district_coordinator", "Randu Pecalungan"),
        ("province_viewer", "Jawa"),  # two of them
        ("ministry_analyst", "Batang"),
        ("province_viewer", "!!!"),
    ],
)
def test_place_that_does_not_fit_the_role_is_refused_beside_its_field(cast, role, text):
    client = confirmed_by_password(cast, "arif")
    page = client.post(NEW, entries(role=role, place=text))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["place"])


# --- list --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_six_queries(cast, django_assert_num_queries, rows):
    client = cast.client("arif")
    keep = [cast.user(name).pk for name in ("arif", "rina", "kades")[:rows]]
    OfficerAssignment.objects.exclude(user__in=keep).delete()
    Posting.objects.exclude(user__in=keep).delete()
    User.objects.exclude(pk__in=keep).delete()
    with django_assert_num_queries(6):
        page = client.get(LIST)
    assert len(page.context["people"]) == rows


def test_detail_costs_eleven_queries(cast, django_assert_num_queries):
    client = cast.client("arif")
    url = reverse("villages:staff-detail", args=[cast.user("rina").pk])
    with django_assert_num_queries(11):
        client.get(url)


def test_list_goes_by_name_whatever_the_capitals(cast):
    UserFactory(username="kecil", full_name="aDI kecil")
    page = cast.client("arif").get(LIST)
    assert [user.full_name for user, _post, _state in page.context["people"]][:3] == [
        "aDI kecil",
        "Arif Nugroho",
        "Audi Pramana",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [("rin", {"rina"}), ("Wulandari", {"rina"}), ("0812-9999", {"sari"}), ("nobody here", set())],
)
def test_search_finds_name_account_and_phone(cast, text, found):
    sari = cast.user("sari")
    sari.phone = "+6281299991111"
    sari.save()
    users = search_staff(visible_staff(cast.seat("arif")), text)
    assert set(users.values_list("username", flat=True)) == found


def test_search_of_two_letters_is_refused(cast):
    assert cast.client("hendro").get(f"{LIST}?q=ab").status_code == 422


def test_state_of_an_account_is_said_in_words(cast):
    fresh = UserFactory()
    fresh.set_unusable_password()
    closed = UserFactory(is_active=False, disabled_at=cast.user("rina").created_at)
    assert [account_state(user)[0] for user in (cast.user("rina"), fresh, closed)] == ["done", "warn", "late"]


def test_post_that_counts_is_the_present_one_else_the_next_else_the_last(cast):
    user = UserFactory()
    assert post_that_counts(user, on=TODAY) is None
    old = OfficerAssignmentFactory(
        user=user, village=cast.randu, slot=1, starts_on=date(2017, 1, 1), ends_on=date(2018, 1, 1)
    )
    assert post_that_counts(user, on=TODAY).assignment == old
    later = PostingFactory(user=user, role="village_head", village=cast.bandung, starts_on=date(2027, 1, 1))
    assert post_that_counts(user, on=TODAY).posting == later
    assert post_that_counts(user, on=date(2027, 6, 1)).posting == later
    assert post_that_counts(user, on=date(2017, 6, 1)).assignment == old


@pytest.mark.parametrize(
    ("full_name", "proposed"),
    [
        ("Rina Wulandari", "rina.wulandari"),
        ("Siti  Nur Aisyah, S.Pd.", "siti.spd"),
        ("Suparman", "suparman"),
        ("Ng", "ng.akun"),
        ("王小明", "akun"),
        ("A" * 90, "a" * 34),
        ("Dua Kali", "dua.kali3"),
    ],
)
def test_account_name_is_proposed_from_the_name(db, full_name, proposed):
    UserFactory(username="dua.kali")
    UserFactory(username="dua.kali2")
    assert propose_username(full_name) == proposed


def test_area_in_force_is_found_by_part_of_its_name(cast):
    from villages.models import Province

    assert [area.code for area in find_area(Province, "JAWA")] == ["32", "33"]
    assert [area.code for area in find_area(Province, "jawa tengah")] == ["33"]
    Province.objects.filter(code="33").update(valid_to=date(2025, 1, 1))
    assert find_area(Province, "jawa tengah") == []


# --- the first account -------------------------------------------------------------------------------------


def call_make(username, full_name="Nur Aini"):
    out = StringIO()
    call_command("make_ministry_admin", username, full_name, stdout=out)
    return re.search(r"http://[\w.:]+(/welcome/[\w-]+/)", out.getvalue())[1]


def test_command_makes_the_first_administrator_with_a_link(db, client):
    assert client.get(call_make("nur.aini")).status_code == 200
    user = User.objects.get()
    assert (user.username, user.has_usable_password(), user.created_by) == ("nur.aini", False, None)
    assert seat_of(user).role == Role.MINISTRY_ADMIN
    assert list(Event.objects.order_by("id").values_list("name", "actor_id")) == [
        ("account.made", ""),
        ("posting.made", ""),
        ("account.link_made", ""),
    ]


def test_command_gives_an_administrator_a_new_link_only(cast, client):
    assert client.get(call_make("arif")).status_code == 200
    assert (
        User.objects.filter(username="arif").count(),
        Posting.objects.filter(user__username="arif").count(),
    ) == (
        1,
        1,
    )
    assert Invitation.objects.get().kind == "reset"


@pytest.mark.parametrize("username", ["rina", "Nur Aini", "ab"])
def test_command_refuses_another_persons_name_and_a_bad_one(cast, username):
    with pytest.raises(CommandError):
        call_make(username)
    assert not Invitation.objects.exists()
