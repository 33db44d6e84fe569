"""A case number is for people: two cases of one month may, rarely, share one (migrants/references.py)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("migrants", "0004_person_data_basis")]

    operations = [
        migrations.AlterField(
            "case", "number", models.CharField(db_index=True, max_length=16, verbose_name="Number")
        ),
    ]
