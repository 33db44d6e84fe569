"""A published edition and its file stay as they are: PostgreSQL refuses to change or delete them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_edition_job_state")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION reports_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.status = 'done' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
                    RAISE EXCEPTION 'A published edition is never changed; make a later edition.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON reports_reportedition
                FOR EACH ROW EXECUTE FUNCTION reports_edition_stays();

            CREATE FUNCTION reports_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'A published file is never changed; make a later edition.'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER file_stays BEFORE UPDATE OR DELETE ON reports_generatedfile
                FOR EACH ROW EXECUTE FUNCTION reports_file_stays();
            """,
            reverse_sql="""
            DROP TRIGGER file_stays ON reports_generatedfile;
            DROP FUNCTION reports_file_stays();
            DROP TRIGGER edition_stays ON reports_reportedition;
            DROP FUNCTION reports_edition_stays();
            """,
        ),
    ]
