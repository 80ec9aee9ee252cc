"""Empties the tables between tests, the log among them, which the site itself cannot."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations


@pytest.fixture(scope="session", autouse=True)
def logs_are_emptied_too() -> None:
    """SQLite empties by deleting rows, which the guard of the log refuses."""
    guard = import_module("amtweb.audit.migrations.0002_append_only")
    (stays,) = (each for each in guard.SQLITE if "BEFORE DELETE" in each)
    unguard = guard.UNDONE["sqlite"][1].replace("TRIGGER", "TRIGGER IF EXISTS")
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        statements: list[str] = flush(self, *args, **kwargs)
        return [unguard, *statements, stays] if statements else statements

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
