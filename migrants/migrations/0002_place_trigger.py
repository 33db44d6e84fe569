"""Every placed record of this app gets its district and province from its village."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("migrants", "0001_initial"), ("villages", "0002_place_trigger")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
            reverse_sql=f"DROP TRIGGER place_row ON {table};",
        )
        for table in ("migrants_household", "migrants_person", "migrants_migration", "migrants_servicevisit", "migrants_case", "migrants_referral",)
    ]
