"""The address of a comparison: all that its page shows is in it, and nothing is kept elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse

from amtweb.comparing.columns import LETTERS

if TYPE_CHECKING:
    from django.http import QueryDict

    from amtweb.comparing.columns import Column
    from amtweb.comparing.references import Reference

READABLE = "~:@=*,"
"""What need not be escaped in a query, so that an address can be read."""
ALL = "all"


class View(NamedTuple):
    """What of a comparison is shown."""

    references: tuple[str, ...]
    baseline: int
    """The place of the one that the others are measured by."""
    year: int | None
    """None: the one that differs most."""
    shows_all: bool
    """Also the rows of the table of years that do not differ."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query of the address."""
        pairs = [("with", reference) for reference in self.references]
        if self.baseline:
            pairs.append(("base", LETTERS[self.baseline]))
        if self.year is not None:
            pairs.append(("year", str(self.year)))
        if self.shows_all:
            pairs.append(("show", ALL))
        return pairs

    @property
    def pairs_without_references(self) -> list[tuple[str, str]]:
        """The rest of the query, for a form that has the references otherwise."""
        return self.pairs[len(self.references) :]

    @property
    def query(self) -> str:
        """The query as text."""
        return urlencode(self.pairs, safe=READABLE, quote_via=quote)

    @property
    def address(self) -> str:
        """Where this is shown."""
        return f"{reverse('comparing:compare')}?{self.query}"

    @property
    def download(self) -> str:
        """Where this can be taken away."""
        return f"{reverse('comparing:download')}?{self.query}"

    def without(self, place: int) -> View:
        """With one fewer; the baseline stays who it was, or is the first."""
        kept = (*self.references[:place], *self.references[place + 1 :])
        baseline = self.baseline - (place < self.baseline)
        return self._replace(
            references=kept, baseline=0 if place == self.baseline else max(baseline, 0)
        )

    def earlier(self, place: int) -> View:
        """With one in the place of the one before it; the baseline stays who it was."""
        moved = list(self.references)
        moved[place - 1], moved[place] = moved[place], moved[place - 1]
        baseline = {place: place - 1, place - 1: place}.get(self.baseline, self.baseline)
        return self._replace(references=tuple(moved), baseline=baseline)

    def with_one_more(self, reference: Reference) -> View:
        """With another at the end."""
        return self._replace(references=(*self.references, str(reference)))


def view_of(query: QueryDict, columns: tuple[Column, ...]) -> View:
    """What the query asks for, as far as it can be shown."""
    letter = query.get("base", "")
    baseline = LETTERS.find(letter) if len(letter) == 1 else 0
    year = query.get("year", "")
    return View(
        tuple(str(column.reference) for column in columns),
        baseline if 0 <= baseline < len(columns) else 0,
        int(year) if re.fullmatch("[0-9]{4}", year) else None,
        query.get("show") == ALL,
    )
