"""What an edition froze, its signatures, and its withdrawal.

PostgreSQL refuses to change what a published edition froze, and to change or delete a withdrawal.
"""

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_chapters_of_an_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='generatedfile',
            name='officially_signed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='generatedfile',
            name='signature',
            field=models.CharField(blank=True, max_length=88),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='public_key',
            field=models.CharField(blank=True, max_length=44),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='signature',
            field=models.CharField(blank=True, max_length=88),
        ),
        migrations.AlterField(
            model_name='generatedfile',
            name='kind',
            field=models.CharField(choices=[('pdf', 'PDF'), ('xlsx', 'XLSX')], max_length=4),
        ),
        migrations.CreateModel(
            name='EditionWithdrawal',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='reports.reportedition')),
                ('reason', models.CharField(choices=[('wrong', 'Its figures are wrong'), ('personal', 'It shows what it must not show'), ('not_ours', 'It was made without authority'), ('other', 'Another reason')], max_length=10, verbose_name='Reason')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Note for the file')),
                ('withdrawn_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='reports_withdrawal_other_says_what')],
            },
        ),
        migrations.CreateModel(
            name='FrozenFigure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=7)),
                ('fingerprint', models.CharField(max_length=32)),
                ('position', models.PositiveIntegerField()),
                ('figure', models.CharField(max_length=80)),
                ('value', models.CharField(blank=True, max_length=400)),
                ('place', models.CharField(blank=True, max_length=13)),
                ('period', models.CharField(max_length=7)),
                ('label', models.CharField(max_length=300)),
                ('count', models.BigIntegerField(null=True)),
                ('over', models.BigIntegerField(null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_figures', to='reports.reportedition')),
            ],
            options={
                'ordering': ['edition', 'position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'figure', 'value', 'place', 'period'), name='reports_frozen_figure_once'), models.UniqueConstraint(fields=('edition', 'code'), name='reports_frozen_code_once')],
                'indexes': [models.Index(fields=['code'], name='reports_frozen_code')],
            },
        ),
        migrations.CreateModel(
            name='FrozenSet',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('figure', models.CharField(max_length=60)),
                ('part', models.CharField(blank=True, max_length=4)),
                ('period', models.CharField(max_length=7)),
                ('source', models.CharField(max_length=80)),
                ('rows', models.PositiveIntegerField()),
                ('records', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('definition', models.JSONField()),
                ('definition_digest', models.CharField(max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_sets', to='reports.reportedition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'figure', 'part', 'period'), name='reports_frozen_set_once'), models.CheckConstraint(condition=models.Q(('part__in', ['', 'over'])), name='reports_frozen_set_part')],
            },
        ),
        migrations.RunSQL(
            sql="""
            CREATE FUNCTION reports_frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                edition uuid;
            BEGIN
                IF TG_OP = 'INSERT' THEN edition := NEW.edition_id; ELSE edition := OLD.edition_id; END IF;
                IF EXISTS (SELECT 1 FROM reports_reportedition WHERE id = edition AND status = 'done') THEN
                    RAISE EXCEPTION 'What a published edition froze is never changed; make a later edition.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER frozen_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenfigure
                FOR EACH ROW EXECUTE FUNCTION reports_frozen_stays();
            CREATE TRIGGER frozen_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenset
                FOR EACH ROW EXECUTE FUNCTION reports_frozen_stays();

            CREATE FUNCTION reports_withdrawal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'A withdrawn report stays withdrawn.'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER withdrawal_stays BEFORE UPDATE OR DELETE ON reports_editionwithdrawal
                FOR EACH ROW EXECUTE FUNCTION reports_withdrawal_stays();
            """,
            reverse_sql="""
            DROP TRIGGER withdrawal_stays ON reports_editionwithdrawal;
            DROP FUNCTION reports_withdrawal_stays();
            DROP TRIGGER frozen_stays ON reports_frozenset;
            DROP TRIGGER frozen_stays ON reports_frozenfigure;
            DROP FUNCTION reports_frozen_stays();
            """,
        ),
    ]
