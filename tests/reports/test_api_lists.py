"""Lists for programs cost the same for one row and for three."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import TODAY
from tests.factories import (
    CarerSessionFactory,
    CaseFactory,
    ConsentFactory,
    CorrectionFactory,
    DutyDayFactory,
    DutyReportFactory,
    FamilyPermitFactory,
    MigrationFactory,
    MonthlyReturnFactory,
    PersonFactory,
    ProceduralAssessmentFactory,
    RedFlagCheckFactory,
    ServiceCentreFactory,
    TaskFactory,
    VillageFactory,
)
from tests.migrants.calling import get

FIELDS = ("employer", "agency", "country")


def test_lists_cost_the_same_for_one_and_three(cast):
    village, rina, client = cast.randu, cast.user("rina"), cast.client("rina")
    journey = MigrationFactory(person__village=village)
    over = {"status": "closed", "closed_on": TODAY, "close_reason": "solved", "result": "Selesai."}
    closed = CaseFactory(village=village, **over)
    assignment = rina.assignments.get()

    def of_month(number):
        return date(2026, 7 + number, 1)

    makers = {
        f"journeys/{journey.pk}/red-flags": lambda _n: RedFlagCheckFactory(migration=journey),
        f"journeys/{journey.pk}/assessments": lambda _n: ProceduralAssessmentFactory(migration=journey),
        "family-permits": lambda _n: FamilyPermitFactory(migration__person__village=village),
        f"cases/{closed.pk}/corrections": lambda n: CorrectionFactory(case=closed, field=FIELDS[n]),
        "tasks": lambda _n: TaskFactory(village=village, person=PersonFactory(village=village)),
        f"persons/{journey.person_id}/consents": lambda _n: ConsentFactory(person=journey.person),
        "carer-sessions": lambda _n: CarerSessionFactory(village=village),
        "duty-days": lambda n: DutyDayFactory(village=village, officer=rina, day=of_month(n)),
        "duty-reports": lambda n: DutyReportFactory(assignment=assignment, month=of_month(n)),
        "returns": lambda n: MonthlyReturnFactory(village=village, month=of_month(n)),
    }
    found = {}
    for name, make in makers.items():
        counts = []
        for number in range(3):
            make(number)
            with CaptureQueriesContext(connection) as queries:
                rows = get(client, f"{name}/")[name.split("/")[-1]]
            assert len(rows) == number + 1, name
            counts.append(len(queries))
        found[name.split("/")[-1]] = counts
    seen = dict.fromkeys(
        ("red-flags", "assessments", "consents", "corrections"), 9
    )  # the log says whose were looked at
    plain = ("family-permits", "tasks", "carer-sessions", "duty-days", "duty-reports", "returns")
    assert found == {name: [count] * 3 for name, count in (seen | dict.fromkeys(plain, 5)).items()}


def test_list_of_service_centres_costs_the_same_and_goes_on_from_its_cursor(cast):
    """Above the village: a village has one."""
    client, counts, names = cast.client("hendro"), [], []
    for code, name in (("33.25.14.2004", "Randu"), ("33.25.14.2071", "Sawah"), ("33.25.14.2072", "Tegal")):
        ServiceCentreFactory(village=VillageFactory(code=code, name=name))
        with CaptureQueriesContext(connection) as queries:
            get(client, "service-centres/")
        counts.append(len(queries))
    assert counts == [6] * 3
    after = ""
    while not names or after:
        page = get(client, "service-centres/", size=1, **({"after": after} if after else {}))
        names += [row["village"] for row in page["service-centres"]]
        after = page["after"]
    assert names == ["33.25.14.2004", "33.25.14.2071", "33.25.14.2072"]
