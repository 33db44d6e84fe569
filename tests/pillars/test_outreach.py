import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.attached_files import path_of, sweep_orphans
from migrants.models import ServiceVisit
from pillars.actions.outreach import change_outreach, log_outreach, set_attendance
from pillars.models import OutreachPhoto, OutreachSession, SessionVisit
from pillars.queries.outreach import visits_after
from tests.factories import (
    OutreachAttendeeFactory,
    OutreachPhotoFactory,
    OutreachSessionFactory,
    PersonFactory,
    ServiceVisitFactory,
)

NEW = "/outreach/new/"
SESSION = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "held_on": "5 November 2026",
    "place": "Balai desa",
    "topic": "documents",
}
VISIT = {"topic": "information", "channel": "walk_in", "outcome": "done", "visited_on": "23-11-2026"}


def attendance(session):
    return reverse("pillars:outreach-attendance", args=[session.pk])


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=b"Exif\x00\x00GPS here")
    return out.getvalue()


# --- one session, keyed once -----------------------------------------------------------------------------


def test_session_without_counts_leads_to_the_list_and_the_counts_follow_from_it(cast):
    women = PersonFactory.create_batch(3, village=cast.randu, sex="female")
    man = PersonFactory(village=cast.randu, sex="male")
    client = cast.client("rina")
    answer = client.post(NEW, SESSION | {"officers": [str(cast.user("rina").pk), str(cast.user("teguh").pk)]})
    session = OutreachSession.objects.get()
    assert answer.url == attendance(session)
    assert (session.women, session.men, session.by_list, session.awaits_list) == (0, 0, True, True)
    assert {row.officer for row in session.officers.all()} == {cast.user("rina"), cast.user("teguh")}
    ticked = {
        "people": [str(one.pk) for one in (*women, man)],
        "women": "Siti\nSiti\n\n Yati ",
        "men": "Budi",
    }
    client.post(answer.url, ticked)
    session.refresh_from_db()
    assert (session.women, session.men, session.attendees.count()) == (6, 2, 8)
    assert [event.name for event in Event.objects.order_by("id")] == ["outreach.logged", "outreach.attended"]


def test_attendance_sent_twice_writes_once_and_a_shorter_list_takes_names_away(cast):
    session, person = (
        OutreachSessionFactory(village=cast.randu, women=40, men=2),
        PersonFactory(village=cast.randu),
    )
    seat = cast.seat("rina")
    for _ in range(2):
        set_attendance(by=seat, session=session, people=[person], women=["Siti", "Siti"], men=["Budi"])
    assert Event.objects.filter(name="outreach.attended").count() == 1
    set_attendance(by=seat, session=session, people=[], women=["Siti"], men=[])
    session.refresh_from_db()
    assert (session.women, session.men) == (1, 0)
    assert list(session.attendees.values_list("person", "name")) == [(None, "Siti")]


def test_people_of_another_village_are_never_on_the_list(cast):
    session, theirs = OutreachSessionFactory(village=cast.randu), PersonFactory(village=cast.bandung)
    with pytest.raises(NotPermitted):
        set_attendance(by=cast.seat("rina"), session=session, people=[theirs])
    cast.client("rina").post(attendance(session), {"people": [str(theirs.pk), "nonsense"]})
    assert session.attendees.count() == 0


def test_search_on_the_list_keeps_what_was_ticked(cast):
    session = OutreachSessionFactory(village=cast.randu, by_list=True)
    ticked = PersonFactory(village=cast.randu, full_name="Aminah Ticked")
    sought = PersonFactory(village=cast.randu, full_name="Zulaikha Jauh", category="pmi_active")
    page = cast.client("rina").post(
        attendance(session), {"people": [str(ticked.pk)], "q": "zulaikha", "find": "1", "women": "Siti"}
    )
    form = page.context["form"]
    assert (form.ticked, form.others, form["women"].value()) == ([ticked], [sought], "Siti")
    assert session.attendees.count() == 0


def test_copy_of_a_session_begins_with_its_place_and_its_people(cast):
    first = OutreachSessionFactory(village=cast.randu, place="Musala dusun", topic="finance", by_list=True)
    person = OutreachAttendeeFactory(session=first, person=PersonFactory(village=cast.randu), name="").person
    OutreachAttendeeFactory(session=first, name="Pak Budi", sex="male")
    client = cast.client("rina")
    form = client.get(NEW, {"like": str(first.pk)}).context["form"]
    assert (form["place"].value(), form["topic"].value(), form["held_on"].value()) == (
        "Musala dusun",
        "finance",
        "23-11-2026",
    )
    answer = client.post(f"{NEW}?like={first.pk}", SESSION)
    assert answer.url.endswith(f"/attendance/?like={first.pk}")
    listed = client.get(answer.url).context["form"]
    assert (listed.ticked, listed["men"].value()) == ([person], "Pak Budi")


