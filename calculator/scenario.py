"""A scenario: who files, what each year brings, and what happens to the shares.

These are the types behind the scenario document: its reader and its JSON Schema are made from
them, and the text below a field is its description in the schema.  Money is in dollars of the
year, rates are fractions, shares may be fractional.  An amount may be an array in any batch shape;
dates, years, statuses and elections never are.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated

from calculator.amounts import Dollars
from calculator.fields import (
    MOST_EVENTS,
    MOST_YEARS,
    Amount,
    Date,
    Derived,
    Flag,
    Limit,
    Many,
    Named,
    NeededWithout,
    OneOf,
    Overrides,
    Rate,
    State,
    Text,
    Version,
    Whole,
)

SCHEMA_VERSION = 1
LONGEST_ID = 64

JOINTLY, SEPARATELY = "married_filing_jointly", "married_filing_separately"
FILING_STATUSES = (
    "single",
    JOINTLY,
    SEPARATELY,
    "head_of_household",
    "qualifying_surviving_spouse",
)

Money = Annotated[Dollars, Amount()]
SignedMoney = Annotated[Dollars, Amount(signed=True)]
PerShare = Annotated[Dollars, Amount(unit="dollars a share")]
PerShareOrNone = Annotated[Dollars | None, Amount(nullable=True, unit="dollars a share")]
Shares = Annotated[Dollars, Amount(unit="shares")]
SharesOrNone = Annotated[Dollars | None, Amount(nullable=True, unit="shares")]
DateOrNone = Annotated[datetime.date | None, Date(nullable=True)]
Identifier = Annotated[str, Text(longest=LONGEST_ID, required=True)]
Label = Annotated[str, Text(longest=120)]


FLAT = "flat"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRates:
    """The textbook model of a few flat rates, read only when the law path is ``flat``."""

    ordinary_rate: Annotated[float, Rate()] = 0.37
    long_term_gain_rate: Annotated[float, Rate()] = 0.20
    amt_rate: Annotated[float, Rate()] = 0.28
    loss_deduction_limit: Annotated[float, Limit()] = 0.0
    """Yearly limit on net capital losses against other income, in both systems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChoice:
    """Which law the years are computed under."""

    path: Annotated[str, OneOf(("current", "sunset", FLAT))] = "current"
    """The law as it stands, the law had the Tax Cuts and Jobs Act expired, or flat rates."""
    indexing_rate: Annotated[float, Rate()] = 0.02
    """Yearly growth of the price index after the last estimated year."""
    flat: FlatRates = field(default_factory=FlatRates)


