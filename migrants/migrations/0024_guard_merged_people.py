"""A merged person is not written to, leads to a record that leads nowhere, and nothing new points at it.

The pointing row takes the lock its foreign key takes anyway, one moment earlier, so that it waits for a merge
that is under way and then sees it.
"""

from django.db import migrations

PERSON = r"""
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
CREATE FUNCTION migrants_guard_pointer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.person_id IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM FROM migrants_person WHERE id = NEW.person_id AND merged_into_id IS NULL FOR KEY SHARE;
    IF NOT FOUND AND EXISTS (SELECT FROM migrants_person WHERE id = NEW.person_id) THEN
        RAISE EXCEPTION 'Nothing new is written about a merged person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'migrants_person_merged_is_still';
    END IF;
    RETURN NEW;
END
$$;
"""
TABLES = ("migrants_migration", "migrants_servicevisit", "migrants_case")


class Migration(migrations.Migration):
    dependencies = [("migrants", "0023_put_records_together")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON migrants_personmerge"
            " FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
            reverse_sql="DROP TRIGGER place_row ON migrants_personmerge;",
        ),
        migrations.RunSQL(
            sql=PERSON,
            reverse_sql="DROP TRIGGER guard_merged ON migrants_person; DROP FUNCTION migrants_guard_merged();"
            " DROP FUNCTION migrants_guard_pointer();",
        ),
        *(
            migrations.RunSQL(
                sql=f"CREATE TRIGGER guard_merged BEFORE INSERT OR UPDATE OF person_id ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION migrants_guard_pointer();",
                reverse_sql=f"DROP TRIGGER guard_merged ON {table};",
            )
            for table in TABLES
        ),
    ]
