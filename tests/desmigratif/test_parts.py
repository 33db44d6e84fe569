"""The tags of `desmigratif/templatetags/parts.py`."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from accounts.paging import KeysetPage
from desmigratif.templatetags import parts
from tests.desmigratif.drawing import ESCAPED, HOSTILE, draw

pytestmark = pytest.mark.usefixtures("indonesian")


def test_icon_unknown_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        draw('{% icon "harimau" %}')


def test_icon_is_hidden_from_screen_readers():
    assert draw('{% icon "cari" %}') == (
        '<svg class="i" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/></svg>'
    )


def test_tag_escapes_its_text():
    assert draw('{% tag "late" text %}', text=HOSTILE) == f'<span class="tag late">{ESCAPED}</span>'


def test_tag_of_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(TemplateSyntaxError):
        draw('{% tag "urgent" "x" %}')


def test_notice_escapes_title_and_content():
    drawn = draw('{% notice "good" title %}<p>{{ body }}</p>{% endnotice %}', title=HOSTILE, body=HOSTILE)
    assert drawn == (
        f'<div class="notice good">{parts.icon("centang")}'
        f"<div><strong>{ESCAPED}</strong><p>{ESCAPED}</p></div></div>"
    )


def test_nothing_says_what_is_missing():
    drawn = draw('{% nothing "orang" title %}<p>Daftarkan.</p>{% endnothing %}', title=HOSTILE)
    assert (
        drawn
        == f'<div class="empty">{parts.icon("orang")}<p><strong>{ESCAPED}</strong></p><p>Daftarkan.</p></div>'
    )


def pager_links(rows: object, query: str) -> list[str]:
    request = RequestFactory().get(f"/orang/?{query}")
    html = Template("{% pager rows %}").render(Context({"rows": rows, "request": request}))
    return [part.split('"')[0] for part in html.split('href="')[1:]]


def test_pager_keeps_the_filters_and_drops_the_old_cursor():
    rows = KeysetPage(rows=[], after="bbb", is_first=False)
    assert pager_links(rows, "q=dwi+%26+x&after=aaa") == [
        "?q=dwi+%26+x",
        "?q=dwi+%26+x&amp;after=bbb",
    ]


def test_pager_of_one_page_is_empty():
    assert pager_links(KeysetPage(rows=[], after="", is_first=True), "q=dwi") == []


def test_pager_of_numbered_pages_leads_both_ways():
    rows = Paginator(range(30), 10).page(2)
    assert pager_links(rows, "page=2&q=x") == ["?q=x&amp;page=1", "?q=x&amp;page=3"]
