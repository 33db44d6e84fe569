"""Calls of programs are counted in the database. What a crash forgets of them is no loss, so the table is
unlogged: a call waits for no disk."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE accounts_callcount SET UNLOGGED",
            reverse_sql="ALTER TABLE accounts_callcount SET LOGGED",
        ),
    ]
