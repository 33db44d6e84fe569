"""Writes of outreach sessions. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.attached_files import keep_file, new_path, path_of
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import Sex
from migrants.models import Person, ServiceVisit
from migrants.rules import check_in_village
from migrants.uploads import Clean
from pillars import events
from pillars.actions.activities import note_held
from pillars.actions.logged import log_row
from pillars.models import (
    OutreachAttendee,
    OutreachPhoto,
    OutreachSession,
    PlannedActivity,
    SessionOfficer,
    SessionVisit,
)
from pillars.rules import check_stands
from villages.access import Seat

MOST_PHOTOS = 10
Said = tuple[UUID | None, str, str]  # a person or a name, and the sex
# What the form of a session may set afterwards.
CHANGEABLE = ("held_on", "place", "topic", "speakers", "partner", "spend_rupiah", "note")


@transaction.atomic
def log_outreach(
    *,
    by: Seat,
    key: UUID,
    officers: Collection[User] = (),
    planned: PlannedActivity | None = None,
    **facts: Any,
) -> OutreachSession:
    """Write down one public information session of the seat's village, and which officers held it.

    `planned`: the line of the plan that it fulfils.

    `women` and `men` both None: the attendance list will say, and `by_list` holds. Same key: the first one.
    """
    by_list = facts.get("women") is None and facts.get("men") is None
    facts["women"], facts["men"] = facts.get("women") or 0, facts.get("men") or 0
    session = log_row(
        OutreachSession, events.OUTREACH_LOGGED, by=by, key=key, label="held_on", by_list=by_list, **facts
    )
    held = [SessionOfficer(session=session, officer=officer) for officer in officers]
    SessionOfficer.objects.bulk_create(held, ignore_conflicts=True)
    if planned is not None and planned.is_open:
        note_held(by=by, activity=planned, held_on=session.held_on, session=session)
    return session


@transaction.atomic
def change_outreach(
    *, by: Seat, session: OutreachSession, officers: Collection[User] = (), **facts: Any
) -> OutreachSession:
    """The session says what the form says; counts stay where a list gives them. Records `outreach.changed`
    with the names of the fields and what stood in them, unless nothing changed."""
    session = _standing(by, session)
    women, men = facts.pop("women", None), facts.pop("men", None)
    wanted = {name: facts[name] for name in CHANGEABLE}
    if (women, men) != (None, None):
        wanted |= {"women": women or 0, "men": men or 0}
    changes: dict[str, Any] = {}
    for name, value in wanted.items():
        if getattr(session, name) != value:
            changes[name] = (getattr(session, name), value)
            setattr(session, name, value)
    before = set(session.officers.values_list("officer", flat=True))
    after = {officer.pk for officer in officers}
    if before != after:
        session.officers.exclude(officer__in=after).delete()
        SessionOfficer.objects.bulk_create(
            SessionOfficer(session=session, officer=officer)
            for officer in officers
            if officer.pk not in before
        )
        changes["officers"] = (len(before), len(after))
    if changes:
        session.save()
        _record(events.OUTREACH_CHANGED, by, session, changes)
    return session


@transaction.atomic
def set_attendance(
    *,
    by: Seat,
    session: OutreachSession,
    people: Collection[Person],
    women: Collection[str] = (),
    men: Collection[str] = (),
) -> OutreachSession:
    """The attendance list holds exactly these: registered people, and names of women and men who are not.

    The session's counts follow from it. `people` of another village raise NotPermitted. Records
    `outreach.attended` with the counts, never the names, unless nothing changed. Queries: 8 for any number.
    """
    session = _standing(by, session)
    for person in people:
        if person.village_id != session.village_id:
            raise NotPermitted(_("This person belongs to another village."))
    new: Counter[Said] = Counter({(person.pk, "", person.sex): 1 for person in people})
    new.update((None, name, Sex.FEMALE.value) for name in women)
    new.update((None, name, Sex.MALE.value) for name in men)
    total, ladies = new.total(), sum(n for (*_who, sex), n in new.items() if sex == Sex.FEMALE)
    gone = []
    for row in session.attendees.order_by("pk"):
        said = (row.person_id, row.name, row.sex)
        if new[said]:
            new[said] -= 1
        else:
            gone.append(row.pk)
    if gone or new.total() or not session.by_list:
        session.attendees.filter(pk__in=gone).delete()
        OutreachAttendee.objects.bulk_create(
            OutreachAttendee(session=session, person_id=person, name=name, sex=sex)
            for person, name, sex in new.elements()
        )
        before = (session.women, session.men)
        session.women, session.men = ladies, total - ladies
        session.by_list = True
        session.save(update_fields=["women", "men", "by_list"])
        changes = {"women": (before[0], session.women), "men": (before[1], session.men)}
        _record(events.OUTREACH_ATTENDED, by, session, changes)
    return session


def note_session(*, by: Seat, visit: ServiceVisit, session: OutreachSession) -> None:
    """The visit follows from the session of the same village. Inside the transaction that logs the visit."""
    check_in_village(by, session)
    SessionVisit.objects.get_or_create(visit=visit, defaults={"session": session})


@transaction.atomic
def add_photo(
    *, by: Seat, session: OutreachSession, key: UUID, clean: Clean, caption: str = ""
) -> Delivery[OutreachPhoto]:
    """The photo is part of the session, sealed on the disk under a random name; same key: the first one.

    Raises NotPermitted, also for an eleventh photo. Records `outreach.photo_added`.
    """
    session = _standing(by, session)

    def make() -> OutreachPhoto:
        if session.photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
            raise NotPermitted(_("This session has 10 photos already. Take one back first."))
        row = OutreachPhoto(
            pk=key, session=session, kind=clean.kind, size_bytes=len(clean.body), caption=caption
        )
        row.path, row.added_by = new_path(OutreachPhoto.FOLDER), by.user
        row.save(force_insert=True)
        _record(events.PHOTO_ADDED, by, session)
        keep_file(row, clean.body)  # last: nothing that follows can fail but the commit
        return row

    return deliver_once(OutreachPhoto.objects.filter(session=session), key, make)


@transaction.atomic
def note_photo_opened(*, by: Seat, photo: OutreachPhoto) -> None:
    """Record `outreach.photo_opened`: who took which photo along."""
    _record(events.PHOTO_OPENED, by, photo.session)


@transaction.atomic
def remove_photo(*, by: Seat, photo: OutreachPhoto) -> None:
    """The photo is gone from the disk; that it was there stays on record. A second call changes nothing."""
    session = _locked(by, photo.session)
    row = OutreachPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if row.removed_at is not None:
        return
    path = path_of(row)
    row.path, row.removed_at, row.removed_by = "", timezone.now(), by.user
    row.save()
    _record(events.PHOTO_REMOVED, by, session)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _locked(by: Seat, session: OutreachSession) -> OutreachSession:
    check_in_village(by, session)
    row: OutreachSession = OutreachSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    return row


def _standing(by: Seat, session: OutreachSession) -> OutreachSession:
    row = _locked(by, session)
    check_stands(row)
    return row


def _record(event: str, by: Seat, session: OutreachSession, changes: dict[str, Any] | None = None) -> None:
    record(
        event,
        by=by,
        subject=session,
        subject_label=str(session.held_on),
        village=session.village_id,
        changes=changes or {},
    )
