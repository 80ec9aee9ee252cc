import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the rows that it needs filled: PostgreSQL alters no table with changes pending."""

    dependencies = [
        ('sharing', '0002_scope_label_and_use'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sharelink',
            name='scenario',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='scenarios.scenario'),
        ),
        migrations.AlterField(
            model_name='sharelink',
            name='revision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='scenarios.revision'),
        ),
        migrations.AddConstraint(
            model_name='sharelink',
            constraint=models.CheckConstraint(condition=models.Q(('may_copy', False), ('hides_amounts', False), _connector='OR'), name='hidden_amounts_stay'),
        ),
    ]
