"""Where a `next` parameter may lead: to a path of this site and nowhere else."""

from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000


def own_path(address: str | None) -> str | None:
    """The address when it is a path of this site ("/people/?page=2"); None for anything else.

    Refuses other hosts, schemes, `//host`, backslashes, control characters and relative paths: browsers read
    several of these as another site.
    """
    if not address or len(address) > LONGEST or not address.startswith("/") or "\\" in address:
        return None
    if not address.isprintable() or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return None
    return address
