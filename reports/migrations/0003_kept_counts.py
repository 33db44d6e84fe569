"""Keep the numbers of visits, registrations and departures by month and district."""

from django.db import migrations

# Which rows of a table count as what: {rows} is the table itself, or what a statement added to or took from it.
COUNTED = {
    "migrants_servicevisit": """
        SELECT 'visits' AS source, date_trunc('month', visited_on)::date AS month, province_id, district_id,
               '' AS value
        FROM {rows} WHERE withdrawn_at IS NULL""",
    "migrants_migration": """
        SELECT 'registrations' AS source, date_trunc('month', registered_on)::date AS month, province_id,
               district_id, '' AS value
        FROM {rows}
        UNION ALL
        SELECT 'departures', date_trunc('month', departed_on)::date, province_id, district_id, procedural
        FROM {rows} WHERE departed_on IS NOT NULL""",
}
CHANGES = {
    "insert": ("NEW TABLE AS added", {"added": 1}),
    "update": ("OLD TABLE AS gone NEW TABLE AS added", {"gone": -1, "added": 1}),
    "delete": ("OLD TABLE AS gone", {"gone": -1}),
}


def kept(table, signs):
    """An INSERT of what these rows add to the counts; nothing where they leave them as they were."""
    rows = " UNION ALL ".join(
        f"SELECT *, {sign} AS number FROM ({COUNTED[table].format(rows=name)}) AS {name}_counted"
        for name, sign in signs.items()
    )
    return f"""
        INSERT INTO reports_keptcount (source, month, province_id, district_id, value, number)
        SELECT source, month, province_id, district_id, value, sum(number) FROM ({rows}) AS changed
        GROUP BY source, month, province_id, district_id, value HAVING sum(number) <> 0"""


def triggers(table):
    made, dropped = [], []
    for change, (tables, signs) in CHANGES.items():
        function = f"reports_keep_{table}_{change}"
        made.append(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f"{kept(table, signs)}; RETURN NULL; END $$;"
            f"CREATE TRIGGER reports_keep_{change} AFTER {change.upper()} ON {table}"
            f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        )
        dropped.append(f"DROP FUNCTION {function}() CASCADE;")
    return migrations.RunSQL("".join(made), "".join(dropped))


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_published_stays"), ("migrants", "0002_initial")]

    operations = [*(triggers(table) for table in COUNTED)]
