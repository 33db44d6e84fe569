"""Let nobody change the log: a trigger for everybody, and the owner gives up the rights themselves.

`append_only()` serves any table: attach it in that table's own migration. A table's owner can take the rights back,
and a superuser passes over rights; both still meet the trigger.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are never changed.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_event_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM PUBLIC, CURRENT_USER;
"""

LIFT = """
GRANT UPDATE, DELETE, TRUNCATE ON audit_event TO CURRENT_USER;
DROP TRIGGER audit_event_append_only ON audit_event;
DROP FUNCTION append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
