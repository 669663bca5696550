"""Writing many rows at once: a draw changes hundreds, each to values of its own."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

AT_ONCE = 500


def write_rows(rows: Sequence[Model], names: Sequence[str], alike: Sequence[str] = ()) -> None:
    """Save the fields ``names`` of rows that are stored already; words and numbers, none empty.

    The fields ``alike`` have the same value in all rows, of whatever kind.

    ``bulk_update`` writes one long CASE for each field, which takes fifty times as long. Whole
    numbers stand in the statement itself, because reading many placeholders takes time, too.
    """
    if not rows:
        return
    quote, meta = connection.ops.quote_name, rows[0]._meta
    own = [f"{quote(name)} = v.column{n}" for n, name in enumerate(names, start=2)]
    changes = ", ".join([*own, *(f"{quote(name)} = %s" for name in alike)])
    shared = [connection.ops.adapt_unknown_value(getattr(rows[0], name)) for name in alike]
    table = quote(meta.db_table)
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
            cursor.execute(statement, [*shared, *words])


def _in_statement(value: object) -> str:
    return str(int(value)) if isinstance(value, int) else "%s"
