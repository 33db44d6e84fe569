"""When a village last logged a visit is one index look-up: silent villages are asked for on every
dashboard.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("migrants", "0005_case_number_may_repeat")]

    operations = [
        migrations.AddIndex(
            "servicevisit", models.Index(fields=["village", "-logged_at"], name="migrants_visit_logged")
        ),
    ]
