"""Every placed record of this app gets its district and province from its village."""

from django.db import migrations

PLACED = (
    "migrants_household",
    "migrants_person",
    "migrants_personmerge",
    "migrants_migration",
    "migrants_servicevisit",
    "migrants_case",
    "migrants_referral",
    "migrants_task",
    "migrants_document",
    "migrants_redflagcheck",
    "migrants_proceduralassessment",
    "migrants_handover",
    "migrants_consent",
    "migrants_recordrequest",
    "migrants_recordanswer",
    "migrants_familypermit",
    "migrants_returnrecord",
)


class Migration(migrations.Migration):
    dependencies = [("migrants", "0002_initial"), ("villages", "0002_guards")]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION villages_place_row();"
                for table in PLACED
            ],
            reverse_sql=[f"DROP TRIGGER place_row ON {table};" for table in PLACED],
        ),
    ]
