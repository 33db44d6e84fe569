"""Reading what a page shows."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

LINK = re.compile(r'<a href="(/figures/[a-z_]+/rows/\?[^"]*)"[^>]*>(?:Rp)?([0-9.,]+)</a>')
COUNT = re.compile(r'data-count="(\d*)"')
ROW = re.compile(r'<th role="rowheader"')
AFTER = re.compile(r'rel="next" href="([^"]+)"')


def figure_links(page: str) -> list[tuple[str, int]]:
    """Address and number of every figure on a page."""
    return [(unescape(address), number(text)) for address, text in LINK.findall(page)]


def number(text: str) -> int:
    return int(text.replace(".", "").replace(",", ""))


def counted(client: Client, address: str) -> tuple[int, int]:
    """What the page of a figure says, and how many records it lists over all its pages."""
    page = client.get(address).content.decode()
    said = COUNT.search(page)
    assert said is not None, address
    listed = 0
    while True:
        listed += len(ROW.findall(page))
        after = AFTER.search(page)
        if after is None:
            return int(said[1] or 0), listed
        page = client.get(address.split("?")[0] + unescape(after[1])).content.decode()
