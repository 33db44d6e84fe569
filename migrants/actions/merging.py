"""Two records of one person become one, and back. Nothing is deleted and no author changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from audit.actions import record
from migrants import events
from migrants.actions.journeys import follow_journeys
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.holding import hold_pointing
from migrants.models import Person, PersonMerge, RegisterRow
from migrants.queries.built_on import pointers
from migrants.rules import check_can_merge
from villages.access import Seat

# What tells how it was: an import's row names the record it met.
STAYING: tuple[type[Model], ...] = (Person, PersonMerge, RegisterRow)


@transaction.atomic
def merge_people(*, by: Seat, key: UUID, kept: Person, merged: Person, reason: str) -> Delivery[PersonMerge]:
    """Let `merged` lead to `kept`, and whatever pointed at it point at `kept`; same key: the first merge.

    What somebody writes on `merged` at the same moment lands on `kept` too: the database leads it there.

    Facts of `kept` stay as they are; its standing follows the journeys that came along. Authors, days and the
    log are untouched. Raises NotPermitted, and IllegalStep when the two cannot be one (`check_can_merge`) or
    both stand in one list that takes each person once. Records `people.merged`.
    """

    def make() -> PersonMerge:
        hold_pointing(_moving(), merged.pk)
        one, other = _hold(kept, merged)
        check_can_merge(by, one, other)
        standing = one.category
        try:
            with transaction.atomic():
                moved = {name: keys for name, keys in _follow(other, one) if keys}
        except IntegrityError as error:
            raise IllegalStep(
                _("Both have an open journey or stand in the same list. End one of the two first.")
            ) from error
        if "migrants.Migration.person" in moved:
            follow_journeys(one)
        other.merged_into = one
        other.save(update_fields=["merged_into"])
        row = PersonMerge(
            pk=key,
            village_id=one.village_id,
            kept=one,
            merged=other,
            reason=reason,
            moved=moved,
            standing_before=standing,
            standing_after=one.category,
            merged_by=by.user,
        )
        row.save(force_insert=True)
        _record(events.PEOPLE_MERGED, by, row, reason)
        return row

    return deliver_once(PersonMerge.objects.visible_to(by), key, make)


@transaction.atomic
def undo_merge(*, by: Seat, merge: PersonMerge, reason: str) -> PersonMerge:
    """Make two records of it again: every row that followed goes back, where it still stands.

    What was written since stays with the kept one. Raises NotPermitted, and IllegalStep when it was undone
    already. Records `people.merge_undone`.
    """
    by.check(Permission.MERGE_PEOPLE, _("Only the district coordinator takes records apart again."))
    now = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if now.undone_at is not None:
        raise IllegalStep(_("These two records were taken apart already."))
    hold_pointing(_moving(), now.kept_id)
    kept, merged = _hold(now.kept, now.merged)
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    _go_back(now.moved, kept, merged)
    if kept.category == now.standing_after:
        Person.objects.filter(pk=kept.pk).update(category=now.standing_before)
    else:
        follow_journeys(kept)
    now.undone_by, now.undone_at, now.undone_reason = by.user, timezone.now(), reason
    now.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    _record(events.MERGE_UNDONE, by, now, reason)
    return now


def _hold(kept: Person, merged: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys; whoever points at one of them now waits."""
    held = Person.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([kept.pk, merged.pk])
    return held[kept.pk], held[merged.pk]


def _follow(merged: Person, kept: Person) -> Iterator[tuple[str, list[str]]]:
    """Point everything at the kept one; yield each relation with the keys of its rows."""
    for relation in _moving():
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{name: merged})
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        if keys:
            relation.related_model._base_manager.filter(pk__in=keys).update(**{name: kept})
        yield f"{relation.related_model._meta.label}.{name}", keys


def _moving() -> Iterator[ForeignObjectRel]:
    """The relations whose rows follow a merged person."""
    return (relation for relation in pointers(Person) if relation.related_model not in STAYING)


def _go_back(moved: Mapping[str, list[str]], kept: Person, merged: Person) -> None:
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        rows = apps.get_model(label)._base_manager.filter(pk__in=keys, **{column: kept})
        rows.update(**{column: merged})


def _record(event: str, by: Seat, row: PersonMerge, reason: str) -> None:
    record(
        event,
        by=by,
        subject=row.kept,
        subject_label=f"{row.merged.full_name} / {row.kept.full_name}",
        village=row.village_id,
        reason=reason,
        changes={"moved": [None, row.moved_count]},
    )
