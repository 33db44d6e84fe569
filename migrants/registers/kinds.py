"""What kinds of register there are and which columns each can have."""

from __future__ import annotations

from enum import StrEnum


class RegisterKind(StrEnum):
    PERSONS = "persons"  # people and their journeys, as villages, districts, companies and BP3MI keep them
    EXTRACT = "extract"  # the national system's extract (SISKOP2MI)
    COMPANIES = "companies"  # placement companies (P3MI)
    MEMBERS = "members"  # members of a village finance body, and what they have saved


# Which of them an unknown file may be; a list of members comes in through the books of its body.
OF_MIGRANTS = (RegisterKind.PERSONS, RegisterKind.EXTRACT, RegisterKind.COMPANIES)


class Column(StrEnum):
    """What a column of a file can hold. Stable: mappings that people saved name them."""

    NUMBER = "number"  # the running number; never stored
    NIK = "nik"
    CARD = "card"  # family card (KK)
    FULL_NAME = "full_name"
    NICKNAME = "nickname"
    NAME_AND_ADDRESS = "name_and_address"  # P3MI report: "Nama PMI/ Alamat", parts on lines
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    BIRTH = "birth"  # place and date in one cell
    MARITAL_STATUS = "marital_status"
    EDUCATION = "education"
    ADDRESS = "address"
    HAMLET = "hamlet"
    RT = "rt"
    RW = "rw"
    NEIGHBOURHOOD = "neighbourhood"  # RT/RW in one cell
    VILLAGE_CODE = "village_code"
    VILLAGE = "village"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    PROVINCE = "province"
    PHONE = "phone"
    PASSPORT = "passport"
    PASSPORT_EXPIRES_ON = "passport_expires_on"
    STATUS = "status"  # Calon PMI, PMI, Purna PMI
    SCHEME = "scheme"
    COUNTRY = "country"
    JOB = "job"
    AGENCY = "agency"
    EMPLOYER = "employer"
    REGISTERED_ON = "registered_on"
    DEPARTED_ON = "departed_on"
    CONTRACT_STARTS_ON = "contract_starts_on"
    CONTRACT_ENDS_ON = "contract_ends_on"
    RETURNED_ON = "returned_on"
    RETURN_KIND = "return_kind"  # finish, cuti, bermasalah
    KIN_NAME = "kin_name"
    KIN_RELATION = "kin_relation"
    KIN_PHONE = "kin_phone"
    REMARK = "remark"
    PLACEMENT_DECREE = "placement_decree"  # SK penempatan
    LICENCE = "licence"  # SIP3MI number
    VALID_UNTIL = "valid_until"
    LICENCE_STATUS = "licence_status"
    COMPANY = "company"  # name of a placement company, in a list of them
    MEMBER_NUMBER = "member_number"
    JOINED_ON = "joined_on"
    PRINCIPAL_SAVINGS = "principal_savings"
    MANDATORY_SAVINGS = "mandatory_savings"
    VOLUNTARY_SAVINGS = "voluntary_savings"
    SURPLUS_SHARE = "surplus_share"  # SHU not yet paid out
    IGNORED = "ignored"
