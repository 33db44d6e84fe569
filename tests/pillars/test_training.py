from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from pillars.actions.training import add_members, add_participant, note_certificates
from pillars.models import Training, TrainingParticipant
from tests.factories import (
    BusinessGroupFactory,
    GroupMemberFactory,
    PersonFactory,
    TrainingFactory,
    TrainingParticipantFactory,
)

COURSE = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6b1",
    "title": "Olahan singkong",
    "organiser": "Dinas Perindustrian",
    "first_on": "2/3/2026",
    "last_on": "4/3/2026",
    "hours": "18",
}


def at(name, *keys):
    return reverse(f"pillars:{name}", args=[getattr(key, "pk", key) for key in keys])


def test_training_form_saves_once_and_leads_to_the_training(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    answers = [client.post(at("training-new"), COURSE | {"group": str(group.pk)}) for _tap in range(2)]
    training = Training.objects.get()
    assert [answer.url for answer in answers] == [at("training-detail", training)] * 2
    assert (training.first_on, training.last_on, training.hours) == (date(2026, 3, 2), date(2026, 3, 4), 18)
    assert (training.group, training.district_id) == (group, "33.25")


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"title": ""}, {"title": ["Isi bagian ini."]}),
        ({"last_on": "1/3/2026"}, {"last_on": ["Hari terakhir tidak boleh sebelum hari pertama."]}),
        ({"hours": "0"}, {"hours": ["Tulis paling sedikit 1 jam."]}),
        ({"hours": "dua"}, {"hours": ["Tulis jam dengan angka bulat, misalnya 16."]}),
        ({"hours": "9" * 20}, {"hours": ["Angka ini terlalu besar. Periksa kembali."]}),
        ({"group": "0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"}, {"group": ["Pilih kelompok dari daftar."]}),
        ({"group": "' OR 1=1"}, {"group": ["Pilih kelompok dari daftar."]}),
    ],
)
def test_training_form_says_what_to_mend(cast, entries, errors):
    answer = cast.client("rina").post(at("training-new"), COURSE | entries)
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert Training.objects.count() == 0


def test_group_of_another_village_cannot_be_chosen(cast):
    theirs = BusinessGroupFactory(village=cast.bandung)
    answer = cast.client("rina").post(at("training-new"), COURSE | {"group": str(theirs.pk)})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["group"])


def test_copy_starts_with_everything_but_the_days(cast):
    training = TrainingFactory(village=cast.randu, group=BusinessGroupFactory(village=cast.randu))
    TrainingParticipantFactory(training=training)
    form = cast.client("rina").get(at("training-new") + f"?like={training.pk}").context["form"]
    start = {name: form[name].value() for name in ("title", "organiser", "hours", "group", "first_on")}
    assert start == {
        "title": "Olahan singkong",
        "organiser": "Dinas Perindustrian",
        "hours": 18,
        "group": training.group_id,
        "first_on": None,
    }
    other = TrainingFactory(village=cast.bandung)
    form = cast.client("rina").get(at("training-new") + f"?like={other.pk}").context["form"]
    assert form["title"].value() is None


def test_members_are_ticked_and_nobody_stands_there_twice(cast):
    group = BusinessGroupFactory(village=cast.randu)
    training = TrainingFactory(village=cast.randu, group=group)
    person = PersonFactory(village=cast.randu, full_name="Siti Aminah", sex="female")
    one = GroupMemberFactory(group=group, person=person, name="Siti Aminah")
    two, three = GroupMemberFactory(group=group, name="Kasno", sex="male"), GroupMemberFactory(group=group)
    GroupMemberFactory(group=group, name="Sudah keluar", left_on=date(2026, 3, 1))
    GroupMemberFactory(group=group, name="Belum masuk", joined_on=date(2026, 3, 5))
    client, url = cast.client("rina"), at("training-attendance", training)
    assert client.get(url + "?tick=all").context["form"]["members"].value() == [
        str(row.pk) for row in sorted([one, two, three], key=lambda row: row.name)
    ]
    for _tap in range(2):
        client.post(url, {"members": [str(one.pk), str(two.pk)]})
    assert list(TrainingParticipant.objects.values_list("name", "sex", "person")) == [
        ("Kasno", "male", None),
        ("Siti Aminah", "female", person.pk),
    ]
    assert [key for key, _name in client.get(url).context["form"].fields["members"].choices] == [
        str(three.pk)
    ]
    assert Event.objects.filter(name="training.participant_added").count() == 1
    assert (client.post(url).status_code, client.post(url, {"members": ["x"]}).status_code) == (422, 422)


def test_person_and_name_take_part_once(cast):
    training = TrainingFactory(village=cast.randu)
    person = PersonFactory(village=cast.randu, full_name="Siti Aminah", sex="female")
    by, key = cast.seat("rina"), new_key()
    rows = [
        add_participant(by=by, training=training, key=key, name="", sex="", person=person)
        for _tap in range(2)
    ]
    assert (rows[0].pk, rows[0].name, rows[0].sex) == (rows[1].pk, "Siti Aminah", "female")
    with pytest.raises(NotPermitted):
        add_participant(by=by, training=training, key=new_key(), name="", sex="", person=person)
    add_participant(by=by, training=training, key=new_key(), name="Kasno", sex="male")
    with pytest.raises(NotPermitted):
        add_participant(by=by, training=training, key=new_key(), name="KASNO", sex="male")


