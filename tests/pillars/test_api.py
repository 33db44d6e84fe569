"""Records of the pillars for programs: what officers write down, and what of children is told."""

import pytest
from django.test import Client

from audit.models import Event
from migrants.models import Task
from pillars.models import (
    AbroadEstimate,
    BusinessGroup,
    Contribution,
    EquipmentCheck,
    EquipmentGrant,
    LearningCentre,
    Notice,
    OutreachSession,
    PlannedActivity,
    RecruiterSighting,
    Training,
)
from tests.factories import (
    ApiTokenFactory,
    BusinessFactory,
    BusinessGroupFactory,
    ChildFactory,
    EquipmentItemFactory,
    LearningCentreFactory,
    NoticeFactory,
    OutreachSessionFactory,
    PersonFactory,
)
from tests.migrants.calling import API, get, send

ID = "0199a1b2-c3d4-7e5f-8a6b-00000000000"
SESSION = {"held_on": "2026-11-10", "topic": "documents", "place": "Balai desa", "women": 18, "men": 12}
GROUP = {"name": "Kelompok Melati", "sector": "food", "formed_on": "2026-10-01"}
TRAINING = {"title": "Mengolah singkong", "organiser": "Disnaker", "first_on": "2026-11-02", "hours": 16}
CENTRE = {"name": "Rumah Belajar", "address": "Dusun Krajan", "opened_on": "2026-11-01"}
NOTICE = {
    "kind": "warning",
    "title": "Calo mencari pekerja",
    "words": "Tanyakan surat tugas.",
    "source": "BP3MI",
    "valid_from": "2026-11-20",
}
ACTIVITY = {"what": "Sosialisasi", "kind": "session", "pillar": "service_center", "planned_on": "2026-12-01"}
GIFT = {"partner_kind": "company", "partner": "PT Contoh", "what": "Pelatihan", "given_on": "2026-11-05"}
GIFT |= {"in_kind": "Dua pelatih"}
RECRUITER = {"seen_on": "2026-11-18", "where": "Pasar", "company": "PT Contoh"}
ESTIMATE = {"estimated_on": "2026-11-20", "number": 120, "source": "survey"}
GRANT = {"source": "apbn", "year": 2026, "giver": "Disnaker", "handed_on": "2026-11-03"}


@pytest.mark.parametrize(
    ("name", "model", "body", "told"),
    [
        ("outreach-sessions", OutreachSession, SESSION, {"women": 18, "men": 12, "by_list": False}),
        ("business-groups", BusinessGroup, GROUP, {"members": 0, "ended_on": None}),
        ("trainings", Training, TRAINING, {"last_on": "2026-11-02", "women": 0, "certificates": 0}),
        ("learning-centres", LearningCentre, CENTRE, {"name": "Rumah Belajar", "closed_on": None}),
        ("notices", Notice, NOTICE, {"kind": "warning", "valid_until": None, "withdrawn_on": None}),
        ("activities", PlannedActivity, {**ACTIVITY, "starts_at": "09.30"}, {"starts_at": "09:30"}),
        ("contributions", Contribution, GIFT, {"value": None, "in_kind": "Dua pelatih"}),
        ("recruiters", RecruiterSighting, RECRUITER, {"company": "PT Contoh", "withdrawn_at": None}),
        ("estimates", AbroadEstimate, ESTIMATE, {"number": 120}),
    ],
)
def test_record_is_written_once_by_its_own_id(cast, name, model, body, told):
    rina, body = cast.client("rina"), {"id": f"{ID}1", **body}
    (status, first), again = send(rina, f"{name}/", body), send(rina, f"{name}/", body)
    assert status == 201, first
    assert again == (200, first)
    assert first.items() >= {"id": body["id"], "village": cast.randu.code, **told}.items()
    assert get(rina, f"{name}/") == {name: [first], "after": ""}
    assert get(rina, f"{name}/{body['id']}/").items() >= first.items()
    assert send(cast.client("dewi"), f"{name}/", body)[0] == 404  # the id is another village's row
    assert model.objects.count() == 1
    refused = send(rina, f"{name}/", {"id": f"{ID}2", "village": "32.12.16.2004"})
    assert (refused[0], refused[1]["village"]) == (400, ["Tidak ada isian dengan nama ini."])


