"""What is typed about a run: of whom, and what is supposed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from amtweb.analyses.controls import AmountField, DayField, PercentageField
from amtweb.analyses.laws import WORDS as LAWS
from amtweb.analyses.laws import parameter_choices
from amtweb.book.lines import book_of
from amtweb.book.looks import seen_by
from amtweb.firms.models import Client, Member, Tag
from amtweb.runs import questions
from amtweb.scenarios.editor import wording
from calculator.analysis.law_comparison import PATHS
from calculator.analysis.price_change import LARGEST_FACTOR
from calculator.errors import InvalidScenario
from calculator.law import published_years
from calculator.law.changed import FRACTIONS, LawChange, check_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from amtweb.book.looks import Look

ALL, ADVISOR, TAG, CHOSEN, SHOWN = "all", "advisor", "tag", "chosen", "shown"
MOST_CLIENTS: Final = 10_000
YEARS_AHEAD: Final = 5


class WhomForm(forms.Form):
    """Whose plans are meant."""

    whom = forms.ChoiceField(label="Clients", widget=forms.RadioSelect)
    advisor = forms.ModelChoiceField(
        Member.objects.none(), label="Advisor in charge", required=False, to_field_name="public_id"
    )
    tag = forms.ModelChoiceField(Tag.objects.none(), label="Tag", required=False)

    use_required_attribute = False

    def __init__(
        self, member: Member, chosen: list[str], look: Look | None, data: Any = None
    ) -> None:
        self.member = member
        self.look = look
        self.shown: Any = seen_by(look, book_of(member.firm)) if look else Client.objects.none()
        self.current = Client.objects.of(member).filter(archived_at=None)
        self.chosen_ids = ",".join(chosen[:MOST_CLIENTS])
        self.chosen = self.current.filter(public_id__in=chosen[:MOST_CLIENTS])
        first = SHOWN if look else CHOSEN if chosen else ALL
        super().__init__(data, initial={"whom": first} | self.first())
        count = self.current.count()
        self.fields["advisor"].queryset = member.firm.members.select_related("user")  # type: ignore[attr-defined]
        self.fields["advisor"].label_from_instance = lambda who: who.user.email  # type: ignore[attr-defined]
        self.fields["tag"].queryset = Tag.objects.of(member)  # type: ignore[attr-defined]
        offered = [(ALL, f"All current clients ({count:,})")]
        if look:
            offered.insert(0, (SHOWN, f"The clients that the book shows ({self.shown.count():,})"))
        if chosen:
            offered.insert(0, (CHOSEN, f"The clients chosen in the book ({self.chosen.count():,})"))
        offered += [(ADVISOR, "Those of an advisor"), (TAG, "Those with a tag")]
        self.fields["whom"].choices = offered  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        """What else stands in the form at first."""
        return {}

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        whom = asked.get("whom")
        if whom in (ADVISOR, TAG) and not asked.get(str(whom)) and str(whom) not in self.errors:
            self.add_error(str(whom), f"Choose {'an advisor' if whom == ADVISOR else 'a tag'}.")
        if whom and str(whom) not in self.errors:
            count = self.clients().count()
            if not count:
                self.add_error("whom", "There is no current client among these.")
            elif count > MOST_CLIENTS:
                self.add_error("whom", f"Choose at most {MOST_CLIENTS:,} clients.")
        return asked

    def clients(self) -> QuerySet[Client]:
        """The clients that are meant."""
        asked = self.cleaned_data
        if asked["whom"] == CHOSEN:
            return self.chosen
        if asked["whom"] == SHOWN:
            return self.current.filter(pk__in=self.shown.order_by().values("pk"))
        if asked["whom"] == ADVISOR:
            return self.current.filter(advisor=asked["advisor"])
        if asked["whom"] == TAG:
            return self.current.filter(tags=asked["tag"])
        return self.current

    def whom_in_words(self) -> str:
        """Whose plans they are, for the page of the run."""
        asked = self.cleaned_data
        return {
            ALL: "all current clients",
            CHOSEN: "clients chosen in the book",
            SHOWN: "clients that the book showed",
            ADVISOR: f"clients of {asked['advisor'].user.email if asked['advisor'] else ''}",
            TAG: f"clients tagged {asked['tag'] or ''}",
        }[asked["whom"]]


class RunForm(WhomForm):
    """A question to all of them."""

    change = forms.ChoiceField(
        label="What changes", choices=list(questions.CHANGES.items()), widget=forms.RadioSelect
    )
    new_part = forms.ChoiceField(label="Of the law", choices=list(questions.PARTS.items()))
    new_year = forms.TypedChoiceField(label="New in", coerce=int)
    part = forms.ChoiceField(label="Of the law", choices=list(questions.PARTS.items()))
    year = forms.TypedChoiceField(label="As in", coerce=int)
    from_year = forms.TypedChoiceField(label="From", coerce=int)
    path = forms.ChoiceField(label="Law", choices=[(path, LAWS[path]) for path in PATHS])
    parameter = forms.ChoiceField(label="Parameter")
    value = forms.CharField(
        label="Value",
        required=False,
        max_length=40,
        help_text="Dollars, or percent for a rate; blank: no limit",
    )
    value_from = forms.TypedChoiceField(label="From", coerce=int, empty_value=None, required=False)
    percent = PercentageField(
        label="By %", required=False, least=-1.0, help_text="−30 for a fall, 50 for a rise"
    )
    price = AmountField(label="Or to $ a share", required=False)
    stock = forms.CharField(
        label="Company",
        required=False,
        max_length=120,
        help_text="As grants name it; blank: all shares",
    )
    from_day = DayField(label="From the day", required=False)

    def __init__(
        self, member: Member, chosen: list[str], look: Look | None, data: Any = None
    ) -> None:
        super().__init__(member, chosen, look, data)
        years = published_years()
        ahead = [*years, *range(years[-1] + 1, years[-1] + 1 + YEARS_AHEAD)]
        self._offer("new_year", [(y, str(y)) for y in reversed(years[1:])])
        self._offer("year", [(y, str(y)) for y in reversed(years)])
        self._offer("from_year", [(y, str(y)) for y in reversed(ahead)])
        self._offer("value_from", [("", "Every year"), *((y, str(y)) for y in reversed(ahead))])
        self._offer("parameter", parameter_choices())
        # What is not asked is not looked at; what is asked is looked at in `clean`.
        for name in ("new_part", "new_year", "part", "year", "from_year", "path", "parameter"):
            self.fields[name].required = False

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        years = published_years()
        return {
            "change": questions.NEW_LAW,
            "new_year": years[-1],
            "year": years[-2],
            "from_year": years[-1],
            "parameter": "amt.phaseout_rate",
            "percent": "−30",
            "from_day": timezone.now().date().isoformat(),
        }

    def options(self) -> list[tuple[Any, list[Any]]]:
        """The changes with their fields, as the page shows them."""
        return [
            (radio, [self[name] for name in FIELDS_OF[radio.data["value"]]])
            for radio in self["change"]
        ]

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        change = asked.get("change")
        if str(change) in _CHECKS:
            _CHECKS[str(change)](self, asked)
        for name in FIELDS_OF.get(str(change), ()):
            if name in _NEEDED and not asked.get(name) and name not in self.errors:
                self.add_error(name, "Choose one.")
        others = {name for kind, names in FIELDS_OF.items() if kind != change for name in names}
        for name in others & self.errors.keys():
            # A mistake in what is not asked is none.
            del self.errors[name]
        return asked

    def question(self) -> dict[str, Any]:
        """What is asked, as a run keeps it."""
        asked = self.cleaned_data
        of_change = _QUESTIONS[asked["change"]](asked)
        return {"change": asked["change"], "whom": self.whom_in_words()} | of_change


class RollForwardForm(WhomForm):
    """A year to close for all of them."""

    year = forms.TypedChoiceField(label="Year to close", coerce=int)

    def __init__(
        self, member: Member, chosen: list[str], look: Look | None, data: Any = None
    ) -> None:
        super().__init__(member, chosen, look, data)
        this = timezone.now().year
        years = [(y, str(y)) for y in range(this + 1, published_years()[0] - 1, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        # At the end of a year it is that year, afterwards still the one before.
        now = timezone.now()
        return {"year": now.year if now.month >= 11 else now.year - 1}

    def question(self) -> dict[str, Any]:
        """What is asked, as a run keeps it."""
        return {"year": self.cleaned_data["year"], "whom": self.whom_in_words()}


FIELDS_OF: Final = {
    questions.NEW_LAW: ("new_part", "new_year"),
    questions.OTHER_YEAR: ("part", "year", "from_year"),
    questions.LAW: ("path",),
    questions.PARAMETER: ("parameter", "value", "value_from"),
    questions.PRICE: ("percent", "price", "stock", "from_day"),
    questions.NOW: (),
}
_NEEDED: Final = {*("new_part", "new_year", "part", "year", "from_year", "path", "parameter")}


def _check_price(form: RunForm, asked: dict[str, Any]) -> None:
    percent, price = asked.get("percent"), asked.get("price")
    if "percent" in form.errors or "price" in form.errors:
        return
    if (percent is None) == (price is None):
        form.add_error("percent", "Enter a change in percent or a price, one of the two.")
    elif percent is not None and percent > LARGEST_FACTOR - 1:
        form.add_error("percent", "Enter a change of at most 9,900%.")
    if asked.get("from_day") is None and "from_day" not in form.errors:
        form.add_error("from_day", "Enter a date, such as 2026-03-31.")


def _check_parameter(form: RunForm, asked: dict[str, Any]) -> None:
    path, text = asked.get("parameter") or "", asked.get("value") or ""
    if not path:
        return
    is_rate = path.endswith(FRACTIONS)
    value = wording.read_percentage(text) if is_rate else wording.read_amount(text)
    if not text.strip():
        value = math.inf
    if value is None:
        form.add_error("value", "Enter an amount, or a percentage for a rate.")
        return
    try:
        check_change(LawChange(path, value))
    except InvalidScenario as refusal:
        form.add_error("value", refusal.problems[0].message)
    asked["value"] = None if math.isinf(value) else value


_CHECKS: Final[Mapping[str, Callable[[RunForm, dict[str, Any]], None]]] = {
    questions.PRICE: _check_price,
    questions.PARAMETER: _check_parameter,
}
_QUESTIONS: Final[Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    questions.NEW_LAW: lambda asked: {"part": asked["new_part"], "year": asked["new_year"]},
    questions.OTHER_YEAR: lambda asked: {
        name: asked[name] for name in ("part", "year", "from_year")
    },
    questions.LAW: lambda asked: {"path": asked["path"]},
    questions.PARAMETER: lambda asked: {
        "parameter": asked["parameter"],
        "value": asked["value"],
        "from_year": asked["value_from"],
    },
    questions.PRICE: lambda asked: {
        "percent": asked["percent"],
        "price": asked["price"],
        "stock": " ".join(asked["stock"].split()),
        "from_day": asked["from_day"].isoformat(),
    },
    questions.NOW: lambda _: {},
}
