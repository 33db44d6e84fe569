"""Names of audit events of this app."""

REPORT_REQUESTED = "report.requested"
REPORT_PUBLISHED = "report.published"
REPORT_FAILED = "report.failed"
REPORT_DOWNLOADED = "report.downloaded"
LIST_EXPORTED = "list.exported"
PRACTICE_LOADED = "practice.loaded"
