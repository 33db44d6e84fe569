"""What people are told of on their pages and by mail, with a real mail server."""

from __future__ import annotations

import smtplib
import socket
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.actions import choose_mail, notify, sweep
from accounts.mail import ATTEMPTS, send_mails
from accounts.models import Notification, User
from audit.models import Event
from reports.notifications import REPORT_READY
from tests.factories import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("accounts:notification-list")


@pytest.fixture
def arif(cast) -> User:
    return choose_mail(by=cast.user("arif"), email="arif@contoh.test", wants_mail=True)


class Post:
    """A mail server that keeps what it is given; `refuses` an address."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.refuses = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address == self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        from email import message_from_bytes, policy

        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def post(settings):
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    server.start()
    settings.MAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", server.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    yield handler
    server.stop()


def tell(user: User, **said: str) -> Notification:
    notify(users=[user], kind=REPORT_READY, about="DMP-2019-01", subject=uuid7(), **said)
    return Notification.objects.latest("told_at", "pk")


def test_told_once_of_an_occurrence_and_again_of_the_next(cast):
    report, arif, gone = uuid7(), cast.user("arif"), UserFactory(is_active=False, disabled_at=timezone.now())
    for occurrence in ("1", "1", "2"):
        people = [arif, arif, gone]
        notify(users=people, kind=REPORT_READY, about="DMP-2019-01", subject=report, occurrence=occurrence)
    rows = Notification.objects.values_list("user__username", "occurrence", "mail")
    assert sorted(rows) == [(arif.username, "1", "none"), (arif.username, "2", "none")]


def test_pages_count_what_is_new_until_it_is_opened(cast):
    mine, other = NotificationFactory(user=cast.user("rina")), NotificationFactory(user=cast.user("teguh"))
    client = cast.client("rina")
    badge = '<b>1<span class="sr"> notifikasi baru</span></b>'
    assert badge in client.get(reverse("menu")).content.decode()
    answer = client.get(reverse("accounts:notification", args=[mine.pk]))
    assert answer["Location"] == reverse("reports:return-detail", args=[mine.subject])
    assert badge not in client.get(reverse("menu")).content.decode()
    assert client.get(reverse("accounts:notification", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_a_press_reads_what_was_on_the_page_and_nothing_that_came_since(cast):
    client, rina = cast.client("rina"), cast.user("rina")
    old, new = NotificationFactory(user=rina), NotificationFactory(user=rina)
    Notification.objects.filter(pk=old.pk).update(told_at=timezone.now() - timedelta(minutes=1))
    until = (timezone.now() - timedelta(seconds=30)).isoformat()
    assert client.post(LIST, {"until": until}).status_code == 302
    assert list(Notification.objects.filter(read_at=None)) == [new]
    assert client.post(LIST, {"until": "kemarin"}).status_code == 400


def test_list_asks_the_same_of_one_row_and_of_three(cast, django_assert_num_queries):
    client, rina = cast.client("rina"), cast.user("rina")
    NotificationFactory(user=rina)
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    NotificationFactory(user=rina)
    NotificationFactory(user=rina)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_mail_says_what_and_where_and_goes_once(arif, post):
    row = tell(arif)
    assert (send_mails(), send_mails()) == (1, 0)
    (mail,) = post.got
    assert mail["To"] == "arif@contoh.test"
    assert mail["Subject"] == "Desmigratif: Laporan DMP-2019-01 sudah siap"
    assert mail["Message-ID"].startswith(f"<{row.pk}@")
    assert f"http://localhost:8000/notifications/{row.pk}/" in mail.get_content()
    row.refresh_from_db()
    assert row.mail == "sent"


def test_without_mail_settings_people_are_told_on_their_pages(arif, settings):
    settings.MAIL = False
    row = tell(arif)
    assert (row.mail, send_mails()) == ("none", 0)


def test_server_that_is_away_loses_nothing(arif, settings, post):
    port = settings.EMAIL_PORT
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    tell(arif)
    tell(arif)
    for _round in range(ATTEMPTS + 1):
        assert send_mails() == 0
        Notification.objects.update(mail_after=timezone.now())
    assert list(Notification.objects.values_list("mail", "mail_attempts")) == [("waiting", 0)] * 2
    settings.EMAIL_PORT = port
    Notification.objects.update(mail_after=timezone.now())
    assert send_mails() == 2


def test_refused_address_fails_after_five_attempts_and_holds_nobody_up(arif, cast, post):
    post.refuses = arif.email
    maya = choose_mail(by=cast.user("maya"), email="maya@contoh.test", wants_mail=True)
    refused = tell(arif)
    tell(maya)
    send_mails()
    assert [mail["To"] for mail in post.got] == ["maya@contoh.test"]
    for _attempt in range(1, ATTEMPTS):
        Notification.objects.filter(pk=refused.pk).update(mail_after=timezone.now())
        send_mails()
    refused.refresh_from_db()
    assert (refused.mail, refused.mail_attempts) == ("failed", ATTEMPTS)


def test_mail_that_was_cancelled_meanwhile_is_not_sent(arif, post):
    row = tell(arif)
    choose_mail(by=arif, email="", wants_mail=False)
    send_mails()
    row.refresh_from_db()
    assert (row.mail, post.got) == ("none", [])


def test_choosing_mail_needs_an_address_and_logs_none(cast):
    client, address = cast.client("rina"), reverse("accounts:mail")
    answer = client.post(address, {"wants_mail": "on", "email": ""})
    assert answer.status_code == 422
    assert "Tulis alamat surel Anda" in answer.content.decode()
    assert client.post(address, {"wants_mail": "on", "email": "rina@"}).status_code == 422
    client.post(address, {"wants_mail": "on", "email": "rina@contoh.test"})
    rina = User.objects.get(pk=cast.user("rina").pk)
    assert (rina.email, rina.wants_mail) == ("rina@contoh.test", True)
    event = Event.objects.filter(name="account.mail_chosen").get()
    assert "contoh" not in str(event.__dict__)


def test_a_year_old_notification_is_gone(cast):
    row = NotificationFactory(user=cast.user("rina"))
    Notification.objects.filter(pk=row.pk).update(told_at=timezone.now() - timedelta(days=366))
    sweep()
    assert not Notification.objects.exists()


def test_the_servers_own_words_stay_out_of_the_log(arif, settings, post, caplog, monkeypatch):
    def refuse(*_args: object) -> None:
        raise smtplib.SMTPDataError(554, b"no mail for arif@contoh.test")

    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    tell(arif)
    send_mails()
    assert "arif@contoh.test" not in caplog.text
    assert "SMTPDataError" in caplog.text
