"""A quarter of a village's life in the first three pillars, by hand-computed figures at three levels.

October to December 2026. Randu holds a session, trains a group, receives machines of which one stands idle
until it is replaced, writes down what it knows of its turnover, and looks after three children. Bandung, in
the same district, and Kenanga, in another province, do a little too, so that no level tells the same.
"""

from __future__ import annotations

from datetime import date

import pytest

from migrants.models import Case, ServiceVisit, Task
from pillars.actions.child_radar import watch_children
from pillars.actions.watching import watch_equipment
from pillars.models import (
    Business,
    BusinessGroup,
    Child,
    EquipmentGrant,
    EquipmentItem,
    Facilitator,
    LearningCentre,
    OutreachSession,
    Training,
)
from reports.small_cells import Hidden
from tests.factories import HouseholdFactory, MigrationFactory, PersonFactory

KEJORA, NEGLECT = "Kejora", "Anak itu tidur di dapur tanpa alas"
SECRETS = (KEJORA, "Lintang", "Fajar", NEGLECT, "Mbah Surti")
SMALL = Hidden.SMALL


@pytest.fixture
def told(story, django_capture_on_commit_callbacks):
    """The whole quarter."""
    return Quarter(story)


class Quarter:
    """What happened, pillar by pillar; the figures are asked for on 28 December."""

    def __init__(self, story):
        self.story, self.cast = story, story.cast
        self.people()
        self.outreach()
        self.group_from_training_to_aid()
        self.turnover()
        self.children()
        self.neighbours()
        story.on(date(2026, 12, 28))

    def people(self):
        """Siti came back from Taiwan, Darmi's husband is away; both families are registered."""
        homes = [HouseholdFactory(village=self.cast.randu) for _ in range(2)]
        facts = {"village": self.cast.randu, "sex": "female"}
        self.siti = PersonFactory(full_name="Siti Rohmah", household=homes[0], **facts)
        self.darmi = PersonFactory(full_name="Darmi", household=homes[1], **facts)
        for person in (self.siti, self.darmi):
            MigrationFactory(person=person, status="returned", registered_on=date(2026, 10, 1))

    def outreach(self):
        """Two registered women, three others and two men are ticked; one comes back with a question."""
        story = self.story
        story.on(date(2026, 10, 6))
        officers = [str(self.cast.user(name).pk) for name in ("rina", "teguh")]
        said = {
            "held_on": story.today,
            "topic": "safe_migration",
            "place": "Balai desa",
            "officers": officers,
        }
        story.send("rina", "/outreach/new/", **said)
        session = self.session = OutreachSession.objects.get()
        names = {"women": "Bu Lastri\nBu Parmi\nBu Yuni", "men": "Pak Karto\nPak Wiryo"}
        ticked = [str(self.siti.pk), str(self.darmi.pk)]
        story.send("rina", f"/outreach/{session.pk}/attendance/", people=ticked, **names)
        story.on(date(2026, 10, 8))
        question = {"topic": "information", "channel": "walk_in", "outcome": "done", "after": str(session.pk)}
        story.send("rina", "/visits/new/", person=str(self.siti.pk), visited_on=story.today, **question)
        for who in ("rina", "teguh"):  # the log proposes what the session says; the officers agree
            story.cast.client(who).post("/duty/confirm/?month=2026-10")

    def group_from_training_to_aid(self):
        story = self.story
        story.on(date(2026, 10, 12))
        story.send(
            "rina", "/business-groups/new/", name="Jahit Randu", sector="tailoring", formed_on=story.today
        )
        group = self.group = BusinessGroup.objects.get()
        to_group = f"/business-groups/{group.pk}/members/new/"
        chair = {"kind": "returned", "office": "chair"}
        story.send("rina", to_group, person=str(self.siti.pk), joined_on=story.today, **chair)
        story.send("rina", to_group, person=str(self.darmi.pk), kind="spouse", joined_on=story.today)
        for name in ("Bu Lastri", "Bu Parmi"):
            story.send("rina", to_group, name=name, sex="female", kind="family", joined_on=story.today)

        story.on(date(2026, 10, 21))
        days = {"first_on": "19-10-2026", "last_on": "21-10-2026", "hours": "24"}
        lesson = {"title": "Menjahit seragam", "organiser": "BLK Batang", "group": str(group.pk)}
        story.send("rina", "/trainings/new/", **lesson, **days)
        training = Training.objects.get()
        came = [str(member.pk) for member in group.members.exclude(name="Bu Parmi")]
        story.send("rina", f"/trainings/{training.pk}/attendance/", members=came)
        story.send("rina", f"/trainings/{training.pk}/participants/new/", name="Pak Karto", sex="male")

        story.on(date(2026, 10, 26))
        sewing = {"name": "Seragam Randu", "sector": "tailoring", "product": "Seragam sekolah"}
        story.send("rina", "/businesses/new/", group=str(group.pk), started_on=story.today, **sewing)
        self.sewing = Business.objects.get()
        nib = {"kind": "nib", "number": "9120001122334", "issued_on": story.today}
        story.send("rina", f"/businesses/{self.sewing.pk}/permits/new/", **nib)
        self.machines()

    def machines(self):
        """Two overlock machines are used. The embroidery machine needs more current than there is: idle."""
        story = self.story
        story.on(date(2026, 11, 2))
        minutes = {"source": "apbd_district", "year": "2026", "giver": "Disnaker Batang"}
        story.send("rina", "/aid/new/", group=str(self.group.pk), handed_on=story.today, **minutes)
        grant = EquipmentGrant.objects.get()
        to_grant = f"/aid/{grant.pk}/items/new/"
        overlock = {"name": "Mesin obras", "quantity": "2", "unit_price": "Rp4.000.000"}
        story.send("rina", to_grant, handed_on=story.today, **overlock)
        stitching = {"name": "Mesin bordir", "quantity": "1", "unit_price": "Rp6.000.000"}
        story.send("rina", to_grant, handed_on=story.today, **stitching)
        used, idle = EquipmentItem.objects.order_by("-quantity")

        story.on(date(2026, 11, 9))
        story.send("rina", f"/equipment/{used.pk}/check/", checked_on=story.today, in_use="2")
        why = {"condition": "idle", "reason": "Listrik di rumah hanya 900 watt"}
        story.send("rina", f"/equipment/{idle.pk}/check/", checked_on=story.today, **why)
        pieces = {name: cell_of(self.story, "hendro", name) for name in ("aid_in_use", "aid_idle")}
        assert pieces == {"aid_in_use": (2, 3), "aid_idle": (1, 3)}

        story.on(date(2026, 12, 9))
        watch_equipment(today=story.day)
        reminder = Task.objects.get(rule="equipment_idle")
        assert "Mesin bordir" in story.page("rina", "/tasks/")
        story.on(date(2026, 12, 14))
        new = {"name": "Mesin bordir hemat listrik", "quantity": "1", "unit_price": "Rp3.000.000"}
        story.send("rina", to_grant, handed_on=story.today, replaces=str(idle.pk), **new)
        story.cast.client("rina").post(f"/tasks/{reminder.pk}/done/")
        better = EquipmentItem.objects.get(replaces=idle)
        story.on(date(2026, 12, 21))
        story.send("rina", f"/equipment/{better.pk}/check/", checked_on=story.today, condition="in_use")

    def turnover(self):
        """Two businesses, three months: four are told, one is not known, one began too late to have any."""
        story = self.story
        shop = {"name": "Warung Bu Siti", "sector": "trade", "product": "Sembako"}
        story.send("rina", "/businesses/new/", person=str(self.siti.pk), started_on="01-10-2026", **shop)
        self.shop = Business.objects.get(owner=self.siti)
        self.month(self.shop, "2026-10", "Rp900.000")
        self.month(self.shop, "2026-11", "")
        self.month(self.shop, "2026-12", "Rp2.000.000")
        self.month(self.sewing, "2026-10", "")
        self.month(self.sewing, "2026-11", "Rp1.200.000")
        self.month(self.sewing, "2026-12", "Rp3.000.000")

    def month(self, business, month, turnover, who="rina"):
        self.story.send(who, f"/businesses/{business.pk}/turnover/{month}/", version="0", turnover=turnover)

    def open_centre(self, who, name):
        """A centre, open since 12 October, whose facilitator has signed the child-safety agreement."""
        story = self.story
        story.on(date(2026, 10, 12))
        story.send(who, "/learning-centres/new/", name=name, address="Dusun Krajan", opened_on=story.today)
        centre = LearningCentre.objects.get(name=name)
        leader = {"name": "Bu Guru Tini", "kind": "teacher", "began_on": story.today}
        path = f"/learning-centres/{centre.pk}/facilitators/new/"
        story.send(who, path, agreement_signed_on=story.today, **leader)
        return centre

    def register(self, who, centre, pseudonym):
        facts = {
            "pseudonym": pseudonym, "birth_year": "2016", "sex": "female", "level": "primary",
            "absent_parent": "mother", "joined_on": "12-10-2026", "school": "attending",
            "carer_kind": "grandparent", "carer_name": "Mbah Surti", "guardian": "grandparent",
            "guardian_name": "Mbah Surti", "manner": "written", "given_on": "12-10-2026",
        }  # fmt: skip
        self.story.send(who, f"/learning-centres/{centre.pk}/children/new/", **facts)
        return Child.objects.get(centre=centre, pseudonym=pseudonym)

    def roll(self, who, centre, day, present):
        """A session: who of the list was there."""
        self.story.on(day)
        leader = Facilitator.objects.get(centre=centre)
        facts = {"held_on": self.story.today, "theme": "homework", "leaders": [str(leader.pk)]}
        there = [str(child.pk) for child in present]
        self.story.send(who, f"/learning-centres/{centre.pk}/sessions/new/", children=there, **facts)

    def children(self):
        """Kejora misses three sessions and may leave school: the radar asks for a visit, what is seen there
        becomes a restricted case, and she attends school again."""
        story = self.story
        centre = self.open_centre("rina", "Rumah Belajar Melati")
        kejora, *others = [self.register("rina", centre, name) for name in (KEJORA, "Lintang", "Fajar")]
        self.kejora = kejora
        self.roll("rina", centre, date(2026, 10, 14), [kejora, *others])
        for day in (date(2026, 10, 21), date(2026, 10, 28), date(2026, 11, 4)):
            self.roll("rina", centre, day, others)
        risk = {"status": "at_risk", "since": "04-11-2026", "why": "Tidak ada yang mengantar"}
        story.send("rina", f"/children/{kejora.pk}/school/", **risk)

        story.on(date(2026, 11, 5))
        watch_children(today=story.day)
        asked = set(Task.objects.filter(rule__startswith="child_").values_list("rule", flat=True))
        assert asked == {"child_absent", "child_school_at_risk"}
        assert KEJORA in story.page("rina", "/children/")
        assert KEJORA not in story.page("rina", "/tasks/")

        story.on(date(2026, 11, 6))
        seen = {"visited_on": story.today, "seen": "Kurus, rumah gelap", "concern": "on"}
        to_decide = story.send("rina", f"/children/{kejora.pk}/visits/new/", **seen)
        story.send("rina", to_decide, decision="child_neglect", words=NEGLECT)
        self.case = Case.objects.get()
        for task in Task.objects.filter(rule__startswith="child_"):
            story.cast.client("rina").post(f"/tasks/{task.pk}/done/")

        story.on(date(2026, 11, 10))
        lesson = {"held_on": story.today, "place": "Balai desa", "topic": "raising"}
        story.send("rina", "/carer-sessions/new/", women="6", men="1", **lesson)
        story.on(date(2026, 11, 23))
        story.send("rina", f"/children/{kejora.pk}/school/", status="attending", since=story.today)

    def neighbours(self):
        """Bandung: a session, four children at one session, a month. Kenanga: a session, two good months."""
        story = self.story
        centre = self.open_centre("sari", "Rumah Belajar Bandung")
        four = [self.register("sari", centre, name) for name in ("A.B.", "C.D.", "E.F.", "G.H.")]
        self.roll("sari", centre, date(2026, 10, 15), four)
        for who, women, men in (("sari", "12", "8"), ("dewi", "30", "10")):
            said = {"held_on": story.today, "topic": "documents", "place": "Balai desa"}
            story.send(who, "/outreach/new/", women=women, men=men, **said)
        story.on(date(2026, 12, 28))
        months = {"sari": {"2026-11": "Rp5.000.000"}}
        months["dewi"] = {"2026-11": "Rp6.000.000", "2026-12": "Rp7.000.000"}
        for who, told in months.items():
            owner = PersonFactory(village=self.cast.seat(who).village)
            facts = {"name": "Keripik", "sector": "food", "product": "Keripik singkong"}
            facts |= {"started_on": "01-10-2026", "person": str(owner.pk)}
            ready = {"export_ready_on": "01-12-2026"} if who == "dewi" else {}
            story.send(who, "/businesses/new/", **facts, **ready)
            for month, turnover in told.items():
                self.month(Business.objects.get(owner=owner), month, turnover, who)


