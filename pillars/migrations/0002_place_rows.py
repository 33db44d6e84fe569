"""Every placed record of this app gets its district and province from its village."""

from django.db import migrations

PLACED = (
    "pillars_servicecentre",
    "pillars_dutyplan",
    "pillars_dutyday",
    "pillars_dutyreport",
    "pillars_plannedactivity",
    "pillars_outreachsession",
    "pillars_recruitersighting",
    "pillars_abroadestimate",
    "pillars_business",
    "pillars_businessgroup",
    "pillars_equipmentgrant",
    "pillars_mentoringvisit",
    "pillars_marketingpartner",
    "pillars_contribution",
    "pillars_training",
    "pillars_learningcentre",
    "pillars_facilitator",
    "pillars_child",
    "pillars_guardianconsent",
    "pillars_childcare",
    "pillars_schoolstatus",
    "pillars_parentcontact",
    "pillars_homevisit",
    "pillars_concern",
    "pillars_childsession",
    "pillars_attendance",
    "pillars_carersession",
    "pillars_carerpresent",
)


class Migration(migrations.Migration):
    dependencies = [("pillars", "0001_initial"), ("villages", "0002_guards")]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION villages_place_row();"
                for table in PLACED
            ],
            reverse_sql=[f"DROP TRIGGER place_row ON {table};" for table in PLACED],
        ),
    ]
