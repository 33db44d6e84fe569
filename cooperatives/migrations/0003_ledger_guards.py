"""What the database itself says about the books, to everybody, the tables' owner included; what was agreed on a
loan, paid on it and shared out of a surplus stays as it was written.

Posting and closing a month exclude each other: an entry holds its body FOR KEY SHARE, a closing FOR UPDATE, and
each looks after it holds. Then the entry takes its number from the row of its body and year; that row is held
until the transaction ends, so numbers have no gap and postings of one body stand in one line.
"""

from django.db import migrations

# Whose rows others refer to keeps the right to change the key alone: holding a row for a foreign key asks for
# some right to change it. The trigger refuses the change all the same.
APPEND_ONLY = (
    "cooperatives_journalentry",
    "cooperatives_journalline",
    "cooperatives_collection",
    "cooperatives_trialcheck",
    "cooperatives_closedmonth",
    "cooperatives_instalment",
    "cooperatives_loanpayment",
    "cooperatives_surplussharing",
    "cooperatives_surplusshare",
)

ENTRY = """
CREATE FUNCTION cooperatives_enter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    body record;
    closed date;
    original cooperatives_journalentry%ROWTYPE;
BEGIN
    SELECT books_opened_on, ended_on INTO body
    FROM cooperatives_financebody WHERE id = NEW.body_id FOR KEY SHARE;
    IF body.books_opened_on IS NULL OR NEW.day < body.books_opened_on THEN
        RAISE EXCEPTION 'The books were not open on %.', NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_after_opening';
    END IF;
    IF NEW.day > body.ended_on THEN
        RAISE EXCEPTION 'The body ended before %.', NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_before_end';
    END IF;
    SELECT max(month) INTO closed FROM cooperatives_closedmonth WHERE body_id = NEW.body_id;
    IF NEW.day < closed + interval '1 month' THEN
        RAISE EXCEPTION 'The month of % is closed.', NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_in_open_month';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT * INTO original FROM cooperatives_journalentry WHERE id = NEW.reverses_id;
        IF original.body_id IS DISTINCT FROM NEW.body_id OR original.reverses_id IS NOT NULL
           OR NEW.day < original.day THEN
            RAISE EXCEPTION 'Entry % cannot be reversed by this one.', NEW.reverses_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_reverses_its_own';
        END IF;
    END IF;
    NEW.year := extract(year FROM NEW.day);
    NEW.made_at := clock_timestamp();
    -- An update first: but for the first entry of a year the row is there.
    UPDATE cooperatives_bookyear SET last_number = last_number + 1
    WHERE body_id = NEW.body_id AND year = NEW.year RETURNING last_number INTO NEW.number;
    IF NOT FOUND THEN
        INSERT INTO cooperatives_bookyear AS given (body_id, year, last_number)
        VALUES (NEW.body_id, NEW.year, 1)
        ON CONFLICT (body_id, year) DO UPDATE SET last_number = given.last_number + 1
        RETURNING last_number INTO NEW.number;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cooperatives_enter BEFORE INSERT ON cooperatives_journalentry
    FOR EACH ROW EXECUTE FUNCTION cooperatives_enter();
"""

BALANCED = """
CREATE FUNCTION cooperatives_check_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
    rest numeric;
    moved numeric;
BEGIN
    SELECT count(*), sum(amount), sum(amount) FILTER (WHERE amount > 0) INTO found, rest, moved
    FROM cooperatives_journalline WHERE entry_id = NEW.id;
    IF found <> NEW.lines_count OR rest IS DISTINCT FROM 0 OR moved IS DISTINCT FROM NEW.amount THEN
        RAISE EXCEPTION 'Entry % does not sum to zero: % lines, rest %, moved %.', NEW.id, found, rest, moved
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_sums_to_zero';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND (
        EXISTS (
            SELECT account_id, member_id, -amount FROM cooperatives_journalline WHERE entry_id = NEW.reverses_id
            EXCEPT ALL
            SELECT account_id, member_id, amount FROM cooperatives_journalline WHERE entry_id = NEW.id
        ) OR EXISTS (
            SELECT account_id, member_id, amount FROM cooperatives_journalline WHERE entry_id = NEW.id
            EXCEPT ALL
            SELECT account_id, member_id, -amount FROM cooperatives_journalline WHERE entry_id = NEW.reverses_id
        )
    ) THEN
        RAISE EXCEPTION 'Entry % does not mirror %.', NEW.id, NEW.reverses_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_entry_mirrors_its_original';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER cooperatives_entry_sums_to_zero AFTER INSERT ON cooperatives_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cooperatives_check_balanced();
"""