def test_business_runs_pauses_and_closes_by_the_table_and_from_the_version_that_was_seen(cast):
    rina, owner = cast.client("rina"), PersonFactory(village=cast.randu)
    body = {"id": f"{ID}1", "person": str(owner.pk), "name": "Keripik", "sector": "food"}
    body |= {"product": "Keripik singkong", "started_on": "2026-10-15"}
    elsewhere = send(rina, "businesses/", {**body, "person": str(PersonFactory(village=cast.bandung).pk)})
    assert elsewhere == (400, {"person": ["Orang ini tidak ditemukan. Cari lagi."]})
    status, business = send(rina, "businesses/", body)
    assert (status, business["status"], business["version"]) == (201, "alive", 1)
    assert send(rina, "businesses/", body) == (200, business)

    address = f"businesses/{business['id']}/"
    seen = rina.get(API + address).headers["ETag"]
    changed = send(rina, f"{address}facts/", {"version": 1, "product": "Tempe"}, **{"If-Match": seen})
    assert changed == (200, {**business, "product": "Tempe", "version": 2})
    assert send(rina, f"{address}facts/", {"version": 2, "name": "X"}, **{"If-Match": seen})[0] == 412
    status, conflict = send(rina, f"{address}facts/", {"version": 1, "name": "Tahu"})
    assert (status, conflict["now"]["product"], conflict["sent"]["name"]) == (409, "Tempe", "Tahu")

    pause = {"to": "paused", "on": "2026-11-20"}
    assert send(rina, f"{address}steps/", pause) == (400, {"why": ["Pilih alasan berhentinya."]})
    assert send(rina, f"{address}steps/", {**pause, "why": "capital"})[1]["status"] == "paused"
    status, refused = send(rina, f"{address}steps/", {**pause, "why": "capital"})
    assert (status, sorted(refused)) == (409, ["detail"])  # it is paused already
    closed = send(rina, f"{address}steps/", {"to": "closed", "on": "2026-11-21", "why": "market"})
    assert (closed[0], closed[1]["closed_on"]) == (200, "2026-11-21")
    names = Event.objects.filter(subject_id=business["id"]).order_by("id").values_list("name", flat=True)
    assert list(names) == ["business.started", "business.changed", "business.moved", "business.moved"]


def test_turnover_and_papers_of_a_business_are_written_once(cast):
    rina, business = cast.client("rina"), BusinessFactory(village=cast.randu)
    address = f"businesses/{business.pk}/"
    month = {"version": 0, "turnover": "1.500.000", "women": 2}
    status, told = send(rina, f"{address}turnovers/2026-10/", month)
    first = {"month": "2026-10", "turnover": 1500000, "costs": None, "women": 2, "men": None, "channel": ""}
    assert (status, told) == (200, {**first, "version": 1})
    assert send(rina, f"{address}turnovers/2026-10/", {"version": 0, "costs": 900000})[0] == 409
    told = send(rina, f"{address}turnovers/2026-10/", {"version": 1, "costs": 900000})[1]
    assert told == {**first, "costs": 900000, "version": 2}  # what was left out stays
    assert get(rina, f"{address}turnovers/") == {"turnovers": [told], "after": ""}
    nothing = {"If-Match": '"seen"'}
    assert send(rina, f"{address}turnovers/2026-09/", month, **nothing)[0] == 412
    assert rina.get(f"{API}{address}turnovers/2026-13/").status_code == 404

    nib = {"id": f"{ID}1", "kind": "nib", "number": "9120000000001", "issued_on": "2026-11-02"}
    status, permit = send(rina, f"{address}permits/", nib)
    assert (status, permit) == (201, {**nib, "expires_on": None})
    assert send(rina, f"{address}permits/", nib) == (200, permit)
    assert send(rina, f"{address}permits/", {**nib, "id": f"{ID}2"})[0] == 403  # the same number again
    assert get(rina, f"{address}permits/") == {"permits": [permit], "after": ""}


