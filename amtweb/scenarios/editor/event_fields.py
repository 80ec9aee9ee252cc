"""The fields of grants, vestings, exercises, holdings, sales and splits in the editor."""

from __future__ import annotations

from typing import NamedTuple

from amtweb.scenarios.editor.specs import Choices, Spec


class EventKind(NamedTuple):
    """A kind of event and its fields."""

    name: str
    title: str
    one: str
    none_yet: str
    fields: tuple[Spec, ...]
    more: tuple[Spec, ...] = ()
    more_title: str = "More"
    note: str = ""
    """What a person should know before the first row; in brackets, terms of the glossary."""


GRANT = (
    Spec("label", "Name", "text", wide=True),
    Spec("kind", "Kind", "choice", (("iso", "ISO"), ("nso", "NSO")), standing="iso"),
    Spec("date", "Granted", "date"),
    Spec("shares", "Shares"),
    Spec("strike", "Strike", unit="$"),
)
WHOSE: Choices = (("self", "Yours"), ("spouse", "Your spouse’s"))
YES_OR_NO: Choices = (("false", "No"), ("true", "Yes"))
GRANT_MORE = (
    Spec("fair_market_value", "Value at grant", unit="$", hint="A share; blank: the strike"),
    Spec(
        "early_exercise",
        "Early exercise",
        "choice",
        YES_OR_NO,
        hint="Yes: may be exercised before it vests",
        standing="false",
    ),
    Spec("expires", "Expires", "date", hint="Last day to exercise"),
    Spec("employment_ended", "Employment ended", "date", hint="Nothing vests after it"),
    Spec(
        "employment_ended_by",
        "Ended by",
        "choice",
        (
            ("leaving", "Leaving"),
            ("disability", "Disability"),
            ("death", "Death (not modelled)"),
        ),
        hint="ISO for 3 months after it; after disability for a year",
        standing="leaving",
    ),
    Spec("stock", "Stock", "text", hint="If there is more than one company"),
    Spec(
        "owner",
        "Whose",
        "choice",
        WHOSE,
        hint="The $100,000 limit is each person’s",
        standing="self",
    ),
)
VESTING = (
    Spec("grant", "Grant", "choice", wide=True),
    Spec("date", "Vests", "date"),
    Spec("shares", "Shares"),
)
VESTING_MORE = (
    Spec(
        "fair_market_value",
        "Value that day",
        unit="$",
        hint="A share; without an 83(b) election it is what counts",
    ),
)
EXERCISE = (
    Spec("grant", "Grant", "choice", wide=True),
    Spec("date", "Exercised", "date"),
    Spec("shares", "Shares"),
    Spec("fair_market_value", "Value that day", unit="$", hint="A share"),
)
EXERCISE_MORE = (
    Spec(
        "section_83b_election",
        "83(b) election",
        "choice",
        YES_OR_NO,
        hint="Yes: shares that have yet to vest count now, at today’s value",
        standing="false",
    ),
    Spec(
        "iso_shares",
        "Of them ISO",
        hint="If the $100,000 limit splits the grant: shares, as the company says; blank: each in "
        "part",
    ),
)
HOLDING = (
    Spec("label", "Name", "text", wide=True),
    Spec("acquired", "Acquired", "date"),
    Spec("shares", "Shares"),
    Spec("basis", "Basis", unit="$", hint="A share"),
    Spec("amt_basis", "AMT basis", unit="$", hint="A share; blank: the same"),
    Spec("price", "Price today", unit="$", hint="For the analyses"),
)
HOLDING_MORE = (
    Spec("iso.granted", "ISO granted", "date", hint="Both bases follow from these four"),
    Spec("iso.exercised", "Exercised", "date"),
    Spec("iso.strike", "Strike", unit="$", hint="A share"),
    Spec("iso.fair_market_value", "Value at exercise", unit="$", hint="A share"),
    Spec("stock", "Stock", "text", hint="As grants name it; blank: not theirs, but for an ISO’s"),
    Spec(
        "owner",
        "Whose",
        "choice",
        WHOSE,
        hint="For separate returns of a couple",
        standing="self",
    ),
)
SALE = (
    Spec("from", "From", "choice", wide=True),
    Spec("date", "Sold", "date"),
    Spec("shares", "Shares"),
    Spec("price", "Price", unit="$", hint="A share; worthless: 0"),
)
SALE_MORE = (
    Spec(
        "kind",
        "What happened",
        "choice",
        (
            ("sale", "Sold"),
            ("worthless", "Became worthless"),
            ("gift", "Given away (not modelled)"),
            ("spouse", "To a spouse (not modelled)"),
            ("death", "At death (not modelled)"),
            ("exchange", "Exchanged (not modelled)"),
            ("short_sale", "Sold short (not modelled)"),
        ),
        standing="sale",
    ),
    Spec(
        "loss_recognized",
        "Loss",
        "choice",
        (("true", "Recognized"), ("false", "Not recognized")),
        hint="Not recognized: wash sale, or a related buyer. It counts as zero, and an ISO sold "
        "too early has its whole spread as income",
        standing="true",
    ),
)

SPLIT = (
    Spec("stock", "Stock", "text", hint="Blank: that of the grants", wide=True),
    Spec("date", "First day", "date", hint="Of trading in new shares"),
    Spec("ratio", "New shares for one", hint="10 for 10:1; 0.1 for a reverse split"),
)

EVENT_KINDS = (
    EventKind(
        "grants",
        "Grants",
        "grant",
        "No grants yet: options that you were given.",
        GRANT,
        GRANT_MORE,
        "Early exercise, expiry, leaving, company",
        "An [ISO] or [NSO] and its [strike], as the grant notice has them. For the "
        "[$100,000 limit] add vesting dates.",
    ),
    EventKind(
        "vestings",
        "Vesting",
        "vesting",
        "No vesting dates: all options may be exercised.",
        VESTING,
        VESTING_MORE,
        "Exercised before it vests",
        "Needed where shares are exercised before they vest, for what is lost on leaving, and for "
        "the $100,000 limit. What vests first is exercised and sold first.",
    ),
    EventKind(
        "exercises",
        "Exercises",
        "exercise",
        "Nothing is exercised yet. Exercises come from a grant.",
        EXERCISE,
        EXERCISE_MORE,
        "Exercised before vesting, or over the $100,000 limit",
        "AMT counts the [spread]: the [value that day|fair market value] less the strike. Before "
        "shares vest, there is the [83(b)] election.",
    ),
    EventKind(
        "holdings",
        "Holdings",
        "holding",
        "No shares or other assets held from before.",
        HOLDING,
        HOLDING_MORE,
        "From an ISO exercised before the first year; company",
        "Anything that you hold and may sell. RSUs: their value at vesting is in wages, and is the "
        "[basis] here. ESPP shares: the basis is what you paid and what counted as wages. Shares "
        "of an ISO have an [AMT basis] too.",
    ),
    EventKind(
        "sales",
        "Sales",
        "sale",
        "Nothing is sold yet. Sales come from an exercise, or from a holding.",
        SALE,
        SALE_MORE,
        "Wash sale, worthless stock, other ends",
        "A lot may be sold in parts, each a sale of its own. The dates say whether it is "
        "[qualifying] or [disqualifying]; a loss may be a [wash sale].",
    ),
    EventKind(
        "splits",
        "Splits",
        "split",
        "No splits.",
        SPLIT,
        note="Everything dated before the first day of a split is in old shares and prices, the "
        "rest in new ones.",
    ),
)
