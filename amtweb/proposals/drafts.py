"""The draft of a proposal: which revisions it pins, in which order, with which words."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Revision, Scenario
from calculator import InvalidScenario, evaluate, parse_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amtweb.firms.models import Client

FEWEST = 2
LETTERS = "ABCDEF"
MOST = len(LETTERS)

Draft = dict[str, Any]
"""``title``, ``before``, ``after``, and ``alternatives``: each a ``key`` of its own, the key of a
``revision``, a ``label``, ``words``, and whether it is ``recommended``."""
Alternative = dict[str, Any]


class UnfitError(ValueError):
    """It cannot be done; the text says why, to the person who asked."""


class Pinned(NamedTuple):
    """An alternative with the revision that it shows, and what its scenario has become since."""

    letter: str
    alternative: Alternative
    revision: Revision | None
    """None if it is gone, or the client's no more."""
    newest: int
    """The number of the scenario's newest revision."""
    is_edited: bool
    """Whether the scenario says something that its newest revision does not."""

    @property
    def is_newest(self) -> bool:
        """Whether the scenario has no later revision."""
        return self.revision is None or self.revision.number == self.newest


def empty(title: str) -> Draft:
    """A draft without scenarios."""
    return {"title": title, "before": "", "after": "", "alternatives": []}


def alternative_of(revision: Revision) -> Alternative:
    """A revision, called as its scenario is called."""
    return {
        "key": secrets.token_urlsafe(6),
        "revision": revision.pk,
        "label": str(revision.scenario)[:80],
        "words": "",
        "recommended": False,
    }


def pin(scenario: Scenario, *, author_id: int | None, as_it_is: bool) -> Revision:
    """The newest revision of a scenario; or one of it as it is now, which that may make.

    Raises:
        UnfitError: It has none yet, or it cannot be computed as it is.
        FullHistoryError: It cannot have another.
    """
    newest = scenario.revisions.first()
    if not as_it_is:
        if newest is None:
            raise UnfitError(f"{scenario} was never saved: take it as it is now.")
        return newest
    try:
        result = evaluate(parse_scenario(scenario.draft))
    except InvalidScenario:
        raise UnfitError(f"{scenario} cannot be computed: correct it first.") from None
    return scenario.make_revision(scenario.draft, figures_of(result), author_id=author_id)


def pinned(draft: Draft, client: Client) -> list[Pinned]:
    """The alternatives of a draft, as far as their scenarios are the client's."""
    keys = [each["revision"] for each in draft["alternatives"]]
    found = Revision.objects.filter(pk__in=keys, scenario__client=client)
    revisions = {each.pk: each for each in found.select_related("scenario")}
    newest = newest_of({each.scenario_id for each in revisions.values()})
    return [
        _pinned(letter, each, revisions.get(each["revision"]), newest)
        for letter, each in zip(LETTERS, draft["alternatives"], strict=False)
    ]


def _pinned(
    letter: str,
    alternative: Alternative,
    revision: Revision | None,
    newest: dict[int, tuple[int, str]],
) -> Pinned:
    if revision is None:
        return Pinned(letter, alternative, None, 0, is_edited=False)
    number, digest = newest[revision.scenario_id]
    edited = digest != revision.scenario.draft_digest
    return Pinned(letter, alternative, revision, number, is_edited=edited)


def newest_of(scenarios: Iterable[int]) -> dict[int, tuple[int, str]]:
    """The number and the digest of the newest revision of each scenario that has one."""
    rows = Revision.objects.filter(scenario__in=list(scenarios)).order_by("number")
    return {
        scenario: (number, digest)
        for scenario, number, digest in rows.values_list("scenario_id", "number", "digest")
    }


def current(client: Client) -> list[Scenario]:
    """The client's scenarios that can be proposed, the oldest first."""
    found = client.scenarios.filter(deleted_at=None, archived_at=None).order_by("created_at", "pk")
    return list(found.defer("draft", "words"))


def _earlier(each: list[Alternative], place: int) -> list[Alternative]:
    moved = list(each)
    if place:
        moved[place - 1], moved[place] = moved[place], moved[place - 1]
    return moved


def _later(each: list[Alternative], place: int) -> list[Alternative]:
    return _earlier(each, place + 1) if place + 1 < len(each) else list(each)


def _without(each: list[Alternative], place: int) -> list[Alternative]:
    return [*each[:place], *each[place + 1 :]]


OPERATIONS: dict[str, Callable[[list[Alternative], int], list[Alternative]]] = {
    "up": _earlier,
    "down": _later,
    "remove": _without,
}
"""What the buttons of an alternative do: with all of them, and the place of that one."""


def place_of(draft: Draft, key: str) -> int:
    """Where the alternative of that key stands.

    Raises:
        UnfitError: There is none any more.
    """
    for place, each in enumerate(draft["alternatives"]):
        if each["key"] == key:
            return place
    raise UnfitError("That scenario is not in the proposal any more.")


def operated(draft: Draft, operation: str) -> Draft:
    """The draft after a button such as ``up:key`` was pressed.

    Raises:
        UnfitError: There is no such button, or what it was for is gone.
    """
    name, _, key = operation.partition(":")
    if name not in OPERATIONS:
        raise UnfitError("That cannot be done any more.")
    moved = OPERATIONS[name](draft["alternatives"], place_of(draft, key))
    return draft | {"alternatives": moved}


def with_revision(draft: Draft, key: str, revision: Revision) -> Draft:
    """The draft with another revision in the place of one."""
    place = place_of(draft, key)
    alternatives = list(draft["alternatives"])
    alternatives[place] = alternatives[place] | {"revision": revision.pk}
    return draft | {"alternatives": alternatives}


def with_one_more(draft: Draft, revision: Revision) -> Draft:
    """The draft with a further revision at the end.

    Raises:
        UnfitError: It has as many as it may have.
    """
    if len(draft["alternatives"]) >= MOST:
        raise UnfitError(f"A proposal has up to {MOST} scenarios: remove one first.")
    return draft | {"alternatives": [*draft["alternatives"], alternative_of(revision)]}
