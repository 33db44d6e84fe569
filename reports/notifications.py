"""What people are notified of by reports and returns (`accounts.notifications`)."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import NotificationKind

REPORT_READY = NotificationKind("report_ready", _("Report %(about)s is ready"), "reports:edition-detail")
REPORT_FAILED = NotificationKind(
    "report_failed", _("Report %(about)s could not be made"), "reports:edition-detail"
)
PACK_READY = NotificationKind(
    "pack_ready", _("The meeting papers of %(about)s are ready"), "reports:pack-detail"
)
PACK_FAILED = NotificationKind(
    "pack_failed", _("The meeting papers of %(about)s could not be made"), "reports:pack-detail"
)
RETURN_SENT_BACK = NotificationKind(
    "return_sent_back", _("The monthly return of %(about)s came back"), "reports:return-detail"
)
RETURN_ACCEPTED = NotificationKind(
    "return_accepted", _("The monthly return of %(about)s was accepted"), "reports:return-detail"
)

KINDS = (REPORT_READY, REPORT_FAILED, PACK_READY, PACK_FAILED, RETURN_SENT_BACK, RETURN_ACCEPTED)
