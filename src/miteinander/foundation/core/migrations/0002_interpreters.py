"""How to reach the lay interpreters, beside the contact of the house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add a text that is empty at first."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="instance",
            name="interpreters",
            field=models.TextField(blank=True, verbose_name="how to reach the lay interpreters"),
        ),
    ]
