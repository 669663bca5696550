"""Letters get a random Message-ID; those from before have none and are named by their key."""

from django.db import migrations, models

import miteinander.outward.notifications.models.letters


class Migration(migrations.Migration):

    dependencies = [('notifications', '0009_rides')]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='mark',
            field=models.CharField(db_index=True, default='', max_length=32),
        ),
        migrations.AlterField(
            model_name='letter',
            name='mark',
            field=models.CharField(db_index=True, default=miteinander.outward.notifications.models.letters.new_mark, max_length=32),
        ),
    ]
