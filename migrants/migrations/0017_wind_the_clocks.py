"""Open cases get a holder and a day to act by: from their last action, with three weeks for everybody, since
nobody had a limit before.
"""

from django.db import migrations

WIND = """
UPDATE migrants_referral SET answer_by = sent_on + 21 WHERE status IN ('sent', 'received');
UPDATE migrants_case c SET
    holder = CASE
        WHEN status = 'waiting_data' THEN 'reporter'
        WHEN status IN ('referred', 'in_progress_external') THEN coalesce((
            SELECT CASE WHEN r.body = 'disnaker' THEN 'district' ELSE 'other_body' END
            FROM migrants_referral r
            WHERE r.case_id = c.id AND r.status IN ('sent', 'received')
            ORDER BY r.sent_at DESC, r.id DESC LIMIT 1
        ), 'village')
        ELSE 'village' END,
    held_since = last_action_on,
    act_by = last_action_on + 21
WHERE status NOT IN ('closed', 'cancelled');
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0016_case_clocks")]

    operations = [migrations.RunSQL(WIND, migrations.RunSQL.noop)]
