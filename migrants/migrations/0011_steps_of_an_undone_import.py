"""Undoing an import takes its journeys back, steps included; every other step stays for good, as before."""

from django.db import migrations

GUARD = """
DROP TRIGGER migrants_migrationstep_append_only ON migrants_migrationstep;
CREATE TRIGGER migrants_migrationstep_append_only
    BEFORE UPDATE OR TRUNCATE ON migrants_migrationstep
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE FUNCTION migrants_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM migrants_registerrow r
            JOIN migrants_registerimport i ON i.id = r.register_id
            WHERE r.id = gone.migration_id AND i.status = 'undoing'
        )
    ) THEN
        RAISE EXCEPTION '% on % is refused: only the undoing of an import takes steps back.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER migrants_migrationstep_stays
    AFTER DELETE ON migrants_migrationstep REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION migrants_steps_stay();
"""

LIFT = """
DROP TRIGGER migrants_migrationstep_stays ON migrants_migrationstep;
DROP FUNCTION migrants_steps_stay();
DROP TRIGGER migrants_migrationstep_append_only ON migrants_migrationstep;
CREATE TRIGGER migrants_migrationstep_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON migrants_migrationstep
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0010_register_imports")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
