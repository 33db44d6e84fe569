"""Other programs are told of events: signed, to public addresses alone, until it arrives, without persons."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.keys import new_key
from audit.models import Event
from tests.factories import WebhookDeliveryFactory, WebhookFactory
from tests.factories.accounts import PASSWORD
from villages.actions.officers import end_assignment
from villages.actions.webhooks import announce, stop_webhook, subscribe
from villages.enums import HookEvent
from villages.models import Webhook, WebhookDelivery
from villages.rules import NotPossible
from villages.tasks import deliver_webhooks
from villages.webhook_sending import NoSuchReceiver, receiver_of

LIST, NEW = reverse("villages:webhook-list"), reverse("villages:webhook-new")
ALL = [event.value for event in HookEvent]


class Receiver:
    """A program that listens on this machine, and answers what it is told to."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.heard: list[tuple[dict[str, str], str]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.heard.append((dict(self.headers), body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", receiver.address)
                self.end_headers()

            def log_message(self, *_words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/kait?a=1"


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_LOCAL = True
    listening = Receiver()
    thread = Thread(target=listening.server.serve_forever, daemon=True)
    thread.start()
    yield listening
    listening.server.shutdown()
    listening.server.server_close()
    thread.join()


def states(webhook):
    rows = webhook.deliveries.order_by("happened_at", "id")
    return list(rows.values_list("state", "attempts", "answer"))


def test_message_is_written_with_the_event_and_arrives_signed(cast, receiver, clock):
    webhook = WebhookFactory(owner=cast.user("hendro"), address=receiver.address)
    elsewhere = WebhookFactory(owner=cast.user("indra"), address=receiver.address)
    nation = WebhookFactory(owner=cast.user("maya"), address=receiver.address)
    teguh = cast.user("teguh").assignments.get()
    end_assignment(
        by=cast.seat("hendro"),
        assignment=teguh,
        last_day=timezone.localdate(),
        reason="resigned",
        open_work="colleague",
    )
    assert [states(one) for one in (webhook, elsewhere, nation)] == [
        [("waiting", 0, None)],
        [],
        [("waiting", 0, None)],
    ]
    deliver_webhooks()
    assert states(webhook) == states(nation) == [("delivered", 1, 204)]
    by_id = {headers["webhook-id"]: (headers, body) for headers, body in receiver.heard}
    headers, body = by_id[str(webhook.deliveries.get().pk)]
    told = json.loads(body)
    assert told == {
        "type": "assignment.ended",
        "timestamp": told["timestamp"],
        "data": {"place": "33.25.14.2004", "assignment": str(teguh.pk), "ends_on": "2026-11-23"},
    }
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    expected = base64.b64encode(hmac.digest(bytes(32), signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert "Teguh" not in body


def test_message_is_tried_again_and_gives_up_in_the_end(cast, receiver, clock):
    webhook = WebhookFactory(owner=cast.user("hendro"), address=receiver.address)
    WebhookDeliveryFactory(webhook=webhook)
    receiver.answers = [500, 302]  # a redirect is not followed
    deliver_webhooks()
    deliver_webhooks()  # not due yet
    assert (states(webhook), len(receiver.heard)) == ([("waiting", 1, 500)], 1)
    clock.shift(timedelta(minutes=1))
    deliver_webhooks()
    assert (states(webhook), len(receiver.heard)) == ([("waiting", 2, 302)], 2)
    receiver.answers = [503] * 20
    for _attempt in range(9):
        clock.shift(timedelta(days=1))
        deliver_webhooks()
    assert (states(webhook), len(receiver.heard)) == ([("failed", 8, 503)], 8)
    assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1
    receiver.answers = []
    call_command("replay_webhooks", "--since", "2026-11-01", verbosity=0)
    deliver_webhooks()
    assert states(webhook) == [("delivered", 1, 204)]
    assert Event.objects.filter(name="webhook.replayed").count() == 1


def test_nothing_reaches_who_stopped_or_lost_the_posting(cast, receiver):
    stopped = WebhookFactory(owner=cast.user("hendro"), address=receiver.address)
    gone = WebhookFactory(owner=cast.user("maya"), address=receiver.address)
    for webhook in (stopped, gone):
        WebhookDeliveryFactory(webhook=webhook)
    stop_webhook(by=cast.seat("hendro"), webhook=stopped)
    cast.user("maya").postings.update(ends_on=timezone.localdate() - timedelta(days=1))
    deliver_webhooks()
    assert (receiver.heard, states(stopped), states(gone)) == (
        [],
        [("failed", 1, None)],
        [("failed", 1, None)],
    )
    with transaction.atomic():
        assert (
            announce(HookEvent.RETURN_ACCEPTED, place="33.25.14.2004", about={}) == 1
        )  # the one not stopped


def test_nobody_answers_is_tried_again(cast, receiver):
    webhook = WebhookFactory(owner=cast.user("hendro"), address="http://127.0.0.1:9/")
    WebhookDeliveryFactory(webhook=webhook)
    deliver_webhooks()
    assert states(webhook) == [("waiting", 1, None)]


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.216.34/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://0.0.0.0/",
        "https://93.184.216.34:22/",
        "https://nama:sandi@93.184.216.34/",
        "https://93.184.216.34/#a",
        "https://93.184.216.34:99999/",
        "https:///kait",
        "ftp://93.184.216.34/",
        "https://93.184.216.34/" + "a" * 300,
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_address_that_is_not_public_https_is_refused(address):
    with pytest.raises(NoSuchReceiver):
        receiver_of(address)


def test_public_address_is_reached_by_the_number_that_was_looked_up():
    found = receiver_of("https://93.184.216.34:8443/kait?a=1")
    assert (found.address, found.port, found.path, found.is_https) == (
        "93.184.216.34",
        8443,
        "/kait?a=1",
        True,
    )


def test_office_adds_one_sees_what_was_told_and_stops_it(cast, receiver):
    browser = cast.client("hendro")
    typed = {"key": new_key(), "address": receiver.address, "wanted": ["return.accepted"], "place": ""}
    assert browser.post(NEW, typed).headers["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    first, second = browser.post(NEW, typed), browser.post(NEW, typed)
    assert (first.status_code, second.status_code, Webhook.objects.count()) == (200, 302, 1)
    assert first.context["secret"].startswith("whsec_")
    webhook = Webhook.objects.get()
    page = reverse("villages:webhook-detail", args=[webhook.pk])
    with transaction.atomic():
        assert announce(HookEvent.RETURN_SUBMITTED, place="33.25.14.2004", about={}) == 0  # not asked for
        assert announce(HookEvent.RETURN_ACCEPTED, place="33.25.14.2004", about={}) == 1
    deliver_webhooks()
    assert "Sampai" in browser.get(page).content.decode()
    assert browser.post(page, {"since": ""}).status_code == 422
    assert browser.post(page, {"since": "23-11-2026"}).status_code == 302
    assert states(webhook) == [("waiting", 0, None)]
    browser.post(reverse("villages:webhook-stop", args=[webhook.pk]))
    webhook.refresh_from_db()
    assert webhook.stopped_at is not None
    names = Event.objects.filter(name__startswith="webhook.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["webhook.made", "webhook.replayed", "webhook.stopped"]


def test_action_refuses_what_the_seat_does_not_have(cast, settings):
    settings.WEBHOOKS_LOCAL = True
    facts = {"by": cast.seat("hendro"), "address": "http://127.0.0.1/", "wanted": ["return.accepted"]}
    facts["place"] = "33.25"
    for wrong in ({"wanted": ["case.opened"]}, {"wanted": []}, {"place": ""}, {"address": "ftp://a/"}):
        with pytest.raises(NotPossible):
            subscribe(key=new_key(), **facts | wrong)
    for _webhook in range(10):
        subscribe(key=new_key(), **facts)
    with pytest.raises(NotPossible):
        subscribe(key=new_key(), **facts)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        WebhookDeliveryFactory(webhook=WebhookFactory(owner=cast.user("hendro")))
    client = cast.client("hendro")
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    assert WebhookDelivery.objects.count() == rows
