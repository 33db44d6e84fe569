"""A body gets its district and province from its village; a member who is being merged becomes the kept record
(migrants 0006).
"""

from django.db import migrations

PLACED = ("cooperatives_financebody",)
POINTERS = (("cooperatives_member", "person_id", "migrants_lead_person()"),)


class Migration(migrations.Migration):
    dependencies = [
        ("cooperatives", "0001_initial"),
        ("villages", "0002_guards"),
        ("migrants", "0006_merged_people"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION villages_place_row();"
                for table in PLACED
            ],
            reverse_sql=[f"DROP TRIGGER place_row ON {table};" for table in PLACED],
        ),
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
