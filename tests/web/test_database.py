from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from amtweb.settings.databases import database_at


@pytest.mark.django_db
def test_the_connection_is_as_durable_as_the_settings_say() -> None:
    def setting(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"{'PRAGMA' if connection.vendor == 'sqlite' else 'SHOW'} {name}")
            return cursor.fetchone()[0]

    if connection.vendor == "sqlite":
        full = 2
        assert setting("journal_mode") == "wal"
        assert setting("synchronous") == full
        assert setting("secure_delete") == 1
        assert setting("foreign_keys") == 1
        assert setting("busy_timeout") == 20_000
    else:
        assert setting("server_encoding") == "UTF8"
        assert int(str(setting("server_version_num"))) >= 15_00_00


def test_a_transaction_on_sqlite_takes_its_lock_at_once() -> None:
    assert database_at("sqlite:////srv/a.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_names_a_file() -> None:
    assert database_at("sqlite:////srv/two words.sqlite3")["NAME"] == "/srv/two words.sqlite3"
    assert database_at("sqlite:///var/here.sqlite3")["NAME"] == "var/here.sqlite3"


def test_an_address_names_a_server() -> None:
    database = database_at("postgresql://ana:p%40ss@db.example:5433/amtweb?sslmode=require")

    assert database["NAME"] == "amtweb"
    assert database["USER"] == "ana"
    assert database["PASSWORD"] == "p@ss"
    assert database["HOST"] == "db.example"
    assert database["PORT"] == "5433"
    assert database["OPTIONS"] == {"pool": True, "sslmode": "require"}


def test_an_address_names_a_socket() -> None:
    assert database_at("postgres://ana@%2Frun%2Fpg/amtweb")["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    "url", ["", "mysql://u:hunter2@h/d", "postgresql://u:hunter2@h", "sqlite:"]
)
def test_any_other_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        database_at(url)

    assert "hunter2" not in str(refusal.value)
