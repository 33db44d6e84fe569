"""Estimates get their district and province from their village."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pillars", "0025_abroad_estimates")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON pillars_abroadestimate"
            " FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
            reverse_sql="DROP TRIGGER place_row ON pillars_abroadestimate;",
        )
    ]
