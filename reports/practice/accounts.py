"""The practice accounts: who signs in as what, all with one password that everybody knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.roles import ROLES, Role

PASSWORD = "desa-latihan-2026"  # noqa: S105 - printed at every start, local mode only


@dataclass(frozen=True)
class PracticeAccount:
    """One account to sign in with. `place`: code of village, district or province; "" for the whole country.

    `place_name` is what the list at the start says.
    """

    username: str
    full_name: str
    role: Role
    place: str = ""
    place_name: str = ""
    title: str = ""


RANDU, KENANGA = "33.25.14.2004", "32.12.16.2004"

ACCOUNTS = (
    PracticeAccount("petugas.randu", "Rina Wulandari", Role.OFFICER, RANDU, "Desa Randu"),
    PracticeAccount("petugas.randu2", "Teguh Prasetyo", Role.OFFICER, RANDU, "Desa Randu"),
    PracticeAccount("petugas.kenanga", "Dewi Anggraeni", Role.OFFICER, KENANGA, "Desa Kenanga"),
    PracticeAccount("bendahara.randu", "Wati Lestari", Role.TREASURER, RANDU, "Desa Randu", "Bendahara"),
    PracticeAccount("ketua.randu", "Joko Susilo", Role.BOARD, RANDU, "Desa Randu", "Ketua"),
    PracticeAccount("kades.randu", "Slamet Riyadi", Role.VILLAGE_HEAD, RANDU, "Desa Randu", "Kepala Desa"),
    PracticeAccount(
        "disnaker.batang",
        "Hendro Wibowo",
        Role.DISTRICT_COORDINATOR,
        "33.25",
        "Kabupaten Batang",
        "Koordinator Desmigratif",
    ),
    PracticeAccount(
        "disnaker.indramayu",
        "Indra Gunawan",
        Role.DISTRICT_COORDINATOR,
        "32.12",
        "Kabupaten Indramayu",
        "Koordinator Desmigratif",
    ),
    PracticeAccount(
        "provinsi.jateng",
        "Ratna Puspitasari",
        Role.PROVINCE_VIEWER,
        "33",
        "Jawa Tengah",
        "Analis tenaga kerja",
    ),
    PracticeAccount(
        "kemnaker", "Maya Anggraini", Role.MINISTRY_ANALYST, title="Analis, Direktorat penempatan"
    ),
    PracticeAccount(
        "kemnaker.admin", "Arif Nugroho", Role.MINISTRY_ADMIN, title="Pengelola program Desmigratif"
    ),
    PracticeAccount("sysadmin", "Bayu Saputra", Role.SYSTEM_ADMINISTRATOR, title="Pusat data"),
    PracticeAccount("auditor", "Audi Pramana", Role.AUDITOR, title="Inspektorat"),
)

# District coordinators who act in the records of the other practice villages; nobody signs in as them.
SILENT_COORDINATORS = (
    PracticeAccount("disnaker.wonosobo", "Wahyu Purnomo", Role.DISTRICT_COORDINATOR, "33.07"),
    PracticeAccount("disnaker.malang", "Yuliana Hartono", Role.DISTRICT_COORDINATOR, "35.07"),
    PracticeAccount("disnaker.tulungagung", "Bambang Widodo", Role.DISTRICT_COORDINATOR, "35.04"),
    PracticeAccount("disnaker.lombok-timur", "Baiq Nurul Aini", Role.DISTRICT_COORDINATOR, "52.03"),
    PracticeAccount("disnaker.lombok-tengah", "Lalu Zainuddin", Role.DISTRICT_COORDINATOR, "52.02"),
)


def account_lines() -> list[str]:
    """What `./run` prints: a heading with the password, then one account with its role and place a line."""
    width = max(len(account.username) for account in ACCOUNTS)
    heading = _("Practice accounts, invented people only. Password: %(password)s") % {"password": PASSWORD}
    return [heading, *(f"  {account.username:<{width}}  {_role(account)}" for account in ACCOUNTS)]


def _role(account: PracticeAccount) -> str:
    label = str(ROLES[account.role].label)
    return f"{label}, {account.place_name}" if account.place_name else label
