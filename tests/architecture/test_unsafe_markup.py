"""What a person typed is text: never markup, SQL or a bag of arguments (quality.md C5, C24-C27).

Each rule is a small reading of the source tree, and each is shown the mistake it is there to catch.
"""

import ast
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, modules, templates, tree

# Markup

TEMPLATE_RULES = {
    "marks text as safe": re.compile(r"\|\s*safe(seq)?\b|\{%-?\s*filter\s+safe"),
    "switches escaping off": re.compile(r"\{%-?\s*autoescape\s+off"),
    "carries a script of its own": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "carries style of its own": re.compile(r"<style[\s>]|\sstyle\s*=", re.IGNORECASE),
    "carries an event handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "leads to a script address": re.compile(r"javascript:", re.IGNORECASE),
    "loads from elsewhere": re.compile(
        r"<(?:script|img|link|iframe|object|embed)\b[^>]*(?:src|href|data)=[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
}
SAFE_NAMES = {"mark_safe", "html_safe", "__html__"}
SAFE_TYPES = {"SafeString", "SafeText", "SafeData"}


def template_problems(text: str) -> list[str]:
    return [problem for problem, rule in TEMPLATE_RULES.items() if rule.search(text)]


def is_composed(node: ast.AST) -> bool:
    """Text put together from parts: an f-string with values, %, +, .format(), .join(); not `psycopg.sql`."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return not (is_written(node.left) and is_written(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        by_psycopg = isinstance(owner, ast.Call) and called_name(owner) == "SQL"
        return node.func.attr in {"format", "join", "format_map"} and not by_psycopg
    return False


def is_written(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def called_name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def markup_problems(module: ast.Module) -> list[str]:
    """Marking as safe, under any name; `format_html` whose format is not written out."""
    problems = []
    for node in ast.walk(module):
        names = {
            ast.Name: lambda n: [n.id],
            ast.Attribute: lambda n: [n.attr],
            ast.FunctionDef: lambda n: [n.name],
            ast.ImportFrom: lambda n: [alias.name for alias in n.names],
        }.get(type(node), lambda _n: [])(node)
        problems += [f"{node.lineno}: {name}" for name in names if name in SAFE_NAMES]
        if (
            isinstance(node, ast.Call)
            and called_name(node) in SAFE_TYPES
            and not all(map(is_written, node.args))
        ):
            problems.append(f"{node.lineno}: {called_name(node)}")
        if isinstance(node, ast.ClassDef):
            bases = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
            problems += [f"{node.lineno}: {base}" for base in sorted(bases & SAFE_TYPES)]
        if isinstance(node, ast.Call) and called_name(node) in {"format_html", "format_html_join"}:
            place = 0 if called_name(node) == "format_html" else 1
            if len(node.args) <= place or not is_written(node.args[place]):
                problems.append(f"{node.lineno}: {called_name(node)} of something not written out")
    return problems


# SQL

SQL_CALLS = {"execute", "executemany", "raw", "RawSQL", "extra", "RunSQL", "cursor_execute", "copy"}


def sql_problems(module: ast.Module) -> list[str]:
    """SQL put together from parts, in the call or in a name the call uses. `psycopg.sql` composes safely."""
    composed = set()
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
            and node.value is not None
            and is_composed(node.value)
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            composed |= {target.id for target in targets if isinstance(target, ast.Name)}
    problems = []
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and node.args and called_name(node) in SQL_CALLS):
            continue
        statement = node.args[0]
        if is_composed(statement) or (isinstance(statement, ast.Name) and statement.id in composed):
            problems.append(f"{node.lineno}: {called_name(node)} of composed SQL")
    return problems


# Doors

SHORTCUTS = {"get_object_or_404", "get_list_or_404", "_default_manager", "_base_manager"}


def meets_people(file: Path) -> bool:
    """Views, forms, serializers, template tags and what the worker does: they get rows from doors, querysets
    and queries. A task of an officer is a row like any other.
    """
    if file.parts[1] in {"models", "actions", "queries"}:
        return False
    parts = {*file.parts[1:-1], file.stem}
    return (
        bool(parts & {"views", "forms", "serializers", "tasks", "api", "templatetags"})
        and "management" not in parts
    )


def door_problems(module: ast.Module) -> list[str]:
    """`Model.objects` and its shortcuts, where only a door may open."""
    problems = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            problems.append(f"{node.lineno}: {node.value.id}.objects")
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in SHORTCUTS:
            problems.append(f"{node.lineno}: {name}")
    return problems


# Keyword arguments

REQUEST_BAGS = {
    "POST",
    "GET",
    "FILES",
    "COOKIES",
    "META",
    "data",
    "query_params",
    "headers",
    "body",
    "initial_data",
}
LOOKUP_NAMES = (
    "filter exclude get get_or_create update_or_create annotate alias aggregate order_by values values_list "
    "update create Q"
)
LOOKUPS = frozenset(LOOKUP_NAMES.split())


def bag_problems(module: ast.Module) -> list[str]:
    """`**request.POST` anywhere; `**form.cleaned_data` or `*names` from outside in a query."""
    problems = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        opened = [keyword.value for keyword in node.keywords if keyword.arg is None]
        opened += [argument.value for argument in node.args if isinstance(argument, ast.Starred)]
        for bag in opened:
            attributes = {part.attr for part in ast.walk(bag) if isinstance(part, ast.Attribute)}
            if attributes & REQUEST_BAGS:
                problems.append(f"{node.lineno}: a request opened into arguments")
            elif "cleaned_data" in attributes and called_name(node) in LOOKUPS:
                problems.append(f"{node.lineno}: a form opened into a query")
    return problems


# The sweeps

RULES = {"markup": markup_problems, "sql": sql_problems, "bags": bag_problems}
# The launcher speaks to the engines as their operator, before there is a site, with names it made itself.
LAUNCHER = Path("desmigratif/local")
# Modules that put SQL together from names of our own, never from values: what the names are.
COMPOSED_SQL = {
    Path("villages/actions/areas.py"): "table and column names of the four area models",
}


def problems_in(problems_of: Callable[[Path], list[str]], files: Iterable[Path]) -> list[str]:
    """Every problem with the file it is in."""
    return [f"{file}: {problem}" for file in files for problem in problems_of(file)]


def test_templates_trust_nothing_typed():
    assert problems_in(lambda file: template_problems((PROJECT / file).read_text("utf-8")), templates()) == []


@pytest.mark.parametrize("name", RULES)
def test_modules_keep_text_apart_from_code(name):
    spared = COMPOSED_SQL if name == "sql" else {}
    asked = [file for file in modules() if LAUNCHER not in file.parents and file not in spared]
    assert problems_in(lambda file: RULES[name](tree(file)), asked) == []


@pytest.mark.parametrize("file", COMPOSED_SQL, ids=str)
def test_exception_for_composed_sql_is_still_needed(file):
    assert sql_problems(tree(file)) != []


def test_rows_come_through_doors():
    asked = [file for file in modules() if meets_people(file)]
    assert problems_in(lambda file: door_problems(tree(file)), asked) == []


# What each rule is there to catch


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("{{ name|safe }}", "marks text as safe"),
        ("{{ names|join:', '|safeseq }}", "marks text as safe"),
        ("{% filter safe %}{{ name }}{% endfilter %}", "marks text as safe"),
        ("{% autoescape off %}", "switches escaping off"),
        ("<script>let x</script>", "carries a script of its own"),
        ('<script nonce="{{ n }}">', "carries a script of its own"),
        ('<p style="color:red">', "carries style of its own"),
        ("<style>p{}</style>", "carries style of its own"),
        ('<a class="x" onclick="go()">', "carries an event handler"),
        ('<a href="javascript:go()">', "leads to a script address"),
        ('<script src="https://cdn.example/x.js"></script>', "loads from elsewhere"),
    ],
)
def test_template_rule_catches(markup, problem):
    assert template_problems(markup) == [problem]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{% static "x.js" %}" defer></script>',
        "{{ name }} only unsafe words",
        "<a href='https://kemnaker.example'>",
    ],
)
def test_template_rule_lets_pass(markup):
    assert template_problems(markup) == []


MISTAKES = {
    "from django.utils.safestring import mark_safe": ["markup", "1: mark_safe"],
    "x = safestring.mark_safe(y)": ["markup", "1: mark_safe"],
    "x = SafeString(y)": ["markup", "1: SafeString"],
    "class Chart(safestring.SafeString): ...": ["markup", "1: SafeString"],
    "def __html__(self): return self.x": ["markup", "1: __html__"],
    "format_html(f'<b>{x}</b>')": ["markup", "1: format_html of something not written out"],
    "format_html('<b>%s</b>' % x)": ["markup", "1: format_html of something not written out"],
    "format_html('<b>{}</b>'.format(x))": ["markup", "1: format_html of something not written out"],
    "format_html(template, x)": ["markup", "1: format_html of something not written out"],
    "format_html_join(', ', f'<b>{x}</b>', y)": [
        "markup",
        "1: format_html_join of something not written out",
    ],
    "cursor.execute(f'SELECT {x}')": ["sql", "1: execute of composed SQL"],
    "cursor.execute('SELECT %s' % x)": ["sql", "1: execute of composed SQL"],
    "cursor.execute('SELECT ' + x)": ["sql", "1: execute of composed SQL"],
    "q = f'SELECT {x}'\ncursor.execute(q)": ["sql", "2: execute of composed SQL"],
    "Person.objects.raw('SELECT {}'.format(x))": ["sql", "1: raw of composed SQL"],
    "RawSQL('lower(%s)' % x, [])": ["sql", "1: RawSQL of composed SQL"],
    "Person(**request.POST)": ["bags", "1: a request opened into arguments"],
    "Person(**request.POST.dict())": ["bags", "1: a request opened into arguments"],
    "make(**{k: v for k, v in request.GET.items()})": ["bags", "1: a request opened into arguments"],
    "people.filter(**form.cleaned_data)": ["bags", "1: a form opened into a query"],
    "people.order_by(*request.GET.getlist('o'))": ["bags", "1: a request opened into arguments"],
    "Person(**serializer.initial_data)": ["bags", "1: a request opened into arguments"],
}


@pytest.mark.parametrize("source", MISTAKES)
def test_module_rule_catches(source):
    rule, problem = MISTAKES[source]
    assert RULES[rule](ast.parse(source)) == [problem]


@pytest.mark.parametrize(
    "source",
    [
        "format_html('<b>{}</b>', x)",
        "from django.utils.safestring import SafeString\ndef icon(name: str) -> SafeString: ...",
        "control = SafeString('')",
        "format_html_join(', ', '<b>{}</b>', pairs)",
        "cursor.execute('SELECT %s', [x])",
        "cursor.execute(COUNT_PEOPLE, [x])",
        "cursor.execute(sql.SQL('SELECT {}').format(sql.Identifier(x)))",
        "log_visit(by=seat, **form.cleaned_data)",
        "people.filter(village=seat.village_id)",
        "print('a' + 'b')",
    ],
)
def test_module_rule_lets_pass(source):
    assert {name: rule(ast.parse(source)) for name, rule in RULES.items()} == {name: [] for name in RULES}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("Person.objects.all()", "1: Person.objects"),
        ("get_object_or_404(Person, pk=1)", "1: get_object_or_404"),
        ("Person._default_manager.all()", "1: _default_manager"),
        ("from x import y\nshortcuts.get_list_or_404(Person)", "2: get_list_or_404"),
    ],
)
def test_door_rule_catches(source, problem):
    assert door_problems(ast.parse(source)) == [problem]


def test_door_rule_is_for_what_meets_people():
    asked = [
        "villages/views.py",
        "villages/views/officers.py",
        "reports/tasks.py",
        "migrants/api/serializers.py",
        "accounts/forms.py",
    ]
    assert [meets_people(Path(file)) for file in asked] == [True] * 5
    spared = [
        "villages/queries.py",
        "villages/access.py",
        "villages/models/areas.py",
        "villages/management/commands/import_areas.py",
    ]
    assert [meets_people(Path(file)) for file in spared] == [False] * 4
