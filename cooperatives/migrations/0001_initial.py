import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('migrants', '0002_initial'),
        ('villages', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FinanceBody',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('cooperative', 'Cooperative'), ('pre_cooperative', 'Pre-cooperative'), ('bumdes', 'Village enterprise (BUMDes)'), ('other', 'Other finance body')], max_length=16, verbose_name='Kind')),
                ('name', models.CharField(max_length=120, verbose_name='Name of the body')),
                ('founded_on', models.DateField(verbose_name='Founded on')),
                ('legal_number', models.CharField(blank=True, max_length=60, verbose_name='Legal entity number (AHU)')),
                ('cooperative_number', models.CharField(blank=True, max_length=30, verbose_name='National cooperative number')),
                ('line', models.CharField(blank=True, choices=[('savings_loans', 'Savings and loans'), ('consumer', 'Consumers'), ('producer', 'Producers'), ('marketing', 'Marketing'), ('service', 'Services')], max_length=14, verbose_name='Kind of cooperative')),
                ('deed_number', models.CharField(blank=True, max_length=60, verbose_name='Number of the deed')),
                ('deed_on', models.DateField(blank=True, null=True, verbose_name='Date of the deed')),
                ('notary', models.CharField(blank=True, max_length=120, verbose_name='Notary')),
                ('legal_on', models.DateField(blank=True, null=True, verbose_name='Approved as legal body on')),
                ('affiliated_to', models.CharField(blank=True, max_length=120, verbose_name='Belongs to')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='Ended on')),
                ('books_opened_on', models.DateField(blank=True, null=True, verbose_name='Books opened on')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='Note')),
                ('logged_at', models.DateTimeField(auto_now_add=True)),
                ('district', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.district')),
                ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.province')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village')),
            ],
            options={
                'indexes': [models.Index(fields=['village', '-founded_on', '-id'], name='cooperatives_body_village'), models.Index(fields=['district', '-founded_on'], name='cooperatives_body_district')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('founded_on')), _connector='OR'), name='cooperatives_body_ends_after_start'), models.CheckConstraint(condition=models.Q(('books_opened_on__isnull', True), ('books_opened_on__gte', models.F('founded_on')), _connector='OR'), name='cooperatives_books_open_after_start'), models.CheckConstraint(condition=models.Q(('legal_on__isnull', True), models.Q(('legal_number', ''), _negated=True), _connector='OR'), name='cooperatives_body_approved_under_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='Day')),
                ('group', models.CharField(blank=True, max_length=120, verbose_name='Name of the group')),
                ('total', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='cooperatives.financebody')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('total__gt', 0)), name='cooperatives_collection_holds_money')],
            },
        ),
        migrations.CreateModel(
            name='BookYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperatives.financebody')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year'), name='cooperatives_book_year_once')],
            },
        ),
        migrations.CreateModel(
            name='BoardTerm',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('office', models.CharField(choices=[('chair', 'Chair'), ('secretary', 'Secretary'), ('treasurer', 'Treasurer'), ('supervisor', 'Supervisor')], max_length=10, verbose_name='Office')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('starts_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board', to='cooperatives.financebody')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='cooperatives_term_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('office', 'supervisor'), _negated=True), expressions=[('body', '='), ('office', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='cooperatives_term_one_an_office')],
            },
        ),
        migrations.CreateModel(
            name='AnnualMeeting',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='Book year')),
                ('held_on', models.DateField(verbose_name='Held on')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='Place')),
                ('entitled', models.PositiveIntegerField(verbose_name='Members entitled to vote')),
                ('attended', models.PositiveIntegerField(verbose_name='Members who came')),
                ('agenda', models.TextField(max_length=4000, verbose_name='Agenda')),
                ('decisions', models.TextField(max_length=4000, verbose_name='Decisions')),
                ('approved', models.BooleanField(verbose_name='The accounts were approved')),
                ('percentages', models.JSONField(blank=True, default=dict)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='cooperatives.financebody')),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.UniqueConstraint(fields=('body', 'year'), name='cooperatives_meeting_once_a_year'), models.CheckConstraint(condition=models.Q(('attended__lte', models.F('entitled')), ('entitled__gt', 0)), name='cooperatives_meeting_attended_by_members'), models.CheckConstraint(condition=models.Q(('held_on__year__gt', models.F('year'))), name='cooperatives_meeting_after_its_year')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(editable=False)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('day', models.DateField(verbose_name='Day')),
                ('kind', models.CharField(max_length=24, verbose_name='Kind')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='Note')),
                ('amount', models.PositiveBigIntegerField()),
                ('lines_count', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('made_at', models.DateTimeField(editable=False)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cooperatives.financebody')),
                ('collection', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cooperatives.collection')),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='cooperatives.journalentry')),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'day'], name='cooperatives_entry_day'), models.Index(condition=models.Q(('collection__isnull', False)), fields=['collection'], name='cooperatives_entry_collection')],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='cooperatives_entry_number_once'), models.CheckConstraint(condition=models.Q(('year', django.db.models.functions.datetime.ExtractYear(models.F('day')))), name='cooperatives_entry_in_its_year'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='cooperatives_entry_moves_money'), models.CheckConstraint(condition=models.Q(('lines_count__gte', 2)), name='cooperatives_entry_has_two_sides'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('reverses__isnull', True)), models.Q(('reverses__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='cooperatives_entry_reverses_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='LedgerAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='Code')),
                ('name_id', models.CharField(max_length=80, verbose_name='Name in Indonesian')),
                ('name_en', models.CharField(max_length=80, verbose_name='Name in English')),
                ('kind', models.CharField(choices=[('asset', 'What the body has'), ('debt', 'What the body owes'), ('equity', 'Own capital'), ('income', 'Income'), ('cost', 'Cost')], max_length=6, verbose_name='Kind')),
                ('of_members', models.BooleanField(default=False)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='cooperatives.financebody')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('body', 'code'), name='cooperatives_account_code_once'), models.CheckConstraint(condition=models.Q(('code__regex', '^[1-5][0-9]{2,7}$')), name='cooperatives_account_code_is_digits'), models.CheckConstraint(condition=models.Q(('of_members', False), ('kind__in', ['asset', 'debt', 'equity']), _connector='OR'), name='cooperatives_account_of_members_is_kept')],
            },
        ),
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ran_at', models.DateTimeField(auto_now_add=True)),
                ('milliseconds', models.PositiveIntegerField()),
                ('bodies', models.PositiveIntegerField()),
                ('entries', models.PositiveBigIntegerField()),
                ('found', models.PositiveIntegerField()),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('findings', []), ('found', 0)), models.Q(('found__gt', 0), models.Q(('findings', []), _negated=True)), _connector='OR'), name='cooperatives_check_names_what_it_found')],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('granted_on', models.DateField(verbose_name='Granted on')),
                ('principal_rupiah', models.BigIntegerField(verbose_name='Amount')),
                ('months', models.PositiveSmallIntegerField(verbose_name='Months')),
                ('monthly_rate', models.PositiveSmallIntegerField(verbose_name='Charge a month')),
                ('method', models.CharField(choices=[('flat', 'Flat: every month on the sum lent'), ('declining', 'Declining: every month on what is still owed')], max_length=9, verbose_name='Way of reckoning')),
                ('purpose', models.CharField(blank=True, max_length=200, verbose_name='What for')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='cooperatives.financebody')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='loan', to='cooperatives.journalentry')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 60), ('principal_rupiah__gt', 0)), name='cooperatives_loan_lends_something')],
            },
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('principal_rupiah', models.BigIntegerField()),
                ('interest_rupiah', models.BigIntegerField()),
                ('left_rupiah', models.BigIntegerField()),
                ('loan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='cooperatives.loan')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('loan', 'number'), name='cooperatives_instalment_once'), models.CheckConstraint(condition=models.Q(('interest_rupiah__gte', 0), ('left_rupiah__gte', 0), ('principal_rupiah__gte', 0)), name='cooperatives_instalment_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='LoanPayment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('instalment', 'Instalment'), ('settlement', 'Paid back early'), ('write_off', 'Written off')], max_length=10)),
                ('paid_on', models.DateField(verbose_name='Day')),
                ('principal_rupiah', models.BigIntegerField()),
                ('interest_rupiah', models.BigIntegerField()),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='Decision of the meeting')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='loan_payment', to='cooperatives.journalentry')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='cooperatives.loan')),
            ],
            options={
                'ordering': ['paid_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('interest_rupiah__gte', 0), ('principal_rupiah__gte', 0), models.Q(('principal_rupiah__gt', 0), ('interest_rupiah__gt', 0), _connector='OR')), name='cooperatives_payment_pays_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'write_off'), _negated=True), models.Q(models.Q(('decision', ''), _negated=True), ('interest_rupiah', 0)), _connector='OR'), name='cooperatives_write_off_was_decided')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='Member number')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male')], max_length=6, verbose_name='Sex')),
                ('kind', models.CharField(choices=[('returned', 'Returned worker'), ('family', 'Family of a worker'), ('other', 'Other resident')], max_length=10, verbose_name='Who')),
                ('joined_on', models.DateField(verbose_name='Joined on')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='Left on')),
                ('left_reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='cooperatives.financebody')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='migrants.person')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('body', 'number'), name='cooperatives_member_number_once'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='cooperatives_member_leaves_after_joining'), models.UniqueConstraint(condition=models.Q(('left_on__isnull', True), ('person__isnull', False)), fields=('body', 'person'), name='cooperatives_member_once_a_body')],
            },
        ),
        migrations.AddField(
            model_name='loan',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='cooperatives.member'),
        ),
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cooperatives.journalentry')),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cooperatives.ledgeraccount')),
                ('member', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cooperatives.member')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['account', 'member'], include=('amount',), name='cooperatives_line_account'), models.Index(fields=['entry'], include=('amount',), name='cooperatives_line_entry'), models.Index(condition=models.Q(('member__isnull', False)), fields=['member'], name='cooperatives_line_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='cooperatives_line_moves_money')],
            },
        ),
        migrations.CreateModel(
            name='MemberBalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('balance', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='cooperatives.ledgeraccount')),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='cooperatives.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'account'), name='cooperatives_balance_once'), models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='cooperatives_balance_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='SurplusSharing',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('surplus_rupiah', models.BigIntegerField()),
                ('percentages', models.JSONField()),
                ('parts', models.JSONField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='cooperatives.financebody')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sharing', to='cooperatives.journalentry')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='cooperatives.annualmeeting')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('surplus_rupiah__gt', 0)), name='cooperatives_sharing_shares_something')],
            },
        ),
        migrations.CreateModel(
            name='SurplusShare',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('capital_rupiah', models.BigIntegerField()),
                ('use_rupiah', models.BigIntegerField()),
                ('rupiah', models.BigIntegerField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='cooperatives.member')),
                ('sharing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='cooperatives.surplussharing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sharing', 'member'), name='cooperatives_share_once_a_member'), models.CheckConstraint(condition=models.Q(('capital_rupiah__gte', 0), ('rupiah__gte', 0), ('use_rupiah__gte', 0)), name='cooperatives_share_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='TrialCheck',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('entries', models.PositiveIntegerField()),
                ('checked_at', models.DateTimeField(auto_now_add=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trial_checks', to='cooperatives.financebody')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='cooperatives_check_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('book_cash', models.BigIntegerField()),
                ('counted_cash', models.PositiveBigIntegerField(verbose_name='Cash counted')),
                ('explanation', models.CharField(blank=True, max_length=200, verbose_name='Why the cash differs')),
                ('closed_at', models.DateTimeField(auto_now_add=True)),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_months', to='cooperatives.financebody')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperatives.trialcheck')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'month'), name='cooperatives_month_closed_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='cooperatives_closed_is_a_month'), models.CheckConstraint(condition=models.Q(('checked_by', models.F('counted_by')), _negated=True), name='cooperatives_month_closed_by_two'), models.CheckConstraint(condition=models.Q(('counted_cash', models.F('book_cash')), models.Q(('explanation', ''), _negated=True), _connector='OR'), name='cooperatives_difference_explained')],
            },
        ),
    ]
