"""Whom a firm has: the clients that rows can be about, and the members who can be in charge."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from amtweb.book_import.models import Reference
from amtweb.firms.models import Client

if TYPE_CHECKING:
    from amtweb.firms.models import Firm


class Known(NamedTuple):
    """A client that the firm has."""

    pk: int
    name: str


@dataclass(slots=True)
class Book:
    """What a firm has, as of one moment."""

    by_reference: dict[str, Known] = field(default_factory=dict)
    """By what its files, or our addresses, call it."""
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    """Keys by e-mail address."""

    @property
    def state(self) -> str:
        """Another one whenever something of it changed."""
        names = sorted((key, known.pk) for key, known in self.by_reference.items())
        said = [names, sorted(self.members.items()), sorted(self.by_name)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def plain(name: str) -> str:
    """A name without regard to capitals and spaces."""
    return " ".join(name.split()).casefold()


def book_of(firm: Firm) -> Book:
    """The current clients of the firm, by every name that they have, and its members."""
    book = Book()
    clients = Client.objects.filter(firm=firm, archived_at=None)
    for pk, name, public_id in clients.order_by("pk").values_list("pk", "name", "public_id"):
        known = Known(pk, name)
        book.by_name.setdefault(plain(name), []).append(known)
        book.by_reference[public_id] = known
    references = Reference.objects.filter(client__in=clients)
    for name, pk, client in references.values_list("name", "client_id", "client__name"):
        book.by_reference[plain(name)] = Known(pk, client)
    members = firm.members.values_list("user__email", "pk")
    book.members = {email.casefold(): pk for email, pk in members}
    return book
