"""The words of registers for things with a fixed list: sex, standing, country, job, school, marriage, kin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

from migrants import vocabulary
from migrants.enums import Category, Education, MaritalStatus, MigrationStatus, Relation, Scheme, Sex

LONGEST = 120


def word_key(text: str) -> str:
    """What two spellings of one word share: lower case letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).lower()
    return re.sub(r"[^a-z0-9]", "", plain)


def _table(**lines: str) -> dict[str, str]:
    return {word: value for value, words in lines.items() for word in words.split()}


NOTHING = frozenset(("", "tidakada", "tdkada", "kosong", "nihil", "belum", "belumada", "na", "null", "none"))

SEXES = _table(
    **{
        Sex.MALE: "l lk laki lakilaki laki2 lakilak lelaki pria m male cowok lkilaki lakl",
        Sex.FEMALE: "p pr perempuan prempuan perempun wanita w f female wnt prp cewek",
    }
)

# "family" has no journey; everything else is the status of one.
FAMILY = "family"
STATUSES = _table(
    **{
        MigrationStatus.PROSPECTIVE: (
            "cpmi calonpmi pmicalon calon proses prosesberangkat dalamproses calontki ctki"
            " ctkw belumberangkat"
            " calonpekerjamigran calonpekerjamigranindonesia prosespenempatan pendaftaran terdaftar"
            " persiapan pelatihan menunggu menungguberangkat calontkw akanberangkat"
        ),
        MigrationStatus.ABROAD: (
            "pmi aktif pmiaktif tki tkw tkiaktif bekerja masihbekerja sedangbekerja diluarnegeri ln diln"
            " masihaktif masihdiluarnegeri berangkat sudahberangkat ditempatkan penempatan kerja cuti pmicuti"
            " pekerjamigran pekerjamigranindonesia perpanjangan perpanjangankontrak pmibermasalah bermasalah"
        ),
        MigrationStatus.RETURNED: (
            "purna pmipurna purnapmi purnatki purnatkw eks ex ekspmi expmi ekstki extki ekstkw extkw mantan"
            " mantanpmi mantantki pulang sudahpulang kembali sudahkembali selesai selesaikontrak finish"
            " pulangkampung dirumah purnapekerjamigran tidakaktif purnapekerjamigranindonesia"
        ),
        MigrationStatus.CANCELLED: "batal batalberangkat gagal gagalberangkat mengundurkandiri undurdiri",
        FAMILY: "keluarga keluargapmi keluargatki anakpmi anggotakeluarga keluargapekerjamigran",
    }
)

RETURN_KINDS = _table(
    **{
        MigrationStatus.RETURNED: (
            "finish finis selesai habiskontrak selesaikontrak kontrakselesai bermasalah sakit phk deportasi"
            " dideportasi meninggal repatriasi kabur finishcontract finiskontrak finishkontrak lainnya"
        ),
        MigrationStatus.ABROAD: "cuti cutikerja reentry cutikontrak cutiperpanjang",
    }
)

EDUCATIONS = _table(
    **{
        Education.NONE: (
            "tidaksekolah tdksekolah tidaktamatsd tdktamatsd blmtamatsd belumtamatsd taktamatsd tidaklulussd"
            " buta hurufbuta belumsekolah tidakbelumsekolah"
        ),
        Education.PRIMARY: "sd mi sdmi sdsederajat tamatsd sdn paketa lulussd tamatsdsederajat",
        Education.JUNIOR: "smp sltp mts smpmts smpsederajat sltpsederajat smpn paketb mtsn",
        Education.SENIOR: (
            "sma slta smk ma stm smea smu smasmk smasederajat sltasederajat aliyah man smkn"
            " sman paketc spk mak"
        ),
        Education.DIPLOMA: "d1 d2 d3 di dii diii diploma diploma1 diploma2 diploma3 akademi",
        Education.BACHELOR: "d4 s1 div sarjana strata1 diploma4",
        Education.MASTER: "s2 s3 magister doktor strata2",
    }
)

MARRIAGES = _table(
    **{
        MaritalStatus.SINGLE: (
            "bk belumkawin blmkawin belummenikah blmmenikah lajang bujang gadis tidakkawin"
            " bm single tk belumnikah"
        ),
        MaritalStatus.MARRIED: "k kawin menikah nikah sudahkawin sudahmenikah married kawintercatat sk m",
        MaritalStatus.DIVORCED: "cerai ceraihidup ch bercerai jandacerai dudacerai jandahidup ceraihdp",
        MaritalStatus.WIDOWED: "ceraimati cm jandamati dudamati",
    }
)

