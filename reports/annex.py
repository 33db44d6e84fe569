"""The figures of an edition as data: JSON and CSV for inside the PDF, and an XLSX beside it.

Everything comes from the frozen content, so the numbers and codes are those of the PDF; no clock is asked,
so the same content gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import rustpy_xlsxwriter as xlsx
from django.utils import translation
from django.utils.translation import gettext as _

from reports.archive import Attached
from reports.exports import cell_value, csv_lines
from reports.freezing.keys import CellKey, figure_named, printed
from reports.indicators import CATALOGUE

Content = dict[str, Any]
Rows = list[dict[str, Any]]

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMPED = "docProps/core.xml"


def figure_lines(content: Content) -> Rows:
    """Every printed number with its code and what it counts, in the order of the report."""
    return [
        {
            "code": content["codes"][key],
            "figure": entry.key.figure,
            "label": _label(entry.key),
            "value": entry.key.value,
            "value_label": entry.label if entry.key.value else "",
            "place": entry.key.place,
            "period": entry.key.period,
            "count": entry.count,
            "over": entry.over,
        }
        for key, entry in printed(content["figures"]).items()
    ]


def attachments(content: Content) -> list[Attached]:
    """The figures as JSON and CSV, to be put inside the PDF."""
    with translation.override(content["language"]):
        said = ("reference", "data_as_of", "proof", "definitions", "changes")
        whole = {
            **{name: content[name] for name in said},
            "coded": figure_lines(content),
            "figures": content["figures"],
        }
        table = figure_lines(content)
        header = list(table[0]) if table else []
        text = "".join(csv_lines(header, ([line[name] for name in header] for line in table)))
        name, about = content["reference"], _("The figures of this report, with their codes")
    body = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return [
        Attached(f"{name}.csv", "text/csv", about, text.encode()),
        Attached(f"{name}.json", "application/json", about, body),
    ]


def annex(content: Content) -> bytes:
    """The XLSX beside the PDF: about it, the figures with their codes, villages, definitions, changes."""
    with translation.override(content["language"]):
        sheets = [(name[:31], rows) for name, rows in _sheets(content) if rows]
    made = io.BytesIO()
    xlsx.write_worksheets(sheets, made, autofit=True, bold_headers=True)
    return _without_clock(made.getvalue(), datetime.fromisoformat(content["data_as_of"]))


def _sheets(content: Content) -> Iterable[tuple[str, Rows]]:
    yield _("About"), _about(content)
    yield (
        _("Figures"),
        [
            {
                _("Code"): line["code"],
                _("Figure"): line["label"],
                _("Part"): line["value_label"],
                _("Area code"): line["place"],
                _("Period"): line["period"],
                _("Count"): line["count"],
                _("Out of"): line["over"],
            }
            for line in figure_lines(content)
        ],
    )
    yield (
        _("Villages"),
        [
            {
                _("Code"): row["code"],
                _("Village"): cell_value(row["name"]),
                _("Subdistrict"): cell_value(row["subdistrict"]),
                _("District"): cell_value(row["district"]),
                _("Province"): cell_value(row["province"]),
                _("Cohort"): row["cohort"],
                _("Stage"): row["stage_label"],
                _("Officers"): row["officers"],
            }
            for row in content["figures"].get("villages", [])
        ],
    )
    yield _("Definitions"), [_definition(one) for one in content["definitions"]]
    changes = content["changes"] or {"lines": []}
    yield (
        _("Changes"),
        [
            {_("Figure"): line["label"], _("Before"): str(line["before"]), _("Now"): str(line["after"])}
            for line in changes["lines"]
        ],
    )


def _about(content: Content) -> Rows:
    proof = content.get("proof") or {}
    lines = (
        (_("Report number"), content["reference"]),
        (_("Data taken"), content["data_as_of"]),
        (_("From"), content["first_day"]),
        (_("Until"), content["last_day"]),
        (_("SHA-256 of the content"), proof.get("digest", "")),
        (_("Signature (Ed25519)"), proof.get("signature", "")),
        (_("Public key"), proof.get("public_key", "")),
    )
    return [{_("What"): name, _("Value"): value} for name, value in lines]


def _definition(definition: dict[str, str]) -> dict[str, str]:
    return {
        _("Figure"): definition["label"],
        _("Unit"): definition["unit"],
        _("Counts"): f"{definition['counts']} {definition['kind']}",
        _("Leaves out"): definition["leaves_out"],
        _("Empty means"): definition["empty_means"],
    }


def _label(key: CellKey) -> str:
    return figure_named(key) if key.indicator in CATALOGUE else key.figure


def _without_clock(body: bytes, moment: datetime) -> bytes:
    """The same workbook as of the data cut-off instead of now."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _STAMPED:
                part = _stamped(part.decode(), f"{moment:%Y-%m-%dT%H:%M:%SZ}").encode()
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _stamped(text: str, moment: str) -> str:
    for tag in ("created", "modified"):
        begin, found, rest = text.partition(f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">')
        if found:
            text = begin + found + moment + rest[rest.index("<") :]
    return text
