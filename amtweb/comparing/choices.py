"""What can be added to a comparison: own scenarios, examples, and variants of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from amtweb.comparing.columns import MOST, refusal_words
from amtweb.comparing.references import (
    BENCH,
    EVERY,
    EXAMPLE,
    LONGEST_VALUE,
    WITHOUT,
    Change,
    UnreadableError,
    read_change,
)
from amtweb.comparing.values import FIELDS, VariantError
from amtweb.comparing.variants import REMOVABLE, normal, with_changes, words_of
from amtweb.scenarios.charts.money_words import counts
from amtweb.scenarios.editor.fields import (
    EVENT_KINDS,
    FLAT,
    HOUSEHOLD,
    HOUSEHOLD_MORE,
    LAW,
    OPENING,
)
from amtweb.scenarios.gallery import examples
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.visitors import visitor_of
from amtweb.scenarios.working_copy import is_begun
from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.crossover import shares_before_amt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

    from amtweb.comparing.addresses import View
    from amtweb.comparing.columns import Column
    from amtweb.comparing.references import Reference
    from amtweb.scenarios.editor.fields import Spec

MOST_SAVED = 50
MOST_REVISIONS = 200
MOST_ROWS = 30
"""Of one kind of event that can be chosen from."""
MOST_WITHOUT = 2
MOST_UP_TO_AMT = 2
QUICK = (
    "years.*.long_term_gain=0",
    "exercises.*.shares=x0.5",
    "exercises.*.date=1y",
    "sales.*.date=1y",
    "sales.*.price=x0.75",
    "sales.*.price=x1.25",
    "years.*.deduction=itemized",
    "years.*.deduction=standard",
    "years.*.wages=x1.1",
    "years.*.wages=x0.9",
    "law.path=sunset",
)
"""Changes that are often asked for, of which each is offered where it changes a figure."""

PLAIN = {
    "years.*.long_term_gain=0": "without the other gains",
    "exercises.*.shares=x0.5": "half of every exercise",
    "exercises.*.date=1y": "every exercise a year later",
    "sales.*.date=1y": "every sale a year later",
}
"""What some of them are called; the others say their field."""

Group = tuple[str, list[tuple[str, str]]]


class Offer(NamedTuple):
    """A variant at one click."""

    words: str
    address: str


def to_add(request: HttpRequest, view: View) -> list[Group]:
    """What the visitor can choose from, but for what is compared already."""
    groups = [
        ("Worked examples", [(f"{EXAMPLE}{each.slug}", each.title) for each in examples()]),
    ]
    if saved := list(_saved(request)):
        groups.insert(0, ("Saved scenarios", saved))
    if is_begun(request):
        groups.insert(0, ("Not saved", [(BENCH, "What you work on")]))
    return [
        (title, [choice for choice in choices if choice[0] not in view.references])
        for title, choices in groups
    ]


def _saved(request: HttpRequest) -> Iterator[tuple[str, str]]:
    own = Scenario.objects.editable_by(visitor_of(request)).only("public_id", "title")
    scenarios = list(own[:MOST_SAVED])
    revisions: dict[int, list[tuple[int, str]]] = {}
    if scenarios:
        found = Revision.objects.filter(scenario__in=scenarios).order_by("-created_at")
        for scenario, number, note in found.values_list("scenario_id", "number", "note")[
            :MOST_REVISIONS
        ]:
            revisions.setdefault(scenario, []).append((number, note))
    for each in scenarios:
        yield each.public_id, str(each)
        for number, note in revisions.get(each.pk, ()):
            words = f"{each}, revision {number}"
            yield f"{each.public_id}@{number}", f"{words}: {note}" if note else words


def offers(view: View, column: Column) -> list[Offer]:
    """Variants of a column that change a figure and can be computed."""
    changes = [read_change(text) for text in QUICK]
    if not any(year.get("itemized") for year in column.document["years"]):
        changes = [change for change in changes if change.value != "itemized"]
    held = {each.id for each in column.facts.holdings if each.iso is None}
    beside = [sale.id for sale in column.facts.sales if sale.source in held]
    changes += [Change("sales", sale, "", WITHOUT) for sale in beside[:MOST_WITHOUT]]
    named = {read_change(text): words for text, words in PLAIN.items()}
    up_to_amt = dict(_up_to_amt(column))
    found = []
    for change in (*up_to_amt, *changes):
        changed = _changed(column, change)
        if changed is not None and str(changed) not in view.references:
            words = (up_to_amt | named).get(change) or words_of(change, column.source.document)
            found.append(Offer(words, view.with_one_more(changed).address))
    return found


def _up_to_amt(column: Column) -> Iterator[tuple[Change, str]]:
    """For each exercise in a year with AMT, as many of it as bring none."""
    if column.facts.law.path == "flat":
        return
    with_amt = {year.year for year in column.result.years if counts(float(year.amt))}
    exercises = enumerate(column.facts.exercises, 1)
    among = [(number, each) for number, each in exercises if each.date.year in with_amt]
    for number, each in among[:MOST_UP_TO_AMT]:
        try:
            shares = shares_before_amt(column.facts, each.id)
        except InvalidScenario:
            continue
        if shares >= 1:
            change = read_change(f"exercises.{each.id}.shares={shares:.0f}")
            yield change, f"exercise {number} up to AMT only: {shares:,.0f}"


def _changed(column: Column, change: Change) -> Reference | None:
    try:
        result = evaluate(parse_scenario(with_changes(column.document, (change,))))
        changed = column.reference.changed(change)
    except (VariantError, InvalidScenario, UnreadableError):
        return None
    pairs = zip(column.result.years, result.years, strict=True)
    differs = any(
        counts(float(after.federal_tax - before.federal_tax))
        or counts(float(after.credit_balance - before.credit_balance))
        for before, after in pairs
    )
    return changed if differs else None


class VariantForm(forms.Form):
    """Asks for the same as a column with one field changed."""

    of = forms.ChoiceField(label="The same as")
    field = forms.ChoiceField(label="with")
    when = forms.ChoiceField(label="in", required=False)
    to = forms.CharField(label="changed to", max_length=LONGEST_VALUE, required=False)

    def __init__(self, columns: Sequence[Column], data: Any = None) -> None:
        super().__init__(data, auto_id="variant-%s")
        self.columns = {column.letter: column for column in columns}
        years = sorted({year for column in columns for year in column.years})
        self._choose("of", [(letter, letter) for letter in self.columns])
        self._choose("field", fields_to_change(columns))
        self._choose("when", [(EVERY, "every year"), *((str(year), str(year)) for year in years)])
        self.fields["to"].widget.attrs |= {
            "autocomplete": "off",
            "placeholder": "250,000 or +10%",
        }

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """With the ``reference`` of the variant, if it can be computed."""
        cleaned: dict[str, Any] = super().clean() or {}
        column = self.columns.get(cleaned.get("of", ""))
        field = cleaned.get("field")
        if column is None or not field:
            return cleaned
        if field.startswith("years.") and "to" in cleaned:
            field = f"years.{cleaned.get('when') or EVERY}.{field.removeprefix('years.')}"
        text = field if "=" in field else f"{field}={cleaned.get('to', '')}"
        try:
            if text.endswith("="):
                raise UnreadableError("Say what it is changed to.")
            change = normal(read_change(text))
            parse_scenario(with_changes(column.document, (change,)))
            cleaned["reference"] = column.reference.changed(change)
        except (UnreadableError, VariantError) as refusal:
            self.add_error("to", str(refusal))
        except InvalidScenario as refusal:
            self.add_error("to", refusal_words(refusal, column.document))
        return cleaned


def fields_to_change(columns: Sequence[Column]) -> list[Group]:
    """The fields of the editor, and the rows of what is compared."""
    return [
        ("A year, or every year", list(_choices("years.", "years", FIELDS["years"]))),
        ("Law and assumptions", list(_common((*LAW, *FLAT)))),
        ("Household", list(_common((*HOUSEHOLD, *HOUSEHOLD_MORE)))),
        ("Carried in from before", list(_common(OPENING))),
        *_rows(columns),
    ]


def _common(specs: Sequence[Spec]) -> Iterator[tuple[str, str]]:
    return _choices("", "", [spec.field for spec in specs])


def _choices(prefix: str, rows: str, fields: Any, words: str = "") -> Iterator[tuple[str, str]]:
    """A choice a field; for a field that can have few values, one for each of them."""
    for name in fields:
        field = FIELDS[rows].get(name)
        if field is None:
            continue
        label = f"{words}: {field.spec.label.lower()}" if words else field.spec.label
        if field.choices:
            for code, choice in field.choices:
                yield f"{prefix}{name}={code}", f"{label}: {choice}"
        else:
            yield f"{prefix}{name}", label


def _rows(columns: Sequence[Column]) -> Iterator[Group]:
    """All rows of a kind together, and each."""
    for kind in EVENT_KINDS:
        rows = {
            row["id"]: f"{kind.one.capitalize()} {place + 1}"
            for column in columns
            for place, row in enumerate((column.document.get(kind.name) or ())[:MOST_ROWS])
        }
        if not rows:
            continue
        choices = list(
            _choices(f"{kind.name}.{EVERY}.", kind.name, FIELDS[kind.name], f"All {kind.name}")
        )
        for row, words in list(rows.items())[:MOST_ROWS]:
            choices += _choices(f"{kind.name}.{row}.", kind.name, FIELDS[kind.name], words)
            if kind.name in REMOVABLE:
                choices.append((f"{kind.name}.{row}={WITHOUT}", f"{words}: left out"))
        yield kind.title, choices


def has_room(columns: Sequence[Column]) -> bool:
    """Whether one more can be compared."""
    return len(columns) < MOST
