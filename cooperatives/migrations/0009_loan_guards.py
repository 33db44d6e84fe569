"""What was agreed on a loan, its instalments and its payments stay as they were written."""

from django.db import migrations

APPEND_ONLY = ("cooperatives_instalment", "cooperatives_loanpayment")

AGREED = """
CREATE TRIGGER cooperatives_stays BEFORE UPDATE ON cooperatives_loan FOR EACH ROW
    WHEN ((OLD.body_id, OLD.member_id, OLD.entry_id, OLD.granted_on, OLD.principal_rupiah, OLD.months,
           OLD.monthly_rate, OLD.method)
          IS DISTINCT FROM (NEW.body_id, NEW.member_id, NEW.entry_id, NEW.granted_on, NEW.principal_rupiah,
           NEW.months, NEW.monthly_rate, NEW.method))
    EXECUTE FUNCTION cooperatives_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cooperatives", "0008_loans")]

    operations = [
        migrations.RunSQL(AGREED, "DROP TRIGGER cooperatives_stays ON cooperatives_loan;"),
        *[
            migrations.RunSQL(
                sql=f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
                f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER;",
                reverse_sql=f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER;"
                f" DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in APPEND_ONLY
        ],
    ]
