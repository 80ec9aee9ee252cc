"""A database for one program, beside those of programs that run at the same time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database() -> Iterator[None]:
    """DATABASE_URL names an empty database, which no other program migrates or works at."""
    with tempfile.TemporaryDirectory() as folder:
        server, _, _ = os.environ.get("DATABASE_URL", "").rpartition("/")
        if not server.startswith("postgres"):
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/live.sqlite3"
            yield
            return
        import psycopg

        name = f"live_{os.getpid()}"
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            os.environ["DATABASE_URL"] = f"{server}/{name}"
            try:
                yield
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
