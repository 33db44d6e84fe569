"""What a row says, read and ready to write. A review row has facts too, as far as they could be read; fields
that could not be read are empty. Refused and skipped rows have none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class JourneyFacts:
    """What `begin_journey` needs. `status`: a `MigrationStatus`; `scheme`: a `Scheme`."""

    status: str
    destination: str = ""  # ISO 3166 alpha-3
    job: str = ""  # code of jobs.csv
    agency: str = ""
    employer: str = ""
    scheme: str = "unknown"
    registered_on: date | None = None  # None: the day of the import
    departed_on: date | None = None
    contract_ends_on: date | None = None
    returned_on: date | None = None
    job_words: str = ""  # as written, where no code fits
    decree: str = ""  # SK penempatan, extracts only


@dataclass(slots=True)
class PersonFacts:
    """One person of a register or an extract. Values are those of `Person`; "" and None: not said."""

    village: str  # dotted code; "" only in review
    full_name: str
    sex: str  # "female", "male"; "" only in review, or where an extract has no NIK to tell
    birth_date: date | None
    nik: str
    category: str
    journey: JourneyFacts | None
    card: str = ""
    phone: str = ""
    other_phones: tuple[str, ...] = ()
    passport: str = ""
    passport_expires_on: date | None = None
    education: str = ""
    marital_status: str = ""
    hamlet: str = ""
    neighbourhood: str = ""
    address: str = ""
    birth_place: str = ""
    nickname: str = ""
    next_of_kin_name: str = ""
    next_of_kin_relation: str = ""
    next_of_kin_phone: str = ""
    remark: str = ""
    sex_by_nik: str = ""  # what the NIK says, for decisions; "" without a NIK
    birth_date_by_nik: date | None = None


@dataclass(slots=True)
class CompanyFacts:
    """One placement company."""

    name: str
    name_key: str  # without PT and punctuation, for comparing
    licence: str
    valid_until: date | None
    address: str = ""
    status: str = ""
    phone: str = ""


Facts = PersonFacts | CompanyFacts
