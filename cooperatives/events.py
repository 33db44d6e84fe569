"""Names of audit events of this app."""

BODY_FOUNDED = "body.founded"
BODY_CLOSED = "body.closed"
MEMBER_JOINED = "body.member_joined"
MEMBER_LEFT = "body.member_left"
