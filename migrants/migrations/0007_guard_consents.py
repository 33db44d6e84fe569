"""A consent is only ever withdrawn."""

from django.db import migrations

GUARD = r"""
CREATE FUNCTION migrants_guard_consent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later text[] := ARRAY['person_id', 'withdrawn_by_id', 'withdrawn_at', 'withdrawn_reason'];
BEGIN
    IF OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        OR to_jsonb(OLD) - later IS DISTINCT FROM to_jsonb(NEW) - later THEN
        RAISE EXCEPTION 'A consent is only ever withdrawn.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'migrants_consent_only_withdrawn';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_consent BEFORE UPDATE ON migrants_consent
    FOR EACH ROW EXECUTE FUNCTION migrants_guard_consent();
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0006_merged_people")]

    operations = [
        migrations.RunSQL(
            sql=GUARD,
            reverse_sql="DROP TRIGGER guard_consent ON migrants_consent; DROP FUNCTION migrants_guard_consent();",
        ),
    ]
