"""Names of audit events of this app."""

DESIGNATION_RECORDED = "designation.recorded"
DESIGNATION_ENDED = "designation.ended"
STAGE_RECORDED = "stage.recorded"
COHORT_TARGET_RECORDED = "cohort_target.recorded"
OFFICER_ASSIGNED = "officer.assigned"
ASSIGNMENT_ENDED = "assignment.ended"
POSTING_MADE = "posting.made"
POSTING_ENDED = "posting.ended"
AREAS_IMPORTED = "areas.imported"
RETURN_OPENED = "monthly_return.opened"
RETURN_WRITTEN = "monthly_return.written"
RETURN_SUBMITTED = "monthly_return.submitted"
RETURN_CHECKED = "monthly_return.checked"
RETURN_SENT_BACK = "monthly_return.sent_back"
RETURN_ACCEPTED = "monthly_return.accepted"
TOKEN_MADE = "token.made"  # noqa: S105
TOKEN_REVOKED = "token.revoked"  # noqa: S105
TOKEN_REFUSED = "token.refused"  # noqa: S105
WEBHOOK_MADE = "webhook.made"
WEBHOOK_STOPPED = "webhook.stopped"
WEBHOOK_REPLAYED = "webhook.replayed"
VILLAGE_CALLED = "village.called"
