"""Whose address counts, with our proxies in front and without."""

import pytest
from django.test import RequestFactory

from accounts.addresses import client_address, counted_address


def asked(remote, forwarded=None):
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **extra)


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, "203.0.113.9", None, "203.0.113.9"),
        (
            0,
            "203.0.113.9",
            "198.51.100.1",
            "203.0.113.9",
        ),  # nobody in front, so not believed
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),  # did not come by both proxies
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", None),
        (0, "", None, None),
        (1, "10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
    ],
)
def test_client_address_is_what_our_own_proxy_wrote(settings, proxies, remote, forwarded, found):
    settings.PROXY_COUNT = proxies
    assert client_address(asked(remote, forwarded)) == found


@pytest.mark.parametrize(
    ("remote", "found"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", None),
    ],
)
def test_counted_address_of_a_household_is_one(remote, found):
    assert counted_address(asked(remote)) == found
