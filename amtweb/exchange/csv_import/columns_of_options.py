"""The columns of tables about options: Form 3921, grants, vesting and exercises."""

from __future__ import annotations

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.column_makers import (
    ID,
    STOCK,
    WHOSE,
    date,
    needed_date,
    needed_price,
    needed_text,
    price,
    shares,
    text,
    yes_or_no,
)
from amtweb.exchange.csv_import.table_text import Column

KINDS_OF_OPTIONS: dict[str, str | bool] = {
    **dict.fromkeys(
        ("ISO", "Incentive", "Incentive stock option", "Incentive stock options"), "iso"
    ),
    **dict.fromkeys(
        (
            *("NSO", "NQ", "NQSO", "NQO", "Nonqualified", "Non-qualified", "Nonstatutory"),
            *("Nonqualified stock option", "Non-qualified stock option"),
        ),
        "nso",
    ),
}

GRANT = needed_text(
    *("grant", "Grant", "Grant id", "Grant name", "Grant number"),
    example="Hiring grant",
    explained="A grant of the scenario: its name, its id, or the day on which it was granted.",
)
NAME = text(
    *("label", "Name", "Label", "Description", "Grant name", "Grant number", "Grant id"),
    example="Hiring grant",
)


FORM_3921_COLUMNS = (
    needed_date(
        *("date", "Date option granted", "Box 1", "Grant date", "Date granted"),
        *("Date of grant", "Option grant date", "Granted"),
        example="2022-01-15",
        explained="Box 1.",
    ),
    needed_date(
        *("exercised", "Date option exercised", "Box 2", "Exercise date"),
        *("Date exercised", "Date of exercise", "Exercised", "Transfer date"),
        example="2026-03-02",
        explained="Box 2.",
    ),
    needed_price(
        *("strike", "Exercise price per share", "Box 3", "Exercise price", "Strike"),
        *(
            "Strike price",
            "Grant price",
            "Option price",
            "Exercise price paid per share",
        ),
        example="2.50",
        explained="Box 3.",
    ),
    needed_price(
        "fair_market_value",
        "Fair market value per share on exercise date",
        *("Box 4", "Fair market value", "FMV", "Fair market value per share"),
        *("FMV per share", "FMV at exercise", "FMV on exercise date"),
        *("Market value per share", "Exercise FMV", "Exercise date FMV"),
        *("FMV per share on exercise date", "Value that day"),
        example="21.40",
        explained="Box 4.",
    ),
    shares(
        *("Box 5", "Shares transferred", "Number of shares", "Shares"),
        *("No of shares transferred", "Shares exercised", "Quantity", "Qty"),
        *("Number of shares exercised", "Number of shares of stock transferred"),
        title="Number of shares transferred",
        example="1,000",
        explained="Box 5.",
    ),
    text(
        *("stock", "Other corporation", "Box 6", "Other corporation name"),
        *("Name of other corporation", "Corporation", "Company", "Stock"),
        explained="Box 6: whose stock it is, if not of who sent the form.",
    ),
    text(
        *("account", "Account number", "Account", "Account no"),
        explained="Taken no notice of, and not kept.",
    ),
    text(
        *("label", "Name", "Label", "Grant name", "Description"),
        explained="Of the grant, if a new one is made.",
    ),
    text(
        *("grant", "Grant", "Grant id", "Grant number"),
        explained="A grant of the scenario, if its date and price do not say which.",
    ),
    WHOSE,
)

GRANT_COLUMNS = (
    ID,
    NAME,
    Column(
        key="kind",
        title="Kind",
        names=("Type", "Option type", "Grant type"),
        read=cells.one_of(KINDS_OF_OPTIONS, "ISO or NSO"),
        required=True,
        example="ISO",
        explained="ISO or NSO.",
    ),
    needed_date(
        *("date", "Granted", "Grant date", "Date granted", "Date of grant"),
        "Award date",
        example="2022-01-15",
    ),
    shares(
        *("Shares granted", "Options granted", "Number of shares", "Options"),
        *("Quantity", "Qty", "Granted shares"),
        example="10,000",
        explained="All that were granted, exercised or not.",
    ),
    needed_price(
        *("strike", "Strike", "Strike price", "Exercise price", "Grant price"),
        *("Option price", "Exercise price per share"),
        example="2.50",
    ),
    price(
        *("fair_market_value", "Value at grant", "FMV at grant", "FMV"),
        "Fair market value",
        explained="A share; blank: the strike.",
    ),
    date("expires", "Expires", "Expiration date", "Expiry", "Expiration"),
    yes_or_no("early_exercise", "Early exercise", explained="yes or no; blank: no."),
    date(
        *("employment_ended", "Employment ended", "Termination date"),
    ),
    Column(
        key="employment_ended_by",
        title="Ended by",
        read=cells.one_of(
            {"leaving": "leaving", "disability": "disability", "death": "death"},
            "leaving or disability",
        ),
        explained="leaving or disability; blank: leaving.",
    ),
    STOCK,
    WHOSE,
)

VESTING_COLUMNS = (
    ID,
    GRANT,
    needed_date("date", "Vests", "Vest date", "Vesting date", "Date", example="2023-01-15"),
    shares(
        *("Shares vesting", "Vesting shares", "Quantity", "Number of shares"),
        example="2,500",
    ),
    price(
        *("fair_market_value", "Value that day", "FMV", "Fair market value"),
        explained="A share; needed where shares were exercised before.",
    ),
)

EXERCISE_COLUMNS = (
    ID,
    GRANT,
    needed_date(
        *("date", "Exercised", "Exercise date", "Date exercised", "Date"),
        example="2026-03-02",
    ),
    shares(
        *("Shares exercised", "Quantity", "Number of shares", "Options exercised"),
        example="1,000",
    ),
    needed_price(
        *("fair_market_value", "Value that day", "FMV", "Fair market value"),
        *("FMV at exercise", "Market value"),
        example="21.40",
        explained="A share, on the day of exercise.",
    ),
    yes_or_no(
        *("section_83b_election", "83(b) election", "83b election", "83b"),
        explained="yes or no; blank: no.",
    ),
    price(
        *("iso_shares", "Of them ISO", "ISO shares"),
        explained="Shares, as the company says; blank: a part of each.",
    ),
)
