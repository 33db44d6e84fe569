"""One woman, from her first question to her business at home, and who sees what on the way.

Every step goes through the pages, signed in as the people of the place, on the day it happens.
"""

from __future__ import annotations

from datetime import date

from accounts.keys import new_key
from migrants.models import Case, Document, Migration, Person, Referral, Task
from migrants.papers import ARTICLE_13
from migrants.red_flags import rules_on
from pillars.models import BusinessGroup
from tests.factories import PlacementCompanyFactory
from tests.stories.telling import Story

NAME, HUSBAND, NIK = "Siti Rohmah", "Joko Santoso", "9901014107950002"
BROKER, WAGE = "tetangga dari dusun sebelah", "Gaji tiga bulan tidak dibayar majikan"
SECRETS = (NAME, HUSBAND, NIK, BROKER, WAGE, "C7654321")
WATCHED = (
    "visits",
    "registrations",
    "departures",
    "departures_non_procedural",
    "open_cases",
    "referrals_waiting",
)


def register(story: Story) -> tuple[Person, Migration]:
    client = story.cast.client("rina")
    typed = {
        "key": str(new_key()),
        "standing": "prospective",
        "full_name": NAME,
        "sex": "female",
        "birth_date": "01-07-1995",
        "nik": NIK,
        "scheme": "unknown",
        "destination": "SAU",
        "job": "CARE",
        "procedural": "unknown",
        "registered_on": story.today,
        "next_of_kin_name": HUSBAND,
        "next_of_kin_relation": "spouse",
        "next_of_kin_phone": "0810 0000 0321",
        "data_basis": "village_duty",
    }
    checked = client.post("/people/new/", typed | {"step": "check"})
    client.post("/people/new/", {"sealed": checked.context["sealed"], "step": "save"})
    person = Person.objects.get()
    return person, person.migrations.get()


def ask_red_flags(story: Story, journey: Migration) -> None:
    calm = {flag.code: "no" if flag.answer == "yes" else "yes" for flag in rules_on(story.day).flags}
    signs = {"broker_no_license": "no", "fee_demanded": "yes", "no_contract": "no"}
    story.send("rina", f"/journeys/{journey.pk}/flags/", asked_on=story.today, **calm | signs)


def place_properly(story: Story, person: Person) -> Migration:
    """A second journey, to Taiwan through a licensed company, with all that art. 13 asks for."""
    facts = {
        "scheme": "p_to_p",
        "destination": "TWN",
        "job": "CARE",
        "procedural": "unknown",
        "registered_on": story.today,
        "status_choice": "prospective",
        "agency": "PT Contoh Karya",
    }
    story.send("rina", f"/people/{person.pk}/journeys/new/", **facts)
    journey: Migration = person.migrations.exclude(status="cancelled").get()
    for kind in (*ARTICLE_13, "social_security"):
        entries = {"version": "0", "state": "checked"}
        if kind == "passport":
            entries |= {"number": "C7654321", "issued_on": "1-12-2026", "expires_on": "1-12-2036"}
        story.send("rina", f"/journeys/{journey.pk}/papers/{kind}/", **entries)
    return journey


