"""The function that copies district and province into every placed record (see villages.models.Placed); what was
counted, called and accepted stays as it was."""

from django.db import migrations

PLACE = """
CREATE FUNCTION villages_place_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- villages_village_lies_where_its_code_says makes the code the whole truth about its place.
    NEW.district_id := left(NEW.village_id, 5);
    NEW.province_id := left(NEW.village_id, 2);
    RETURN NEW;
END $$;
"""

RETURNS = """
CREATE FUNCTION villages_return_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'accepted' THEN
        RAISE EXCEPTION 'An accepted return is never changed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF OLD.status = 'submitted' AND NEW.status IN ('submitted', 'accepted')
       AND (NEW.counts, NEW.words) IS DISTINCT FROM (OLD.counts, OLD.words) THEN
        RAISE EXCEPTION 'What was submitted is frozen until it is sent back.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER return_stays BEFORE UPDATE OR DELETE ON villages_monthlyreturn
    FOR EACH ROW EXECUTE FUNCTION villages_return_stays();
"""

PLACED = (
    "villages_designation",
    "villages_officerassignment",
    "villages_monthlyreturn",
    "villages_villagecall",
)
APPEND_ONLY = ("villages_returnstep", "villages_villagecall")


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(sql=PLACE, reverse_sql="DROP FUNCTION villages_place_row();"),
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION villages_place_row();"
                for table in PLACED
            ],
            reverse_sql=[f"DROP TRIGGER place_row ON {table};" for table in PLACED],
        ),
        migrations.RunSQL(
            sql=RETURNS,
            reverse_sql="DROP TRIGGER return_stays ON villages_monthlyreturn; DROP FUNCTION villages_return_stays();",
        ),
        *[
            migrations.RunSQL(
                sql=f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
                f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER;"
                # Holding a row for a foreign key asks for some right to change it; the trigger refuses all.
                f" GRANT UPDATE (id) ON {table} TO CURRENT_USER;",
                reverse_sql=f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER;"
                f" DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in APPEND_ONLY
        ],
    ]
