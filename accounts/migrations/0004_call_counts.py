"""Calls of programs are counted in the database. What a crash forgets of them is no loss, so the table is
unlogged: a call waits for no disk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_notifications")]

    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                ("caller", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("calls", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(
            sql="ALTER TABLE accounts_callcount SET UNLOGGED",
            reverse_sql="ALTER TABLE accounts_callcount SET LOGGED",
        ),
    ]
