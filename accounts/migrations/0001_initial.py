import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CallCount',
            fields=[
                ('caller', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField()),
                ('calls', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9][a-z0-9.-]{2,39}\\Z', 'Use 3 to 40 small letters, digits, dots or dashes.')], verbose_name='Account name')),
                ('full_name', models.CharField(max_length=120, verbose_name='Full name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail')),
                ('wants_mail', models.BooleanField(default=False, verbose_name='Send me notifications by e-mail')),
                ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'English')], default='id', max_length=2, verbose_name='Language')),
                ('is_active', models.BooleanField(default=True)),
                ('disabled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('username', django.db.models.functions.text.Lower('username'))), name='accounts_user_username_is_lower'), models.CheckConstraint(condition=models.Q(models.Q(('disabled_at__isnull', True), ('is_active', True)), models.Q(('disabled_at__isnull', False), ('is_active', False)), _connector='OR'), name='accounts_user_disabled_has_a_moment'), models.CheckConstraint(condition=models.Q(('wants_mail', False), models.Q(('email', ''), _negated=True), _connector='OR'), name='accounts_user_mail_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='HeldForm',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=300)),
                ('sealed', models.BinaryField()),
                ('held_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'path', '-held_at'], name='accounts_held_latest')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('first', 'First password'), ('reset', 'Reset')], max_length=8)),
                ('token_digest', models.BinaryField(unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='accounts_invitation_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(max_length=60)),
                ('subject', models.UUIDField()),
                ('occurrence', models.CharField(blank=True, max_length=60)),
                ('told_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mail', models.CharField(choices=[('none', 'Not by mail'), ('waiting', 'Mail waits'), ('sent', 'Mail sent'), ('failed', 'Mail could not be sent')], default='none', max_length=8)),
                ('mail_attempts', models.PositiveSmallIntegerField(default=0)),
                ('mail_after', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-told_at', '-id'], name='accounts_notification_list'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='accounts_notification_unread'), models.Index(condition=models.Q(('mail', 'waiting')), fields=['mail_after'], name='accounts_notification_mail')],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'subject', 'occurrence'), name='accounts_notification_told_once')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('public_id', models.UUIDField(null=True, unique=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('device', models.CharField(blank=True, max_length=60)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('public_id__isnull', True), ('seen_at__isnull', True), ('started_at__isnull', True), ('user__isnull', True)), models.Q(('public_id__isnull', False), ('seen_at__isnull', False), ('started_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='accounts_session_signed_in_says_who_and_when')],
            },
        ),
    ]
