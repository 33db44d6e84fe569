"""Each person's record says why the programme may keep it (UU 27/2022 art. 20)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("migrants", "0003_seal_what_people_tell")]

    operations = [
        migrations.AddField(
            "person",
            "data_basis",
            models.CharField(
                choices=[
                    ("village_duty", "Duty of the village (UU 18/2017)"),
                    ("spoken_consent", "Spoken consent"),
                    ("written_consent", "Written consent"),
                ],
                default="village_duty",
                max_length=16,
                verbose_name="Why the data are kept",
            ),
        ),
        migrations.AddField(
            "person",
            "data_basis_note",
            models.CharField(blank=True, max_length=200, verbose_name="Note on it"),
        ),
    ]
