"""A restricted case, with all that hangs on it, is put there; nobody but its handlers meets it anywhere."""

import pytest

from accounts.keys import new_key
from migrants.actions.attachments import add_attachment
from migrants.actions.cases import move_case, note_case, open_case
from migrants.actions.corrections import change_case
from migrants.actions.referrals import answer_referral, refer_case
from migrants.actions.tasks import add_task
from migrants.enums import AttachmentKind
from migrants.models import Case, Task
from migrants.uploads import Clean
from tests.conftest import TODAY
from tests.factories import PersonFactory

NAME = "Pekerja Rahasia"
WORDS = "Disekap di rumah majikan"
HANDLERS = {"rina", "hendro"}
EVERYBODY = ("rina", "teguh", "sari", "dewi", "kades", "hendro", "lina", "indra", "ratna", "maya", "arif")


@pytest.fixture
def hidden(cast, settings, tmp_path):
    """Opened, noted, changed, referred, answered, with a task and a file: each leaves events and rows."""
    settings.MEDIA_ROOT = tmp_path
    rina, key = cast.seat("rina"), new_key()
    facts = {"reporter": "self", "reported_on": TODAY, "subject_name": NAME}
    case = open_case(by=rina, key=key, type="trafficking_suspected", narrative=WORDS, facts=facts).row
    note_case(by=rina, case=case, key=new_key(), text=WORDS, on=TODAY)
    change_case(by=rina, case=case, version=1, facts={"employer": NAME})
    move_case(by=rina, case=case, to="verifying", on=TODAY)
    sent = refer_case(by=rina, case=case, key=new_key(), body="disnaker", request=WORDS, on=TODAY).row
    answer_referral(by=cast.seat("hendro"), referral=sent, answer=WORDS, on=TODAY)
    add_task(by=rina, key=new_key(), text=WORDS, due_on=TODAY, case=case)
    clean = Clean(AttachmentKind.PDF, b"%PDF-1.4\n%%EOF\n")
    add_attachment(by=rina, case=case, key=new_key(), clean=clean, caption=WORDS)
    return case


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8-sig", "replace")


def met(client, case, addresses):
    """The addresses whose answer gives the case away."""
    marks = (NAME, WORDS, case.number, str(case.pk), *(str(task.pk) for task in Task.objects.all()))
    pages = {address: text_of(client.get(address)) for address in addresses}
    return {address for address, page in pages.items() if any(mark in page for mark in marks)}


PAGES = (
    *("/", "/cases/", "/cases/?state=all", "/cases/?kind=trafficking_suspected", "/tasks/", "/tasks/week/"),
    *("/tasks/?state=over", "/referrals/", "/queues/late-cases/", "/queues/idle-cases/", "/visits/"),
    *("/queues/unanswered-referrals/", "/people/", "/figures/", "/figures/table.csv", "/menu/"),
    *(f"/figures/{code}/rows/" for code in ("open_cases", "cases_reported", "referrals_sent")),
    *(f"/figures/{code}/rows.csv" for code in ("open_cases", "cases_reported", "referrals_sent")),
)


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_but_handlers_meets_a_restricted_case(cast, hidden, name):
    found = met(cast.client(name), hidden, PAGES)
    assert bool(found) == (name in HANDLERS), found
    if name in HANDLERS:
        assert {"/", "/cases/"} & found


def test_search_for_its_subject_finds_nothing(cast, hidden):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    Case.objects.filter(pk=hidden.pk).update(person=dwi)
    page = cast.client("teguh").post("/people/", {"q": "Dwi Lestari"}, follow=True).content.decode()
    assert "Dwi Lestari" in page
    assert met(cast.client("teguh"), hidden, [f"/people/{dwi.pk}/"]) == set()
    assert met(cast.client("rina"), hidden, [f"/people/{dwi.pk}/"])


def test_auditor_does_not_meet_it_and_its_handlers_see_who_opened_it(cast, hidden):
    assert met(cast.client("audi"), hidden, ["/audit/", "/audit/?name=case.opened"]) == set()
    cast.client("rina").get(f"/cases/{hidden.pk}/")
    page = cast.client("hendro").get(f"/cases/{hidden.pk}/").content.decode()
    readers = page.split("Siapa yang membukanya")[1].split("</details>")[0]
    assert ("Rina Wulandari" in readers, "Hendro Wibowo" in readers) == (True, True)


def test_open_case_stays_in_the_trail(cast):
    facts = {"reporter": "self", "reported_on": TODAY}
    case = open_case(by=cast.seat("rina"), key=new_key(), type="sick", narrative="x", facts=facts).row
    assert case.number in cast.client("audi").get("/audit/").content.decode()
