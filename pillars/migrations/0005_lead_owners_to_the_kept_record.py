"""The owner of a business who is being merged becomes the kept record (migrants 0036, 0037)."""

from django.db import migrations

POINTERS = (("pillars_business", "owner_id"),)


class Migration(migrations.Migration):
    dependencies = [("pillars", "0004_lead_to_the_kept_record"), ("migrants", "0037_lead_any_row")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER lead_new BEFORE INSERT ON {table} FOR EACH ROW"
            f" WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION migrants_lead_row('{column}');"
            f" CREATE TRIGGER lead_changed BEFORE UPDATE ON {table} FOR EACH ROW"
            f" WHEN (NEW.{column} IS DISTINCT FROM OLD.{column})"
            f" EXECUTE FUNCTION migrants_lead_row('{column}');",
            reverse_sql=f"DROP TRIGGER lead_changed ON {table}; DROP TRIGGER lead_new ON {table};",
        )
        for table, column in POINTERS
    ]
