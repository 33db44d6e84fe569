"""Load the villages that public sources name, with the few areas they need, and the published figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from villages import events
from villages.access import Seat
from villages.area_files import AreaLevel, kind_of, level_of
from villages.enums import Certainty, Stage
from villages.models import CohortTarget, Designation, District, Province, StageRecord, Subdistrict, Village
from villages.places import match_village

DATA = Path(__file__).resolve().parent.parent / "data"

# Year -> what was published; domain.md 1.8, sources K1, K14, K15, K17. No figure was found for 2020 and 2023.
PRESS_2019 = "Siaran pers Kementerian Ketenagakerjaan, 8 Agustus 2019"
KNOWN_TARGETS: dict[int, dict[str, Any]] = {
    2016: {"published": 2, "source": f"{PRESS_2019}; Katadata (infografik)"},
    2017: {"published": 120, "source": PRESS_2019},
    2018: {"published": 130, "source": PRESS_2019},
    2019: {
        "published": 150,
        "target_by_then": 400,
        "provinces_by_then": 12,
        "districts_by_then": 107,
        "subdistricts_by_then": 314,
        "source": f"{PRESS_2019} (target 400 desa dalam tiga tahun); Katadata (infografik)",
    },
    2021: {"published": 51, "source": "IDX Channel dan RMOL, 28–29 September 2021"},
    2022: {"published": 50, "source": "Majalah Indonesia, 10 Oktober 2022"},
}


@dataclass
class KnownVillages:
    """What a load did. `left_out`: one sentence for each named village that cannot be placed."""

    areas_added: int = 0
    villages_added: int = 0
    villages_kept: int = 0
    years_added: int = 0
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def load_known_villages(*, by: Seat | None = None) -> KnownVillages:
    """Every known village is in the register, each with certainty, source and first step; so are the
    published figures per year. What is there already is left as it is, so a second run changes nothing.

    Confirmed villages are designated; uncertain ones are proposed and never counted. A year no source gives
    stays unknown. A village without a code is placed only when its name fits exactly one area. Records
    `designation.recorded` and `cohort_target.recorded` for what it adds.
    """
    outcome = KnownVillages(areas_added=_add_areas())
    held = set(Designation.objects.values_list("village_id", flat=True))
    for row in _rows("known_villages.csv"):
        village = _place(row)
        if village is None:
            outcome.left_out.append(
                _("%(name)s (%(district)s) is left out: its name does not fit exactly one village.")
                % {"name": row["name"], "district": row["district"]}
            )
        elif village.code in held:
            outcome.villages_kept += 1
        else:
            held.add(village.code)
            _designate(by, village, row)
            outcome.villages_added += 1
    for year, facts in KNOWN_TARGETS.items():
        target, is_new = CohortTarget.objects.get_or_create(year=year, defaults=facts)
        if is_new:
            outcome.years_added += 1
            record(
                events.COHORT_TARGET_RECORDED,
                by=by,
                subject=target,
                subject_label=str(year),
                changes={name: [None, value] for name, value in facts.items()},
            )
    return outcome


def _rows(filename: str) -> Iterator[dict[str, str]]:
    with (DATA / filename).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _add_areas() -> int:
    """Insert the areas that are missing; those present, also retired ones, stay as an import left them."""
    added = 0
    rows = [(row["code"], row["name"]) for row in _rows("known_areas.csv")]
    for level, model in zip(AreaLevel, (Province, District, Subdistrict, Village), strict=True):
        wanted = {code: name for code, name in rows if level_of(code) == level}
        present = set(model.objects.filter(code__in=wanted).values_list("code", flat=True))
        new = [_area(model, code, name) for code, name in wanted.items() if code not in present]
        model.objects.bulk_create(new)
        added += len(new)
    return added


def _area(model: type[Any], code: str, name: str) -> Any:
    parents: dict[type[Any], dict[str, str]] = {
        Province: {},
        District: {"province_id": code[:2], "kind": kind_of(code)},
        Subdistrict: {"district_id": code[:5]},
        Village: {
            "subdistrict_id": code[:8],
            "district_id": code[:5],
            "province_id": code[:2],
            "kind": kind_of(code),
        },
    }
    return model(code=code, name=name, **parents[model])


def _place(row: dict[str, str]) -> Village | None:
    if row["code"]:
        return Village.objects.filter(code=row["code"]).first()
    match = match_village(
        village=row["name"],
        subdistrict=row["subdistrict"],
        district=row["district"],
        within=Village.objects.filter(valid_to__isnull=True),
    )
    return match.only if match.is_exact else None


def _designate(by: Seat | None, village: Village, row: dict[str, str]) -> None:
    confirmed = row["certainty"] == Certainty.CONFIRMED
    designation = Designation.objects.create(
        village=village,
        stage=Stage.DESIGNATED if confirmed else Stage.PROPOSED,
        cohort_year=int(row["cohort_year"]) if row["cohort_year"] else None,
        designated_by=row["designated_by"],
        decree_number=row["decree_number"],
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
    )
    StageRecord.objects.create(designation=designation, stage=designation.stage, evidence=row["source"])
    record(
        events.DESIGNATION_RECORDED,
        by=by,
        subject=designation,
        subject_label=str(village),
        village=village,
        changes={"stage": ["", designation.stage], "cohort_year": [None, designation.cohort_year]},
    )
