"""What every panel is made of."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from amtweb.analyses.controls import Controls
    from calculator import Scenario


TERMS = re.compile(r"\[([^]|]+)(?:\|[^]]+)?\]")


class Explained(str):
    """A sentence of ours whose words in brackets are terms of the glossary."""

    __slots__ = ()
    has_terms = True

    @property
    def plain(self) -> str:
        """Without the brackets, for a picture's description."""
        return TERMS.sub(r"\1", self)


def plain_words(said: Iterable[str]) -> str:
    """Sentences as one text."""
    return " ".join(each.plain if isinstance(each, Explained) else each for each in said)


ADD_GRANT = ("add:grants", "Add a grant")


def shares_to_add(_: Scenario) -> tuple[tuple[str, str], ...]:
    """Where shares to sell may come from."""
    return ("add:holdings", "Add shares you hold"), ADD_GRANT


def sale_to_add(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """A sale, or else the shares for one."""
    if scenario.exercises or scenario.holdings:
        return (("add:sales", "Add a sale"),)
    return shares_to_add(scenario)


class Panel(NamedTuple):
    """An analysis as the site offers it."""

    slug: str
    name: str
    """On its button."""
    title: str
    """The question in plain words."""
    needs: str
    """What the scenario must have for the question to make sense, said if it has not."""
    is_possible: Callable[[Scenario], bool]
    controls: type[Controls]
    answer: Callable[[Scenario, dict[str, Any]], dict[str, Any]]
    """For the scenario and the cleaned controls, what the template of the panel shows.

    Among the controls is ``by_script``: whether the page can ask for more of the answer later.
    """
    leads_on: Callable[[Scenario], tuple[tuple[str, str], ...]] = lambda _: ()
    """Where the scenario lacks what is needed: operations that add it, and their words."""
    compares: bool = False
    """Whether the controls are given other scenarios to compare with, and the answer too."""


class Proposal(NamedTuple):
    """Something that can be applied to the scenario with one button."""

    words: str
    """On the button."""
    operation: str
    """What the button posts."""
    on_slider: bool = False
    """Whether the slider of a curve begins there: with scripts, its button is this one."""


def proposal(
    words: str, edits: Sequence[dict[str, Any]], said: str, *, on_slider: bool = False
) -> Proposal:
    """A button that makes the edits; ``said`` is what the page says afterwards."""
    text = json.dumps({"edits": list(edits), "said": said}, allow_nan=False)
    return Proposal(words, f"apply:{text}", on_slider)


def reduced_sales(scenario: Scenario, source: str, shares: float) -> list[dict[str, Any]]:
    """The edits by which the sales of a lot fit into so many shares, in proportion."""
    sales = [(place, sale) for place, sale in enumerate(scenario.sales) if sale.source == source]
    sold = sum(float(sale.shares) for _, sale in sales)
    if sold <= shares:
        return []
    return [
        {
            "path": f"sales[{place}].shares",
            "value": whole_shares(float(sale.shares) * shares / sold),
        }
        for place, sale in sales
    ]


def whole_shares(shares: float) -> float:
    """Rounded down, so that no more are sold than there are; only of less than one are parts."""
    if shares >= 1:
        return float(math.floor(shares + 1e-3))
    return math.floor(shares * 1e4 + 1e-3) / 1e4


def slider_edit(words: str, edit: dict[str, Any], takes: str, **more: Any) -> str:
    """The edit that the slider of the curve completes, for the script.

    ``words`` are those of its button, with ``{}`` for where the slider stands.  ``takes`` says what
    becomes of that: it is ``added`` to the value, ``set`` as the value (and if it is fewer shares
    than the ``sales`` have, they are reduced in proportion), or the gain for which shares are
    ``sold``, each with ``gainPerShare``.
    """
    return json.dumps({"words": words, "edit": edit, "takes": takes} | more, allow_nan=False)
