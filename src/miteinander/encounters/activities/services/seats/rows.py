"""Writing many rows at once: a draw changes hundreds, each to values of its own."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

AT_ONCE = 500


def write_rows(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Save the fields ``names`` of rows that are stored already; words and numbers, none empty.

    ``bulk_update`` writes one long CASE for each field, which takes fifty times as long. Whole
    numbers stand in the statement itself, because reading many placeholders takes time, too.
    """
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(name)} = v.column{n}" for n, name in enumerate(names, start=2))
    table = quote(type(rows[0])._meta.db_table) if rows else ""
    for begin in range(0, len(rows), AT_ONCE):
        values = [
            [row.pk, *(getattr(row, name) for name in names)]
            for row in rows[begin : begin + AT_ONCE]
        ]
        words = [value for row in values for value in row if not isinstance(value, int)]
        lines = ", ".join(f"({', '.join(map(_in_statement, row))})" for row in values)
        statement = (
            f"UPDATE {table} AS p SET {changes} "  # noqa: S608 (names and numbers)
            f"FROM (VALUES {lines}) AS v WHERE p.id = v.column1"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, words)


def _in_statement(value: object) -> str:
    return str(int(value)) if isinstance(value, int) else "%s"
