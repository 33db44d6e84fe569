"""A year with one or more records of everything the yearly report prints, for its tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests import factories as make

MOMENT = datetime(2026, 11, 23, 1, 15, tzinfo=UTC)
NAMES = "Nama Orang Yang Tidak Boleh Tercetak"
PUBLISHED = {2016: 2, 2017: 120, 2018: 130, 2019: 150}


def targets() -> None:
    """What was published up to 2019, and the target of 400."""
    for year, published in PUBLISHED.items():
        make.CohortTargetFactory(year=year, published=published, source=f"Siaran pers {year}")
    last = make.CohortTargetFactory(year=2019)
    last.target_by_then = 400
    last.provinces_by_then, last.districts_by_then, last.subdistricts_by_then = 12, 107, 314
    last.save()


def villages() -> None:
    """Kenanga of 2016, Bandung of 2019, Randu of an unknown year, one of 2021 and one only proposed."""
    make.DesignationFactory(village=make.VillageFactory(code="32.12.16.2004"), cohort_year=2016)
    make.DesignationFactory(village=make.VillageFactory(code="33.25.14.2002"), cohort_year=2019)
    make.DesignationFactory(village=make.VillageFactory(code="33.25.14.2004"), cohort_year=None)
    make.DesignationFactory(village=make.VillageFactory(code="52.02.01.2001"), cohort_year=2021)
    make.DesignationFactory(
        village=make.VillageFactory(code="35.07.01.2001"), cohort_year=None, stage="proposed"
    )


def records() -> None:
    """Something of everything in Randu in 2019, every free text with a name that must not be printed."""
    randu = make.VillageFactory(code="33.25.14.2004")
    officer = make.UserFactory(full_name=NAMES)
    make.OfficerAssignmentFactory(
        user=officer, village=randu, starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 31)
    )
    for topic in ("information", "information", "document"):
        make.ServiceVisitFactory(
            village=randu, visited_on=date(2019, 3, 4), topic=topic, note=NAMES, visitor_name=NAMES
        )
    make.ServiceVisitFactory(village=randu, visited_on=date(2018, 12, 31))
    for n, path in enumerate(("procedural", "procedural", "non_procedural", "unknown")):
        person = make.PersonFactory(village=randu, full_name=f"{NAMES} {n}")
        make.MigrationFactory(
            person=person,
            registered_on=date(2019, 2, 1),
            departed_on=date(2019, 6, 1 + n),
            status="abroad",
            procedural=path,
        )
    make.CaseFactory(village=randu, reported_on=date(2019, 5, 1), narrative=NAMES, subject_name=NAMES)
    make.CaseFactory(
        village=randu, reported_on=date(2019, 5, 2), type="trafficking_suspected", narrative=NAMES
    )
    make.OutreachSessionFactory(village=randu, held_on=date(2019, 7, 1), note=NAMES, speakers=NAMES)
    group = make.BusinessGroupFactory(village=randu, formed_on=date(2019, 1, 5), name=f"Kelompok {NAMES}")
    make.GroupMemberFactory(group=group, name=NAMES, joined_on=date(2019, 1, 5))
    make.LearningCentreFactory(village=randu, opened_on=date(2019, 1, 6), name=f"Rumah {NAMES}", note=NAMES)
    body = make.FinanceBodyFactory(village=randu, founded_on=date(2019, 1, 7), name=f"Koperasi {NAMES}")
    make.MemberFactory(body=body, name=NAMES, joined_on=date(2019, 1, 8))


def everything() -> None:
    targets()
    villages()
    records()
