"""Let the planner write the comparison of names into the question itself: half the time for a village.

A function marked STRICT is called row by row; this one is read like any expression.
"""

from importlib import import_module

from django.db import migrations

AS_IT_WAS = import_module("migrants.migrations.0012_sounding_names").NEARNESS.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("migrants", "0014_journey_milestones")]

    operations = [
        migrations.RunSQL(
            sql=AS_IT_WAS.replace("IMMUTABLE STRICT PARALLEL SAFE", "IMMUTABLE PARALLEL SAFE"),
            reverse_sql=AS_IT_WAS,
        )
    ]
