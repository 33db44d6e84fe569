"""The same for apps above, whose columns have names of their own: migrants_lead_row('owner_id')."""

from django.db import migrations

LEAD = r"""
CREATE FUNCTION migrants_lead_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked uuid;
    kept uuid;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO asked USING NEW;
    SELECT merged_into_id INTO kept FROM migrants_person WHERE id = asked FOR KEY SHARE;
    IF kept IS NOT NULL THEN
        NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], kept));
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0036_lead_to_the_kept_record")]

    operations = [migrations.RunSQL(sql=LEAD, reverse_sql="DROP FUNCTION migrants_lead_row();")]
