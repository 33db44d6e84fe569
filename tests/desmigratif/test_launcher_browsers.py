"""A machine without Chromium: browser tests are left out, and every one of them is named."""

import os

import pytest

from tests.desmigratif.outside import PROJECT, python

TWO_TESTS = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    raise AssertionError("ran without a browser")

def test_without_one():
    pass
"""


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["one process", "xdist"])
def test_browser_tests_without_chromium_are_named(workers, tmp_path):
    (tmp_path / "test_two.py").write_text(TWO_TESTS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PATH": "/nowhere", "DESMIGRATIF_CHROMIUM": ""}
    words = ["-c", "pyproject.toml", f"--rootdir={PROJECT}", "-p", "no:cacheprovider", *workers]
    ran = python("-m", "pytest", *words, str(tmp_path / "test_two.py"), environment=environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 BROWSER TESTS LEFT OUT: no Chromium found" in ran.stdout
    named = [line for line in ran.stdout.splitlines() if line.startswith("left out: ")]
    assert len(named) == 1
    assert named[0].endswith("::test_in_a_browser")
