"""The Indonesian catalogue: `python -m desmigratif.messages extract|compile|check`.

Source strings are English; `locale/id/<app>.po` holds the Indonesian of one app. All are compiled into one
`django.mo` with Babel, because a fresh machine has no msgfmt. The English catalogue is the source itself.
"""

import argparse
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from desmigratif.local.trouble import Trouble

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "locale" / "id"
COMPILED = FOLDER / "LC_MESSAGES" / "django.mo"
APPS = (
    "desmigratif",
    "reports",
    "cooperatives",
    "pillars",
    "migrants",
    "villages",
    "accounts",
    "audit",
    "periods",
)
COMMON = "desmigratif"
# Strings of Django and other packages that we say in our own words: not in our source, and free to say less.
PACKAGES = "packages"
HEADER = """\
# Indonesian words of {app}.
msgid ""
msgstr ""
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
KEYWORDS = dict(DEFAULT_KEYWORDS) | {
    f"{name}{ending}": DEFAULT_KEYWORDS[name]
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
    for ending in ("_lazy", "_noop")
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")

Key = tuple[str, str | None]


class CatalogueError(Trouble):
    """The catalogue files contradict each other or cannot be read; the text names the file and the string."""


@dataclass
class Used:
    """One string of the source: its plural if any, and the apps that show it."""

    text: str
    plural: str | None = None
    context: str | None = None
    apps: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.text, self.context


# What the source says


def used_strings() -> dict[Key, Used]:
    """Return every string of Python and templates that is shown, with the apps that use it."""
    found: dict[Key, Used] = {}
    for app, path in source_files():
        for text, plural, context in _strings_of(path):
            used = found.setdefault((text, context), Used(text, plural, context))
            used.plural = used.plural or plural
            used.apps.add(app)
            used.places.append(path.relative_to(PROJECT).as_posix())
    return found


def source_files() -> Iterator[tuple[str, Path]]:
    """Yield each file that may hold strings, with its app; other templates belong to the frame."""
    for app in APPS:
        for path in sorted((PROJECT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield app, path
    templates = PROJECT / "templates"
    for path in sorted(templates.rglob("*.*")):
        if path.suffix in {".html", ".txt", ".svg", ".xml", ".js", ".css"}:
            first = path.relative_to(templates).parts[0]
            yield (first if first in APPS else COMMON), path


def _strings_of(path: Path) -> Iterator[tuple[str, str | None, str | None]]:
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        shown = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in shown.splitlines())  # indentation means nothing there
    for _line, function, texts, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, [], {}):
        arguments = texts if isinstance(texts, tuple) else (texts,)
        spec = KEYWORDS[function] or (1,)
        context, plain = None, []
        for position in spec:
            if isinstance(position, tuple):
                context = arguments[position[0] - 1]
            else:
                plain.append(arguments[position - 1] if position <= len(arguments) else None)
        if plain and plain[0]:
            yield plain[0], plain[1] if len(plain) > 1 else None, context


# What the catalogue files say


def read_catalogues() -> dict[str, Catalog]:
    """Return the catalogue of each app that has one. Raises CatalogueError when one cannot be read."""
    catalogues = {}
    for path in sorted(FOLDER.glob("*.po")):
        try:
            with path.open("rb") as file:
                catalogues[path.stem] = read_po(file, locale="id", domain="django", abort_invalid=True)
        except PoFileError as error:
            raise CatalogueError(f"{path.relative_to(PROJECT)}: {error}") from None
    return catalogues


def merge(catalogues: dict[str, Catalog]) -> Catalog:
    """Return one catalogue of all; the same string with two translations raises CatalogueError."""
    merged = Catalog(locale="id", domain="django", charset="utf-8", fuzzy=False)
    # One form, as Django's own Indonesian; with Babel's two, all plurals but one would stay English.
    merged.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    origin: dict[Key, str] = {}
    for app, catalogue in catalogues.items():
        for message in _entries(catalogue):
            key = _key(message)
            known = merged.get(key[0], key[1])
            if known is not None and _forms(known) != _forms(message):
                first, second = _forms(known)[0], _forms(message)[0]
                raise CatalogueError(
                    f"{key[0]!r} is {first!r} in {origin[key]}.po and {second!r} in {app}.po. Keep one."
                )
            if known is None or (isinstance(message.id, tuple) and not isinstance(known.id, tuple)):
                origin[key] = app
                merged.add(message.id, message.string, context=message.context)
    return merged


def _entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> Key:
    return (message.id[0] if isinstance(message.id, tuple) else message.id), message.context


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


# The three commands


def compile_catalogue() -> int:
    """Write django.mo whole or not at all; return how many strings it holds. Raises CatalogueError."""
    merged = merge(read_catalogues())
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    draft = COMPILED.with_name(f".{COMPILED.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, merged)
    draft.replace(COMPILED)
    return len(merged)


def compile_if_changed() -> bool:
    """Compile when a catalogue file is newer than what was compiled; say whether it was."""
    sources = [FOLDER, *FOLDER.glob("*.po")]
    if COMPILED.exists() and all(path.stat().st_mtime < COMPILED.stat().st_mtime for path in sources):
        return False
    compile_catalogue()
    return True


def extract() -> tuple[list[str], list[str]]:
    """Add new strings, untranslated, to their app's file and take out those no longer used; return both.

    A string of one app goes to that app's file, of several apps to the common one; where it stands it stays.
    """
    used, catalogues = used_strings(), read_catalogues()
    known = {_key(message) for catalogue in catalogues.values() for message in _entries(catalogue)}
    new: dict[str, list[Used]] = defaultdict(list)
    for key, string in used.items():
        if key not in known:
            new[next(iter(string.apps)) if len(string.apps) == 1 else COMMON].append(string)
    ours = [catalogue for app, catalogue in catalogues.items() if app != PACKAGES]
    gone = [key[0] for catalogue in ours for key in map(_key, _entries(catalogue)) if key not in used]
    for app in sorted({*catalogues, *new} - {PACKAGES}):
        path = FOLDER / f"{app}.po"
        text = path.read_text(encoding="utf-8") if path.exists() else HEADER.format(app=app)
        blocks = [block for block in re.split(r"\n{2,}", text.strip("\n")) if not _is_obsolete(block, used)]
        blocks += [_block(string) for string in sorted(new[app], key=lambda string: string.text)]
        path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return sorted(string.text for strings in new.values() for string in strings), sorted(gone)


def _is_obsolete(block: str, used: dict[Key, Used]) -> bool:
    if all(line.startswith("#~") for line in block.splitlines()):
        return True
    return any(
        _key(message) not in used for message in _entries(read_po(BytesIO(block.encode()), locale="id"))
    )


def _block(string: Used) -> str:
    lines = [f"#: {place}" for place in sorted(set(string.places))]
    if PLACEHOLDER.search(string.text) and "%" in string.text:
        lines.append("#, python-format")
    if string.context:
        lines.append(f"msgctxt {_quoted(string.context)}")
    lines.append(f"msgid {_quoted(string.text)}")
    if string.plural:
        lines += [f"msgid_plural {_quoted(string.plural)}", 'msgstr[0] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def problems() -> list[str]:
    """Return a sentence for each string that is missing, empty, fuzzy, unused, or has other placeholders."""
    catalogues = read_catalogues()
    try:
        merge(catalogues)
    except CatalogueError as error:
        return [str(error)]
    used, found = used_strings(), []
    known: dict[Key, Message] = {}
    for app, catalogue in catalogues.items():
        if app not in (*APPS, PACKAGES):
            found.append(f"{app}.po: there is no app of this name.")
        for message in _entries(catalogue):
            known[_key(message)] = message
            found += [
                f"{app}.po: {_key(message)[0]!r} {wrong}."
                for wrong in _wrongs(message, used if app != PACKAGES else None)
            ]
        found += [
            f"{app}.po: {_key(message)[0]!r} is obsolete; remove it."
            for message in catalogue.obsolete.values()
        ]
    for key, string in used.items():
        if key not in known:
            found.append(
                f"{string.places[0]}: {string.text!r} is in no catalogue. Run extract, then translate it."
            )
        elif string.plural and not isinstance(known[key].id, tuple):
            found.append(f"{string.places[0]}: {string.text!r} has a plural here, but not in its catalogue.")
    return found


def _wrongs(message: Message, used: dict[Key, Used] | None) -> Iterator[str]:
    """Say what is wrong with one entry; `used` is None for another package's string."""
    if used is not None and _key(message) not in used:
        yield "is used nowhere; run extract"
    if not all(_forms(message)):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked fuzzy; look at it and remove the mark"
    source = message.id[1] if isinstance(message.id, tuple) else message.id
    wanted = Counter(PLACEHOLDER.findall(source))
    for form in _forms(message):
        given = Counter(PLACEHOLDER.findall(form))
        if given - wanted or (used is not None and given != wanted):
            yield f"has other placeholders in its translation {form!r}"
        if (form[:1] == "\n", form[-1:] == "\n") != (source[:1] == "\n", source[-1:] == "\n"):
            yield "begins or ends its lines otherwise than its translation"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m desmigratif.messages", description="The Indonesian catalogue."
    )
    parser.add_argument("command", choices=["extract", "compile", "check"])
    command = parser.parse_args().command
    try:
        if command == "compile":
            print(f"Compiled {compile_catalogue()} strings.")
            return 0
        if command == "extract":
            new, gone = extract()
            for text in new:
                print(f"new:  {text!r}")
            for text in gone:
                print(f"gone: {text!r}")
            return 0
        found = problems()
    except CatalogueError as error:
        found = [str(error)]
    print("\n".join(found) if found else "Every string is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
