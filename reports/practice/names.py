"""Names as people of a region bear them. Whoever is called so in these data does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from migrants.enums import Sex
from reports.practice.chance import Chance


@dataclass(frozen=True)
class Region:
    """First and second names of women and men, hamlets, and how many have one name only."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    women_second: tuple[str, ...]
    men_second: tuple[str, ...]
    hamlets: tuple[str, ...]
    one_name: float = 0.15


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


JAWA = Region(
    women=_words(
        "Siti Sri Dwi Tri Eni Endang Kartini Ngatini Sulastri Suparti Rumini Istiqomah Umi Nur"
        " Lestari Yuliana Rina Fitri Novi Ika Puji Retno Winarsih Tutik Karsinah Warsini Khotimah"
        " Maesaroh Anisa Dewi Ratna Mujiati Poniyem Sumarni Turiyah Zumrotun Wiwik Partini Sukesi"
        " Murtini"
    ),
    men=_words(
        "Slamet Agus Eko Budi Joko Suyatno Sutrisno Wahyu Dwi Tri Heri Ahmad Muhammad Nur Imam"
        " Khoirul Abdul Sukirno Kasmadi Rusdi Tarno Darmadi Warsito Mulyono Supriyanto Bambang Arif"
        " Edi Andi Teguh Wagiman Paijo Suroso Tukiman Nasikin Rohmat"
    ),
    women_second=_words(
        "Rahayu Wahyuni Lestari Handayani Astuti Utami Kusumawati Setyowati Purwanti Hidayah Nurjanah"
        " Aminah Khasanah Fatimah Solikhah Rohmah Susanti Wulandari Mulyani Ningsih Rahmawati Safitri"
        " Maryati Widiastuti Puspitasari Anggraini"
    ),
    men_second=_words(
        "Prasetyo Santoso Wibowo Nugroho Setiawan Hidayat Susilo Kurniawan Saputra Riyadi Purnomo"
        " Utomo Widodo Anwar Rohman Mustofa Hakim Fauzi Mubarok Suryanto Hartono Firmansyah Haryanto"
    ),
    hamlets=("Krajan", "Dukuh Lor", "Dukuh Kidul", "Sidomulyo", "Karanganyar", "Ngadirejo"),
)
PANTURA = Region(
    women=_words(
        "Casmini Darsem Warniti Castini Rokayah Tarsinih Daryati Kusniah Wasni Sunarti Rasini Tarini"
        " Carsinih Turini Wartini Siti Nur Dewi Rina Yuni Iin Eti Kuniah Sarinah"
    ),
    men=_words(
        "Casmita Warsono Tarsono Darsono Rasmin Wartono Sakim Kasan Tarmidi Dulyaman Carkim Wasta"
        " Sanusi Taryono Rohim Ahmad Agus Dedi Yanto Karnadi"
    ),
    women_second=_words(
        "Wati Lestari Nurhasanah Komala Fitriani Aisyah Maemunah Rohayati Susilawati Yuliani"
    ),
    men_second=_words("Saputra Hidayat Maulana Suhendra Wijaya Ramdani Permana Subagja Fauzan"),
    hamlets=("Blok Karanganyar", "Blok Kenanga", "Blok Bojong", "Blok Sukamulya", "Blok Pesantren"),
    one_name=0.35,
)
SASAK = Region(
    women=_words(
        "Baiq Sahnim Rohani Nurhayati Hayatun Mahnim Fatimah Salmah Marhamah Sumiati Halimah Zohriah"
        " Husniah Rukyah Jumenah Siti Nurul Hikmah Suhaini Mariani"
    ),
    men=_words(
        "Lalu Sahdan Muhsin Zainuddin Saprudin Mahsun Junaidi Herman Sahrul Marzuki Hamdan Zulkarnaen"
        " Muhlis Samsul Rusman Abdul Ahmad Haerudin Suparman"
    ),
    women_second=_words("Hayati Aini Wahidah Mardiana Fitriah Apriani Hidayati Laela Rahmawati"),
    men_second=_words("Hadi Ihsan Wirajaya Rahman Azhari Efendi Hamid Irwan Jayadi Putra"),
    hamlets=("Dasan Lekong", "Gubuk Barat", "Gubuk Timur", "Dasan Baru", "Montong"),
    one_name=0.3,
)


def full_name(region: Region, sex: str, chance: Chance) -> str:
    """A name such as the region gives to a woman or man."""
    firsts, seconds = (
        (region.women, region.women_second) if sex == Sex.FEMALE else (region.men, region.men_second)
    )
    first = chance.pick(firsts)
    alone = chance.happens(region.one_name) and first not in {"Siti", "Baiq", "Lalu", "Nur", "Abdul"}
    return first if alone else f"{first} {chance.pick(seconds)}"
