"""Every part in a real browser: axe, phone and desk, light and dark, courtesies of script, strict CSP."""

import os

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from pytest_django.live_server_helper import LiveServer

from tests.engines import chromium

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.desmigratif.test_gallery"),
]

SWAPPING = """{% extends "base.html" %}
{% block title %}Menukar{% endblock %}{% block heading %}Menukar{% endblock %}
{% block scripts %}{% include "components/htmx.html" %}{% endblock %}
{% block content %}<form method="post" hx-post="/potongan/" hx-target="#hasil">
<button class="button">Kirim</button></form>
<p id="hasil">belum</p>{% endblock %}"""


def swapping(request):
    return HttpResponse(engines["django"].from_string(SWAPPING).render({}, request))


def fragment(request):
    return HttpResponse("<em>Periksa kembali isian ini.</em>", status=422)


fragment.csrf_exempt = True

urlpatterns = [
    path("menukar/", swapping),
    path("potongan/", fragment),
    path("", include("desmigratif.urls")),
]


@pytest.fixture(scope="module")
def browser(django_db_setup):
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *QUIET])
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def live_server():
    """The plugin's own, with uncollected static files: it knows staticfiles only by its own name."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = StaticFilesHandler
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_page(browser, live_server):
    """Opens an address in a fresh browser; at the end no script, style or load may have been refused."""
    contexts, complaints = [], []

    def open_at(address, *, width=360, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}{address}")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 422" not in text] == []


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_part_has_no_fault_that_a_machine_finds(open_page, width, scheme):
    page = open_page("/gallery/", width=width, color_scheme=scheme)
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/gallery/", "/privacy/", "/accessibility/", "/calendar/"])
def test_narrowest_telephone_never_scrolls_sideways(open_page, address):
    page = open_page(address, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_to_press_is_large_enough(open_page, width):
    page = open_page("/gallery/", width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'a, button, input:not([type=hidden]), select, textarea, summary'
        )].filter(one => {
            const after = getComputedStyle(one, '::after');
            if (after.position === 'absolute' && after.content !== 'none') return false;  // the whole row
            const box = (one.closest('.choice') || one).getBoundingClientRect();
            return box.width && !one.matches('.skip') && box.height < 44;
        }).map(one => one.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_list_of_mistakes_is_where_the_reader_starts(open_page):
    page = open_page("/gallery/")
    assert page.evaluate("document.activeElement.id") == "periksa"
    page.click("#periksa a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "id_topic_0"


def test_button_pressed_twice_sends_once(open_page):
    page = open_page("/gallery/")
    sent = []
    page.route("**/gallery/", lambda route: sent.append(route.request.method))  # never answered: a slow line
    pressed = page.evaluate(
        """() => {
            const button = document.querySelector("form[method=post][novalidate] button");
            button.click();
            button.click();
            return button.getAttribute("aria-disabled");
        }"""
    )
    page.wait_for_timeout(500)
    assert (sent, pressed) == (["POST"], "true")


@pytest.mark.parametrize("way", ["button", "keyboard"])
def test_quick_exit_leaves_no_way_back(open_page, way):
    page = open_page("/privacy/")
    page.goto(page.url.replace("/privacy/", "/gallery/"))
    if way == "button":
        page.click("[data-exit]")
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/calendar/")
    page.go_back()
    assert page.url.endswith("/privacy/")


def test_quick_exit_is_a_link_without_script(open_page):
    page = open_page("/gallery/", java_script_enabled=False)
    page.click("[data-exit]")
    assert page.url.endswith("/calendar/")


def test_fragment_with_mistakes_is_swapped_in_under_the_strict_policy(open_page):
    page = open_page("/menukar/")
    page.click("button.button")
    page.wait_for_selector("#hasil em")
    assert page.inner_text("#hasil") == "Periksa kembali isian ini."
    # The path alone; pages themselves are never kept in the browser.
    assert page.evaluate("[{...localStorage}, {...sessionStorage}]") == [
        {},
        {"htmx-current-path-for-history": "/menukar/"},
    ]


def test_choices_and_colours_survive_forced_colours(open_page):
    page = open_page("/gallery/", forced_colors="active")
    assert faults(page) == []


def test_warning_of_a_session_that_ends_waits_for_its_time(browser, live_server, cast):
    context = browser.new_context()
    context.add_cookies(
        [{"name": "sesi", "value": cast.client("rina").cookies["sesi"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.clock.install()
    page.goto(f"{live_server.url}/menu/")
    seen = [page.is_visible("#sesi")]
    page.clock.fast_forward("56:30")
    seen.append(page.is_visible("#sesi"))
    page.clock.fast_forward("00:40")
    seen.append(page.is_visible("#sesi"))
    page.click("#sesi button")
    page.wait_for_selector("#sesi", state="hidden")
    context.close()
    assert seen == [False, False, True]
