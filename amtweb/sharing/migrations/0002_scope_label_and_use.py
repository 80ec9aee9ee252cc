from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def what_links_were_before(apps: Any, _: Any) -> None:
    """Every link was to a revision, and could be copied from."""
    Revision = apps.get_model('scenarios', 'Revision')
    scenarios = Revision.objects.filter(pk=OuterRef('revision_id')).values('scenario_id')
    ShareLink = apps.get_model('sharing', 'ShareLink')
    ShareLink.objects.update(scenario_id=Subquery(scenarios[:1]), may_copy=True)


class Migration(migrations.Migration):

    dependencies = [
        ('scenarios', '0002_accounts_archive_and_trash'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('sharing', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='sharelink',
            options={'ordering': ('-created_at', '-pk')},
        ),
        migrations.AddField(
            model_name='sharelink',
            name='scenario',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='scenarios.scenario'),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='maker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='label',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='may_copy',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='hides_amounts',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='hides_names',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='times_opened',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='last_opened_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(what_links_were_before, migrations.RunPython.noop),
    ]
