"""Pages under load: the work list, saving a visit, Django's admin, and what lasting connections are worth."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bench import people
from bench.database import NAME, url_of
from bench.results import Line, Rounds, at_least, at_most, in_turn, left_out
from bench.serving import LoadFailed, Site, serve

SECONDS = 3.0
COUNTING_SECONDS = 12.0  # the admin counts the table for each page: seconds at a million rows
PRODUCT = "desmigratif.settings"
RAW = "bench.baseline.raw_settings"
FLOOR = "bench.baseline.floor_settings"
ADMIN = "bench.baseline.admin_settings"
FRESH = "bench.baseline.fresh_connection_settings"
MOST_QUERIES = 6


def work_list() -> list[Line]:
    """The visits of one village, 25 of about 2,500, against the page in raw SQL, and against the floor."""
    measure = "visit list of one village, 25 rows"
    try:
        path = reverse("migrants:visit-list")
    except NoReverseMatch:
        return [left_out(measure, "the page is not built yet")]
    with _ours() as site:
        with _raw(site, path) as raw:
            found = in_turn(
                lambda: site.pages(path, seconds=SECONDS).per_second,
                lambda: raw.pages("/list/", seconds=SECONDS).per_second,
            )
        with _raw(site, path, FLOOR) as bare:
            floor = in_turn(
                lambda: site.pages(path, seconds=SECONDS).per_second,
                lambda: bare.pages("/list/", seconds=SECONDS).per_second,
            )
        one = site.pages(path, seconds=1)
    queries = _queries(path)
    return [
        _ratio(measure, found, "raw SQL, joined strings, same middleware", least=0.35),
        _ratio("the same against the floor", floor, "raw SQL, joined strings, no middleware"),
        Line(
            "queries of that page",
            str(queries),
            reached=str(queries),
            goal=f"<= {MOST_QUERIES}",
            verdict=at_most(queries, MOST_QUERIES),
            numbers={"queries": queries},
        ),
        Line(
            "its waiting time, 4 clients",
            f"{one.middle_ms:.0f} ms",
            reached=f"99 in 100 within {one.slow_ms:.0f} ms",
            numbers={"middle_ms": one.middle_ms, "slow_ms": one.slow_ms},
        ),
    ]


def save() -> list[Line]:
    """Save a visit, with form, rules and audit, against two bare INSERTs in one transaction."""
    measure = "save a visit"
    try:
        path = reverse("migrants:visit-new")
        listed = reverse("migrants:visit-list")
    except NoReverseMatch:
        return [left_out(measure, "the page is not built yet")]
    form = urlencode(
        {
            "visitor_name": "Pengunjung Contoh",
            "visitor_sex": "female",
            "topic": "information",
            "channel": "walk_in",
            "outcome": "done",
            "visited_on": f"{timezone.localdate():%d-%m-%Y}",
        }
    )
    try:
        with _ours() as site, _raw(site, listed, FLOOR) as raw:
            found = in_turn(
                lambda: site.saves(path, form, seconds=SECONDS).per_second,
                lambda: raw.saves("/save/", form, seconds=SECONDS).per_second,
            )
    except LoadFailed as failed:
        return [left_out(measure, str(failed))]
    return [_ratio(measure, found, "two bare INSERTs")]


def admin() -> list[Line]:
    """The same rows in Django's admin: opened as it is, and narrowed to the same village."""
    measure = "visit list against Django's admin"
    try:
        path = reverse("migrants:visit-list")
    except NoReverseMatch:
        return [left_out(measure, "the page is not built yet")]
    code = people.seat(people.OFFICER).village_id
    whole = "/admin/migrants/servicevisit/"
    village = f"{whole}?village__code__exact={code}"
    with _ours() as site, serve(ADMIN, url_of(NAME), people.cookies(people.OFFICER)) as other:
        found = in_turn(
            lambda: site.pages(path, seconds=SECONDS).per_second,
            lambda: other.pages(whole, seconds=COUNTING_SECONDS).per_second,
        )
        narrowed = in_turn(
            lambda: site.pages(path, seconds=2).per_second, lambda: other.pages(village, seconds=2).per_second
        )
    return [
        _ratio(measure, found, "changelist of the table", least=5),
        _ratio("the same, admin narrowed to the village", narrowed, "changelist, filtered"),
    ]


def connections() -> list[Line]:
    """The list with connections that last, as shipped, against a new one for each request."""
    measure = "lasting database connections"
    try:
        path = reverse("migrants:visit-list")
    except NoReverseMatch:
        return [left_out(measure, "the page is not built yet")]
    with _ours() as site, serve(FRESH, url_of(NAME), people.cookies(people.OFFICER)) as fresh:
        found = in_turn(
            lambda: site.pages(path, seconds=2).per_second, lambda: fresh.pages(path, seconds=2).per_second
        )
    return [_ratio(measure, found, "CONN_MAX_AGE=0")]


def _ratio(measure: str, found: Rounds, against: str, *, least: float | None = None) -> Line:
    ours, baseline = found.middle
    return Line(
        measure,
        f"{ours:.0f}/s",
        f"{baseline:.0f}/s {against}",
        f"{found.ratio:.2f}",
        f">= {least:g}" if least else "",
        at_least(found.ratio, least) if least else "told",
        {"ours": found.ours, "baseline": found.baseline},
    )


def _queries(path: str) -> int:
    client = people.signed_in(people.OFFICER)
    client.get(path)  # the first request notes the session and fills the caches
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise LoadFailed(f"{path} answered {answer.status_code}")
    return len(captured)


@contextmanager
def _ours() -> Iterator[Site]:
    with serve(PRODUCT, url_of(NAME), people.cookies(people.OFFICER)) as site:
        yield site


@contextmanager
def _raw(site: Site, path: str, settings: str = RAW) -> Iterator[Site]:
    """Raw SQL and joined strings, with the product's own page as the frame around the rows."""
    status, page = site.get(path)
    if status != 200:
        raise LoadFailed(f"{path} answered {status}")
    framed = re.sub(r'(<ul class="rows">).*?(</ul>)', r"\1<!--rows-->\2", page, count=1, flags=re.DOTALL)
    if "<!--rows-->" not in framed:
        raise LoadFailed(f"{path} has no list of rows")
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as frame:
        frame.write(framed)
        frame.flush()
        cookies = people.cookies(people.OFFICER)
        with serve(settings, url_of(NAME), cookies, BENCH_FRAME=str(Path(frame.name))) as raw:
            yield raw
