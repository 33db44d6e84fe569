"""What people tell of a case lies sealed: narrative, result, notes, requests and answers. Before the first
release: nothing has to be carried over."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("migrants", "0002_place_trigger")]

    operations = [
        migrations.RemoveConstraint("referral", "migrants_referral_answer_has_day_and_words"),
        migrations.RemoveField("case", "narrative"),
        migrations.RemoveField("case", "result"),
        migrations.RemoveField("caseevent", "text"),
        migrations.RemoveField("referral", "answer"),
        migrations.RemoveField("referral", "request"),
        migrations.AddField(
            "case", "narrative_sealed", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddField("case", "result_sealed", models.BinaryField(blank=True, null=True)),
        migrations.AddField("caseevent", "text_sealed", models.BinaryField(blank=True, null=True)),
        migrations.AddField("referral", "answer_sealed", models.BinaryField(blank=True, null=True)),
        migrations.AddField(
            "referral", "request_sealed", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                condition=Q(
                    status__in=["answered", "rejected"],
                    answered_on__isnull=False,
                    answer_sealed__isnull=False,
                )
                | Q(status__in=["sent", "received"], answered_on__isnull=True),
                name="migrants_referral_answer_has_day_and_words",
            ),
        ),
    ]
