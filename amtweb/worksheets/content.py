"""What the page of a year's forms shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from amtweb.scenarios.line_links import BEYOND_THE_FORMS, laws_of, stamp_of
from amtweb.worksheets.beyond_forms import Made, beyond_forms
from amtweb.worksheets.references import Addresses, Reference, references_of, users_of
from amtweb.worksheets.sold_shares import SoldGroup, sold_shares
from amtweb.worksheets.written import NOTHING, exactly
from calculator import evaluate, parse_scenario
from calculator.worksheet import worksheets
from calculator.worksheet.forms import NAMES

if TYPE_CHECKING:
    from collections.abc import Collection

    from amtweb.exchange.subjects import Subject
    from amtweb.worksheets.references import Users
    from calculator import YearResult
    from calculator.worksheet import Worksheet, WorksheetLine

AMT_VERSIONS = {
    "amt_schedule_d": "Schedule D a second time, with AMT basis and AMT carryovers.",
    **dict.fromkeys(
        (
            "amt_rate_gain_worksheet",
            "amt_unrecaptured_1250_worksheet",
            "amt_qualified_dividends_worksheet",
            "amt_schedule_d_tax_worksheet",
            "amt_capital_loss_carryover",
        ),
        "The same worksheet a second time, with AMT amounts.",
    ),
}
FOR_THE_RECORDS = "The IRS prints no such form: keep it with the return of this year."
PARTS = {
    "form_6251": {
        "1a": "Part I: Alternative minimum taxable income",
        "5": "Part II: Alternative minimum tax",
        "12": "Part III: Tax with the rates for gains",
    },
    "form_8801": {
        "1": "Part I: Net minimum tax on exclusion items",
        "16": "Part II: Minimum tax credit",
        "27": "Part III: Tax with the rates for gains",
    },
    "schedule_d": {
        "1b": "Part I: Short-term",
        "8b": "Part II: Long-term",
        "16": "Part III: Summary",
    },
}
PARTS["amt_schedule_d"] = PARTS["schedule_d"]
OF_LAST_YEAR = ("form_8801", "1"), ("form_8801", "27")
"""Parts that are worked out with the amounts and the law of the year before."""
BEYOND_TITLE = "From the lines to the results"


class Line(NamedTuple):
    """A printed line."""

    id: str
    """Of the element that a link to the line leads to."""
    number: str
    caption: str
    text: str
    words: str
    """How it is made."""
    origins: tuple[Reference, ...]
    uses: tuple[Reference, ...]
    """Where it goes to."""
    citation: str
    part: str = ""
    """The heading above the line, if a part of the form begins with it."""

    @property
    def nothing(self) -> bool:
        """Whether it is zero."""
        return self.text == NOTHING


class Sheet(NamedTuple):
    """A form of the year."""

    id: str
    title: str
    lines: tuple[Line, ...]
    amt_version: str = ""
    """What the form is the AMT version of, in a sentence."""
    sold: tuple[SoldGroup, ...] = ()
    """The sales behind it."""

    @property
    def for_the_records(self) -> str:
        """Why somebody should keep it."""
        return FOR_THE_RECORDS if self.amt_version else ""

    @property
    def short(self) -> str:
        """The title as a list of forms has it."""
        return NAMES.get(self.id, self.title)

    @property
    def is_beyond(self) -> bool:
        """Whether it is no form."""
        return self.id == BEYOND_THE_FORMS


class WorksheetsPage(NamedTuple):
    """The forms of a year that are asked for."""

    year: YearResult
    years: tuple[int, ...]
    stamp: str
    law_page: str
    sheets: tuple[Sheet, ...]
    every_sheet: tuple[Sheet, ...]
    """All forms of the year."""

    @property
    def before(self) -> int | None:
        """The year before, if it is one of the scenario."""
        return self.year.year - 1 if self.year.year > self.years[0] else None

    @property
    def after(self) -> int | None:
        """The year after, if it is one of the scenario."""
        return self.year.year + 1 if self.year.year < self.years[-1] else None

    @property
    def for_the_records(self) -> str:
        """What asks for the AMT versions alone."""
        return urlencode([("only", sheet.id) for sheet in self.every_sheet if sheet.amt_version])

    @property
    def is_part(self) -> bool:
        """Whether some forms are left out."""
        return len(self.sheets) < len(self.every_sheet)


def worksheets_page(
    subject: Subject, year: int, only: Collection[str] = ()
) -> WorksheetsPage | None:
    """The forms of a year, or only some; None if the scenario has no such year."""
    scenario = parse_scenario(subject.document)
    result = evaluate(scenario)
    chosen = next((each for each in result.years if each.year == year), None)
    if chosen is None:
        return None
    years = tuple(each.year for each in result.years)
    laws = laws_of(result, scenario)
    filled = worksheets(scenario, result, year)
    after = worksheets(scenario, result, year + 1) if year < years[-1] else ()
    every = {sheet.form for sheet in filled} | {BEYOND_THE_FORMS}
    shown = frozenset(every.intersection(only) or every)
    addresses = Addresses(year, years, subject.page, laws, shown)
    users = users_of({year: filled, year + 1: after}, addresses)
    sold = sold_shares(scenario, result, addresses)
    every_sheet = (
        *(
            _sheet(sheet, addresses, users)._replace(sold=sold.get(sheet.form, ()))
            for sheet in filled
        ),
        _beyond(beyond_forms(result, chosen, addresses)),
    )
    return WorksheetsPage(
        chosen,
        years,
        stamp_of(result),
        laws.get(year, ""),
        tuple(sheet for sheet in every_sheet if sheet.id in shown),
        every_sheet,
    )


def _sheet(sheet: Worksheet, addresses: Addresses, users: Users) -> Sheet:
    return Sheet(
        sheet.form,
        sheet.title,
        tuple(_line(sheet.form, line, addresses, users) for line in sheet.lines),
        AMT_VERSIONS.get(sheet.form, ""),
    )


def _line(form: str, line: WorksheetLine, addresses: Addresses, users: Users) -> Line:
    part = PARTS.get(form, {}).get(line.number, "")
    if (form, line.number) in OF_LAST_YEAR:
        part = f"{part}, of {addresses.year - 1}"
    origins = references_of(line.origins, form, addresses)
    says_the_same = len(origins) == 1 and origins[0].label.lower() == line.words.lower()
    return Line(
        id=f"{form}-{line.number}",
        number=line.number,
        caption=line.caption,
        text=exactly(line.amount),
        words="" if says_the_same else line.words,
        origins=origins,
        uses=users.get((form, line.number), ()),
        citation=line.citation,
        part=part,
    )


def _beyond(made: tuple[Made, ...]) -> Sheet:
    return Sheet(
        BEYOND_THE_FORMS,
        BEYOND_TITLE,
        tuple(
            Line(
                id=f"{BEYOND_THE_FORMS}-{each.key}",
                number="",
                caption=each.caption,
                text=exactly(each.amount),
                words=each.words,
                origins=each.origins,
                uses=each.uses,
                citation="",
            )
            for each in made
        ),
    )
