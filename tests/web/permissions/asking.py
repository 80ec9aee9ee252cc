"""Asks the site something without leaving a trace, and sees what it wrote meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.test import Client

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
COUNTED = {"django_session", "cache"}
OF_NOBODY = COUNTED | {"usersessions_usersession"}
"""Sessions and counts of attempts: of who asks, and not of what is asked for."""
LOG = {"audit_event", "audit_head"}


class Asked(NamedTuple):
    """What came back, and into which tables something was written."""

    response: Any
    wrote: frozenset[str]

    @property
    def status(self) -> int:
        return int(self.response.status_code)

    @property
    def said(self) -> bytes:
        """All that is in it, in small letters."""
        whole = self.response.getvalue() if self.response.streaming else self.response.content
        headers = "\n".join(f"{name}: {value}" for name, value in self.response.items())
        return bytes(headers.encode() + b"\n" + whole).lower()

    @property
    def target(self) -> str:
        return str(self.response.get("Location", ""))


def ask(
    client: Client,
    method: str,
    address: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Asked:
    """Sends it; afterwards the database and the browser are as before."""
    cookies = deepcopy(client.cookies)
    with what_was_written() as wrote, transaction.atomic():
        if method == "POST":
            response = client.post(address, dict(fields or {}), headers=dict(headers or {}))
        else:
            response = client.generic(method, address, headers=dict(headers or {}))
        transaction.set_rollback(True)
    client.cookies = cookies
    return Asked(response, frozenset(wrote))


@contextmanager
def what_was_written() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables
