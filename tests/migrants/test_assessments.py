import re
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.assessments import assess_journey, log_red_flags
from migrants.models import ProceduralAssessment, RedFlagCheck
from migrants.path_rules import PathFact, proposed_path
from migrants.queries.assessments import latest_assessment, latest_check, path_of
from migrants.red_flags import DATA, SIGNS, VERDICTS, RulesMalformed, every_version, read_rules, rules_on
from tests.architecture.sources import PROJECT
from tests.conftest import TODAY
from tests.factories import (
    DocumentFactory,
    JourneyMilestoneFactory,
    MigrationFactory,
    PersonFactory,
    ProceduralAssessmentFactory,
    RedFlagCheckFactory,
)

RULES = rules_on(TODAY)
CALM = {flag.code: "no" if flag.answer == "yes" else "yes" for flag in RULES.flags}
ALL_TRUE = dict.fromkeys([fact.value for fact in PathFact], True)


@pytest.fixture
def journey(cast):
    return MigrationFactory(person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))


# --- the file of questions ----


def test_questions_cover_the_fourteen_signs():
    assert {flag.code for flag in RULES.flags} == SIGNS
    assert (len(RULES.flags), RULES.version) == (14, 1)


@pytest.mark.parametrize("code", sorted(SIGNS))
def test_each_sign_is_hit_by_its_answer_and_by_no_other(code):
    flag = next(flag for flag in RULES.flags if flag.code == code)
    assert [hit.code for hit in RULES.hits(CALM | {code: flag.answer})] == [code]
    assert RULES.hits(CALM) == []
    assert RULES.hits(CALM | {code: "unknown"}) == []


def test_newest_valid_version_is_asked_and_older_ones_stay_readable():
    assert rules_on(date(2020, 1, 1)).version == min(every_version())
    assert rules_on(date(2099, 1, 1)).version == max(every_version())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 0"),
        ("version = 1", 'version = "satu"'),
        ("valid_from = 2026-01-01", 'valid_from = "kemarin"'),
        ('code = "minor"', 'code = "papers_held"'),
        ('code = "minor"', 'code = "invented"'),
        ('answer = "yes"', 'answer = "maybe"'),
        ('refer = ["disnaker", "bp3mi"]', 'refer = ["nobody"]'),
        ('refer = ["disnaker", "bp3mi"]', "refer = []"),
        ("Menahan dokumen dipakai", "Ini TPPO: menahan dokumen dipakai"),
        ("Menahan dokumen dipakai", "Menahan dokumen dipakai " * 20),
        ("[[flags]]", "[[flag]]"),
    ],
)
def test_malformed_file_is_refused(tmp_path: Path, old, new):
    text = (DATA / "red_flags_1.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "red_flags_9.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesMalformed):
        read_rules(path)


# --- no page ever says that trafficking is confirmed ----

# In either language, in either order, within one sentence.
CRIME = r"(?:TPPO|perdagangan orang|trafficking)"
VERDICT = r"(?:terbukti|terkonfirmasi|dipastikan|confirmed|proven)"
BETWEEN = r"[^.“”\n]{0,40}"
CONFIRMED = re.compile(rf"{CRIME}{BETWEEN}\b{VERDICT}|\b{VERDICT}{BETWEEN}{CRIME}", re.IGNORECASE)


