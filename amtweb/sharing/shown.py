"""What of a document the holder of a link gets: what is listed here, and nothing else.

A field that the document gains later stays with the owner until it is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amtweb.scenarios.models import Document

Shape = dict[str, Any]
"""The names of an object's fields, with the shape of what is in each; None for a plain value."""


def _plain(names: str) -> Shape:
    return dict.fromkeys(names.split())


HOUSEHOLD = _plain("filing_status state aged_or_blind_boxes people_65_or_over dependents")
LOSS = _plain("short_term long_term")
SHOWN: Shape = {
    "schema_version": None,
    "title": None,
    "law": {
        "path": None,
        "indexing_rate": None,
        "flat": _plain("ordinary_rate long_term_gain_rate amt_rate loss_deduction_limit"),
    },
    "method": _plain("figures form_8801_line_28 section_68_reversal"),
    "household": HOUSEHOLD,
    "assumptions": _plain("discount_rate credit_value"),
    "opening": {
        **_plain("minimum_tax_credit prior_year_tax prior_year_adjusted_gross_income"),
        "capital_loss": LOSS,
        "amt_capital_loss": LOSS,
    },
    "years": {
        "household": HOUSEHOLD,
        "itemized": _plain("state_and_local_taxes mortgage_interest charitable_gifts other"),
        **_plain(
            "year wages interest qualified_dividends other_income short_term_gain long_term_gain"
            " unrecaptured_section_1250_gain collectibles_gain adjustments state_tax_refund"
            " private_activity_bond_interest deduction qualified_business_income_deduction"
            " schedule_1a_deductions foreign_tax_credit amt_foreign_tax_credit"
            " other_nonrefundable_credits other_amt_deferral_items other_amt_exclusion_items"
            " withholding"
        ),
    },
    "grants": _plain(
        "id label kind date shares strike fair_market_value stock owner expires early_exercise"
        " employment_ended employment_ended_by"
    ),
    "vestings": _plain("id grant date shares fair_market_value"),
    "exercises": _plain("id grant date shares fair_market_value section_83b_election iso_shares"),
    "holdings": {
        **_plain("id label acquired shares basis amt_basis price stock owner"),
        "iso": _plain("granted exercised strike fair_market_value"),
    },
    "splits": _plain("id stock date ratio"),
    "sales": _plain("id from date shares price loss_recognized kind"),
}

LETTERS = {
    "grants": "g",
    "vestings": "v",
    "exercises": "e",
    "holdings": "h",
    "splits": "p",
    "sales": "s",
}
NAMED = {"grants": "Grant", "holdings": "Holding"}
OF_A_COMPANY = ("grants", "holdings", "splits")
NO_NAME = "Shared scenario"


Numbers = dict[str, dict[str, str]]
"""By kind of rows, the ids that a holder sees for those of the owner."""


def shown_document(
    document: Document, *, hides_names: bool, numbers: Numbers | None = None
) -> Document:
    """The document as a holder may have it: without notes, and with ids of its own.

    Ids are the owner's words, too: a file that was imported here may name companies in them.

    Args:
        document: The owner's.
        hides_names: Whether titles and labels are left out.
        numbers: The ids, if they are to be those of other documents, too.
    """
    shown: Document = only_shown(document)
    _renumber(shown, numbers or numbers_of(document))
    if hides_names:
        shown["title"] = NO_NAME
        for kind, word in NAMED.items():
            for number, row in enumerate(shown.get(kind, ()), start=1):
                row["label"] = f"{word} {number}"
        _rename_companies(shown)
    return shown


def numbers_of(*documents: Document) -> Numbers:
    """Ids for the rows of the documents: what is the same row in two has one."""
    numbers: Numbers = {}
    for kind, letter in LETTERS.items():
        own = dict.fromkeys(row["id"] for each in documents for row in each.get(kind, ()))
        numbers[kind] = {row_id: f"{letter}{n}" for n, row_id in enumerate(own, start=1)}
    return numbers


def only_shown(document: Document) -> Document:
    """What of the document is listed, under the ids that it has."""
    shown: Document = _only(SHOWN, document)
    return shown


def _only(shape: Shape, given: Any) -> Any:
    if isinstance(given, list):
        return [_only(shape, item) for item in given]
    if not isinstance(given, dict):
        return None
    return {
        name: _only(inner, given[name]) if inner else given[name]
        for name, inner in shape.items()
        if name in given
    }


def _rename_companies(shown: Document) -> None:
    """The same company stays the same, under a number."""
    numbers: dict[str, str] = {}
    for kind in OF_A_COMPANY:
        for row in shown.get(kind, ()):
            if name := row.get("stock"):
                row["stock"] = numbers.setdefault(name, f"Company {len(numbers) + 1}")


def _renumber(shown: Document, new: Numbers) -> None:
    for kind in LETTERS:
        for row in shown.get(kind, ()):
            row["id"] = new[kind][row["id"]]
    for row in (*shown.get("exercises", ()), *shown.get("vestings", ())):
        row["grant"] = new["grants"][row["grant"]]
    lots = new["exercises"] | new["holdings"]
    for sale in shown.get("sales", ()):
        sale["from"] = lots[sale["from"]]
