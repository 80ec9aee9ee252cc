"""The columns of tables about shares: holdings and sales."""

from __future__ import annotations

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.column_makers import (
    ID,
    STOCK,
    WHOSE,
    date,
    needed_date,
    needed_price,
    price,
    shares,
    text,
    yes_or_no,
)
from amtweb.exchange.csv_import.table_text import Column

WHAT_HAPPENED: dict[str, str | bool] = {
    **dict.fromkeys(("Sale", "Sold", "Sell"), "sale"),
    **dict.fromkeys(("Worthless", "Became worthless"), "worthless"),
    **{word: word for word in ("gift", "spouse", "death", "exchange")},
    "short sale": "short_sale",
}


HOLDING_COLUMNS = (
    ID,
    text("label", "Name", "Label", "Description", "Security", example="Old lot"),
    needed_date(
        *("acquired", "Acquired", "Date acquired", "Acquisition date"),
        "Purchase date",
        example="2020-06-01",
    ),
    shares("Quantity", "Qty", "Number of shares", example="300"),
    price(
        *("basis", "Basis", "Basis per share", "Cost basis per share"),
        *("Cost per share", "Price paid"),
        example="4.00",
        explained="A share; needed unless the shares came from an ISO.",
    ),
    price(
        *("amt_basis", "AMT basis", "AMT basis per share"),
        example="9.00",
        explained="A share; blank: the same.",
    ),
    price(
        *("price", "Price today", "Price", "Market price"),
        explained="A share; for the analyses.",
    ),
    date(
        *("iso.granted", "ISO granted", "Option granted"),
        explained="This and the next three, if the shares came from an ISO.",
    ),
    date("iso.exercised", "ISO exercised", "Option exercised"),
    price("iso.strike", "ISO strike", "Strike"),
    price("iso.fair_market_value", "ISO value at exercise", "FMV at exercise"),
    STOCK,
    WHOSE,
)

SALE_COLUMNS = (
    ID,
    text(
        *("from", "Lot", "From", "Lot id", "Source"),
        explained="The exercise or holding sold from: its id, or its name.",
    ),
    date(
        *("acquired", "Acquired", "Date acquired", "Acquisition date"),
        *("Exercised", "Exercise date", "Purchase date"),
        example="2026-03-02",
        explained="Finds the lot if none is named: the day of its exercise or purchase.",
    ),
    needed_date(
        *("date", "Sold", "Date sold", "Sale date", "Date of sale", "Trade date"),
        example="2027-04-05",
    ),
    shares("Shares sold", "Quantity", "Qty", "Number of shares", example="500"),
    needed_price(
        *("price", "Price", "Sale price", "Price per share", "Sale price per share"),
        example="30.00",
        explained="A share.",
    ),
    Column(
        key="kind",
        title="What happened",
        read=cells.one_of(WHAT_HAPPENED, "sold or worthless"),
        explained="sold or worthless; blank: sold.",
    ),
    yes_or_no(
        "loss_recognized",
        "Loss recognized",
        explained="yes or no (wash sale, related party); blank: yes.",
    ),
)