def test_no_word_of_ours_confirms_trafficking():
    assert CONFIRMED.search("Ini TPPO yang terbukti")
    files = [
        *PROJECT.glob("locale/*/*.po"),
        *PROJECT.glob("templates/**/*.html"),
        *PROJECT.glob("migrants/data/*.toml"),
        *PROJECT.glob("migrants/enums/*.py"),
    ]
    assert len(files) > 100
    assert [file.name for file in files if CONFIRMED.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_with_every_sign_judges_nobody(cast, journey, language):
    signs = [flag.code for flag in RULES.flags]
    RedFlagCheckFactory(migration=journey, logged_by=cast.user("rina"), hits=signs)
    client = cast.client("rina")
    client.cookies["bahasa"] = language
    page = client.get(f"/journeys/{journey.pk}/").content.decode()
    assert all(flag.what in page for flag in RULES.flags)
    assert [word for word in VERDICTS if word in page.lower()] == []


# --- a round of questions ----


def test_answers_are_kept_once_with_their_signs_and_version(cast, journey):
    key, answers = new_key(), CALM | {"upfront_cash": "yes", "no_contract": "unknown"}
    for _turn in range(2):
        log_red_flags(
            by=cast.seat("rina"), journey=journey, key=key, rules=RULES, answers=answers, asked_on=TODAY
        )
    check = RedFlagCheck.objects.get()
    assert (check.hits, check.rule_version, check.asked, check.answers) == (["upfront_cash"], 1, 14, answers)
    assert [flag.what for flag in check.flags] == ["Uang muka diberikan kepada keluarga"]
    assert Event.objects.get(name="migration.flags_asked").changes == {"hits": [None, 1]}


def test_latest_round_is_shown(cast, journey):
    RedFlagCheckFactory(migration=journey, logged_by=cast.user("rina"))
    second = RedFlagCheckFactory(migration=journey, logged_by=cast.user("rina"), hits=[])
    assert latest_check(journey) == second


@pytest.mark.parametrize("name", ["sari", "hendro", "kades"])
def test_only_the_own_village_asks_and_judges(cast, journey, name):
    with pytest.raises(NotPermitted):
        log_red_flags(
            by=cast.seat(name), journey=journey, key=new_key(), rules=RULES, answers=CALM, asked_on=TODAY
        )
    with pytest.raises(NotPermitted):
        assess_journey(by=cast.seat(name), journey=journey, key=new_key(), procedural="procedural", basis="x")


@pytest.mark.parametrize("table", ["migrants_redflagcheck", "migrants_proceduralassessment"])
def test_judgements_are_never_rewritten(cast, journey, table):
    RedFlagCheckFactory(migration=journey, logged_by=cast.user("rina"))
    ProceduralAssessmentFactory(migration=journey, assessed_by=cast.user("rina"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET rule_version = 2")


# --- the path ----


@pytest.mark.parametrize("fact", list(PathFact))
def test_path_is_proposed_from_each_fact(fact):
    assert proposed_path(ALL_TRUE) == "procedural"
    assert proposed_path(ALL_TRUE | {fact.value: False}) == "non_procedural"
    assert proposed_path(ALL_TRUE | {fact.value: None}) == "unknown"


def test_record_tells_the_facts_of_the_path(cast, journey):
    assert path_of(journey, TODAY).facts == {
        "age": True,
        "agreement": None,
        "visa": None,
        "recorded": None,
    }
    DocumentFactory(migration=journey, kind="placement_agreement")
    JourneyMilestoneFactory(migration=journey, kind="visa")
    JourneyMilestoneFactory(migration=journey, kind="e_pmi")
    path = path_of(journey, TODAY)
    assert (path.facts, path.proposed) == (ALL_TRUE, "procedural")


@pytest.mark.parametrize(("scheme", "known"), [("independent", True), ("p_to_p", None)])
def test_own_contract_stands_for_the_agreement_where_there_is_no_company(cast, scheme, known):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu), scheme=scheme)
    DocumentFactory(migration=journey, kind="work_agreement")
    assert path_of(journey, TODAY).facts["agreement"] is known


def test_minor_is_no_lawful_age(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu, birth_date=date(2009, 1, 1)))
    assert path_of(journey, TODAY).proposed == "non_procedural"


def test_judgement_keeps_assessor_facts_and_version_and_can_be_taken_back(cast, journey):
    seat, key = cast.seat("rina"), new_key()
    for _turn in range(2):
        assess_journey(by=seat, journey=journey, key=key, procedural="non_procedural", basis="Visa turis")
    journey.refresh_from_db()
    assert (journey.procedural_by, journey.procedural_basis) == (cast.user("rina"), "Visa turis")
    row = ProceduralAssessment.objects.get()
    assert (row.assessed_by, row.rule_version, row.facts["age"]) == (cast.user("rina"), 1, True)
    assess_journey(by=seat, journey=journey, key=new_key(), procedural="unknown", basis="")
    journey.refresh_from_db()
    assert (journey.procedural, journey.procedural_by, journey.procedural_at) == ("unknown", None, None)
    assert latest_assessment(journey).procedural == "unknown"


# --- pages ----


def test_page_asks_and_shows_what_why_and_where(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/flags/"
    page = client.post(address, {"asked_on": "23-11-2026"})
    assert len(page.context["form"].errors) == 14
    typed = CALM | {"asked_on": "23-11-2026", "papers_held": "yes", "key": str(new_key())}
    assert [client.post(address, typed).url for _turn in range(2)] == [f"/journeys/{journey.pk}/"] * 2
    assert RedFlagCheck.objects.count() == 1
    page = client.get(f"/journeys/{journey.pk}/").content.decode()
    for words in ("Paspor atau KTP ditahan perekrut", "Menahan dokumen dipakai", "Polisi (Polres)"):
        assert words in page
    assert "TPPO" not in page


@pytest.mark.parametrize("answer", ["maybe", "<script>", "\0", "x" * 100_000])
def test_page_refuses_answers_that_are_none(cast, journey, answer):
    typed = CALM | {"asked_on": "23-11-2026", "minor": answer}
    page = cast.client("rina").post(f"/journeys/{journey.pk}/flags/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["minor"])


def test_page_judges_the_path_and_asks_back_against_the_record(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/assess/"
    page = client.post(address, {"procedural": "procedural"})
    assert page.context["form"].errors == {"basis": ["Tulis dari mana Anda mengetahuinya."]}
    typed = {"procedural": "procedural", "basis": "e-PMI dilihat", "key": str(new_key())}
    page = client.post(address, typed)
    assert [doubt.code for doubt in page.context["form"].open_doubts] == ["facts"]
    confirmed = typed | {"confirmed": "facts"}
    assert [client.post(address, confirmed).status_code for _turn in range(2)] == [302, 302]
    journey.refresh_from_db()
    assert (journey.procedural, journey.procedural_basis) == ("procedural", "e-PMI dilihat")
    assert ProceduralAssessment.objects.count() == 1
