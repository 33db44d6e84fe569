"""Who may do what, and what a record still allows. `check_…` raises with the sentence the person reads."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Level, Permission, Role
from accounts.rules import NotPermitted
from migrants.case_states import CaseStep, IllegalStep, Party
from migrants.enums import Body, CaseStatus, ImportKind, ReferralStatus
from migrants.intake.places import Scope
from migrants.models import Attachment, Case, Correction, Person, Referral, RegisterImport, ServiceVisit
from periods.clock import today_in
from villages.access import Seat
from villages.models import OfficerAssignment, Placed, Village

UNDO_MINUTES = 10


def village_of(seat: Seat) -> Village:
    """The village the seat logs for. Raises NotPermitted unless the seat is an officer's: only villages
    log.
    """
    if seat.village is None or not seat.may(Permission.LOG_RECORDS):
        raise NotPermitted(_("Only officers of the village can write this down."))
    return seat.village


def check_in_village(seat: Seat, thing: Placed) -> Village:
    """The village the seat logs for. Raises NotPermitted unless the thing belongs to it."""
    village = village_of(seat)
    if thing.village_id != village.code:
        raise NotPermitted(_("This record belongs to another village."))
    return village


def check_can_withdraw_visit(seat: Seat, visit: ServiceVisit) -> None:
    """Raise NotPermitted for anybody but the village's officers, and for a visit already withdrawn."""
    check_in_village(seat, visit)
    if visit.withdrawn_at is not None:
        raise NotPermitted(_("This visit was withdrawn already."))


def can_undo_visit(seat: Seat, visit: ServiceVisit) -> bool:
    """Whether the one who logged it may still take it back without a reason: ten minutes long (U18)."""
    return (
        visit.withdrawn_at is None
        and visit.logged_by_id == seat.user.pk
        and timezone.now() - visit.logged_at <= timedelta(minutes=UNDO_MINUTES)
    )


def check_can_reveal(seat: Seat) -> None:
    """Raise NotPermitted for a role that may not see full identity numbers."""
    seat.check(Permission.REVEAL_NUMBERS, _("Your role does not show full numbers."))


def party_of(seat: Seat) -> Party:
    """As whom the seat acts on a case."""
    if seat.role == Role.OFFICER:
        return Party.VILLAGE
    if seat.role == Role.DISTRICT_COORDINATOR:
        return Party.DISTRICT
    return Party.NOBODY


def can_step(seat: Seat, step: CaseStep) -> bool:
    """Whether the seat's party may make this step of the table."""
    return party_of(seat) in step.by


def check_can_step(seat: Seat, step: CaseStep) -> None:
    """Raise NotPermitted when the step is another party's."""
    if not can_step(seat, step):
        raise NotPermitted(_("This step is for the officers of the village."))


def check_can_note(seat: Seat) -> None:
    """Raise NotPermitted unless the seat may write on a case it can open."""
    if party_of(seat) == Party.NOBODY:
        raise NotPermitted(_("Your role cannot write on cases."))


def check_can_attach(seat: Seat, case: Case) -> None:
    """Raise NotPermitted for whoever cannot write on cases; IllegalStep for a case that is over."""
    check_can_note(seat)
    if not case.is_open:
        raise IllegalStep(_("This case is over. Open it again before you add a file."))


def check_can_take_along(attachment: Attachment) -> None:
    """Raise IllegalStep for a file that waits for the virus scanner."""
    if attachment.waits_for_scan:
        raise IllegalStep(_("This file was not scanned for viruses yet. Try again in a few minutes."))


def check_can_change(seat: Seat, case: Case) -> None:
    """Raise NotPermitted for anybody but the village's officers; IllegalStep for a case that is over."""
    check_in_village(seat, case)
    if not case.is_open:
        raise IllegalStep(_("This case is over. Ask for a correction instead."))


def check_can_correct(seat: Seat, case: Case) -> None:
    """Raise NotPermitted for whoever cannot write on cases; IllegalStep for a case that is not closed."""
    check_can_note(seat)
    if case.status != CaseStatus.CLOSED:
        raise IllegalStep(_("Only a closed case is corrected. Change the open one instead."))


def can_decide(seat: Seat, correction: Correction) -> bool:
    """Whether the seat is the second person: it may write on the case, and somebody else asked."""
    return party_of(seat) != Party.NOBODY and correction.asked_by_id != seat.user.pk


def check_can_decide(seat: Seat, correction: Correction) -> None:
    """Raise NotPermitted for the one who asked; IllegalStep when it was decided, or the case is open."""
    check_can_note(seat)
    if not can_decide(seat, correction):
        raise NotPermitted(_("Somebody else has to decide on what you asked for."))
    if not correction.is_open:
        raise IllegalStep(_("This correction was decided already."))
    if correction.case.status != CaseStatus.CLOSED:
        raise IllegalStep(_("The case is open again. Change it there instead."))


