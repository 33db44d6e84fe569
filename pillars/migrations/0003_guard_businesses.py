"""The steps of a business are never rewritten. A check speaks of all pieces of its item, and the item's number of
pieces stays once it was checked.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pillars", "0002_place_rows"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER pillars_businessstep_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON pillars_businessstep FOR EACH STATEMENT EXECUTE FUNCTION append_only();",
            reverse_sql="DROP TRIGGER pillars_businessstep_append_only ON pillars_businessstep;",
        ),
        migrations.RunSQL(
            sql="ALTER TABLE pillars_equipmentcheck ADD CONSTRAINT pillars_check_of_all_pieces"
            " FOREIGN KEY (item_id, quantity) REFERENCES pillars_equipmentitem (id, quantity);",
            reverse_sql="ALTER TABLE pillars_equipmentcheck DROP CONSTRAINT pillars_check_of_all_pieces;",
        ),
    ]
