"""Options and shares against an account that follows them share by share."""

from __future__ import annotations

import datetime
from random import Random

import pytest

from tests.calculator.builders import Document, result_of, years_from
from tests.calculator.shares_on_paper import GAINS, YEARLY, years_of_shares

FIRST, YEARS = 2024, 5
DOCUMENTS = 120
STOCKS = ("", "Other")


def a_day(random: Random, first: int, last: int) -> str:
    start = datetime.date(first, 1, 1)
    days = (datetime.date(last, 12, 31) - start).days
    if random.random() < 0.2:
        return random.choice([f"{first}-02-28", f"{first}-12-31", f"{last}-01-01"])
    return (start + datetime.timedelta(random.randrange(days))).isoformat()


def a_price(random: Random) -> float:
    return random.choice([0.0, 5.0, 10.0, round(random.uniform(0, 60), 2)])


def grant_with_events(random: Random, number: int) -> Document:
    """A grant, its vestings, and exercises within what they allow."""
    name = f"g{number}"
    kind = random.choice(["iso", "iso", "iso", "nso"])
    early, vests = random.random() < 0.5, random.random() < 0.7
    grant: Document = {
        "id": name,
        "kind": kind,
        "date": a_day(random, 2022, 2024),
        "shares": 12_000.0,
        "strike": random.choice([1.0, 10.0, 25.0]),
        "early_exercise": early,
        "stock": random.choice(STOCKS),
        "owner": random.choice(["self", "self", "spouse"]),
    }
    if random.random() < 0.3:
        grant["fair_market_value"] = random.choice([8.0, 30.0])
    start = int(grant["date"][:4])
    vestings: list[Document] = [
        {
            "id": f"v{number}-{i}",
            "grant": name,
            "date": f"{start + 1 + i}-{random.choice(['01-10', '06-30', '12-31'])}",
            "shares": 3_000.0,
            "fair_market_value": a_price(random),
        }
        for i in range(4 if vests else 0)
    ]
    if random.random() < 0.3:
        grant["employment_ended"] = a_day(random, 2025, 2027)
        grant["employment_ended_by"] = random.choice(["leaving", "disability"])
    taken = 0.0
    exercises: list[Document] = []
    for date in sorted({a_day(random, 2024, 2027) for _ in range(random.randint(1, 3))}):
        if date < grant["date"]:
            continue
        ended = grant.get("employment_ended", "9999")
        open_to_it = sum(
            each["shares"] for each in vestings if early or (each["date"] <= min(date, ended))
        )
        most = (open_to_it if vestings else grant["shares"]) - taken
        shares = random.choice([most, float(most // 2), min(most, 1_700.0)])
        if shares <= 0:
            continue
        taken += shares
        exercise: Document = {
            "id": f"e{number}-{len(exercises)}",
            "grant": name,
            "date": date,
            "shares": shares,
            "fair_market_value": a_price(random),
            "section_83b_election": random.random() < 0.5,
        }
        exercises.append(exercise)
    return {"grants": [grant], "vestings": vestings, "exercises": exercises}


def holdings(random: Random) -> list[Document]:
    exercised = random.choice(["2023-03-03", "2022-02-02", "2023-12-31"])
    return [
        {
            "id": "h1",
            "acquired": exercised,
            "shares": 900.0,
            "iso": {
                "granted": random.choice(["2021-01-01", "2022-02-02"]),
                "exercised": exercised,
                "strike": a_price(random),
                "fair_market_value": a_price(random),
            },
        },
        {
            "id": "h2",
            "acquired": a_day(random, 2020, 2024),
            "shares": 700.0,
            "basis": a_price(random),
            "amt_basis": random.choice([None, a_price(random)]),
            "stock": random.choice(STOCKS),
        },
    ]


def sellable(document: Document, exercise: Document, date: str) -> float:
    """Shares of an exercise that have vested by a day: those of its own first."""
    (grant,) = [each for each in document["grants"] if each["id"] == exercise["grant"]]
    vestings = [each for each in document["vestings"] if each["grant"] == grant["id"]]
    if not (vestings and grant["early_exercise"]):
        return float(exercise["shares"])
    last = min(date, grant.get("employment_ended", "9999"))
    vested = sum(each["shares"] for each in vestings if each["date"] <= last)
    before = sum(
        each["shares"]
        for each in document["exercises"]
        if each["grant"] == grant["id"] and each["date"] < exercise["date"]
    )
    return float(max(0.0, min(exercise["shares"], vested - before)))


def sales(random: Random, document: Document) -> list[Document]:
    found: list[Document] = []
    for lot in [*document["exercises"], *document["holdings"]]:
        since = lot.get("date") or lot["acquired"]
        gone = 0.0
        for date in sorted(a_day(random, FIRST, FIRST + YEARS - 1) for _ in range(3)):
            there = sellable(document, lot, date) if "grant" in lot else lot["shares"]
            shares = random.choice([there - gone, (there - gone) / 3])
            if date < since or shares <= 0:
                continue
            gone += shares
            worthless = random.random() < 0.1
            found.append(
                {
                    "id": f"s{len(found)}",
                    "from": lot["id"],
                    "date": date,
                    "shares": shares,
                    "price": 0.0 if worthless else a_price(random),
                    "kind": "worthless" if worthless else "sale",
                    "loss_recognized": random.random() < 0.8,
                }
            )
    return found


def a_document(random: Random) -> Document:
    events: Document = {"grants": [], "vestings": [], "exercises": []}
    for number in range(random.randint(1, 3)):
        for kind, own in grant_with_events(random, number).items():
            events[kind] += own
    events["holdings"] = holdings(random)
    events["sales"] = sales(random, events)
    return years_from(FIRST, *({} for _ in range(YEARS)), **events)


def split_in_the_middle(random: Random, document: Document) -> Document:
    """The same told with a split: what lies after it in new shares."""
    stock, date = "", a_day(random, 2025, 2027)
    ratio = random.choice([2.0, 10.0, 0.1, 1.5])
    grants = {grant["id"]: grant["stock"] for grant in document["grants"]}
    lots = {each["id"]: grants[each["grant"]] for each in document["exercises"]} | {
        "h1": "",
        "h2": document["holdings"][1]["stock"] or None,
    }
    for kind in ("vestings", "exercises", "sales"):
        for event in document[kind]:
            own = lots[event["from"]] if kind == "sales" else grants[event["grant"]]
            if own != stock or event["date"] < date:
                continue
            event["shares"] *= ratio
            for price in ("fair_market_value", "price"):
                if event.get(price) is not None:
                    event[price] /= ratio
    return document | {"splits": [{"id": "x", "stock": stock, "date": date, "ratio": ratio}]}


@pytest.mark.parametrize("splits", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_every_year_has_what_its_shares_bring(seed: int, *, splits: bool) -> None:
    random = Random(seed)  # noqa: S311  (for shares, not for secrets)
    for _ in range(DOCUMENTS):
        document = a_document(random)
        if splits:
            document = split_in_the_middle(random, document)
        on_paper = years_of_shares(document)

        for year in result_of(document)["years"]:
            ours = {name: year["equity"][name] for name in (*YEARLY, *GAINS)}
            assert ours == pytest.approx(on_paper[year["year"]], abs=0.001, rel=1e-9)
