"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

POSTGRESQL = (
    """
    CREATE FUNCTION audit_logs_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_logs_no_change BEFORE UPDATE OR DELETE ON audit_logs
    FOR EACH ROW EXECUTE FUNCTION audit_logs_append_only()
    """,
    """
    CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON audit_logs
    FOR EACH STATEMENT EXECUTE FUNCTION audit_logs_append_only()
    """,
)
SQLITE = (
    """
    CREATE TRIGGER audit_logs_no_update BEFORE UPDATE ON audit_logs
    BEGIN SELECT RAISE(ABORT, 'audit_logs is append-only'); END
    """,
    """
    CREATE TRIGGER audit_logs_no_delete BEFORE DELETE ON audit_logs
    BEGIN SELECT RAISE(ABORT, 'audit_logs is append-only'); END
    """,
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER audit_logs_no_truncate ON audit_logs",
    "DROP TRIGGER audit_logs_no_change ON audit_logs",
    "DROP FUNCTION audit_logs_append_only()",
)
UNDO_SQLITE = ("DROP TRIGGER audit_logs_no_delete", "DROP TRIGGER audit_logs_no_update")


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def forbid(_apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def allow(_apps, schema_editor):
    _run(schema_editor, {"postgresql": UNDO_POSTGRESQL, "sqlite": UNDO_SQLITE})


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