def cell_of(story, who, code):
    """A figure as its reader has it: hidden, a count, or a count of so many."""
    cell = story.cells(who, code)[0]
    if cell.hidden:
        return cell.hidden
    return cell.count if cell.over is None else (cell.count, cell.over)


# The village, its district, the ministry. Each is worked out by hand from what the quarter tells.
FIGURES = {
    "outreach_sessions": (1, 2, 3),
    "outreach_women": (5, 17, 47),
    "outreach_men": (2, 10, 20),
    "visits": (1, 1, 1),
    "duty_days": (3, 3, 3),  # both on 6 October, Rina on the 8th
    "business_groups": (1, 1, 1),
    "group_members": (4, 4, 4),
    "trainings": (1, 1, 1),
    "training_participants": (4, 4, 4),  # three of the group and one man
    "trained_started": ((0, 0), (0, 0), (0, 0)),  # no training is six months old
    "businesses": (2, 3, 4),
    "businesses_with_nib": ((1, 2), (1, 3), (1, 4)),
    "businesses_export_ready": ((0, 2), (0, 3), (1, 4)),
    "migrant_households": (2, 2, 2),
    "migrant_households_in_business": ((2, 2), (2, 2), (2, 2)),
    "aid_value": (17_000_000, 17_000_000, 17_000_000),  # 2 x 4 + 6 + 3 million
    "aid_pieces": (4, 4, 4),
    "aid_in_use": ((3, 3), (3, 3), (3, 3)),  # the idle machine was replaced and counts no more
    "aid_idle": ((0, 3), (0, 3), (0, 3)),
    # 0,9 1,2 2 3 | with Bandung 0,9 1,2 2 3 5 | with Kenanga 0,9 1,2 2 3 5 6 7: the middle one, no unknown
    "turnover_median": (1_200_000, 2_000_000, 3_000_000),
    "learning_centres": (1, 2, 2),
    "child_sessions": (4, 5, 5),
    "carers_trained": (7, 7, 7),
    "children_served": (3, 7, 7),
    "child_attendance": ((9, 12), (13, 16), (13, 16)),  # 3 + 2 + 2 + 2 of 4 x 3; 4 of 4 in Bandung
    "children_at_risk": (1, SMALL, SMALL),
    "children_followed_up": (1, SMALL, SMALL),
    "dropouts_prevented": (1, SMALL, SMALL),
    "restricted_cases": (Hidden.WITHHELD, 1, SMALL),  # shown at no village; the district answers for them
}


