"""The function that copies district and province into every placed record (see villages.models.Placed)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION villages_place_row() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                -- villages_village_lies_where_its_code_says makes the code the whole truth about its place.
                NEW.district_id := left(NEW.village_id, 5);
                NEW.province_id := left(NEW.village_id, 2);
                RETURN NEW;
            END $$;
            """,
            reverse_sql="DROP FUNCTION villages_place_row();",
        ),
        *[
            migrations.RunSQL(
                sql=f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
                reverse_sql=f"DROP TRIGGER place_row ON {table};",
            )
            for table in ("villages_designation", "villages_officerassignment")
        ],
    ]
