"""The fields of the editor: which there are, in which group, and what each is called.

Every field of the scenario document that a person may set is here, so that a form holds a whole
document.
"""

from __future__ import annotations

from amtweb.scenarios.editor.event_fields import EVENT_KINDS, EventKind
from amtweb.scenarios.editor.specs import Choices, Spec

__all__ = [
    "EVENT_KINDS",
    "FLAT",
    "HOUSEHOLD",
    "HOUSEHOLD_MORE",
    "LAW",
    "METHOD",
    "OPENING",
    "STATUSES",
    "YEAR_GROUPS",
    "Choices",
    "EventKind",
    "Spec",
]

STATUSES: Choices = (
    ("single", "Single"),
    ("married_filing_jointly", "Married filing jointly"),
    ("married_filing_separately", "Married filing separately"),
    ("head_of_household", "Head of household"),
    ("qualifying_surviving_spouse", "Qualifying surviving spouse"),
)


def _amounts(*named: tuple[str, str, str]) -> tuple[Spec, ...]:
    return tuple(Spec(field, label, hint=hint) for field, label, hint in named)


HOUSEHOLD = (
    Spec(
        "household.filing_status",
        "Filing status",
        "choice",
        STATUSES,
        standing="single",
        wide=True,
    ),
)
HOUSEHOLD_MORE = (
    Spec(
        "household.aged_or_blind_boxes",
        "65+ or blind",
        "count",
        hint="Boxes checked, 0 to 4",
    ),
    Spec(
        "household.people_65_or_over",
        "People 65 or over",
        "count",
        hint="0 to 2",
    ),
    Spec(
        "household.dependents",
        "Dependents",
        "count",
        hint="Exemptions in 2017 and under sunset; child credits: other credits",
    ),
)

YEAR_GROUPS: tuple[tuple[str, bool, tuple[Spec, ...]], ...] = (
    ("", True, _amounts(("wages", "Wages", "W-2, without options"))),
    (
        "Gains of other assets",
        False,
        _amounts(
            ("short_term_gain", "Short-term gain", "Other assets, or −loss"),
            ("long_term_gain", "Long-term gain", "Other assets, or −loss"),
        ),
    ),
    (
        "Interest, dividends, other income",
        False,
        _amounts(
            ("interest", "Interest", "and ordinary dividends"),
            ("qualified_dividends", "Qualified dividends", ""),
            ("other_income", "Other income", "Ordinary, not investment"),
        ),
    ),
    (
        "More income and adjustments",
        False,
        _amounts(
            ("unrecaptured_section_1250_gain", "Section 1250 gain", "Part of long-term gain"),
            ("collectibles_gain", "28% gain", "Part of long-term gain"),
            ("state_tax_refund", "State tax refund", "Taxable part; not for AMT"),
            ("private_activity_bond_interest", "Private bond interest", "Taxed for AMT only"),
            ("adjustments", "Adjustments", "Above the line"),
        ),
    ),
    (
        "Deductions",
        False,
        (
            Spec(
                "deduction",
                "Deduction",
                "choice",
                (("larger", "Larger"), ("standard", "Standard"), ("itemized", "Itemized")),
                standing="larger",
            ),
            *_amounts(
                ("itemized.state_and_local_taxes", "State and local taxes", "Paid, before the cap"),
                ("itemized.mortgage_interest", "Mortgage interest", ""),
                ("itemized.charitable_gifts", "Charitable gifts", "Cash, before limits"),
                ("itemized.other", "Other itemized", "After its own limits"),
                ("qualified_business_income_deduction", "QBI deduction", "Section 199A, from 2018"),
                (
                    "schedule_1a_deductions",
                    "Schedule 1-A",
                    "Tips, overtime; 2025–2028",
                ),
            ),
        ),
    ),
    (
        "Credits and other AMT items",
        False,
        _amounts(
            ("foreign_tax_credit", "Foreign tax credit", "After its limit"),
            ("amt_foreign_tax_credit", "AMT foreign tax credit", "Blank: as regular"),
            ("other_nonrefundable_credits", "Other credits", "Nonrefundable, children"),
            ("other_amt_deferral_items", "AMT deferral items", "Form 6251 lines 2l to 3"),
            ("other_amt_exclusion_items", "AMT exclusion items", "Form 6251 line 3"),
        ),
    ),
    (
        "Paid during the year",
        False,
        _amounts(("withholding", "Withholding", "Federal tax withheld from pay: for cash only")),
    ),
    (
        "Household changes",
        False,
        (
            Spec(
                "household.filing_status",
                "Filing status",
                "choice",
                (("", "As above"), *STATUSES),
                hint="Where a year differs",
            ),
            Spec("household.aged_or_blind_boxes", "65+ or blind", "count"),
            Spec("household.people_65_or_over", "People 65 or over", "count"),
            Spec("household.dependents", "Dependents", "count"),
        ),
    ),
)

