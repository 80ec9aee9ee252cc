"""Makes scenarios of a couple: the joint one of two, or two of a joint one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from amtweb.comparing.references import read_reference
from amtweb.couples.pairs import NOBODY
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.for_whom import client_of_all
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.making import LONGEST_TITLE, entitled, make_scenario
from amtweb.scenarios.models import Scenario, digest_of
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import visitor_who_makes
from calculator.analysis.joint_or_separate import joint_scenario
from calculator.document.writing import written_document
from calculator.scenario import SPOUSES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.couples.pairs import Couple
    from calculator import Scenario as Facts

JOINTLY = ", jointly"
OF_EACH = (" (yours)", " (your spouse’s)")
SEPARATOR = ","


def joint_of(request: HttpRequest, couple: Couple) -> Scenario:
    """The scenario of the joint return.

    Raises:
        InvalidScenario: Together they are more than a scenario can hold.
        FullLibraryError: The visitor keeps as many as they may.
    """
    mine, theirs = couple.spouses
    names = [each.title for each in couple.spouses if each.reference != NOBODY]
    title = _ending(" and ".join(dict.fromkeys(map(_without_whose, names))), JOINTLY)
    written = written_document(joint_scenario(mine.facts, theirs.facts))
    document = entitled(_with_names(written), title)
    note = f"Made of {' and '.join(f'“{name}”' for name in names)}"
    starts = [read_reference(each.reference).start for each in couple.spouses]
    (made,) = _made(request, [(document, note)], starts)
    return made


def both_of(
    request: HttpRequest, title: str, spouses: tuple[Facts, Facts], start: str
) -> list[Scenario]:
    """The two scenarios of a couple's; both, or neither.

    Raises:
        InvalidScenario: One of them cannot be computed.
        FullLibraryError: The visitor keeps as many as they may.
    """
    wanted = [
        (entitled(written_document(facts), _ending(title, ending)), f"Divided from “{title}”")
        for facts, ending in zip(spouses, OF_EACH, strict=True)
    ]
    return _made(request, wanted, [start])


def _made(
    request: HttpRequest, wanted: list[tuple[dict[str, Any], str]], starts: list[str]
) -> list[Scenario]:
    """The scenarios, and the same again if the button was pressed twice.

    In a firm they are for the client whom those that they are made from are for.
    """
    ready = [(document, figures_of(result_of(document)), note) for document, note in wanted]
    visitor, (page, _) = visitor_who_makes(request), place_in_order(request.POST)
    own = Scenario.objects.editable_by(visitor)

    def make() -> list[Scenario]:
        with transaction.atomic():
            client = client_of_all(visitor, starts)
            return [make_scenario(visitor, *each[:2], each[2][:200], client) for each in ready]

    def find(names: str) -> list[Scenario] | None:
        found = [own.filter(public_id=name).first() for name in names.split(SEPARATOR)]
        kept = [each for each in found if each is not None]
        return kept if len(kept) == len(ready) else None

    return once(
        visitor,
        key_of(page, request.path, [digest_of(document) for document, _, _ in ready]),
        make=make,
        name=lambda made: SEPARATOR.join(each.public_id for each in made),
        find=find,
    )


def _with_names(document: dict[str, Any]) -> dict[str, Any]:
    """The document with a name for every row of the spouse's that has none."""
    named = {
        kind: [
            row | {"label": row.get("label") or f"Your spouse’s {one} {number}"}
            if row.get("owner") == SPOUSES
            else row
            for number, row in enumerate(document[kind], 1)
        ]
        for kind, one in (("grants", "grant"), ("holdings", "holding"))
        if kind in document
    }
    return document | named


def _without_whose(title: str) -> str:
    """The title before it was divided, so that both parts have the same."""
    for ending in OF_EACH:
        title = title.removesuffix(ending)
    return title


def _ending(title: str, ending: str) -> str:
    return f"{title[: LONGEST_TITLE - len(ending)]}{ending}"
