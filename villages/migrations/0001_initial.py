import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import uuid_utils.compat
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='CohortTarget',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='Year')),
                ('published', models.PositiveIntegerField(blank=True, null=True, verbose_name='Published: new villages')),
                ('target_by_then', models.PositiveIntegerField(blank=True, help_text='Villages to be reached by the end of this year.', null=True, verbose_name='Target, cumulative')),
                ('provinces_by_then', models.PositiveIntegerField(blank=True, null=True, verbose_name='Provinces reached, cumulative')),
                ('districts_by_then', models.PositiveIntegerField(blank=True, null=True, verbose_name='Districts reached, cumulative')),
                ('subdistricts_by_then', models.PositiveIntegerField(blank=True, null=True, verbose_name='Subdistricts reached, cumulative')),
                ('source', models.CharField(max_length=300, verbose_name='Source')),
            ],
            options={
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='Code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('kabupaten', 'Kabupaten'), ('kota', 'Kota')], max_length=10)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='villages.district')),
            ],
            options={
                'ordering': ['code'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}\\.[0-9]{2}$')), name='villages_district_code_form')],
            },
        ),
        migrations.CreateModel(
            name='Province',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='Code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='villages.province')),
            ],
            options={
                'ordering': ['code'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}$')), name='villages_province_code_form')],
            },
        ),
        migrations.CreateModel(
            name='MonthlyReturn',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='Month')),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Submitted'), ('returned', 'Sent back'), ('accepted', 'Accepted')], default='draft', max_length=9, verbose_name='Status')),
                ('due_on', models.DateField(verbose_name='Last day')),
                ('words', models.JSONField(default=dict)),
                ('counts', models.JSONField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('first_submitted_on', models.DateField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('district', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('province', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
            ],
        ),
        migrations.AddField(
            model_name='district',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='villages.province'),
        ),
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cohort_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Cohort year')),
                ('stage', models.CharField(choices=[('proposed', 'Proposed'), ('verified', 'Verified'), ('designated', 'Designated'), ('officers_recruited', 'Officers recruited'), ('trained', 'Trained'), ('facilitated', 'Facilitated'), ('coached', 'Coached'), ('independent', 'Independent'), ('inactive', 'Inactive')], default='proposed', max_length=20, verbose_name='Stage')),
                ('designated_on', models.DateField(blank=True, null=True, verbose_name='Designated on')),
                ('designated_by', models.CharField(blank=True, max_length=120, verbose_name='Designated by')),
                ('decree_number', models.CharField(blank=True, max_length=80, verbose_name='Decree number')),
                ('certainty', models.CharField(choices=[('official', 'Decree seen'), ('confirmed', 'Named by a public source'), ('uncertain', 'Not certain'), ('practice', 'Practice data')], default='confirmed', max_length=10, verbose_name='Certainty')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='Source')),
                ('note', models.TextField(blank=True, verbose_name='Note')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='Ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('district', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('province', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
            ],
            options={
                'ordering': ['village_id'],
            },
        ),
        migrations.CreateModel(
            name='ReturnStep',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(max_length=9)),
                ('from_status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Submitted'), ('returned', 'Sent back'), ('accepted', 'Accepted')], max_length=9)),
                ('to_status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Submitted'), ('returned', 'Sent back'), ('accepted', 'Accepted')], max_length=9)),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('monthly_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='villages.monthlyreturn')),
            ],
            options={
                'indexes': [models.Index(fields=['monthly_return', 'id'], name='villages_return_steps')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_status', 'returned'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='villages_return_sent_back_with_note')],
            },
        ),
        migrations.CreateModel(
            name='StageRecord',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('proposed', 'Proposed'), ('verified', 'Verified'), ('designated', 'Designated'), ('officers_recruited', 'Officers recruited'), ('trained', 'Trained'), ('facilitated', 'Facilitated'), ('coached', 'Coached'), ('independent', 'Independent'), ('inactive', 'Inactive')], max_length=20, verbose_name='Stage')),
                ('reached_on', models.DateField(blank=True, null=True, verbose_name='Reached on')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='Evidence')),
                ('note', models.TextField(blank=True, verbose_name='Note')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('designation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='villages.designation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Subdistrict',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='Code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subdistricts', to='villages.district')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='villages.subdistrict')),
            ],
            options={
                'ordering': ['code'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}$')), name='villages_subdistrict_code_form')],
            },
        ),
        migrations.CreateModel(
            name='Village',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='Code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('kelurahan', 'Kelurahan'), ('desa', 'Desa'), ('desa adat', 'Desa adat')], max_length=10)),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='villages.district')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='villages.province')),
                ('subdistrict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='villages.subdistrict')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='villages.village')),
            ],
            options={
                'ordering': ['code'],
                'abstract': False,
                'indexes': [models.Index(django.db.models.functions.text.Lower('name'), name='villages_village_lower_name'), models.Index(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('[^a-z0-9]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.CharField()), name='villages_village_letters')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[123][0-9]{3}$')), name='villages_village_code_form'), models.CheckConstraint(condition=models.Q(('district', django.db.models.functions.text.Left('code', 5)), ('province', django.db.models.functions.text.Left('code', 2)), ('subdistrict', django.db.models.functions.text.Left('code', 8))), name='villages_village_lies_where_its_code_says')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('village_head', 'Village head'), ('treasurer', 'Treasurer of a finance body'), ('board', 'Board or supervisor of a finance body'), ('district_coordinator', 'District coordinator'), ('district_viewer', 'District viewer'), ('province_viewer', 'Province viewer'), ('ministry_analyst', 'Ministry analyst'), ('ministry_admin', 'Ministry administrator'), ('system_administrator', 'System administrator'), ('auditor', 'Auditor')], max_length=24, verbose_name='Role')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='Position')),
                ('starts_on', models.DateField(verbose_name='Starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Last day')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='villages_posting_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', True), ('province__isnull', True), ('role__in', ['village_head', 'treasurer', 'board']), ('village__isnull', False)), models.Q(('district__isnull', False), ('province__isnull', True), ('role__in', ['district_coordinator', 'district_viewer']), ('village__isnull', True)), models.Q(('district__isnull', True), ('province__isnull', False), ('role__in', ['province_viewer']), ('village__isnull', True)), models.Q(('district__isnull', True), ('province__isnull', True), ('role__in', ['ministry_analyst', 'ministry_admin', 'system_administrator', 'auditor']), ('village__isnull', True)), _connector='OR'), name='villages_posting_place_fits_the_role'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Func('starts_on', django.db.models.functions.comparison.Coalesce('ends_on', models.Value(datetime.date(9999, 1, 1))), models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='villages_posting_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='OfficerAssignment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slot', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2')], verbose_name='Place')),
                ('starts_on', models.DateField(verbose_name='Starts on')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('decree_number', models.CharField(blank=True, max_length=80, verbose_name='Decree number')),
                ('stipend_rupiah', models.BigIntegerField(default=1900000, verbose_name='Stipend per month')),
                ('funding', models.CharField(choices=[('ministry', 'Ministry'), ('province', 'Province'), ('district', 'District'), ('village', 'Village'), ('other', 'Other')], default='ministry', max_length=10, verbose_name='Paid by')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('term_over', 'Term is over'), ('resigned', 'Resigned'), ('moved', 'Moved away or changed work'), ('replaced', 'Replaced by the district'), ('died', 'Died'), ('other', 'Other')], max_length=10, verbose_name='Reason')),
                ('end_note', models.CharField(blank=True, max_length=300, verbose_name='Note')),
                ('open_work', models.CharField(blank=True, choices=[('colleague', 'The other officer takes over'), ('successor', 'A successor takes over'), ('district', 'The district coordinator takes over'), ('none', 'There is no open work')], max_length=10, verbose_name='Open work')),
                ('assigned_at', models.DateTimeField(auto_now_add=True)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village')),
            ],
            options={
                'ordering': ['village_id', 'slot', '-starts_on'],
                'indexes': [models.Index(fields=['district', 'ends_on'], name='villages_assignment_district')],
                'constraints': [models.CheckConstraint(condition=models.Q(('slot__in', [1, 2])), name='villages_assignment_slot_one_or_two'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='villages_assignment_ends_after_start'), models.CheckConstraint(condition=models.Q(('stipend_rupiah__gte', 0)), name='villages_assignment_stipend_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('open_work', '')), models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True), models.Q(('open_work', ''), _negated=True)), _connector='OR'), name='villages_assignment_end_says_why_and_what_next'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('village', '='), ('slot', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='villages_assignment_one_officer_a_slot'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='villages_assignment_one_place_a_person')],
            },
        ),
        migrations.AddField(
            model_name='monthlyreturn',
            name='village',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village'),
        ),
        migrations.AddField(
            model_name='designation',
            name='village',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village'),
        ),
        migrations.CreateModel(
            name='VillageCall',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('called_on', models.DateField(verbose_name='Called on')),
                ('outcome', models.CharField(choices=[('reached', 'Reached'), ('no_answer', 'No answer'), ('wrong', 'Number not in use'), ('visited', 'Visited in person')], max_length=9, verbose_name='Outcome')),
                ('reason', models.CharField(choices=[('network', 'No network or electricity'), ('device', 'No working device'), ('officer', 'No officer, or ill, or on leave'), ('funds', 'Stipend or operating money not received'), ('activity', 'Nothing was done'), ('skill', 'Does not know how to write it'), ('other', 'Other'), ('unknown', 'Not known')], max_length=8, verbose_name='Reason')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Note')),
                ('logged_at', models.DateTimeField(auto_now_add=True)),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('province', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village')),
            ],
            options={
                'indexes': [models.Index(fields=['village', '-called_on', '-id'], name='villages_call_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['reached', 'visited']), ('reason', 'unknown'), _connector='OR'), name='villages_call_reason_needs_an_answer')],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=300, verbose_name='Address')),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='Events')),
                ('secret_sealed', models.BinaryField()),
                ('role', models.CharField(choices=[('officer', 'officer'), ('village_head', 'village_head'), ('treasurer', 'treasurer'), ('board', 'board'), ('district_coordinator', 'district_coordinator'), ('district_viewer', 'district_viewer'), ('province_viewer', 'province_viewer'), ('ministry_analyst', 'ministry_analyst'), ('ministry_admin', 'ministry_admin'), ('system_administrator', 'system_administrator'), ('auditor', 'auditor')], max_length=24)),
                ('place', models.CharField(blank=True, max_length=13, verbose_name='Place')),
                ('made_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(fields=['owner', '-made_at'], name='villages_webhook_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('events__len__gt', 0)), name='villages_webhook_has_an_event'), models.CheckConstraint(condition=models.Q(('address__startswith', 'https://'), ('address__startswith', 'http://'), _connector='OR'), name='villages_webhook_address_is_http')],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=40)),
                ('body', models.TextField()),
                ('happened_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Arrived'), ('failed', 'Gave up')], default='waiting', max_length=9)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('answer', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='villages.webhook')),
            ],
            options={
                'ordering': ['-happened_at', '-id'],
                'indexes': [models.Index(fields=['webhook', '-happened_at', '-id'], name='villages_delivery_webhook'), models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='villages_delivery_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at__isnull', True)), _connector='OR'), name='villages_delivery_says_when')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('digest', models.BinaryField(unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='Scopes')),
                ('role', models.CharField(choices=[('officer', 'officer'), ('village_head', 'village_head'), ('treasurer', 'treasurer'), ('board', 'board'), ('district_coordinator', 'district_coordinator'), ('district_viewer', 'district_viewer'), ('province_viewer', 'province_viewer'), ('ministry_analyst', 'ministry_analyst'), ('ministry_admin', 'ministry_admin'), ('system_administrator', 'system_administrator'), ('auditor', 'auditor')], max_length=24)),
                ('place', models.CharField(blank=True, max_length=13, verbose_name='Place')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(verbose_name='Valid until')),
                ('used_on', models.DateField(blank=True, null=True)),
                ('refused_on', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(fields=['owner', '-made_at'], name='villages_apitoken_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=180))))), name='villages_apitoken_lives_half_a_year'), models.CheckConstraint(condition=models.Q(('scopes__len__gt', 0)), name='villages_apitoken_has_a_scope')],
            },
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(fields=['district', '-month'], name='villages_return_district'),
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(condition=models.Q(('status', 'submitted')), fields=['district', 'submitted_at', 'id'], name='villages_return_waiting'),
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(fields=['month'], name='villages_return_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.UniqueConstraint(fields=('village', 'month'), name='villages_return_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='villages_return_names_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts__isnull', True), ('first_submitted_on__isnull', True), ('status', 'draft'), ('submitted_at__isnull', True)), models.Q(models.Q(('status', 'draft'), _negated=True), ('counts__isnull', False), ('first_submitted_on__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='villages_return_submitted_with_counts'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('checked_at__isnull', True), ('status__in', ['submitted', 'accepted']), _connector='OR'), name='villages_return_checked_after_submission'),
        ),
        migrations.AddIndex(
            model_name='designation',
            index=models.Index(fields=['district', 'village'], name='villages_designation_district'),
        ),
        migrations.AddIndex(
            model_name='designation',
            index=models.Index(fields=['cohort_year', 'province'], name='villages_designation_cohort'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('village',), name='villages_designation_one_open'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('cohort_year__isnull', True), models.Q(('cohort_year__gte', 2016), ('cohort_year__lte', 2100)), _connector='OR'), name='villages_designation_cohort_year_range'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='villages_designation_end_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('designated_on__isnull', True), ('ended_on__gte', models.F('designated_on')), _connector='OR'), name='villages_designation_ends_after_start'),
        ),
    ]