def test_database_refuses_a_participant_twice(cast):
    training, person = TrainingFactory(village=cast.randu), PersonFactory(village=cast.randu)
    TrainingParticipantFactory(training=training, person=person)
    TrainingParticipantFactory(training=training, name="Kasno")
    for twice in ({"person": person}, {"name": "kasno"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TrainingParticipantFactory(training=training, **twice)


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({}, {"name": ["Pilih orangnya, atau tulis namanya."]}),
        ({"name": "Kasno"}, {"sex": ["Pilih jenis kelamin."]}),
        (
            {"name": "peserta lama", "sex": "male"},
            {"name": ["Nama ini sudah ada dalam daftar. Tambahkan sesuatu yang membedakannya."]},
        ),
        ({"name": "Ka\x00sno", "sex": "male"}, {"name": 1}),
        ({"person": "0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"}, {"q": 1}),
    ],
)
def test_participant_form_says_what_to_mend(cast, entries, errors):
    training = TrainingFactory(village=cast.randu)
    TrainingParticipantFactory(training=training, name="Peserta Lama")
    answer = cast.client("rina").post(at("participant-new", training), entries)
    found = answer.context["form"].errors
    assert (answer.status_code, list(found)) == (422, list(errors))
    assert all(sentences in (1, found[name]) for name, sentences in errors.items())


def test_person_of_another_village_cannot_take_part(cast):
    training, theirs = TrainingFactory(village=cast.randu), PersonFactory(village=cast.bandung)
    answer = cast.client("rina").post(at("participant-new", training), {"person": str(theirs.pk)})
    assert (answer.status_code, TrainingParticipant.objects.count()) == (422, 0)


def test_participant_is_found_by_name_and_saved(cast):
    training = TrainingFactory(village=cast.randu)
    person = PersonFactory(village=cast.randu, full_name="Siti Rohmah", sex="female")
    client, url = cast.client("rina"), at("participant-new", training)
    found = client.post(url, {"q": "siti rohma", "find": "1"})
    assert (found.status_code, found.context["form"].shown) == (200, [person])
    client.post(url, {"q": "siti rohma", "person": str(person.pk)})
    assert TrainingParticipant.objects.get().person == person


def test_certificates_are_noted_and_a_number_means_one(cast):
    training = TrainingFactory(village=cast.randu)
    one, two = (TrainingParticipantFactory(training=training, name=name) for name in ("Atun", "Budi"))
    client = cast.client("rina")
    client.post(at("training-certificates", training), {f"has-{one.pk}": "on", f"number-{two.pk}": "S-7"})
    noted = training.participants.values_list("pk", "has_certificate", "certificate_number")
    assert set(noted) == {(one.pk, True, ""), (two.pk, True, "S-7")}
    assert client.get(at("training-certificate-list", training)).context["rows"] == [one, two]
    note_certificates(by=cast.seat("rina"), training=training, given={two.pk: (False, "S-7")})
    two.refresh_from_db()
    assert (two.has_certificate, two.certificate_number) == (False, "")
    event = Event.objects.filter(name="training.certificates_noted").order_by("pk").last()
    assert (event.subject_label, event.changes) == ("Olahan singkong", {"people": [None, 1]})


def test_participant_taken_out_is_gone_and_recorded_once(cast):
    row = TrainingParticipantFactory(training__village=cast.randu)
    client = cast.client("rina")
    answers = [client.post(at("participant-remove", row)).status_code for _tap in range(2)]
    assert (answers, TrainingParticipant.objects.count()) == ([302, 404], 0)
    assert Event.objects.filter(name="training.participant_removed").count() == 1


def test_only_officers_write(cast):
    training = TrainingFactory(village=cast.randu)
    with pytest.raises(NotPermitted):
        add_members(by=cast.seat("hendro"), training=training, members=[])


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for training in TrainingFactory.create_batch(rows, village=cast.randu):
        TrainingParticipantFactory.create_batch(rows, training=training, has_certificate=True)
    client = cast.client("rina")
    for name, keys, queries in (
        ("training-list", [], 4),
        ("training-detail", [training], 5),
        ("training-certificates", [training], 5),
        ("training-sheet", [training], 5),
        ("training-certificate-list", [training], 5),
    ):
        with django_assert_num_queries(queries):
            client.get(at(name, *keys))


def test_sheet_names_members_before_anybody_was_ticked_and_leaves_lines_to_fill(cast):
    group = BusinessGroupFactory(village=cast.randu)
    GroupMemberFactory(group=group, name="Kasno")
    training = TrainingFactory(village=cast.randu, group=group)
    sheet = cast.client("kades").get(at("training-sheet", training)).context
    assert (sheet["names"], list(sheet["blank"])) == (["Kasno"], list(range(2, 26)))


def test_list_of_certificates_without_one_does_not_exist(cast):
    training = TrainingFactory(village=cast.randu)
    assert cast.client("rina").get(at("training-certificate-list", training)).status_code == 404
