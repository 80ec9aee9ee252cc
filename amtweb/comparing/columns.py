"""What is compared: every reference found, authorised, changed and computed, or why it is not."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.urls import reverse

from amtweb.comparing.references import BENCH, Reference, UnreadableError, read_reference
from amtweb.comparing.values import VariantError
from amtweb.comparing.variants import normal, with_changes, words_of
from amtweb.firms.access import note_look
from amtweb.scenarios.editor import places, typed
from amtweb.scenarios.gallery import example
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.visitors import visitor_of
from amtweb.scenarios.working_copy import working_copy
from calculator import InvalidScenario, evaluate, parse_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest

    from calculator import Scenario as Facts
    from calculator import ScenarioResult

LETTERS = "ABCD"
MOST = len(LETTERS)
MOST_READ = 12
"""References of one address that are looked at; of made-up ones there can be thousands."""
LONGEST_SHOWN = 60
MOST_SENTENCES = 3
NOT_FOUND = "There is no such scenario, revision or example here, or it is not yours."


class Source(NamedTuple):
    """What a reference starts from."""

    name: str
    kind: str
    """What it is, beside its name: ``revision 3``."""
    address: str
    document: dict[str, Any]


class Column(NamedTuple):
    """One of those that are compared."""

    letter: str
    reference: Reference
    source: Source
    changes: tuple[str, ...]
    """What was changed, in words."""
    document: dict[str, Any]
    facts: Facts
    result: ScenarioResult

    @property
    def years(self) -> tuple[int, ...]:
        """Those that it covers."""
        return tuple(year.year for year in self.result.years)

    @property
    def hue(self) -> str:
        """Its colour in every chart, as the style sheet names it."""
        return f"compared-{self.letter.lower()}"

    @property
    def label(self) -> str:
        """Its letter and what it is, in plain text."""
        return f"{self.letter}: {', '.join((self.source.name, self.source.kind, *self.changes))}"


class Complaint(NamedTuple):
    """A reference that is not compared, and why."""

    about: str
    sentence: str
    is_absent: bool = False
    """Whether there is nothing like it, as far as this visitor may know."""
    is_unreadable: bool = False


class Compared(NamedTuple):
    """The columns, in the order of the address, and what is wrong with it."""

    columns: tuple[Column, ...]
    complaints: tuple[Complaint, ...]


def compared(request: HttpRequest, texts: Sequence[str]) -> Compared:
    """Up to four columns.  What cannot be compared is left out and said."""
    read, complaints = _read(texts)
    sources = _sources(request, list(read.values()))
    columns: list[Column] = []
    for reference in read.values():
        source = sources.get(reference.base)
        if source is None:
            complaints.append(Complaint(_short(reference.base), NOT_FOUND, is_absent=True))
        elif len(columns) == MOST:
            complaints.append(
                Complaint(source.name, f"Left out: at most {MOST} are compared at once.")
            )
        else:
            try:
                columns.append(_column(LETTERS[len(columns)], reference, source))
            except (VariantError, InvalidScenario) as refusal:
                complaints.append(_uncomputed(reference, source, refusal))
    return Compared(tuple(columns), tuple(complaints))


def _read(texts: Sequence[str]) -> tuple[dict[str, Reference], list[Complaint]]:
    """The references by their text, each once; and what cannot be read."""
    read: dict[str, Reference] = {}
    complaints = []
    for text in texts[:MOST_READ]:
        try:
            reference = read_reference(text.strip())
            changes = tuple(map(normal, reference.changes))
        except UnreadableError as refusal:
            complaints.append(Complaint(_short(text), str(refusal), is_unreadable=True))
            continue
        reference = reference._replace(changes=changes)
        if str(reference) in read:
            complaints.append(Complaint(_short(text), "It is in the comparison already."))
        read[str(reference)] = reference
    return read, complaints


def _column(letter: str, reference: Reference, source: Source) -> Column:
    document = source.document
    changes = tuple(words_of(change, document) for change in reference.changes)
    if reference.changes:
        document = with_changes(document, reference.changes)
    facts = parse_scenario(document)
    return Column(letter, reference, source, changes, document, facts, evaluate(facts))


def _uncomputed(
    reference: Reference, source: Source, refusal: VariantError | InvalidScenario
) -> Complaint:
    words = [words_of(change, source.document) for change in reference.changes]
    about = ", ".join((source.name, *words))
    if isinstance(refusal, VariantError):
        return Complaint(about, str(refusal))
    said = refusal_words(refusal, source.document)
    return Complaint(about, f"It cannot be computed. {said}")


def refusal_words(refusal: InvalidScenario, document: Mapping[str, Any]) -> str:
    """The first few problems of a document, each with its place on the page."""
    tree = typed.from_document(document)
    sentences = [
        f"{place}: {problem.message}" if place else problem.message
        for problem in refusal.problems[:MOST_SENTENCES]
        for place in (places.place_of(problem.path, tree),)
    ]
    return " ".join(sentences)


def _sources(request: HttpRequest, references: Sequence[Reference]) -> dict[str, Source]:
    """What the references start from, by their bases; nothing for what is not the visitor's."""
    found = dict(_examples(references))
    if any(each.base == BENCH for each in references):
        document, _ = working_copy(request)
        name = document.get("title") or "Untitled scenario"
        address = reverse("scenarios:workbench")
        found[BENCH] = Source(name, "what you work on", address, document)
    saved = [each for each in references if not each.is_example and each.base != BENCH]
    return found | dict(_saved(request, saved))


def _examples(references: Sequence[Reference]) -> Iterator[tuple[str, Source]]:
    for reference in references:
        if reference.is_example:
            try:
                chosen = example(reference.start)
            except KeyError:
                continue
            address = reverse("scenarios:example", args=[chosen.slug])
            yield reference.base, Source(chosen.title, "example", address, chosen.document)


def _saved(request: HttpRequest, references: Sequence[Reference]) -> Iterator[tuple[str, Source]]:
    if not references:
        return
    scenarios = _own(request, {reference.start for reference in references})
    numbered = []
    for reference in references:
        scenario = scenarios.get(reference.start)
        if scenario is None:
            continue
        if reference.number is None:
            address = scenario.get_absolute_url()
            yield reference.base, Source(str(scenario), "saved", address, scenario.draft)
        else:
            numbered.append(Q(scenario=scenario, number=reference.number))
    if numbered:
        for revision in Revision.objects.filter(reduce(or_, numbered)).select_related("scenario"):
            name = revision.document.get("title") or "Untitled scenario"
            address = revision.scenario.get_absolute_url()
            kind = f"revision {revision.number}"
            base = f"{revision.scenario.public_id}@{revision.number}"
            yield base, Source(name, kind, address, revision.document)


def _own(request: HttpRequest, public_ids: set[str]) -> dict[str, Scenario]:
    """Those of them that are the visitor's; of a firm's, its log says who looked."""
    visitor = visitor_of(request)
    own = Scenario.objects.editable_by(visitor).filter(public_id__in=public_ids)
    scenarios = {each.public_id: each for each in own}
    if visitor.member is not None:
        for public_id in scenarios:
            note_look(request, visitor.member, f"scenario {public_id}")
    return scenarios


def _short(text: str) -> str:
    """A reference to show: printable, and not too long."""
    shown = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
