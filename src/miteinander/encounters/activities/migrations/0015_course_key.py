"""What was asked for with one form is known by a key, no longer by an equal moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0014_one_sign_up_for_a_course")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="course_key",
            field=models.CharField(blank=True, default="", max_length=24),
        ),
    ]