def test_copy_of_another_village_s_session_is_an_empty_form(cast):
    theirs = OutreachSessionFactory(village=cast.bandung, place="Rahasia Bandung")
    page = cast.client("rina").get(NEW, {"like": str(theirs.pk)})
    assert "Rahasia Bandung" not in page.content.decode()


def test_change_is_kept_with_what_stood_there(cast):
    session = OutreachSessionFactory(village=cast.randu, place="Balai desa")
    client = cast.client("rina")
    form = client.get(reverse("pillars:outreach-edit", args=[session.pk])).context["form"]
    assert form["women"].value() == 20
    said = {"held_on": "5-11-2026", "topic": "safe_migration", "place": "Musala", "women": "20", "men": "16"}
    client.post(reverse("pillars:outreach-edit", args=[session.pk]), said | {"spend_rupiah": "1.500.000"})
    session.refresh_from_db()
    assert (session.place, session.men, session.spend_rupiah) == ("Musala", 16, 1_500_000)
    event = Event.objects.get(name="outreach.changed")
    assert event.changes["place"] == ["Balai desa", "Musala"]
    assert sorted(event.changes) == ["men", "place", "spend_rupiah"]


def test_change_of_nothing_is_no_event(cast):
    session = OutreachSessionFactory(village=cast.randu)
    names = ("held_on", "place", "topic", "speakers", "partner", "spend_rupiah", "note", "women", "men")
    change_outreach(by=cast.seat("rina"), session=session, **{name: getattr(session, name) for name in names})
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"women": "3"}, ["men"]),
        ({"women": "0", "men": "0"}, ["women"]),
        ({"spend_rupiah": "-5"}, ["spend_rupiah"]),
        ({"spend_rupiah": "satu juta"}, ["spend_rupiah"]),
        ({"officers": ["0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"]}, ["officers"]),
        ({"partner": "x" * 121}, ["partner"]),
    ],
)
def test_hostile_or_half_entries_are_refused(cast, said, wrong):
    answer = cast.client("rina").post(NEW, SESSION | said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)
    assert all(
        len(str(error).split()) <= 20 for name in wrong for error in answer.context["form"].errors[name]
    )
    assert OutreachSession.objects.count() == 0


@pytest.mark.parametrize("field", ["women", "men"])
@pytest.mark.parametrize("names", ["x" * 121, "\n".join(f"Warga {n}" for n in range(301)), "Siti\x00"])
def test_names_too_long_too_many_or_unreadable_are_refused(cast, field, names):
    session = OutreachSessionFactory(village=cast.randu)
    answer = cast.client("rina").post(attendance(session), {field: names})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


# --- what is named stays with the village and the district ------------------------------------------------


def test_village_head_reads_how_many_and_no_names(cast):
    session = OutreachSessionFactory(village=cast.randu, by_list=True, women=1, men=0)
    person = PersonFactory(village=cast.randu, full_name="Suparmi Terdaftar")
    OutreachAttendeeFactory(session=session, person=person, name="")
    OutreachAttendeeFactory(session=session, name="Warga Bernama")
    SessionVisit.objects.create(session=session, visit=ServiceVisitFactory(village=cast.randu, person=person))
    pages = {
        name: cast.client(name).get(reverse("pillars:outreach-detail", args=[session.pk])).content.decode()
        for name in ("rina", "hendro", "kades")
    }
    told = {name: ("Suparmi Terdaftar" in page, "Warga Bernama" in page) for name, page in pages.items()}
    assert told == {"rina": (True, True), "hendro": (True, True), "kades": (False, False)}
    assert "1 layanan" in pages["kades"]


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    session = OutreachSessionFactory(village=cast.randu, by_list=True)
    for person in PersonFactory.create_batch(rows, village=cast.randu):
        OutreachAttendeeFactory(session=session, person=person, name="")
        SessionVisit.objects.create(
            session=session, visit=ServiceVisitFactory(village=cast.randu, person=person)
        )
    OutreachPhotoFactory.create_batch(rows, session=session)
    client = cast.client("rina")
    with django_assert_num_queries(9):
        client.get(reverse("pillars:outreach-detail", args=[session.pk]))
    with django_assert_num_queries(7):
        client.get(attendance(session))


def test_sheet_lists_everybody_by_name(cast):
    session = OutreachSessionFactory(village=cast.randu, by_list=True)
    OutreachAttendeeFactory(session=session, name="Zainab")
    OutreachAttendeeFactory(
        session=session, person=PersonFactory(village=cast.randu, full_name="Aminah"), name=""
    )
    page = cast.client("rina").get(reverse("pillars:outreach-sheet", args=[session.pk]))
    assert [row.called for row in page.context["attendees"]] == ["Aminah", "Zainab"]


