"""Let the database itself refuse to change an entry of the record."""

from django.db import migrations

MESSAGE = "Entries of the record are never changed."

SQLITE = f"""
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_auditentry
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;
"""

POSTGRESQL = f"""
CREATE FUNCTION audit_entry_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_entry_never_changes();
"""


def refuse_changes(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(SQLITE if is_sqlite else POSTGRESQL)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_entry_never_changes")
        return
    schema_editor.execute("DROP TRIGGER audit_entry_never_changes ON audit_auditentry")
    schema_editor.execute("DROP FUNCTION audit_entry_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
