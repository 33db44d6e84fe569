"""What is written about a person who is being merged lands on the kept record, whatever kind of record it is.

The pointing row takes the lock its foreign key takes anyway, one moment earlier, so that it waits for a merge
that is under way and then sees it. A save that leaves the person as it was takes no lock: whoever holds such
a row must not wait for a person whom a merge holds (actions/merging.py takes rows first, people last).
"""

from django.db import migrations

LEAD = r"""
CREATE FUNCTION migrants_lead_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept uuid;
BEGIN
    SELECT merged_into_id INTO kept FROM migrants_person WHERE id = NEW.person_id FOR KEY SHARE;
    NEW.person_id := coalesce(kept, NEW.person_id);
    RETURN NEW;
END
$$;
CREATE FUNCTION migrants_lead_carer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept uuid;
BEGIN
    SELECT merged_into_id INTO kept FROM migrants_person WHERE id = NEW.carer_id FOR KEY SHARE;
    NEW.carer_id := coalesce(kept, NEW.carer_id);
    RETURN NEW;
END
$$;
"""
POINTERS = (
    ("migrants_migration", "person"),
    ("migrants_servicevisit", "person"),
    ("migrants_case", "person"),
    ("migrants_consent", "person"),
    ("migrants_recordanswer", "person"),
    ("migrants_task", "person"),
    ("migrants_household", "carer"),
)
GUARDED = ("migrants_migration", "migrants_servicevisit", "migrants_case")


class Migration(migrations.Migration):
    dependencies = [("migrants", "0035_tasks_of_apps_above")]

    operations = [
        *(
            migrations.RunSQL(
                sql=f"DROP TRIGGER guard_merged ON {table};",
                reverse_sql=f"CREATE TRIGGER guard_merged BEFORE INSERT OR UPDATE OF person_id ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION migrants_guard_pointer();",
            )
            for table in GUARDED
        ),
        migrations.RunSQL(
            sql=LEAD,
            reverse_sql="DROP FUNCTION migrants_lead_carer(); DROP FUNCTION migrants_lead_person();",
        ),
        *(
            migrations.RunSQL(
                sql=f"CREATE TRIGGER lead_new BEFORE INSERT ON {table} FOR EACH ROW"
                f" WHEN (NEW.{who}_id IS NOT NULL) EXECUTE FUNCTION migrants_lead_{who}();"
                f" CREATE TRIGGER lead_changed BEFORE UPDATE ON {table} FOR EACH ROW"
                f" WHEN (NEW.{who}_id IS DISTINCT FROM OLD.{who}_id) EXECUTE FUNCTION migrants_lead_{who}();",
                reverse_sql=f"DROP TRIGGER lead_changed ON {table}; DROP TRIGGER lead_new ON {table};",
            )
            for table, who in POINTERS
        ),
    ]
