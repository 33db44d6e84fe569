"""The timeline tells a rejected referral from an answered one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("migrants", "0006_last_logged_index")]

    operations = [
        migrations.AlterField(
            "caseevent",
            "kind",
            models.CharField(
                choices=[
                    ("opened", "Opened"),
                    ("note", "Note"),
                    ("status", "Step"),
                    ("referred", "Referred"),
                    ("referral_received", "Referral received"),
                    ("referral_answered", "Referral answered"),
                    ("referral_rejected", "Referral rejected"),
                    ("closed", "Closed"),
                    ("reopened", "Reopened"),
                ],
                max_length=18,
            ),
        ),
    ]
