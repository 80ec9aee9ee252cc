from typing import Any

from django.db import migrations, models

from amtweb.scenarios.models import digest_of, words_of


def fill(apps: Any, schema_editor: Any) -> None:
    scenarios = apps.get_model('scenarios', 'Scenario').objects
    for scenario in scenarios.only('draft').iterator():
        words, digest = words_of(scenario.draft), digest_of(scenario.draft)
        scenarios.filter(pk=scenario.pk).update(words=words, draft_digest=digest)


class Migration(migrations.Migration):

    dependencies = [
        ('scenarios', '0002_accounts_archive_and_trash'),
    ]

    operations = [
        migrations.AddField(
            model_name='scenario',
            name='words',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='scenario',
            name='draft_digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
