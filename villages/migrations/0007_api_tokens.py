"""Keys by which programs call in the name of their owners."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('villages', '0006_guard_returns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
    ]
