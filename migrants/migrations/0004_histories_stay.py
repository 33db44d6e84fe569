"""Timelines, steps, judgements and hand-overs are never rewritten: the guard of the audit log, here too.

Undoing an import takes its journeys back, steps included; every other step stays for good.
"""

from django.db import migrations

APPEND_ONLY = (
    "migrants_caseevent",
    "migrants_contractextension",
    "migrants_redflagcheck",
    "migrants_proceduralassessment",
    "migrants_handover",
    "migrants_handeditem",
)

STEPS = """
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

STEPS_LIFTED = """
DROP TRIGGER migrants_migrationstep_stays ON migrants_migrationstep;
DROP FUNCTION migrants_steps_stay();
DROP TRIGGER migrants_migrationstep_append_only ON migrants_migrationstep;
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0003_place_rows"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
                for table in APPEND_ONLY
            ],
            reverse_sql=[f"DROP TRIGGER {table}_append_only ON {table};" for table in APPEND_ONLY],
        ),
        migrations.RunSQL(sql=STEPS, reverse_sql=STEPS_LIFTED),
    ]
