"""How the calls of the pillars answer."""

from rest_framework.response import Response

from accounts.keys import as_key
from migrants.deliveries import Delivery
from villages.api.entering import made_before, one_of, plain_entries


def told(request, lines, row, **context):
    """One record, drawn by its serializer."""
    return lines(row, context={"request": request, **context}).data


def telling(request, lines, own):
    """How a record of `own` is told: read again, so that what the query adds to it is right."""
    return lambda row: told(request, lines, one_of(own, row.pk))


def written_by(action, **given):
    """How a filled form is written: the action, given the form's key and facts besides what is `given`."""

    def write(form):
        row = action(key=form.entry_key, **given, **form.facts)
        return row.row if isinstance(row, Delivery) else row

    return write


def logged(request, own, fill, write, tell):
    """The row that `write` makes of the filled form under the caller's id: 201; or 200, and nothing is asked
    or written, when an earlier call has made it.

    `own`: the rows in which an earlier one may lie. `tell`: what is answered, given the row.
    """
    key = as_key(plain_entries(request.data).get("id"))
    if key is not None and made_before(own, key):
        return Response(tell(one_of(own, key)))
    return Response(tell(write(fill())), status=201)