# The deferred check above comes once an entry, when it is committed; this one lets no line in afterwards.
LINES = """
CREATE FUNCTION cooperatives_check_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_lines l
        LEFT JOIN cooperatives_journalentry e ON e.id = l.entry_id
        LEFT JOIN cooperatives_ledgeraccount a ON a.id = l.account_id
        LEFT JOIN cooperatives_member m ON m.id = l.member_id
        WHERE a.body_id IS DISTINCT FROM e.body_id
           OR (l.member_id IS NOT NULL AND m.body_id IS DISTINCT FROM e.body_id)
           OR (a.of_members AND l.member_id IS NULL)
    ) THEN
        RAISE EXCEPTION 'A line names an account or member of another body, or no member where one belongs.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_line_of_the_body';
    END IF;
    IF EXISTS (
        SELECT FROM cooperatives_journalentry e
        WHERE e.id IN (SELECT entry_id FROM new_lines)
          AND e.lines_count < (SELECT count(*) FROM cooperatives_journalline l WHERE l.entry_id = e.id)
    ) THEN
        RAISE EXCEPTION 'The entry has all its lines.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_line_in_time';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER cooperatives_check_lines AFTER INSERT ON cooperatives_journalline
    REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION cooperatives_check_lines();
"""

# A proposed row of INSERT ... ON CONFLICT is checked before it meets the row that is there, so a withdrawal
# would be refused: first update, then add what is missing. Whoever comes here holds the body's number row.
BALANCES = """
CREATE FUNCTION cooperatives_keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved record;
BEGIN
    FOR moved IN
        SELECT l.member_id, l.account_id,
               sum(CASE WHEN a.kind IN ('asset', 'cost') THEN l.amount ELSE -l.amount END) AS amount
        FROM new_lines l JOIN cooperatives_ledgeraccount a ON a.id = l.account_id
        WHERE a.of_members
        GROUP BY l.member_id, l.account_id
    LOOP
        UPDATE cooperatives_memberbalance SET balance = balance + moved.amount
        WHERE member_id = moved.member_id AND account_id = moved.account_id;
        IF NOT FOUND THEN
            INSERT INTO cooperatives_memberbalance (member_id, account_id, balance)
            VALUES (moved.member_id, moved.account_id, moved.amount);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER cooperatives_keep_balances AFTER INSERT ON cooperatives_journalline
    REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION cooperatives_keep_balances();
"""

MONTHS = """
CREATE FUNCTION cooperatives_close_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    trial cooperatives_trialcheck%ROWTYPE;
BEGIN
    PERFORM FROM cooperatives_financebody WHERE id = NEW.body_id FOR UPDATE;
    SELECT * INTO trial FROM cooperatives_trialcheck WHERE id = NEW.trial_id;
    IF trial.body_id IS DISTINCT FROM NEW.body_id OR trial.month <> NEW.month
       OR trial.checked_by_id <> NEW.checked_by_id THEN
        RAISE EXCEPTION 'The trial balance of % was checked by nobody.', NEW.month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_month_checked_first';
    END IF;
    IF trial.entries <> (SELECT count(*) FROM cooperatives_journalentry
                         WHERE body_id = NEW.body_id AND day < NEW.month + interval '1 month') THEN
        RAISE EXCEPTION 'Entries came after the trial balance was checked.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_month_as_checked';
    END IF;
    IF EXISTS (SELECT FROM cooperatives_closedmonth WHERE body_id = NEW.body_id AND month >= NEW.month) THEN
        RAISE EXCEPTION '% is closed already.', NEW.month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_month_closed_once';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cooperatives_close_month BEFORE INSERT ON cooperatives_closedmonth
    FOR EACH ROW EXECUTE FUNCTION cooperatives_close_month();
"""

