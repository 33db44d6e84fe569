"""A closed case changes only by a correction that a second person approved, and a correction is kept."""

from django.db import migrations

GUARD = """
CREATE FUNCTION migrants_closed_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry text;
BEGIN
    FOREACH entry IN ARRAY ARRAY[
        'type', 'severity', 'subject_name', 'reporter', 'reporter_name', 'reporter_phone', 'channel',
        'reported_on', 'incident_on', 'country', 'employer', 'agency', 'close_reason', 'result_sealed',
        'recovered_rupiah'
    ] LOOP
        IF to_jsonb(OLD) -> entry IS DISTINCT FROM to_jsonb(NEW) -> entry AND NOT EXISTS (
            SELECT FROM migrants_correction c
            WHERE c.case_id = OLD.id AND c.status = 'approved' AND c.field = replace(entry, '_sealed', '')
        ) THEN
            RAISE EXCEPTION 'The % of a closed case changes only by a correction that a second person approved.',
                entry USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;
CREATE TRIGGER migrants_closed_case_stays
    BEFORE UPDATE ON migrants_case
    FOR EACH ROW WHEN (OLD.status = 'closed' AND NEW.status = 'closed')
    EXECUTE FUNCTION migrants_closed_case_stays();

CREATE FUNCTION migrants_correction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Corrections are kept.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.case_id, OLD.field, OLD.old_sealed, OLD.new_sealed, OLD.reason_sealed, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM
        (NEW.case_id, NEW.field, NEW.old_sealed, NEW.new_sealed, NEW.reason_sealed, NEW.asked_by_id, NEW.asked_at)
    THEN
        RAISE EXCEPTION 'What was asked is never rewritten.' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.status, NEW.status) NOT IN (('asked', 'approved'), ('asked', 'refused'), ('approved', 'applied')) THEN
        RAISE EXCEPTION 'A correction goes from asked to refused, or over approved to applied.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER migrants_correction_stays
    BEFORE UPDATE OR DELETE ON migrants_correction
    FOR EACH ROW EXECUTE FUNCTION migrants_correction_stays();
"""

LIFT = """
DROP TRIGGER migrants_correction_stays ON migrants_correction;
DROP FUNCTION migrants_correction_stays();
DROP TRIGGER migrants_closed_case_stays ON migrants_case;
DROP FUNCTION migrants_closed_case_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0004_histories_stay")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