def test_equipment_is_handed_over_with_its_items_and_looked_at(cast):
    rina, group = cast.client("rina"), BusinessGroupFactory(village=cast.randu)
    grant = {"id": f"{ID}1", "group": str(group.pk), **GRANT}
    assert (
        send(rina, "aid/", {**grant, "group": str(BusinessGroupFactory(village=cast.bandung).pk)})[0] == 400
    )
    assert send(rina, "aid/", grant)[0] == 201
    machines = {"id": f"{ID}2", "name": "Mesin jahit", "quantity": 2, "unit_price": 2500000}
    machines["handed_on"] = "2026-11-03"
    status, item = send(rina, f"aid/{ID}1/items/", machines)
    assert (status, item["replaced_by"], item["checks"]) == (201, None, [])
    assert get(rina, f"aid/{ID}1/").items() >= {"worth_rupiah": 5_000_000, "pieces": 2}.items()
    assert send(rina, "aid/", grant)[1] == get(rina, f"aid/{ID}1/")

    checks = f"aid-items/{item['id']}/checks/"
    seen = {"id": f"{ID}3", "checked_on": "2026-11-20", "in_use": 1, "idle": 1}
    assert send(rina, checks, seen)[0] == 400  # without a reason
    status, told = send(rina, checks, {**seen, "reason": "Listrik"})
    assert status == 201
    assert send(rina, checks, {**seen, "reason": "Listrik"}) == (200, told)
    assert told["checks"][0].items() >= {"in_use": 1, "idle": 1, "broken": 0, "reason": "Listrik"}.items()
    assert get(rina, "aid-items/") == {"aid-items": [told], "after": ""}  # not all of it is in use

    better = {**machines, "id": f"{ID}4", "quantity": 1, "replaces": item["id"]}
    status, new = send(rina, f"aid/{ID}1/items/", better)
    assert (status, new["replaces"]) == (201, item["id"])
    assert send(rina, f"aid/{ID}1/items/", better) == (200, new)  # though the item is replaced by now
    assert get(rina, f"aid-items/{item['id']}/")["replaced_by"] == new["id"]
    one = {"id": f"{ID}5", "checked_on": "2026-11-21", "condition": "in_use"}
    assert send(rina, f"aid-items/{new['id']}/checks/", one)[0] == 201
    assert (EquipmentGrant.objects.count(), EquipmentCheck.objects.count()) == (1, 2)
    assert send(rina, f"aid-items/{new['id']}/removal/", {})[0] == 403  # somebody has looked at it
    mistake = send(rina, f"aid/{ID}1/items/", {**machines, "id": f"{ID}6", "name": "Salah"})[1]
    before = get(rina, f"aid/{ID}1/")
    status, grant = send(rina, f"aid-items/{mistake['id']}/removal/", {})
    assert (status, before["pieces"] - grant["pieces"]) == (200, 2)
    assert send(rina, f"aid-items/{mistake['id']}/removal/", {})[0] == 404
    other = EquipmentItemFactory(grant__village=cast.bandung)
    assert send(rina, f"aid-items/{other.pk}/checks/", one)[0] == 404