RELATIONS = _table(
    **{
        Relation.SPOUSE: "suami istri isteri suamiistri pasangan",
        Relation.PARENT: "ayah ibu bapak bpk orangtua ortu ayahkandung ibukandung bapakkandung mama emak",
        Relation.CHILD: "anak anakkandung anaklakilaki anakperempuan",
        Relation.SIBLING: "kakak adik saudara saudarakandung kakakkandung adikkandung saudari kk adk",
        Relation.RELATIVE: (
            "paman bibi keponakan sepupu kakek nenek mertua menantu ipar famili kerabat om"
            " tante pakde bude cucu"
        ),
        Relation.NEIGHBOUR: "tetangga",
        Relation.OTHER: "teman wali lainnya sponsor perangkatdesa kepaladesa",
    }
)

SCHEMES = _table(
    **{
        Scheme.G_TO_G: "gtog g2g gg governmenttogovernment",
        Scheme.P_TO_P: "ptop p2p pp p3mi privatetoprivate swasta pptkis",
        Scheme.G_TO_P: "gtop g2p gp",
        Scheme.UKPS: "ukps",
        Scheme.INDEPENDENT: "mandiri perseorangan perorangan independent profesional",
        Scheme.SEA_BASED: "seabased pelaut abk awakkapal akp",
    }
)

# No country at all: a register that says so does not know where the person is.
REGIONS = frozenset(
    (  # noqa: SIM905
        "ln luarnegeri timteng timurtengah asia asean eropa afrika asiapasifik asiatenggara asiatimur teluk"
        " negarateluk oseania pasifik overseas abroad dalamnegeri middleeast internasional timurtengahafrika"
    ).split()
)
_MORE_COUNTRIES = {
    "HKG": "hongkongsar hongkongchina hk hkg hongkng hongkonk",
    "TWN": "taiwanroc twn tw taiwanrepublicofchina formosa taiwanchina tiwan",
    "KOR": "korsel koreaselatan korea southkorea republikkorea rok kor korearepublik",
    "SAU": "saudiarabia arabsaudi saudi ksa arab saudiarab kerajaanarabsaudi",
    "ARE": "uea uae uniemiratarab emiratarab dubai abudhabi persatuanemiratarab uniemirat",
    "MYS": "malaysia malaisia mly mal sabah sarawak johor kualalumpur mysia malasyia",
    "SGP": "singapura singapore sgp sin spore singapur",
    "BRN": "brunei bruneidarussalam brunai bruneids",
}


@cache
def countries() -> dict[str, str]:
    """ISO alpha-3 code by every spelling known: our list, its aliases, codes, and CLDR's two languages."""
    found: dict[str, str] = {}
    for row in vocabulary.rows_of("destinations.csv"):
        code = row["iso3"]
        names = [row["nama"], code, row["iso2"], *row["alias"].split("|")]
        names += [str(Locale(language).territories.get(row["iso2"], "")) for language in ("id", "en")]
        for name in names:
            found.setdefault(word_key(name), code)
    for code, words in _MORE_COUNTRIES.items():
        for word in words.split():
            found.setdefault(word, code)
    for region in REGIONS | {""}:
        found.pop(region, None)
    return found


@cache
def jobs() -> dict[str, str]:
    """Code of a job by every spelling known."""
    found: dict[str, str] = {}
    for row in vocabulary.rows_of("jobs.csv"):
        for name in (row["nama"], row["name_en"], row["kode"], *row["alias"].split("|")):
            if word_key(name):
                found.setdefault(word_key(name), row["kode"])
    return found


STANDINGS: dict[str, str] = {
    MigrationStatus.PROSPECTIVE: Category.PROSPECTIVE,
    MigrationStatus.ABROAD: Category.ACTIVE,
    MigrationStatus.RETURNED: Category.RETURNED,
    MigrationStatus.CANCELLED: Category.RESIDENT,
    FAMILY: Category.FAMILY,
}


@cache
def company_key(name: str) -> str:
    """A company without PT, CV and punctuation: "PT. CONTOH", "CONTOH, PT" and "Contoh" are one."""
    words = re.sub(r"[^a-z0-9]+", " ", name[:LONGEST].lower()).split()
    return "".join(word for word in words if word not in {"pt", "cv", "tbk", "persero"})


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: letters alone count, without HJ. and H. before it; BIN and BINTI
    with the father's name may be missing in one of them, but not differ."""
    first, second = _name_parts(one), _name_parts(other)
    if first[0] != second[0]:
        return False
    return first[1] == second[1] or not first[1] or not second[1]


def _name_parts(name: str) -> tuple[str, str]:
    """The letters of the own name, and those of the father's behind BIN or BINTI."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("'", "").replace("’", "")).split()
    while len(words) > 1 and words[0] in {
        "h",
        "hj",
        "haji",
        "hajah",
        "sdr",
        "sdri",
        "ny",
        "tn",
        "bpk",
        "ibu",
    }:
        words = words[1:]
    for at, word in enumerate(words):
        if at and word in {"bin", "binti", "bt", "bte"}:
            return "".join(words[:at]), "".join(words[at + 1 :])
    return "".join(words), ""
