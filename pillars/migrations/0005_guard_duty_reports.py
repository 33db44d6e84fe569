"""A countersigned duty report stays as it is."""

from django.db import migrations

GUARD = """
CREATE FUNCTION pillars_duty_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'countersigned' THEN
        RAISE EXCEPTION 'A countersigned duty report is never changed.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER duty_report_stays BEFORE UPDATE OR DELETE ON pillars_dutyreport
    FOR EACH ROW EXECUTE FUNCTION pillars_duty_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("pillars", "0004_guard_children")]

    operations = [
        migrations.RunSQL(
            sql=GUARD,
            reverse_sql="DROP TRIGGER duty_report_stays ON pillars_dutyreport;"
            " DROP FUNCTION pillars_duty_report_stays();",
        ),
    ]