def can_answer(seat: Seat, referral: Referral) -> bool:
    """Whether the seat may receive, answer or reject: Disnaker answers inside the system through the district
    coordinator; the answers of other bodies are written down by the village, and by the district too once
    they are overdue."""
    if referral.body == Body.DISNAKER:
        return seat.may(Permission.ANSWER_REFERRALS)
    if referral.is_late_on(today_in(seat.zone)) and seat.may(Permission.ANSWER_REFERRALS):
        return True
    return seat.may(Permission.LOG_RECORDS)


def check_can_answer(seat: Seat, referral: Referral) -> None:
    """Raise NotPermitted for the wrong party; IllegalStep for a referral that was answered already."""
    if not can_answer(seat, referral):
        if referral.body == Body.DISNAKER:
            raise NotPermitted(_("The district office answers this referral."))
        raise NotPermitted(_("The officers of the village write down this answer."))
    if referral.status not in (ReferralStatus.SENT, ReferralStatus.RECEIVED):
        raise IllegalStep(_("This referral was answered already."))


def check_can_receive(seat: Seat, referral: Referral) -> None:
    """As `check_can_answer`, and IllegalStep for a referral that was received already."""
    check_can_answer(seat, referral)
    if referral.status == ReferralStatus.RECEIVED:
        raise IllegalStep(_("This referral was received already."))


def check_can_merge(seat: Seat, kept: Person, merged: Person) -> None:
    """Raise NotPermitted without the right; IllegalStep unless both are records of one village, neither leads
    elsewhere, and no number of identity would be lost from sight."""
    seat.check(Permission.MERGE_PEOPLE, _("Only the district coordinator puts two records together."))
    if kept.pk == merged.pk:
        raise IllegalStep(_("Choose two different records."))
    if kept.village_id != merged.village_id:
        raise IllegalStep(_("Both records must belong to one village. Ask the other village for its."))
    if kept.merged_into_id or merged.merged_into_id:
        raise IllegalStep(_("One of these records was put together with another one already."))
    if merged.merges.filter(undone_at__isnull=True).exists():
        raise IllegalStep(_("Other records were put together with this one. Keep this one instead."))
    if merged.nik_sealed and not kept.nik_sealed:
        raise IllegalStep(_("Keep the record that has the NIK."))


def can_name_handlers(seat: Seat, case: Case) -> bool:
    """Whether the seat may let somebody else into a restricted case: those who see it themselves."""
    return case.restricted and party_of(seat) != Party.NOBODY


def check_can_hand_over(seat: Seat, assignment: OfficerAssignment) -> None:
    """Raise NotPermitted unless the seat is the officer of the assignment, in that village, or the
    coordinator of its district."""
    own = seat.user.pk == assignment.user_id and seat.village_id == assignment.village_id
    coordinates = (
        seat.may(Permission.MANAGE_OFFICERS)
        and seat.may(Permission.SEE_CASES)
        and seat.district_id == assignment.district_id
    )
    if not (own and seat.may(Permission.LOG_RECORDS)) and not coordinates:
        raise NotPermitted(_("Only the officer who leaves or the district coordinator can hand over work."))


def kinds_of(seat: Seat) -> tuple[ImportKind, ...]:
    """What files the seat may bring in: people of its place, or, for the country, placement companies."""
    if not seat.may(Permission.IMPORT_REGISTERS):
        return ()
    if seat.level == Level.NATION:
        return (ImportKind.COMPANIES,)
    return (ImportKind.PERSONS, ImportKind.EXTRACT)


def check_can_bring_in(seat: Seat, kind: str, scope: Scope) -> None:
    """Raise NotPermitted unless the seat may bring in files of this kind, for exactly its own place."""
    seat.check(Permission.IMPORT_REGISTERS, _("You do not have access to this page."))
    own = (seat.village_id, seat.district_id)
    asked = (scope.village.code if scope.village else None, scope.district.code if scope.district else None)
    if kind not in kinds_of(seat) or own != asked:
        raise NotPermitted(_("Your role cannot bring in this kind of file."))


def check_can_work_on(seat: Seat, register: RegisterImport) -> None:
    """Raise NotPermitted unless the file was brought in for exactly the seat's place."""
    seat.check(Permission.IMPORT_REGISTERS, _("You do not have access to this page."))
    if (seat.village_id, seat.district_id) != (register.village_id, register.district_id):
        raise NotPermitted(_("This file belongs to another place."))