def test_one_woman_from_her_first_question_to_her_business(story):
    cast = story.cast
    PlacementCompanyFactory(
        name="PT Contoh Karya", name_key="contohkarya", licence="SIP3MI 12", valid_until=date(2028, 1, 1)
    )

    # She asks at the village desk.
    story.on(date(2026, 11, 23))
    question = {"visitor_name": NAME, "topic": "information", "channel": "walk_in", "outcome": "done"}
    story.send("rina", "/visits/new/", visited_on=story.today, **question)
    person, offer = register(story)
    assert story.figures("rina", "visits", "registrations") == [1, 1]
    assert story.figures("hendro", "visits", "registrations") == [1, 1]
    assert story.figures("maya", "visits", "registrations") == [1, 1]
    assert story.figures("indra", "visits", "registrations") == [0, 0]

    # A broker's offer does not stand the questions.
    ask_red_flags(story, offer)
    page = story.page("rina", f"/journeys/{offer.pk}/")
    assert ("surat tugas" in page.lower(), "TPPO" in page) == (True, False)
    story.send(
        "rina",
        f"/journeys/{offer.pk}/move/",
        to="cancelled",
        frm="prospective",
        happened_on=story.today,
        reason="Perekrut tanpa surat tugas meminta uang",
    )
    offer.refresh_from_db()
    assert (offer.status, offer.departed_on) == ("cancelled", None)

    # A licensed company, all eight papers, and she leaves on the procedural path.
    story.on(date(2026, 12, 15))
    journey = place_properly(story, person)
    assert Document.objects.filter(migration=journey, state="checked", kind__in=ARTICLE_13).count() == 8
    assert "C7654321" not in story.page("rina", f"/journeys/{journey.pk}/")
    story.on(date(2027, 2, 10))
    seen = {"procedural": "procedural", "basis": "Visa kerja dan e-PMI dilihat"}
    story.send("rina", f"/journeys/{journey.pk}/assess/", confirmed="facts", **seen)
    story.send(
        "rina", f"/journeys/{journey.pk}/move/", to="abroad", frm="prospective", happened_on=story.today
    )
    assert story.figures("hendro", "departures", "departures_non_procedural") == [1, 0]
    assert story.figures("maya", "departures", "departures_non_procedural") == [1, 0]

    # Her wage is not paid; her husband comes to the village; the district answers.
    story.on(date(2027, 6, 1))
    told = {"type": "unpaid_wage", "reporter": "spouse", "reporter_name": HUSBAND, "channel": "walk_in"}
    told |= {"narrative": WAGE, "reported_on": story.today, "person": str(person.pk)}
    story.send("rina", "/cases/new/", **told)
    case = Case.objects.get()
    assert story.figures("hendro", "open_cases", "referrals_waiting") == [1, 0]
    story.send("rina", f"/cases/{case.pk}/move/", to="verifying", text="Slip gaji dilihat", on=story.today)
    story.send(
        "rina",
        f"/cases/{case.pk}/refer/",
        confirmed="consent",
        body="disnaker",
        request="Mohon perusahaan dipanggil",
        on=story.today,
    )
    referral = Referral.objects.get()
    assert story.figures("hendro", "open_cases", "referrals_waiting") == [1, 1]
    assert story.figures("maya", "open_cases", "referrals_waiting") == [1, 1]
    assert NAME in story.page("hendro", "/referrals/")
    for stranger in ("sari", "dewi", "indra"):
        assert cast.client(stranger).get(f"/cases/{case.pk}/").status_code == 404
    story.on(date(2027, 6, 8))
    for decision, answer in (("received", ""), ("answered", "Perusahaan membayar tiga bulan gaji")):
        path = f"/referrals/{referral.pk}/answer/"
        story.send("hendro", path, decision=decision, answer=answer, on=story.today)
    assert story.figures("hendro", "open_cases", "referrals_waiting") == [1, 0]
    assert Task.objects.filter(case=case, status="open").exists()
    story.send("rina", f"/cases/{case.pk}/move/", to="resolved", text="Gaji diterima", on=story.today)
    paid = {"reason": "solved", "result": "Gaji lunas", "recovered_rupiah": "Rp21.000.000"}
    story.send("rina", f"/cases/{case.pk}/close/", on=story.today, **paid)
    assert story.figures("maya", "open_cases", "cases_closed") == [0, 1]
    assert not Task.objects.filter(case=case, status="open").exists()

    # She comes home and opens a business with others.
    story.on(date(2027, 11, 2))
    story.send("rina", f"/journeys/{journey.pk}/move/", to="returned", frm="abroad", happened_on=story.today)
    person.refresh_from_db()
    assert person.category == "pmi_returned"
    start = {"name": "Keripik Randu", "sector": "food", "formed_on": story.today}
    story.send("rina", "/business-groups/new/", **start)
    group = BusinessGroup.objects.get()
    member = {"name": NAME, "sex": "female", "kind": "returned", "joined_on": story.today}
    story.send("rina", f"/business-groups/{group.pk}/members/new/", **member)
    assert story.figures("hendro", "business_groups", "group_members") == [1, 1]
    assert story.figures("maya", "business_groups", "group_members") == [1, 1]
    assert story.figures("rina", *WATCHED) == [0, 0, 1, 0, 0, 0]

    story.sees_nothing_personal(
        SECRETS, "maya", "arif", "ratna", "lina", "kades", "sys", "audi", "indra", "dewi"
    )
