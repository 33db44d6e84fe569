"""Whether a copy of a report is the one that was published. Nothing here says anything about a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from reports.enums import EditionKind
from reports.models import GeneratedFile, ReportEdition
from reports.proof import statement

# DMP-2019-01 of the nation, DMK-33.25-2019-01 of a district, DMB-2019-06-01 of a month.
_NUMBER = re.compile(
    r"(?:DMP|DMK-(?P<district>\d\d\.\d\d)|(?P<bulletin>DMB))-(?P<year>\d{4})"
    r"(?(bulletin)-(?P<month>\d\d))-(?P<number>\d{2,4})"
)


class Answer(StrEnum):
    """What the check page answers."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    OTHER = "other"  # genuine, but of another number


@dataclass(frozen=True)
class Verdict:
    """The answer about one copy. `of`: the reference of the edition whose file it is, where it is known."""

    answer: Answer
    digest: str
    of: str = ""


def edition_with_number(text: str) -> ReportEdition | None:
    """The published edition of that number, with its successor, withdrawal and files; None for any other
    text. Queries: 2."""
    found = _NUMBER.fullmatch(text.strip().upper()[:40])
    if found is None:
        return None
    kind = EditionKind.DISTRICT if found["district"] else EditionKind.YEARLY
    kind = EditionKind.BULLETIN if found["bulletin"] else kind
    editions = ReportEdition.objects.published().lean().with_successor()
    return (
        editions.select_related("withdrawal", "district")
        .prefetch_related("files")
        .filter(
            kind=kind,
            district=found["district"],
            year=int(found["year"]),
            month=int(found["month"]) if found["month"] else None,
            number=int(found["number"]),
        )
        .first()
    )


def state_of(edition: ReportEdition) -> Answer:
    """Genuine, superseded or withdrawn: what an unchanged copy is today."""
    if hasattr(edition, "withdrawal"):
        return Answer.WITHDRAWN
    return Answer.SUPERSEDED if edition.successor_reference else Answer.GENUINE


def signed_of(edition: ReportEdition) -> str:
    """What the signature of the edition covers, as it was signed."""
    moment = edition.data_as_of.isoformat(timespec="seconds") if edition.data_as_of else ""
    return statement(reference=edition.reference, data_as_of=moment, digest=edition.digest).decode()


def verdict(edition: ReportEdition, digest: str) -> Verdict:
    """What a copy with this SHA-256 is; the digest of the content stands for a copy. Queries: at most 1."""
    own = {file.sha256 for file in edition.files.all()} | {edition.digest}
    if digest in own:
        return Verdict(state_of(edition), digest, edition.reference)
    files = GeneratedFile.objects.select_related("edition__district").defer("edition__content")
    other = files.filter(sha256=digest).first()
    if other is not None:
        return Verdict(Answer.OTHER, digest, other.edition.reference)
    return Verdict(Answer.CHANGED, digest)