OWN, SPOUSES = OWNERS = ("self", "spouse")
EXACT, AS_FILED = FIGURES = ("exact", "as_filed")
BY_STATUTE, TO_THE_LETTER = READINGS_OF_LINE_28 = ("statute", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How the forms are filled in, where a person may wish for another way than ours."""

    figures: Annotated[str, OneOf(FIGURES)] = EXACT
    """Exact, or whole dollars and the Tax Table, as on a filed return."""
    form_8801_line_28: Annotated[str, OneOf(READINGS_OF_LINE_28)] = BY_STATUTE
    """The gain taxed in Part III of Form 8801: that of the regular Schedule D, as section
    53(d)(1)(B) has it; or that of the AMT Schedule D, to the letter of the form."""
    section_68_reversal: Annotated[bool, Flag()] = True
    """Whether what section 68 cut is given back for AMT, as section 56(b)(1) has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who files."""

    filing_status: Annotated[str, OneOf(FILING_STATUSES)] = "single"
    """On the federal return."""
    state: Annotated[str | None, State(modelled=())] = None
    """Postal code of the state whose income tax is computed too; left out: none is."""
    aged_or_blind_boxes: Annotated[int, Whole(0, 4)] = 0
    """Boxes checked for 65 or over and for blindness: additional standard deduction."""
    people_65_or_over: Annotated[int, Whole(0, 2)] = 0
    """For the senior deduction."""
    dependents: Annotated[int, Whole(0, 99)] = 0
    """A personal exemption each before 2018 and on the law path ``sunset``; else no effect, as
    child credits go into other nonrefundable credits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the person assumes."""

    discount_rate: Annotated[float, Rate()] = 0.0
    """Yearly, for present values as of the first year."""
    credit_value: Annotated[float, Rate(least=0.0)] = 0.0
    """What a dollar of credit left after the last year is worth; 0: it is shown, not valued."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CapitalLoss:
    """A capital loss carried over, by holding period; positive numbers."""

    short_term: Money = 0.0
    long_term: Money = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opening:
    """What is carried into the first year."""

    minimum_tax_credit: Money = 0.0
    """The credit available in the first year: Form 8801 line 26 of the year before, plus line 18
    still to come."""
    capital_loss: CapitalLoss = field(default_factory=CapitalLoss)
    """Carried over for regular tax."""
    amt_capital_loss: CapitalLoss = field(default_factory=CapitalLoss)
    """Carried over for AMT."""
    prior_year_tax: Annotated[Dollars | None, Amount(nullable=True)] = None
    """Federal tax of the year before the first: what estimated payments may follow, read by the
    cash analysis alone."""
    prior_year_adjusted_gross_income: Annotated[
        Dollars | None, Amount(signed=True, nullable=True)
    ] = None
    """Of the same return."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ItemizedDeductions:
    """What was paid, before any limit."""

    state_and_local_taxes: Money = 0.0
    mortgage_interest: Money = 0.0
    charitable_gifts: Money = 0.0
    other: Money = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearFacts:
    """One year's income, deductions and credits, apart from the equity compensation."""

    year: Annotated[int, Whole(1970, 2100)]
    """The tax year: a calendar year."""
    household: Annotated[Household, Overrides()] = field(default_factory=Household)
    """The scenario's household with this year's overrides."""
    wages: Money = 0.0
    """W-2 box 1 without the equity compensation that the scenario models."""
    interest: Money = 0.0
    """Taxable interest and non-qualified dividends."""
    qualified_dividends: Money = 0.0
    """Not included in interest."""
    other_income: SignedMoney = 0.0
    """Ordinary, neither wages nor investment income."""
    short_term_gain: SignedMoney = 0.0
    """Net, of assets that the scenario does not model; the same in both systems."""
    long_term_gain: SignedMoney = 0.0
    unrecaptured_section_1250_gain: SignedMoney = 0.0
    """Part of the long-term gain."""
    collectibles_gain: SignedMoney = 0.0
    """28% gain, part of the long-term gain."""
    adjustments: SignedMoney = 0.0
    """Above the line."""
    state_tax_refund: Money = 0.0
    """The taxable part: income for regular tax, taken out again on Form 6251 line 2b."""
    private_activity_bond_interest: Money = 0.0
    """Exempt from regular tax, not from AMT."""
    deduction: Annotated[str, OneOf(("larger", "standard", "itemized"))] = "larger"
    """Which deduction is taken: the larger one, or one by election."""
    itemized: ItemizedDeductions = field(default_factory=ItemizedDeductions)
    qualified_business_income_deduction: Money = 0.0
    """Allowed in both systems; there is none before 2018 nor after the sunset."""
    schedule_1a_deductions: Money = 0.0
    """Tips, overtime, car-loan interest: allowed in both systems."""
    foreign_tax_credit: Money = 0.0
    """May not reduce AMT."""
    amt_foreign_tax_credit: Annotated[Dollars | None, Amount(nullable=True)] = None
    """Left out: the same as the regular foreign tax credit."""
    other_nonrefundable_credits: Money = 0.0
    """Such as the child tax credit; they may reduce AMT."""
    other_amt_deferral_items: SignedMoney = 0.0
    """Form 6251 lines 2l to 3: items that generate minimum tax credit."""
    other_amt_exclusion_items: SignedMoney = 0.0
    """Items that generate no minimum tax credit."""
    withholding: Money = 0.0
    """Federal income tax withheld from pay: no effect on the tax, read by the cash analysis
    alone."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grant:
    """An option grant."""

    id: Identifier
    """Exercises name it."""
    label: Label = ""
    kind: Annotated[str, OneOf(("iso", "nso"))]
    """Incentive or nonqualified stock options."""
    date: Annotated[datetime.date, Date()]
    shares: Shares
    strike: PerShare
    fair_market_value: PerShareOrNone = None
    """At grant, for the $100,000 limit; left out: the strike."""
    stock: Label = ""
    """The company whose stock it is; left out: the one of all grants that name none."""
    owner: Annotated[str, OneOf(OWNERS)] = OWN
    """Whose options they are: the $100,000 limit is each person's own."""
    expires: DateOrNone = None
    """The last day to exercise."""
    early_exercise: Annotated[bool, Flag()] = False
    """Whether options may be exercised before they vest."""
    employment_ended: DateOrNone = None
    """Nothing vests after this day, and an ISO exercised more than three months after it is
    nonstatutory."""
    employment_ended_by: Annotated[
        str,
        OneOf(
            ("leaving", "disability"),
            refused=(
                (
                    "death",
                    "Exercise after a death, by the estate or an heir, is not modelled: their "
                    "basis, their income and the credit follow other rules.",
                ),
            ),
        ),
    ] = "leaving"
    """After disability the three months are a year."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vesting:
    """Options of a grant, or shares exercised early, that vest on a day.

    The options of a grant with vestings are exercisable as they vest, or from the day of the grant
    where it may be exercised early; those of a grant without are exercisable, and not counted for
    the $100,000 limit.
    """

    id: Identifier
    grant: Identifier
    """The grant of which they are a part."""
    date: Annotated[datetime.date, Date()]
    shares: Shares
    fair_market_value: PerShareOrNone = None
    """On that day; needed where shares were exercised before, for those without an election."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exercise:
    """Shares bought under a grant."""

    id: Identifier
    """Sales name it."""
    grant: Identifier
    """The grant that is exercised."""
    date: Annotated[datetime.date, Date()]
    shares: Shares
    fair_market_value: PerShare
    """On that day."""
    section_83b_election: Annotated[bool, Flag()] = False
    """Whether shares exercised before they vest count at once: an ISO's for AMT alone."""
    iso_shares: SharesOrNone = None
    """How many of them the company issued as an ISO's, where the $100,000 limit split the grant;
    left out: a part of each share."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IsoOrigin:
    """Where held shares came from, when an incentive stock option was exercised for them."""

    granted: Annotated[datetime.date, Date()]
    exercised: Annotated[datetime.date, Date()]
    strike: PerShare
    fair_market_value: PerShare
    """At exercise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holding:
    """Shares or another capital asset held from before, with both bases."""

    id: Identifier
    """Sales name it; no exercise has the same."""
    label: Label = ""
    stock: Label = ""
    """The company whose stock it is, as grants name it; left out: no company of the grants, but
    for shares of an ISO the one of the grants that name none."""
    owner: Annotated[str, OneOf(OWNERS)] = OWN
    """Whose it is, where a couple files jointly: no effect on a joint return."""
    acquired: Annotated[datetime.date, Date()]
    """The holding period begins the day after."""
    shares: Shares
    basis: Annotated[PerShareOrNone, NeededWithout("iso")] = None
    """For regular tax; required unless ``iso`` is given, and then ignored."""
    amt_basis: PerShareOrNone = None
    """For AMT; left out: the same as the basis; ignored if ``iso`` is given."""
    price: PerShareOrNone = None
    """What a share is worth today: read by the analyses alone."""
    iso: IsoOrigin | None = None
    """Where the shares came from an incentive stock option: both bases follow from it."""


OTHER_TRANSFERS = (
    (
        "gift",
        "Gifts are not modelled. A gift of ISO shares held too short is a disqualifying "
        "disposition whose income is the whole spread; both bases go to who receives them.",
    ),
    (
        "spouse",
        "Transfers to a spouse, or on divorce, are not modelled: they are no disposition, and both "
        "bases and holding periods go along (sections 424(c)(4) and 1041).",
    ),
    (
        "death",
        "Transfers at death are not modelled: they are no disposition of ISO shares, and the basis "
        "becomes the value on that day (sections 424(c)(1) and 1014).",
    ),
    (
        "exchange",
        "Exchanges are not modelled, neither of shares to pay for an exercise nor in a merger: "
        "bases and holding periods carry over in part (section 424(c)).",
    ),
    (
        "short_sale",
        "Short sales and other constructive sales are not modelled (sections 1233 and 1259).",
    ),
)
"""What else can happen to shares, each with the sentence that refuses it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sale:
    """Shares sold from an exercise or a holding (``from`` in the document)."""

    id: Identifier
    """Results name it."""
    source: Annotated[Identifier, Named("from")]
    """The exercise or the holding that the shares come from."""
    date: Annotated[datetime.date, Date()]
    shares: Shares
    price: PerShare
    """Zero for worthless stock."""
    kind: Annotated[str, OneOf(("sale", "worthless"), refused=OTHER_TRANSFERS)] = "sale"
    """Worthless stock counts as sold on the last day of the year: section 165(g)."""
    loss_recognized: Annotated[bool, Flag()] = True
    """False for a wash sale or a sale to a related party."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Split:
    """New shares for old ones: what is dated before is in old shares, the rest in new ones."""

    id: Identifier
    stock: Label = ""
    """The company, as grants and holdings name it; left out: that of those that name none."""
    date: Annotated[datetime.date, Date()]
    """The first day on which shares are counted anew."""
    ratio: Annotated[Dollars, Amount(unit="new shares for each old one")]
    """10 for a split of ten for one, 0.1 for a reverse split of one for ten."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scenario:
    """A whole scenario, read and checked."""

    schema_version: Annotated[int, Version(SCHEMA_VERSION)] = SCHEMA_VERSION
    title: Annotated[str, Text(longest=120)] = ""
    notes: Annotated[str, Text(longest=10_000, lines=True)] = ""
    law: LawChoice = field(default_factory=LawChoice)
    method: Method = field(default_factory=Method)
    household: Household = field(default_factory=Household)
    assumptions: Assumptions = field(default_factory=Assumptions)
    opening: Opening = field(default_factory=Opening)
    years: Annotated[tuple[YearFacts, ...], Many(1, MOST_YEARS)]
    """Consecutive, ascending."""
    grants: Annotated[tuple[Grant, ...], Many(0, MOST_EVENTS)] = ()
    vestings: Annotated[tuple[Vesting, ...], Many(0, MOST_EVENTS)] = ()
    exercises: Annotated[tuple[Exercise, ...], Many(0, MOST_EVENTS)] = ()
    holdings: Annotated[tuple[Holding, ...], Many(0, MOST_EVENTS)] = ()
    sales: Annotated[tuple[Sale, ...], Many(0, MOST_EVENTS)] = ()
    splits: Annotated[tuple[Split, ...], Many(0, MOST_EVENTS)] = ()
    batch_shape: Annotated[tuple[int, ...], Derived()] = ()
    """The shape that all arrays of the document broadcast to; empty for one scenario."""

    @property
    def is_filed(self) -> bool:
        """Whether its figures are those of filed returns; the flat model has none."""
        return self.method.figures == AS_FILED and self.law.path != FLAT
