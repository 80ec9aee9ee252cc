"""The database itself refuses to change or delete an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """
    CREATE TRIGGER audit_event_stands BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'events stand'); END
    """,
    """
    CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'events stay'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_event_stands() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION 'events stand'; END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER audit_event_stands BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_stands()
    """,
)
UNDONE = {
    "sqlite": (
        "DROP TRIGGER audit_event_stands",
        "DROP TRIGGER audit_event_stays",
    ),
    "postgresql": (
        "DROP TRIGGER audit_event_stands ON audit_event",
        "DROP FUNCTION audit_event_stands()",
    ),
}


def _guard(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def _unguard(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(_guard, _unguard)]
