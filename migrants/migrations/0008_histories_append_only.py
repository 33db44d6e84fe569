"""The timeline of a case and the steps of a journey are never rewritten: the guard of the audit log, here
too.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("migrants_caseevent", "migrants_migrationstep")


class Migration(migrations.Migration):
    dependencies = [("migrants", "0007_rejected_referral_event"), ("audit", "0002_append_only")]

    operations = [
        migrations.AlterField(
            "caseevent",
            "case",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="migrants.case"
            ),
        ),
    ] + [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION append_only();",
            reverse_sql=f"DROP TRIGGER {table}_append_only ON {table};",
        )
        for table in TABLES
    ]
