"""Duty reports get their place from their village; a countersigned one stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pillars", "0023_duty_reports")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON pillars_dutyreport"
            " FOR EACH ROW EXECUTE FUNCTION villages_place_row();",
            reverse_sql="DROP TRIGGER place_row ON pillars_dutyreport;",
        ),
        migrations.RunSQL(
            sql="""
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
            """,
            reverse_sql="""
            DROP TRIGGER duty_report_stays ON pillars_dutyreport;
            DROP FUNCTION pillars_duty_report_stays();
            """,
        ),
    ]
