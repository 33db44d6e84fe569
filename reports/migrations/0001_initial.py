import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cooperatives', '0001_initial'),
        ('villages', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportEdition',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('yearly', 'Yearly rollout report'), ('district', 'Yearly report of a district'), ('bulletin', 'Monthly bulletin')], default='yearly', max_length=8, verbose_name='Kind')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Month')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Edition')),
                ('status', models.CharField(choices=[('queued', 'Waiting its turn'), ('running', 'Being made'), ('done', 'Issued'), ('failed', 'Could not be made'), ('cancelled', 'Cancelled')], default='queued', max_length=9, verbose_name='Status')),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('announced_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('heart_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('step', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('chapters', models.PositiveSmallIntegerField(default=0)),
                ('chapters_done', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=10)),
                ('failure_details', models.JSONField(blank=True, default=list)),
                ('data_as_of', models.DateTimeField(blank=True, null=True)),
                ('content', models.JSONField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('signature', models.CharField(blank=True, max_length=88)),
                ('public_key', models.CharField(blank=True, max_length=44)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-year', '-number'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'district', 'year', 'month', 'number'), name='reports_edition_number_once', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'running'])), fields=('kind', 'district', 'year', 'month'), name='reports_edition_one_in_the_making', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', True), ('kind', 'yearly'), ('month__isnull', True)), models.Q(('district__isnull', False), ('kind', 'district'), ('month__isnull', True)), models.Q(('district__isnull', True), ('kind', 'bulletin'), ('month__gte', 1), ('month__lte', 12)), _connector='OR'), name='reports_edition_kind_has_its_place_and_period'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('content__isnull', False), ('data_as_of__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='reports_edition_done_is_frozen'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='reports_edition_failed_says_why')],
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
                'indexes': [models.Index(fields=['code'], name='reports_frozen_code')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'figure', 'value', 'place', 'period'), name='reports_frozen_figure_once'), models.UniqueConstraint(fields=('edition', 'code'), name='reports_frozen_code_once')],
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
        migrations.CreateModel(
            name='GeneratedFile',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('xlsx', 'XLSX')], max_length=4)),
                ('language', models.CharField(default='id', max_length=2)),
                ('path', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('signature', models.CharField(blank=True, max_length=88)),
                ('officially_signed', models.BooleanField(default=False)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.reportedition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'kind', 'language'), name='reports_file_one_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='KeptCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('visits', 'Services logged'), ('registrations', 'Journeys registered'), ('departures', 'Departures')], max_length=20)),
                ('month', models.DateField()),
                ('value', models.CharField(blank=True, default='', max_length=20)),
                ('number', models.IntegerField()),
                ('district', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('province', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'month'], include=('province', 'district', 'value', 'number'), name='reports_kept_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['visits', 'registrations', 'departures'])), name='reports_kept_of_a_known_source'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='reports_kept_by_month')],
            },
        ),
        migrations.CreateModel(
            name='MeetingPack',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='Book year')),
                ('status', models.CharField(choices=[('queued', 'Waiting its turn'), ('running', 'Being made'), ('done', 'Issued'), ('failed', 'Could not be made'), ('cancelled', 'Cancelled')], default='queued', max_length=9, verbose_name='Status')),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=10)),
                ('pdf', models.BinaryField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size_bytes', models.PositiveIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperatives.financebody')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'running'])), fields=('body', 'year'), name='reports_pack_one_in_the_making'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('pdf__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='reports_pack_done_has_its_file'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='reports_pack_failed_says_why')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('address', models.CharField(max_length=400, verbose_name='Address')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='reports_view_one_of_a_name'), models.CheckConstraint(condition=models.Q(('address__regex', '^/[^/\\\\]')), name='reports_view_of_this_site')],
            },
        ),
        migrations.CreateModel(
            name='YearWords',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('words', models.JSONField(default=dict)),
                ('edited', models.JSONField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('year', 'district'), name='reports_words_once_a_year', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('written_at__isnull', True), ('written_by__isnull', True)), models.Q(('written_at__isnull', False), ('written_by__isnull', False)), _connector='OR'), name='reports_words_written_by_and_at'), models.CheckConstraint(condition=models.Q(models.Q(('edited__isnull', True), ('edited_at__isnull', True), ('edited_by__isnull', True)), models.Q(('district__isnull', False), ('edited__isnull', False), ('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='reports_words_edited_by_and_at')],
            },
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
    ]
