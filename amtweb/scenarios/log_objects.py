"""How the log of a firm finds again the scenarios that its events are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.audit.objects import KINDS, Found, Kind
from amtweb.scenarios.models import Scenario

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

MOST_FOUND = 50
"""Scenarios that one search is for."""


def register() -> None:
    """Makes the kind known."""
    KINDS["scenario"] = Kind("a scenario", _scenarios, _scenarios_called)


def _scenarios(log: str, names: Collection[str]) -> Mapping[str, Found]:
    found = _of(log).filter(public_id__in=names).only("public_id", "title")
    return {each.public_id: Found(str(each), each.get_absolute_url()) for each in found}


def _scenarios_called(log: str, word: str) -> Iterable[str]:
    found = _of(log).filter(title__icontains=word)
    return found.order_by().values_list("public_id", flat=True)[:MOST_FOUND]


def _of(log: str) -> QuerySet[Scenario]:
    return Scenario.objects.filter(firm__public_id=log, deleted_at=None)
