"""How the log finds again what of a firm its events are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from amtweb.audit.objects import KINDS, Found, Kind
from amtweb.firms.models import Client, Invitation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

MOST_FOUND = 50
"""Objects of a kind that one search is for."""


def addresses_of(accounts: Collection[int]) -> dict[int, str]:
    """By number, the addresses of those that there are."""
    users = get_user_model()._default_manager.filter(pk__in=accounts)
    return dict(users.values_list("pk", "email"))


def register() -> None:
    """Makes the kinds known."""
    KINDS["client"] = Kind("a client", _clients, _clients_called)
    KINDS["account"] = Kind("an account", _accounts)
    KINDS["invitation"] = Kind("an invitation", _invitations)


def _clients(log: str, names: Collection[str]) -> Mapping[str, Found]:
    found = Client.objects.filter(firm__public_id=log, public_id__in=names)
    return {each.public_id: Found(each.name, each.get_absolute_url()) for each in found}


def _clients_called(log: str, word: str) -> Iterable[str]:
    found = Client.objects.filter(firm__public_id=log, name__icontains=word)
    return found.values_list("public_id", flat=True)[:MOST_FOUND]


def _accounts(log: str, names: Collection[str]) -> Mapping[str, Found]:
    numbers = [int(name) for name in names if name.isascii() and name.isdigit()]
    return {str(pk): Found(email) for pk, email in addresses_of(numbers).items()}


def _invitations(log: str, names: Collection[str]) -> Mapping[str, Found]:
    found = Invitation.objects.filter(firm__public_id=log, public_id__in=names)
    return {each.public_id: Found(f"the invitation of {each.email}") for each in found}