def test_one_quarter_is_counted_alike_in_village_district_and_ministry(told):
    story = told.story
    found = {code: tuple(cell_of(story, who, code) for who in ("rina", "hendro", "maya")) for code in FIGURES}
    assert found == FIGURES

    assert ServiceVisit.objects.get().pk == told.session.visits.get().visit_id
    assert "Siti Rohmah" in story.page("rina", f"/outreach/{told.session.pk}/")
    assert not Task.objects.filter(status="open").exists()
    # What is private stays in the village, the case with its handler and the district coordinator.
    for who in ("kades", "hendro", "ratna", "maya"):
        client = told.cast.client(who)
        assert client.get(f"/children/{told.kejora.pk}/").status_code in (403, 404)
        opens_case = client.get(f"/cases/{told.case.pk}/").status_code == 200
        assert opens_case == (who == "hendro")  # the coordinator answers for restricted cases
        place = {"kades": "33.25.14.2004", "hendro": "33.25", "ratna": "33", "maya": ""}[who]
        rows = client.get(f"/figures/children_served/rows/?place={place}&period=2026").content.decode()
        assert [word for word in SECRETS if word in rows] == []
    assert told.cast.client("teguh").get(f"/cases/{told.case.pk}/").status_code == 404
    story.sees_nothing_personal(SECRETS, "kades", "hendro", "lina", "ratna", "maya", "arif", "indra", "dewi")
