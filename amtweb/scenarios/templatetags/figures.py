"""What the fragments of ``templates/scenarios/figures`` ask of a chart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import mark_safe

from amtweb.scenarios import pictures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from amtweb.scenarios.charts import Figure
    from amtweb.scenarios.pictures import Key, PlacedCallout

register = template.Library()

STRICT: dict[str, Any] = {"allow_nan": False, "separators": (",", ":")}
"""No browser reads NaN and infinities."""
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""As JSON has them, which is shorter than escaping its quotes."""


@register.filter
def picture(figure: Figure, selected_year: int) -> SafeString:
    return pictures.picture(figure, selected_year)


@register.filter
def legend(figure: Figure) -> list[Key]:
    return pictures.legend(figure)


@register.filter
def callouts(figure: Figure) -> list[PlacedCallout]:
    return pictures.callouts(figure)


@register.filter
def selected(figure: Figure, year: int) -> int:
    """The year of the figure that is the given one, or is nearest to it."""
    return figure.row_of(year).year


@register.filter
def readout(figure: Figure, year: int) -> str:
    """The figure's year in one line."""
    return figure.row_of(year).readout


@register.filter
def specs(figures: Iterable[Figure]) -> SafeString:
    """All specs by the ids of their figures, as the JSON that the script reads.

    For an element of text: htmx is told to take no script elements, not even those of data.
    """
    text = json.dumps({figure.id: figure.spec for figure in figures}, **STRICT)
    return mark_safe(text.translate(MARKUP))  # noqa: S308  (nothing is left to escape)
