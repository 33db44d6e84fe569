import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=models.Func(function='clock_timestamp', output_field=models.DateTimeField()), editable=False)),
                ('name', models.CharField(max_length=60)),
                ('actor_id', models.CharField(blank=True, max_length=40)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('actor_role', models.CharField(blank=True, max_length=40)),
                ('token_id', models.CharField(blank=True, db_default='', max_length=40)),
                ('token_name', models.CharField(blank=True, db_default='', max_length=60)),
                ('village_code', models.CharField(blank=True, max_length=13)),
                ('district_code', models.CharField(blank=True, max_length=5)),
                ('province_code', models.CharField(blank=True, max_length=2)),
                ('subject_type', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.CharField(blank=True, max_length=60)),
                ('subject_label', models.CharField(blank=True, max_length=200)),
                ('changes', models.JSONField(blank=True, default=dict)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('request_id', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='audit_event_at'), models.Index(fields=['name', '-id'], name='audit_event_by_name'), models.Index(fields=['actor_id', '-id'], name='audit_event_by_actor'), models.Index(fields=['subject_type', 'subject_id', '-id'], name='audit_event_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '^[a-z_]+\\.[a-z_]+$')), name='audit_event_name_is_noun_dot_verb')],
            },
        ),
    ]
