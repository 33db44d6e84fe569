"""Somebody on an attendance list who is being merged becomes the kept record (migrants 0036)."""

from django.db import migrations

TABLE = "pillars_outreachattendee"


class Migration(migrations.Migration):
    dependencies = [("pillars", "0007_outreach_in_full"), ("migrants", "0037_lead_any_row")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER lead_new BEFORE INSERT ON {TABLE} FOR EACH ROW"
            " WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION migrants_lead_row('person_id');"
            f" CREATE TRIGGER lead_changed BEFORE UPDATE ON {TABLE} FOR EACH ROW"
            " WHEN (NEW.person_id IS DISTINCT FROM OLD.person_id)"
            " EXECUTE FUNCTION migrants_lead_row('person_id');",
            reverse_sql=f"DROP TRIGGER lead_changed ON {TABLE}; DROP TRIGGER lead_new ON {TABLE};",
        )
    ]
