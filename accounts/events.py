"""Names of audit events of this app."""

SIGNED_IN = "account.signed_in"
SIGNED_OUT = "account.signed_out"
SIGN_IN_FAILED = "account.sign_in_failed"
SIGN_IN_LOCKED = "account.sign_in_locked"
SESSION_ENDED = "account.session_ended"
ACCOUNT_MADE = "account.made"
ACCOUNT_DISABLED = "account.disabled"
ACCOUNT_ENABLED = "account.enabled"
LINK_MADE = "account.link_made"
PASSWORD_SET = "account.password_set"  # noqa: S105
PASSWORD_CHANGED = "account.password_changed"  # noqa: S105
LANGUAGE_CHOSEN = "account.language_chosen"
MAIL_CHOSEN = "account.mail_chosen"
