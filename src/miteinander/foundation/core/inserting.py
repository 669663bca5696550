"""One INSERT for a row that may be there already."""

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def insert_unless_known(row: models.Model) -> bool:
    """Store a new row unless a unique constraint says it is there, and tell whether it was stored.

    Takes one statement and no savepoint. Whoever stores the same at this moment is waited for.
    ``ignore_conflicts`` of Django never says what was stored and gives no key, hence its compiler
    is used here. No signals are sent. Clean the row before: SQLite leaves it out for whatever else
    does not fit, too.
    """
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    query.insert_values(fields, [row])
    compiler = query.get_compiler(connection=connection)
    (stored,) = compiler.execute_sql(returning_fields=[row._meta.pk])
    if stored is None:
        return False
    (row.pk,) = stored
    state = row._state  # noqa: SLF001 (as save() leaves it)
    state.adding, state.db = False, connection.alias
    return True