def test_notice_is_changed_and_taken_down_by_its_own_office_alone(cast):
    rina, hendro = cast.client("rina"), cast.client("hendro")
    of_district = send(hendro, "notices/", {"id": f"{ID}1", **NOTICE})[1]
    assert (of_district["village"], of_district["district"]) == (None, cast.randu.district_id)
    own = f"notices/{NoticeFactory(village=cast.randu, made_by=cast.user('rina')).pk}/"
    for client, address in ((rina, f"notices/{ID}1/"), (hendro, own)):
        assert send(client, f"{address}facts/", {"title": "X"})[0] == 403
        assert send(client, f"{address}withdrawal/", {"why": "X"})[0] == 403
    ApiTokenFactory(
        owner=cast.user("hendro"), secret="dmg_narrow", scopes=["pillars:write"], place=cast.randu.code
    )
    narrow = Client(headers={"Authorization": "Bearer dmg_narrow"})
    assert send(narrow, "notices/", {"id": f"{ID}2", **NOTICE})[0] == 403  # no officer of that village
    assert send(narrow, f"{own}withdrawal/", {"why": "X"})[0] == 403
    before = get(rina, own)
    seen = {"If-Match": rina.get(API + own).headers["ETag"]}
    assert send(rina, f"{own}facts/", {"title": "Baru"}, **seen) == (200, {**before, "title": "Baru"})
    assert send(rina, f"{own}withdrawal/", {"why": "Sudah terisi"}, **seen)[0] == 412
    assert send(rina, f"{own}withdrawal/", {"why": "Sudah terisi"})[1]["withdrawn_on"] == "2026-11-23"
    assert send(rina, f"{own}facts/", {"title": "Lagi"})[0] == 403


def test_session_keeps_what_a_change_leaves_out_and_is_withdrawn_with_a_reason(cast):
    rina, session = cast.client("rina"), OutreachSessionFactory(village=cast.randu, partner="BP3MI")
    session.officers.create(officer=cast.user("teguh"))
    address = f"outreach-sessions/{session.pk}/"
    changed = send(rina, f"{address}facts/", {"women": 5, "men": 0})[1]
    assert (changed["women"], changed["men"], changed["partner"]) == (5, 0, "BP3MI")
    assert [row.officer for row in session.officers.all()] == [cast.user("teguh")]
    assert send(rina, f"{address}withdrawal/", {"why": "twice"})[0] == 200
    assert get(rina, "outreach-sessions/")["outreach-sessions"] == []
    assert get(rina, address)["withdrawn_at"] is not None
    assert send(rina, f"{address}facts/", {"women": 6})[0] == 403


def test_members_and_participants_are_counted_and_groups_and_centres_end(cast):
    rina = cast.client("rina")
    group, centre = BusinessGroupFactory(village=cast.randu), LearningCentreFactory(village=cast.randu)
    chair = {"id": f"{ID}1", "name": "Siti", "sex": "female", "kind": "returned", "office": "chair"}
    chair["joined_on"] = "2026-11-02"
    status, told = send(rina, f"business-groups/{group.pk}/members/", chair)
    assert (status, told["members"]) == (201, 1)
    assert send(rina, f"business-groups/{group.pk}/members/", chair) == (200, told)
    assert send(rina, f"business-groups/{group.pk}/end/", {"ended_on": "2026-11-20"})[1] == {
        **told,
        "ended_on": "2026-11-20",
    }
    send(rina, "trainings/", {"id": f"{ID}2", **TRAINING})
    somebody = {"id": f"{ID}3", "name": "Wati", "sex": "female"}
    status, told = send(rina, f"trainings/{ID}2/participants/", somebody)
    assert (status, told["women"], told["men"]) == (201, 1, 0)
    assert send(rina, f"trainings/{ID}2/participants/", somebody) == (200, told)
    assert (
        send(rina, f"learning-centres/{centre.pk}/facts/", {"facilities": "Buku"})[1]["name"] == centre.name
    )
    closed = send(rina, f"learning-centres/{centre.pk}/end/", {"ended_on": "2026-11-20"})[1]
    assert (closed["facilities"], closed["closed_on"]) == ("Buku", "2026-11-20")


