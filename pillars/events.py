"""Names of audit events of this app."""

OUTREACH_LOGGED = "outreach.logged"
GROUP_FORMED = "group.formed"
GROUP_CLOSED = "group.closed"
MEMBER_ADDED = "group.member_added"
MEMBER_LEFT = "group.member_left"
CENTRE_OPENED = "centre.opened"
CENTRE_CLOSED = "centre.closed"
