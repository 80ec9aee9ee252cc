"""Documents that are wrong, with the paths of what is wrong with each."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

SOUND: dict[str, Any] = {
    "schema_version": 1,
    "title": "Sound",
    "years": [{"year": 2026, "wages": 100000}, {"year": 2027}, {"year": 2028}],
    "grants": [{"id": "g1", "kind": "iso", "date": "2022-01-15", "shares": 100, "strike": 1}],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2026-03-01", "shares": 60, "fair_market_value": 9},
        {"id": "e2", "grant": "g1", "date": "2027-03-01", "shares": 40, "fair_market_value": 9},
    ],
    "holdings": [
        {"id": "h1", "acquired": "2015-06-01", "shares": 10, "basis": 3},
        {
            "id": "h2",
            "acquired": "2024-06-03",
            "shares": 10,
            "iso": {
                "granted": "2020-06-01",
                "exercised": "2024-06-03",
                "strike": 2,
                "fair_market_value": 8,
            },
        },
    ],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2026-11-02", "shares": 60, "price": 8},
        {"id": "s2", "from": "h1", "date": "2028-12-31", "shares": 10, "price": 8},
    ],
}
"""What the others are made from."""

LEFT_OUT = object()


FULLWIDTH_2026 = "\uff12\uff10\uff12\uff16"


class Hostile(NamedTuple):
    """A document and the paths of the problems that it has, in any order."""

    document: Any
    paths: list[str]


def changed(changes: dict[str, Any]) -> Any:
    """The sound document with other values at these paths, such as ``sales.0.from``."""
    document = copy.deepcopy(SOUND)
    for path, value in changes.items():
        *way, last = (int(step) if step.isdecimal() else step for step in path.split("."))
        place: Any = document
        for step in way:
            place = place[step] if isinstance(step, int) else place.setdefault(step, {})
        if value is LEFT_OUT:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return document


def with_(changes: dict[str, Any], *paths: str) -> Hostile:
    return Hostile(changed(changes), [*paths])


def nested_lists(depth: int) -> list[Any]:
    innermost: list[Any] = []
    for _ in range(depth):
        innermost = [innermost]
    return innermost


def years(*which: int) -> list[dict[str, int]]:
    return [{"year": year} for year in which]


JOINT_OF_65 = {"filing_status": "married_filing_jointly", "people_65_or_over": 2}

HOSTILE: dict[str, Hostile] = {
    # The document as such
    "document-is-a-list": Hostile([], [""]),
    "document-is-null": Hostile(None, [""]),
    "document-is-a-number": Hostile(1, [""]),
    "document-is-text": Hostile('{"schema_version": 1}', [""]),
    "document-is-empty": Hostile({}, ["schema_version", "years"]),
    "version-is-left-out": with_({"schema_version": LEFT_OUT}, "schema_version"),
    "version-is-newer": with_({"schema_version": 2}, "schema_version"),
    "version-is-older": with_({"schema_version": 0}, "schema_version"),
    "version-is-true": with_({"schema_version": True}, "schema_version"),
    "version-is-text": with_({"schema_version": "1"}, "schema_version"),
    "field-is-unknown": with_({"yeers": []}, "yeers"),
    "field-is-proto": with_({"__proto__": {}, "constructor": {}}, "__proto__", "constructor"),
    "field-is-python-only": with_({"batch_shape": []}, "batch_shape"),
    "field-has-its-python-name": with_({"sales.0.source": "e1"}, "sales[0].source"),
    "field-name-is-a-number": Hostile({**SOUND, 5: 1}, [""]),
    "field-name-holds-a-surrogate": with_({"\ud800": 1}, "\N{REPLACEMENT CHARACTER}"),
    "nested-deeply-in-process": with_({"years.0.wages": nested_lists(100_000)}, "years[0].wages"),
    # Lists and objects
    "years-are-none": with_(
        {"years": [], "grants": [], "exercises": [], "holdings": [], "sales": []}, "years"
    ),
    "years-are-an-object": with_({"years": {}}, "years"),
    "years-are-nulls": with_({"years": [None, None]}, "years[0]", "years[1]"),
    "years-are-left-out": with_({"years": LEFT_OUT}, "years"),
    "years-are-too-many": with_({"years": years(*range(2026, 2087))}, "years"),
    "grants-are-null": with_({"grants": None}, "grants"),
    "sales-are-too-many": with_({"sales": [SOUND["sales"][0]] * 501}, "sales"),
    "household-is-a-list": with_({"household": []}, "household"),
    "household-of-a-year-is-null": with_({"years.1.household": None}, "years[1].household"),
    "iso-is-a-list": with_({"holdings.1.iso": []}, "holdings[1].iso"),
    # Numbers
    "amount-is-text": with_({"years.0.wages": "100000"}, "years[0].wages"),
    "amount-is-true": with_({"years.0.wages": True}, "years[0].wages"),
    "amount-is-null": with_({"years.0.wages": None}, "years[0].wages"),
    "amount-is-a-list": with_({"years.0.wages": [1, 2]}, "years[0].wages"),
    "amount-is-not-a-number": with_({"years.0.wages": float("nan")}, "years[0].wages"),
    "amount-is-infinite": with_({"years.0.other_income": float("-inf")}, "years[0].other_income"),
    "amount-is-too-large": with_({"years.0.wages": 1.0000001e12}, "years[0].wages"),
    "amount-is-too-low": with_({"years.0.other_income": -1e13}, "years[0].other_income"),
    "amount-has-5000-digits": with_({"years.0.wages": 10**5000}, "years[0].wages"),
    "wages-are-negative": with_({"years.0.wages": -1}, "years[0].wages"),
    "shares-are-negative": with_({"grants.0.shares": -5}, "grants[0].shares"),
    "strike-is-negative": with_({"grants.0.strike": -0.01}, "grants[0].strike"),
    "price-is-negative": with_({"sales.0.price": -1}, "sales[0].price"),
    "opening-loss-is-negative": with_(
        {"opening.amt_capital_loss.long_term": -1}, "opening.amt_capital_loss.long_term"
    ),
    "rate-is-a-percentage": with_({"law.flat.amt_rate": 28}, "law.flat.amt_rate"),
    "rate-is-too-low": with_({"law.indexing_rate": -0.51}, "law.indexing_rate"),
    "rate-is-null": with_({"assumptions.discount_rate": None}, "assumptions.discount_rate"),
    "year-is-fractional": with_({"years.0.year": 2026.5}, "years[0].year"),
    "year-is-text": with_({"years.0.year": "2026"}, "years[0].year"),
    "boxes-are-too-many": with_(
        {"household.aged_or_blind_boxes": 5}, "household.aged_or_blind_boxes"
    ),
    "dependents-are-infinite": with_(
        {"household.dependents": float("inf")}, "household.dependents"
    ),
    # Text, words and dates
    "title-is-a-number": with_({"title": 5}, "title"),
    "title-is-too-long": with_({"title": "x" * 121}, "title"),
    "title-has-two-lines": with_({"title": "a\nb"}, "title"),
    "title-holds-nul": with_({"title": "a\0b"}, "title"),
    "notes-hold-an-escape": with_({"notes": "a\x1b[2Jb"}, "notes"),
    "notes-hold-a-surrogate": with_({"notes": "a\udfffb"}, "notes"),
    "notes-hold-a-noncharacter": with_({"notes": "a\ufffeb"}, "notes"),
    "notes-are-too-long": with_({"notes": "x" * 10_001}, "notes"),
    "id-is-blank": with_({"sales.0.id": " "}, "sales[0].id"),
    "id-is-too-long": with_({"sales.0.id": "x" * 65}, "sales[0].id"),
    "status-is-unknown": with_({"household.filing_status": "Single"}, "household.filing_status"),
    "status-is-null": with_({"household.filing_status": None}, "household.filing_status"),
    "state-is-no-state": with_({"household.state": "ZZ"}, "household.state"),
    "state-is-in-small-letters": with_({"household.state": "ca"}, "household.state"),
    "flag-is-one": with_({"sales.0.loss_recognized": 1}, "sales[0].loss_recognized"),
    "date-has-no-dashes": with_({"sales.0.date": "20261102"}, "sales[0].date"),
    "date-is-a-moment": with_({"sales.0.date": "2026-11-02T00:00:00"}, "sales[0].date"),
    "date-is-a-week": with_({"sales.0.date": "2026-W45-1"}, "sales[0].date"),
    "date-is-in-other-digits": with_({"sales.0.date": FULLWIDTH_2026 + "-11-02"}, "sales[0].date"),
    "date-ends-in-a-line-break": with_({"sales.0.date": "2026-11-02\n"}, "sales[0].date"),
    "date-does-not-exist": with_({"sales.0.date": "2026-02-29"}, "sales[0].date"),
    "date-is-a-number": with_({"sales.0.date": 20261102}, "sales[0].date"),
    "date-is-ancient": with_({"grants.0.date": "1969-12-31"}, "grants[0].date"),
    "date-is-far-off": with_({"grants.0.date": "2101-01-01"}, "grants[0].date"),
    # Sense
    "years-have-a-gap": with_({"years.1.year": 2025}, "years[1].year", "years[2].year"),
    "years-descend": with_({"years": years(2028, 2027, 2026)}, "years[1].year", "years[2].year"),
    "year-comes-twice": with_(
        {"years.2.year": 2027, "sales.1.date": "2027-01-04"}, "years[2].year"
    ),
    "ids-of-sales-are-the-same": with_({"sales.1.id": "s1"}, "sales[1].id"),
    "holding-has-the-id-of-an-exercise": with_(
        {"holdings.0.id": "e2", "sales.1.from": "e2"}, "holdings[0].id"
    ),
    "exercise-of-no-grant": with_({"exercises.1.grant": "g2"}, "exercises[1].grant"),
    "sale-of-nothing": with_({"sales.1.from": "g1"}, "sales[1].from"),
    "exercised-above-granted": with_({"exercises.1.shares": 40.001}, "exercises[1].shares"),
    "sold-above-held": with_({"sales.0.shares": 60.00001}, "sales[0].shares"),
    "sold-above-held-in-parts": with_(
        {"sales.2": {"id": "s3", "from": "e1", "date": "2026-03-01", "shares": 1, "price": 8}},
        "sales[0].shares",
    ),
    "exercise-before-its-grant": with_({"grants.0.date": "2026-03-02"}, "exercises[0].date"),
    "sale-before-its-exercise": with_({"sales.0.date": "2026-02-28"}, "sales[0].date"),
    "grant-after-the-last-year": with_(
        {"grants.1": {**SOUND["grants"][0], "id": "g2", "date": "2029-01-01"}}, "grants[1].date"
    ),
    "exercise-after-the-last-year": with_({"exercises.1.date": "2029-01-01"}, "exercises[1].date"),
    "holding-after-the-last-year": with_(
        {"holdings.1.acquired": "2029-01-01"}, "holdings[1].acquired"
    ),
    "sale-after-the-last-year": with_({"sales.1.date": "2029-01-01"}, "sales[1].date"),
    "sale-before-the-first-year": with_({"sales.1.date": "2025-12-31"}, "sales[1].date"),
    "iso-exercised-in-the-years": with_(
        {"holdings.1.iso.exercised": "2026-01-01"}, "holdings[1].iso.exercised"
    ),
    "iso-exercised-before-granted": with_(
        {"holdings.1.iso.exercised": "2020-05-31"}, "holdings[1].iso.exercised"
    ),
    "basis-is-left-out": with_({"holdings.0.basis": LEFT_OUT}, "holdings[0].basis"),
    "basis-is-null": with_({"holdings.0.basis": None}, "holdings[0].basis"),
    "special-gains-exceed-the-gain": with_(
        {"years.0.long_term_gain": 10, "years.0.collectibles_gain": 11},
        "years[0].collectibles_gain",
    ),
    "business-income-before-its-deduction": with_(
        {
            "years": [{"year": 2017, "qualified_business_income_deduction": 1}, {"year": 2018}],
            "grants": [],
            "exercises": [],
            "holdings": [],
            "sales": [],
        },
        "years[0].qualified_business_income_deduction",
    ),
    "two-of-65-are-single": with_(
        {"household.people_65_or_over": 2}, "household.people_65_or_over"
    ),
    "two-of-65-are-single-in-one-year": with_(
        {"years.2.household.people_65_or_over": 2}, "years[2].household.people_65_or_over"
    ),
    "two-of-65-part": with_(
        {"household": JOINT_OF_65, "years.1.household.filing_status": "single"},
        "years[1].household.people_65_or_over",
    ),
    # What is not modelled
    "state-is-not-modelled": with_({"household.state": "WY"}, "household.state"),
    "year-is-not-modelled": with_(
        {"years": years(2010, 2011), "grants": [], "exercises": [], "holdings": [], "sales": []},
        "years[0].year",
        "years[1].year",
    ),
    "year-is-past-the-sunset": with_(
        {
            "law": {"path": "sunset"},
            "years": years(2060, 2061),
            "exercises": [],
            "sales": [],
        },
        "years[1].year",
    ),
}

UNSUPPORTED = {"state-is-not-modelled", "year-is-not-modelled", "year-is-past-the-sunset"}

TEN_FAULTS = Hostile(
    changed(
        {
            "title": "a\tb",
            "household.filing_status": "married",
            "household.state": "NY",
            "years.0.wages": "many",
            "years.1.year": 2029,
            "years.2.wagess": 1,
            "grants.0.strike": LEFT_OUT,
            "exercises.0.shares": 61,
            "holdings.0.basis": -1,
            "sales.0.date": "2026-13-01",
            "sales.1.from": "h9",
        }
    ),
    [
        "title",
        "household.filing_status",
        "household.state",
        "years[0].wages",
        "years[1].year",
        "years[2].year",
        "years[2].wagess",
        "grants[0].strike",
        "exercises[1].shares",
        "holdings[0].basis",
        "sales[0].date",
        "sales[1].from",
    ],
)
"""Of every sort, in one document."""
