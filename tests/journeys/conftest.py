"""Whole stories in a real browser: Chromium, gunicorn, PostgreSQL, broker and worker, nothing pretended.

Time runs here, so the cast's postings lie around the real today.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.conftest import Cast, build_cast
from tests.engines import chromium
from tests.factories.accounts import PASSWORD
from tests.recalled import recalled
from tests.serving import served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],  # what is in order need not be described
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Playwright runs an event loop in this thread; Django must still be allowed to ask the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup) -> Iterator[str]:
    """The site as it is served: gunicorn with collected static files, on this process's test database."""
    with served("web", static=True) as site:
        yield site.address


@pytest.fixture
def cast(transactional_db) -> Cast:
    cast = recalled(partial(build_cast, today=timezone.localdate()), of="journeys")
    call_command("load_known_villages", verbosity=0)
    return cast


@dataclass
class Visitor:
    """One person at one device. Every page met is checked by axe and its bytes are summed."""

    page: Page
    site: str
    scripts: bool
    weights: dict[str, int] = field(default_factory=dict)
    _bytes: int = 0

    def listen(self) -> None:
        self.page.on("response", self._weigh)
        self.page.on("console", self._refuse_reports)
        self.page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))

    def _weigh(self, response: Response) -> None:
        assert response.url.startswith((self.site, "data:")), f"asked another host: {response.url}"
        if response.status != 302 and not response.url.startswith("data:"):
            self._bytes += int(response.headers["content-length"])

    def _refuse_reports(self, message) -> None:
        assert "Content Security Policy" not in message.text, message.text

    def open(self, path: str) -> None:
        self._bytes = 0
        self.page.goto(self.site + path)
        self.look()

    def press(self, name: str) -> None:
        """Press a button by its words and wait for the page it leads to."""
        self._bytes = 0
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        self.look()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self._bytes = 0
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.look()

    def look(self) -> None:
        """No sideways scroll, no axe violation, weight noted. Axe itself needs scripts to run."""
        self.page.wait_for_load_state("load")
        self.weights.setdefault(self.path, self._bytes)
        if self.scripts:
            self.check()

    def check(self) -> None:
        """No sideways scroll and no axe violation at the width the page has now."""
        width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"{self.path} scrolls sideways: {width}"
        found = Axe().run(self.page, options=AXE_RULES).response["violations"]
        said = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
        assert said == [], f"axe on {self.path} at {width[1]} px"

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site).split("?")[0]

    def sign_in(self, username: str) -> None:
        self.open("/sign-in/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Masuk")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture(
    params=[(360, True), (360, False), (1280, True), (1280, False)],
    ids=["phone", "phone-noscript", "desk", "desk-noscript"],
)
def device(request) -> tuple[int, bool]:
    return request.param


@pytest.fixture
def visitors(browser, site, cast, device) -> Iterator:
    """`visitors("rina")`: somebody signed in on the device of this run; `visitors("")`: nobody yet."""
    width, scripts = device
    contexts: list[BrowserContext] = []

    def arrive(username: str) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="id-ID",
            accept_downloads=True,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), site, scripts)
        visitor.page.set_default_timeout(60_000)
        visitor.listen()
        if username:
            visitor.sign_in(username)
        return visitor

    yield arrive
    for context in contexts:
        context.close()
