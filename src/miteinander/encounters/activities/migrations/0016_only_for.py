"""Occasions that only a closed circle sees."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add whom an occasion is for; empty means everybody."""

    dependencies = [("activities", "0015_course_key")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="only_for",
            field=models.CharField(blank=True, max_length=12, verbose_name="who sees it"),
        ),
    ]
