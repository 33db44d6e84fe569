"""Names of audit events of this app."""

DESIGNATION_RECORDED = "designation.recorded"
STAGE_RECORDED = "stage.recorded"
OFFICER_ASSIGNED = "officer.assigned"
ASSIGNMENT_ENDED = "assignment.ended"
POSTING_MADE = "posting.made"
POSTING_ENDED = "posting.ended"
AREAS_IMPORTED = "areas.imported"
