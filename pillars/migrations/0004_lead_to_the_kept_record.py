"""A member of a group who is being merged becomes the kept record (migrants 0036)."""

from django.db import migrations

TABLE = "pillars_groupmember"


class Migration(migrations.Migration):
    dependencies = [("pillars", "0003_businesses"), ("migrants", "0036_lead_to_the_kept_record")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER lead_new BEFORE INSERT ON {TABLE} FOR EACH ROW"
            " WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION migrants_lead_person();"
            f" CREATE TRIGGER lead_changed BEFORE UPDATE ON {TABLE} FOR EACH ROW"
            " WHEN (NEW.person_id IS DISTINCT FROM OLD.person_id) EXECUTE FUNCTION migrants_lead_person();",
            reverse_sql=f"DROP TRIGGER lead_changed ON {TABLE}; DROP TRIGGER lead_new ON {TABLE};",
        )
    ]
