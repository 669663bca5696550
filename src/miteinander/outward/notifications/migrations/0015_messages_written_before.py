"""Note messages of organisers that were written before there was a row for them."""

from typing import Any

from django.db import migrations


def note_messages(apps: Any, _schema_editor: Any) -> None:
    """Make a row for each message there are letters of, so that the limit of a day holds on."""
    letter = apps.get_model("notifications", "Letter")
    message = apps.get_model("notifications", "PeopleMessage")
    dates = set(apps.get_model("activities", "ActivityDate").objects.values_list("pk", flat=True))
    written: dict[tuple[int, str], Any] = {}
    for key, at in letter.objects.filter(kind="organiser_words").values_list("key", "created_at"):
        _kind, date_id, entry, _seat = key.split(":")
        row = written.setdefault(
            (int(date_id), entry),
            message(
                date_id=int(date_id), entry=entry, readers="all", language="de", count=0,
                created_at=at, done_at=at,
            ),
        )  # fmt: skip
        row.count += 1
    message.objects.bulk_create(row for row in written.values() if row.date_id in dates)


class Migration(migrations.Migration):
    """Rows that say that somebody wrote; the words stay in the letters."""

    dependencies = [
        ("notifications", "0014_messages_to_people"),
    ]

    operations = [migrations.RunPython(note_messages, migrations.RunPython.noop, elidable=True)]
