"""A merged person is not written to and leads to a record that leads nowhere; what is written about a person who
is being merged lands on the kept record, whatever kind of record it is.

The pointing row takes the lock its foreign key takes anyway, one moment earlier, so that it waits for a merge
that is under way and then sees it. A save that leaves the person as it was takes no lock: whoever holds such
a row must not wait for a person whom a merge holds (actions/merging.py takes rows first, people last).
"""

from django.db import migrations

MERGED = r"""
CREATE FUNCTION migrants_guard_merged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL THEN
        RAISE EXCEPTION 'A merged person is not written to.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'migrants_person_merged_is_still';
    END IF;
    IF NEW.merged_into_id IS NOT NULL THEN
        PERFORM FROM migrants_person
            WHERE id = NEW.merged_into_id AND merged_into_id IS NULL AND village_id = NEW.village_id
            FOR NO KEY UPDATE;
        IF NOT FOUND OR EXISTS (SELECT FROM migrants_person WHERE merged_into_id = NEW.id) THEN
            RAISE EXCEPTION 'A person is merged into one of the same village that leads nowhere.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'migrants_person_merged_once';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_merged BEFORE UPDATE ON migrants_person
    FOR EACH ROW EXECUTE FUNCTION migrants_guard_merged();
"""

# For a column named person_id; and for one of any other name, which the trigger gives.
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
CREATE FUNCTION migrants_lead_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked uuid;
    kept uuid;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO asked USING NEW;
    SELECT merged_into_id INTO kept FROM migrants_person WHERE id = asked FOR KEY SHARE;
    IF kept IS NOT NULL THEN
        NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], kept));
    END IF;
    RETURN NEW;
END
$$;
"""

PERSON = "migrants_lead_person()"
POINTERS = (
    ("migrants_migration", "person_id", PERSON),
    ("migrants_servicevisit", "person_id", PERSON),
    ("migrants_case", "person_id", PERSON),
    ("migrants_consent", "person_id", PERSON),
    ("migrants_recordanswer", "person_id", PERSON),
    ("migrants_task", "person_id", PERSON),
    ("migrants_household", "carer_id", "migrants_lead_row('carer_id')"),
)


class Migration(migrations.Migration):
    dependencies = [("migrants", "0005_guard_closed_cases")]

    operations = [
        migrations.RunSQL(
            sql=MERGED,
            reverse_sql="DROP TRIGGER guard_merged ON migrants_person; DROP FUNCTION migrants_guard_merged();",
        ),
        migrations.RunSQL(
            sql=LEAD, reverse_sql="DROP FUNCTION migrants_lead_row(); DROP FUNCTION migrants_lead_person();"
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