# Balances and numbers are written by triggers only: from outside, a statement has no trigger above it, which is
# asked before the function is called, not in it.
KEPT = """
CREATE FUNCTION cooperatives_kept_by_the_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '% on % is refused: the ledger keeps it.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER cooperatives_kept BEFORE INSERT OR UPDATE ON cooperatives_memberbalance
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION cooperatives_kept_by_the_ledger();
CREATE TRIGGER cooperatives_kept_whole BEFORE DELETE OR TRUNCATE ON cooperatives_memberbalance
    FOR EACH STATEMENT EXECUTE FUNCTION cooperatives_kept_by_the_ledger();
CREATE TRIGGER cooperatives_kept BEFORE INSERT OR UPDATE ON cooperatives_bookyear
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION cooperatives_kept_by_the_ledger();
CREATE TRIGGER cooperatives_kept_whole BEFORE DELETE OR TRUNCATE ON cooperatives_bookyear
    FOR EACH STATEMENT EXECUTE FUNCTION cooperatives_kept_by_the_ledger();
ALTER TABLE cooperatives_memberbalance SET (fillfactor = 80);
ALTER TABLE cooperatives_bookyear SET (fillfactor = 50);
"""

FIXED = """
CREATE FUNCTION cooperatives_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What the books stand on does not change.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'cooperatives_books_stand_on_it';
END
$$;
CREATE TRIGGER cooperatives_stays BEFORE UPDATE ON cooperatives_ledgeraccount FOR EACH ROW
    WHEN ((OLD.body_id, OLD.code, OLD.kind, OLD.of_members)
          IS DISTINCT FROM (NEW.body_id, NEW.code, NEW.kind, NEW.of_members))
    EXECUTE FUNCTION cooperatives_stays();
CREATE TRIGGER cooperatives_stays BEFORE UPDATE ON cooperatives_member FOR EACH ROW
    WHEN (OLD.body_id <> NEW.body_id) EXECUTE FUNCTION cooperatives_stays();
CREATE TRIGGER cooperatives_stays BEFORE UPDATE ON cooperatives_financebody FOR EACH ROW
    WHEN (OLD.books_opened_on IS DISTINCT FROM NEW.books_opened_on AND OLD.books_opened_on IS NOT NULL)
    EXECUTE FUNCTION cooperatives_stays();
CREATE TRIGGER cooperatives_stays BEFORE UPDATE ON cooperatives_loan FOR EACH ROW
    WHEN ((OLD.body_id, OLD.member_id, OLD.entry_id, OLD.granted_on, OLD.principal_rupiah, OLD.months,
           OLD.monthly_rate, OLD.method)
          IS DISTINCT FROM (NEW.body_id, NEW.member_id, NEW.entry_id, NEW.granted_on, NEW.principal_rupiah,
           NEW.months, NEW.monthly_rate, NEW.method))
    EXECUTE FUNCTION cooperatives_stays();
"""

# The sum of rupiah as a whole number of eight bytes, which `sum` makes a numeric of; too large is an error.
TOTAL = """
CREATE AGGREGATE cooperatives_total(bigint) (
    SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE
);
"""

LIFT = """
DROP AGGREGATE cooperatives_total(bigint);
DROP TRIGGER cooperatives_stays ON cooperatives_loan;
DROP TRIGGER cooperatives_stays ON cooperatives_financebody;
DROP TRIGGER cooperatives_stays ON cooperatives_member;
DROP TRIGGER cooperatives_stays ON cooperatives_ledgeraccount;
DROP TRIGGER cooperatives_kept_whole ON cooperatives_bookyear;
DROP TRIGGER cooperatives_kept ON cooperatives_bookyear;
DROP TRIGGER cooperatives_kept_whole ON cooperatives_memberbalance;
DROP TRIGGER cooperatives_kept ON cooperatives_memberbalance;
DROP TRIGGER cooperatives_close_month ON cooperatives_closedmonth;
DROP TRIGGER cooperatives_keep_balances ON cooperatives_journalline;
DROP TRIGGER cooperatives_check_lines ON cooperatives_journalline;
DROP TRIGGER cooperatives_entry_sums_to_zero ON cooperatives_journalentry;
DROP TRIGGER cooperatives_enter ON cooperatives_journalentry;
DROP FUNCTION cooperatives_stays, cooperatives_kept_by_the_ledger, cooperatives_close_month,
    cooperatives_keep_balances, cooperatives_check_lines, cooperatives_check_balanced, cooperatives_enter;
"""


class Migration(migrations.Migration):
    dependencies = [("cooperatives", "0002_place_and_lead"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(ENTRY + BALANCED + LINES + BALANCES + MONTHS + KEPT + FIXED + TOTAL, LIFT),
        *[
            migrations.RunSQL(
                sql=f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
                f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER;"
                f" GRANT UPDATE (id) ON {table} TO CURRENT_USER;",
                reverse_sql=f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER;"
                f" DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in APPEND_ONLY
        ],
    ]
