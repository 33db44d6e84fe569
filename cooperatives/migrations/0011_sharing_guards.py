"""How a surplus was shared out stays as it was written."""

from django.db import migrations

APPEND_ONLY = ("cooperatives_surplussharing", "cooperatives_surplusshare")


class Migration(migrations.Migration):
    dependencies = [("cooperatives", "0010_meetings_and_sharings")]

    operations = [
        migrations.RunSQL(
            sql=f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
            f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER;"
            f" GRANT UPDATE (id) ON {table} TO CURRENT_USER;",
            reverse_sql=f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER;"
            f" DROP TRIGGER {table}_append_only ON {table};",
        )
        for table in APPEND_ONLY
    ]
