"""The catalogue tool: what it finds, where it puts it, what it refuses."""

import gettext
import shutil

import pytest

from desmigratif import messages

HEADER = 'msgid ""\nmsgstr ""\n"Language: id\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'


def entry(text: str, translation: str) -> str:
    return f'\nmsgid "{text}"\nmsgstr "{translation}"\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project of two apps with their catalogues."""
    folder = tmp_path / "locale" / "id"
    folder.mkdir(parents=True)
    for app in ("audit", "migrants"):
        (tmp_path / app).mkdir()
    (tmp_path / "templates" / "migrants").mkdir(parents=True)
    monkeypatch.setattr(messages, "PROJECT", tmp_path)
    monkeypatch.setattr(messages, "FOLDER", folder)
    monkeypatch.setattr(messages, "COMPILED", folder / "LC_MESSAGES" / "django.mo")

    def write(**files: str) -> None:
        for name, content in files.items():
            if name.endswith("_po"):
                (folder / f"{name.removesuffix('_po')}.po").write_text(HEADER + content)
            elif name.endswith("_html"):
                (tmp_path / "templates" / "migrants" / f"{name.removesuffix('_html')}.html").write_text(
                    content
                )
            else:
                (tmp_path / name / "queries.py").write_text(content)

    return write


def test_strings_of_python_and_templates_go_to_their_app(project):
    project(
        audit='_("The log")\nngettext("%(n)s event", "%(n)s events", 2)\n_("Shared")',
        migrants='pgettext_lazy("of a ship", "Port")\n_("Shared")',
        list_html=(
            "{% translate 'People' %}{{ _('Go') }}"
            "{% blocktranslate trimmed with n=1 %}\n  Page {{ n }}\n{% endblocktranslate %}"
        ),
    )
    new, gone = messages.extract()
    assert gone == []
    assert new == ["%(n)s event", "Go", "Page %(n)s", "People", "Port", "Shared", "The log"]
    found = {
        app: sorted(messages._key(message) for message in messages._entries(catalogue))
        for app, catalogue in messages.read_catalogues().items()
    }
    assert found == {
        "audit": [("%(n)s event", None), ("The log", None)],
        "migrants": [("Go", None), ("Page %(n)s", None), ("People", None), ("Port", "of a ship")],
        "desmigratif": [("Shared", None)],
    }


def test_extracting_twice_changes_nothing(project, tmp_path):
    project(audit='_("The log")')
    messages.extract()
    before = (tmp_path / "locale" / "id" / "audit.po").read_text()
    assert messages.extract() == ([], [])
    assert (tmp_path / "locale" / "id" / "audit.po").read_text() == before


def test_string_no_longer_used_leaves_the_catalogue(project):
    project(audit='_("The log")', audit_po=entry("The log", "Log") + entry("Old", "Lama"))
    assert messages.extract() == ([], ["Old"])
    assert messages.problems() == []


@pytest.mark.parametrize(
    ("source", "catalogue", "problem"),
    [
        (
            '_("The log")',
            "",
            "audit/queries.py: 'The log' is in no catalogue. Run extract, then translate it.",
        ),
        ('_("The log")', entry("The log", ""), "audit.po: 'The log' is not translated."),
        (
            '_("The log")',
            "\n#, fuzzy" + entry("The log", "Log"),
            "audit.po: 'The log' is marked fuzzy; look at it and remove the mark.",
        ),
        ("", entry("Old", "Lama"), "audit.po: 'Old' is used nowhere; run extract."),
        (
            '_("%(n)s of %(all)s")',
            entry("%(n)s of %(all)s", "%(n)s dari %(semua)s"),
            "audit.po: '%(n)s of %(all)s' has other placeholders in its translation '%(n)s dari %(semua)s'.",
        ),
    ],
)
def test_problem_of_a_catalogue_is_named(project, source, catalogue, problem):
    project(audit=source, audit_po=catalogue)
    assert messages.problems() == [problem]


def test_same_string_with_two_translations_is_refused(project):
    project(audit='_("Back")', audit_po=entry("Back", "Kembali"), migrants_po=entry("Back", "Mundur"))
    assert messages.problems() == ["'Back' is 'Kembali' in audit.po and 'Mundur' in migrants.po. Keep one."]
    with pytest.raises(messages.CatalogueError):
        messages.compile_catalogue()


def test_words_of_packages_are_not_looked_for_in_our_source(project):
    project(audit="", packages_po=entry("Select %(value)s", "Pilih salah satu"))
    assert messages.problems() == []


def test_compiled_catalogue_speaks(project, tmp_path):
    project(
        audit_po=entry("The log", "Log")
        + '\nmsgid "%(n)s event"\nmsgid_plural "%(n)s events"\nmsgstr[0] "%(n)s kejadian"\n'
        + '\nmsgctxt "of a ship"\nmsgid "Port"\nmsgstr "Pelabuhan"\n'
    )
    assert messages.compile_catalogue() == 3
    with messages.COMPILED.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("The log") == "Log"
    assert [spoken.ngettext("%(n)s event", "%(n)s events", n) for n in (1, 5)] == ["%(n)s kejadian"] * 2
    assert spoken.pgettext("of a ship", "Port") == "Pelabuhan"
    assert messages.compile_if_changed() is False
    shutil.rmtree(messages.COMPILED.parent)
    assert messages.compile_if_changed() is True
