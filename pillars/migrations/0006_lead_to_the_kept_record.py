"""What is written about a person who is being merged lands on the kept record (migrants 0006)."""

from django.db import migrations

PERSON = "migrants_lead_person()"
POINTERS = (
    ("pillars_groupmember", "person_id", PERSON),
    ("pillars_business", "owner_id", "migrants_lead_row('owner_id')"),
    ("pillars_trainingparticipant", "person_id", PERSON),
    ("pillars_outreachattendee", "person_id", PERSON),
    ("pillars_childcare", "person_id", PERSON),
    ("pillars_carerpresent", "person_id", PERSON),
)


class Migration(migrations.Migration):
    dependencies = [("pillars", "0005_guard_duty_reports"), ("migrants", "0006_merged_people")]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER lead_new BEFORE INSERT ON {table} FOR EACH ROW"
                f" WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {function};"
                f" CREATE TRIGGER lead_changed BEFORE UPDATE ON {table} FOR EACH ROW"
                f" WHEN (NEW.{column} IS DISTINCT FROM OLD.{column}) EXECUTE FUNCTION {function};"
                for table, column, function in POINTERS
            ],
            reverse_sql=[
                f"DROP TRIGGER lead_changed ON {table}; DROP TRIGGER lead_new ON {table};"
                for table, _column, _function in POINTERS
            ],
        ),
    ]
