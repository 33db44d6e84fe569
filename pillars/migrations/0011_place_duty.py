"""Service centres and duty records get their district and province from their village."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pillars", "0010_service_centre_and_duty")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
            reverse_sql=f"DROP TRIGGER place_row ON {table};",
        )
        for table in ("pillars_servicecentre", "pillars_dutyplan", "pillars_dutyday")
    ]