# --- visits that follow ----------------------------------------------------------------------------------


def test_visit_logged_after_a_session_is_linked_to_it(cast):
    session = OutreachSessionFactory(village=cast.randu)
    OutreachSessionFactory(village=cast.bandung, held_on=date(2026, 11, 6))
    person = PersonFactory(village=cast.randu)
    client = cast.client("rina")
    form = client.get("/visits/new/", {"after": str(session.pk), "person": str(person.pk)}).context["form"]
    assert form["after"].value() == str(session.pk)
    assert [key for key, _label in form.fields["after"].choices] == ["", str(session.pk)]
    client.post("/visits/new/", VISIT | {"after": str(session.pk), "person": str(person.pk)})
    visit = ServiceVisit.objects.get()
    assert list(visits_after(cast.seat("rina"), session)) == [visit]
    detail = client.get(reverse("migrants:visit-detail", args=[visit.pk]))
    assert detail.context["occasion"].key == session.pk


def test_visit_after_a_session_of_another_village_is_refused(cast):
    OutreachSessionFactory(village=cast.randu)
    theirs = OutreachSessionFactory(village=cast.bandung)
    answer = cast.client("rina").post("/visits/new/", VISIT | {"after": str(theirs.pk)})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["after"])


def test_old_session_is_offered_only_when_asked_for(cast):
    old = OutreachSessionFactory(village=cast.randu, held_on=date(2025, 1, 5))
    client = cast.client("rina")
    assert "after" not in client.get("/visits/new/").context["form"].fields
    assert "after" in client.get("/visits/new/", {"after": str(old.pk)}).context["form"].fields


def test_withdrawn_visit_follows_from_nothing(cast):
    session = OutreachSessionFactory(village=cast.randu)
    visit = ServiceVisitFactory(
        village=cast.randu, withdrawn_at="2026-11-20T01:00:00Z", withdrawn_by=cast.user("rina")
    )
    SessionVisit.objects.create(session=session, visit=visit)
    page = cast.client("kades").get(reverse("pillars:outreach-detail", args=[session.pk]))
    assert page.context["visits_count"] == 0


# --- photos: the checks of attachments -------------------------------------------------------------------


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(client, session, body, name="foto.jpg"):
    return client.post(
        reverse("pillars:photo-new", args=[session.pk]),
        {"key": str(new_key()), "file": SimpleUploadedFile(name, body), "caption": "Suasana"},
    )


def test_photo_is_written_anew_sealed_served_as_a_download_and_taken_back(cast, media):
    session, client = OutreachSessionFactory(village=cast.randu), cast.client("rina")
    upload(client, session, jpeg())
    photo = OutreachPhoto.objects.get()
    kept = path_of(photo).read_bytes()
    assert not kept.startswith(b"\xff\xd8\xff")
    answer = client.get(reverse("pillars:photo-download", args=[photo.pk]))
    assert answer["Content-Disposition"].startswith('attachment; filename="sosialisasi-2026-11-05-')
    assert (answer["X-Content-Type-Options"], b"GPS here" in answer.content) == ("nosniff", False)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert cast.client("sari").get(reverse("pillars:photo-download", args=[photo.pk])).status_code == 404
    assert sweep_orphans() == 0
    client.post(reverse("pillars:photo-remove", args=[photo.pk]))
    assert client.get(reverse("pillars:photo-download", args=[photo.pk])).status_code == 404
    names = list(Event.objects.order_by("id").values_list("name", flat=True))
    assert names == ["outreach.photo_added", "outreach.photo_opened", "outreach.photo_removed"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"%PDF-1.4\n%%EOF\n", "foto.pdf"),
        (b"<svg onload=alert(1)>", "foto.svg"),
        (b"\xff\xd8\xff nonsense", "foto.jpg"),
        (b"", "foto.jpg"),
    ],
)
def test_anything_but_a_photo_is_refused(cast, media, body, name):
    session = OutreachSessionFactory(village=cast.randu)
    answer = upload(cast.client("rina"), session, body, name)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert OutreachPhoto.objects.count() == 0


def test_eleventh_photo_is_refused(cast, media):
    session = OutreachSessionFactory(village=cast.randu)
    OutreachPhotoFactory.create_batch(10, session=session)
    assert upload(cast.client("rina"), session, jpeg()).status_code == 403


def test_log_outreach_with_the_same_key_keeps_the_officers_of_the_first(cast):
    key, seat = new_key(), cast.seat("rina")
    facts = {"held_on": date(2026, 11, 5), "place": "Balai desa", "topic": "documents", "women": 3, "men": 1}
    for _ in range(2):
        session = log_outreach(by=seat, key=key, officers=[cast.user("rina")], **facts)
    assert [row.officer for row in session.officers.all()] == [cast.user("rina")]
