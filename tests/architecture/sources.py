"""The project's own source files, as the sweeps of this folder read them."""

import ast
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@cache
def staircase() -> tuple[frozenset[str], ...]:
    """The steps of pyproject.toml's layers contract, highest first; apps of one step stand side by side."""
    tools = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    return tuple(frozenset(app.strip() for app in layer.split("|")) for layer in layers)


@cache
def our_apps() -> frozenset[str]:
    return frozenset[str]().union(*staircase())


@cache
def modules(*, migrations: bool = False) -> tuple[Path, ...]:
    """Every Python file of our apps, relative to the project."""
    files = (file.relative_to(PROJECT) for app in our_apps() for file in (PROJECT / app).rglob("*.py"))
    return tuple(sorted(file for file in files if migrations or "migrations" not in file.parts))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse((PROJECT / file).read_text(encoding="utf-8"), filename=str(file))


@cache
def templates() -> tuple[Path, ...]:
    """Every template, relative to the project."""
    found = (file.relative_to(PROJECT) for file in (PROJECT / "templates").rglob("*") if file.is_file())
    return tuple(sorted(file for file in found if file.suffix != ".md"))
