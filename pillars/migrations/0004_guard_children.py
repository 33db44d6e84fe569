"""Nobody leads children without a signed agreement; a session and its children are of one village; a guardian's
consent is never rewritten, only withdrawn.
"""

from django.db import migrations

# One question for three tables: is there a session led by somebody who may not? Asked after each write, of
# the rows that were written, so that no order of writes slips past it.
LEADING = """
CREATE FUNCTION pillars_guard_leading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM pillars_sessionleader leader
        JOIN pillars_childsession session ON session.id = leader.session_id
        JOIN pillars_facilitator facilitator ON facilitator.id = leader.facilitator_id
        WHERE NEW.id = CASE TG_TABLE_NAME
                WHEN 'pillars_sessionleader' THEN leader.id
                WHEN 'pillars_childsession' THEN session.id
                ELSE facilitator.id END
            AND (facilitator.agreement_signed_on IS NULL
                OR facilitator.agreement_signed_on > session.held_on
                OR facilitator.began_on > session.held_on
                OR facilitator.left_on < session.held_on
                OR facilitator.centre_id <> session.centre_id);
    IF FOUND THEN
        RAISE EXCEPTION 'Only a facilitator of the centre with a signed agreement leads a session.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pillars_leader_has_signed';
    END IF;
    RETURN NULL;
END
$$;
"""

ROLL = """
CREATE FUNCTION pillars_guard_roll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM pillars_child child, pillars_childsession session
        WHERE child.id = NEW.child_id AND session.id = NEW.session_id
            AND child.village_id = NEW.village_id AND session.village_id = NEW.village_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A session and the children on its roll are of one village.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pillars_attendance_one_village';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER guard_roll AFTER INSERT OR UPDATE ON pillars_attendance
    FOR EACH ROW EXECUTE FUNCTION pillars_guard_roll();
"""

CONSENT = """
CREATE FUNCTION pillars_guard_guardian_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id')
            = (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A consent is only ever withdrawn.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'pillars_guardian_consent_stays';
END
$$;
CREATE TRIGGER guard_consent BEFORE UPDATE OR DELETE ON pillars_guardianconsent
    FOR EACH ROW EXECUTE FUNCTION pillars_guard_guardian_consent();
"""

LEADING_TABLES = ("pillars_sessionleader", "pillars_childsession", "pillars_facilitator")


class Migration(migrations.Migration):
    dependencies = [("pillars", "0003_guard_businesses")]

    operations = [
        migrations.RunSQL(sql=LEADING, reverse_sql="DROP FUNCTION pillars_guard_leading();"),
        migrations.RunSQL(
            sql=[
                f"CREATE CONSTRAINT TRIGGER guard_leading AFTER INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION pillars_guard_leading();"
                for table in LEADING_TABLES
            ],
            reverse_sql=[f"DROP TRIGGER guard_leading ON {table};" for table in LEADING_TABLES],
        ),
        migrations.RunSQL(
            sql=ROLL,
            reverse_sql="DROP TRIGGER guard_roll ON pillars_attendance; DROP FUNCTION pillars_guard_roll();",
        ),
        migrations.RunSQL(
            sql=CONSENT,
            reverse_sql="DROP TRIGGER guard_consent ON pillars_guardianconsent;"
            " DROP FUNCTION pillars_guard_guardian_consent();",
        ),
    ]