OPENING = _amounts(
    (
        "opening.minimum_tax_credit",
        "AMT credit",
        "Available in the first year, 0 if none: line 26 of last year's Form 8801, and line 18 to "
        "come",
    ),
    ("opening.capital_loss.short_term", "Short-term loss", "Carried over, as a positive number"),
    ("opening.capital_loss.long_term", "Long-term loss", ""),
    ("opening.amt_capital_loss.short_term", "AMT short-term loss", "From your AMT Schedule D"),
    ("opening.amt_capital_loss.long_term", "AMT long-term loss", ""),
    ("opening.prior_year_tax", "Last year’s tax", "Federal; for estimated payments only"),
    (
        "opening.prior_year_adjusted_gross_income",
        "Last year’s AGI",
        "Blank: taken as high, which asks for 110% of last year’s tax",
    ),
)

LAW = (
    Spec(
        "law.path",
        "Law",
        "choice",
        (
            ("current", "Current law"),
            ("sunset", "As if the 2017 tax cuts had ended (sunset)"),
            ("flat", "Flat rates (textbook model)"),
        ),
        standing="current",
    ),
    Spec(
        "law.indexing_rate",
        "Indexing",
        unit="%",
        hint="Yearly growth of the price index after 2027; blank: 2",
    ),
    Spec(
        "assumptions.discount_rate",
        "Discount rate",
        unit="%",
        hint="Yearly, for present values; blank: 0",
    ),
    Spec(
        "assumptions.credit_value",
        "Credit left is worth",
        unit="%",
        hint="After the last year; blank: not valued",
    ),
)
METHOD = (
    Spec(
        "method.figures",
        "Figures",
        "choice",
        (("exact", "Exact"), ("as_filed", "As filed: whole dollars, Tax Table")),
        hint="As filed, figures match a return to the dollar",
        standing="exact",
        wide=True,
    ),
    Spec(
        "method.form_8801_line_28",
        "Form 8801 line 28",
        "choice",
        (("statute", "Regular gain (the statute)"), ("form", "AMT gain (the form’s letter)")),
        hint="Which gain keeps its rates where Part III taxes exclusion items. The letter of the "
        "form, to check a return that follows it; the two differ where AMT and regular gain do",
        standing="statute",
        wide=True,
    ),
    Spec(
        "method.section_68_reversal",
        "Section 68 for AMT",
        "choice",
        (("true", "Reversed (the statute)"), ("false", "Not reversed (the draft form)")),
        hint="The limit on itemized deductions of high incomes. The statute takes it back for "
        "AMT; the draft Form 6251 of 2026 has no line for that",
        standing="true",
        wide=True,
    ),
)
FLAT = (
    Spec("law.flat.ordinary_rate", "Ordinary income", unit="%", hint="Blank: 37"),
    Spec("law.flat.long_term_gain_rate", "Long-term gain", unit="%", hint="Blank: 20"),
    Spec("law.flat.amt_rate", "AMT", unit="%", hint="Blank: 28"),
    Spec("law.flat.loss_deduction_limit", "Loss limit", unit="$", hint="A year; blank: 0"),
)
