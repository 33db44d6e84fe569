"""A published edition, its file, what it froze and its withdrawal stay as they are: PostgreSQL refuses to change or
delete them."""

from django.db import migrations

GUARD = """
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

CREATE FUNCTION reports_frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    edition uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN edition := NEW.edition_id; ELSE edition := OLD.edition_id; END IF;
    IF EXISTS (SELECT 1 FROM reports_reportedition WHERE id = edition AND status = 'done') THEN
        RAISE EXCEPTION 'What a published edition froze is never changed; make a later edition.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenfigure
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_stays();
CREATE TRIGGER frozen_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenset
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_stays();

CREATE FUNCTION reports_withdrawal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A withdrawn report stays withdrawn.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER withdrawal_stays BEFORE UPDATE OR DELETE ON reports_editionwithdrawal
    FOR EACH ROW EXECUTE FUNCTION reports_withdrawal_stays();
"""

LIFT = """
DROP TRIGGER withdrawal_stays ON reports_editionwithdrawal;
DROP FUNCTION reports_withdrawal_stays();
DROP TRIGGER frozen_stays ON reports_frozenset;
DROP TRIGGER frozen_stays ON reports_frozenfigure;
DROP FUNCTION reports_frozen_stays();
DROP TRIGGER file_stays ON reports_generatedfile;
DROP FUNCTION reports_file_stays();
DROP TRIGGER edition_stays ON reports_reportedition;
DROP FUNCTION reports_edition_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