def test_mentoring_and_partners_are_written_and_a_plan_says_what_became_of_it(cast):
    rina, group = cast.client("rina"), BusinessGroupFactory(village=cast.randu)
    met = {"id": f"{ID}1", "group": str(group.pk), "visited_on": "2026-11-12", "mentor": "Bu Wati"}
    met |= {"topic": "Harga jual", "next_on": "2026-12-12"}
    status, told = send(rina, "mentoring-visits/", met)
    assert (status, told["next_on"], Task.objects.get().due_on.isoformat()) == (
        201,
        "2026-12-12",
        "2026-12-12",
    )
    assert send(rina, "mentoring-visits/", met) == (200, told)
    shop = {"id": f"{ID}2", "group": str(group.pk), "name": "Toko", "kind": "shop", "channel": "market"}
    status, told = send(rina, "marketing-partners/", {**shop, "since": "2026-10-01"})
    address = f"marketing-partners/{told['id']}/"
    assert send(rina, f"{address}end/", {"ended_on": "2026-09-01"})[0] == 400
    assert send(rina, f"{address}end/", {"ended_on": "2026-11-01"}) == (200, {**told, "until": "2026-11-01"})
    for number, (call, body) in enumerate((("held", {"held_on": "2026-11-20"}), ("drop", {"why": "Hujan"}))):
        status, told = send(rina, "activities/", {"id": f"{ID}{number + 3}", **ACTIVITY})
        status, after = send(rina, f"activities/{told['id']}/{call}/", body)
        changed = {"held_on": "2026-11-20"} if call == "held" else {"dropped_why": "Hujan"}
        assert (status, after) == (200, told | changed)
    send(rina, "recruiters/", {"id": f"{ID}5", **RECRUITER})
    assert send(rina, f"recruiters/{ID}5/withdrawal/", {"why": "twice"})[1]["withdrawn_at"] is not None
    assert get(rina, "recruiters/")["recruiters"] == []


def test_children_are_counted_for_the_officers_of_their_village_alone(cast):
    centre = LearningCentreFactory(village=cast.randu)
    ChildFactory(centre=centre, pseudonym="Bintang")
    address = f"learning-centres/{centre.pk}/"
    for name, count in (("rina", 1), ("kades", None), ("hendro", None)):
        assert get(cast.client(name), address)["children"] == count, name
    assert "children" not in get(cast.client("rina"), "learning-centres/")["learning-centres"][0]


def test_class_for_carers_counts_who_came_and_names_nobody(cast):
    rina, carer = cast.client("rina"), PersonFactory(village=cast.randu, full_name="Sri Contoh")
    child = ChildFactory(centre__village=cast.randu, pseudonym="Bintang")
    child.cares.update(carer_kind="grandparent", person=carer, carer_name="")
    body = {"id": f"{ID}1", "held_on": "2026-11-14", "place": "Balai desa", "topic": "health"}
    body |= {"people": f"{carer.pk}, {carer.pk}", "women": 2, "men": 1, "note": "Bintang ikut"}
    status, told = send(rina, "carer-sessions/", body)
    assert (status, told["women"], told["men"]) == (201, 3, 1), told
    assert send(rina, "carer-sessions/", body) == (200, told)
    assert get(rina, "carer-sessions/") == {"carer-sessions": [told], "after": ""}
    assert not {"Sri", "Bintang", str(carer.pk)} & set(str(told).split())
    for name in ("hendro", "kades"):
        assert cast.client(name).get(f"{API}carer-sessions/").status_code == 403, name
    assert send(cast.client("sari"), f"carer-sessions/{ID}1/withdrawal/", {"why": "twice"})[0] == 404
    withdrawn = send(rina, f"carer-sessions/{ID}1/withdrawal/", {"why": "twice"})[1]
    assert (withdrawn["women"], withdrawn["withdrawn_at"] is None) == (3, False)
    assert get(rina, "carer-sessions/")["carer-sessions"] == []
