"""The sections of the tax software sheet and the usual mistakes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars, listed

if TYPE_CHECKING:
    from calculator.analysis.tax_software.sheet import Mistake


class SectionWords(NamedTuple):
    """What a section is called, and how to use it."""

    title: str
    lead: str


SECTIONS = {
    "wages": SectionWords(
        "Form W-2",
        "Nothing to type twice. See that box 1 of your Form W-2 holds this income: former"
        " employers sometimes leave it out. If it is missing, it goes where your program asks for"
        " stock option income that is not on a Form W-2.",
    ),
    "exercises": SectionWords(
        "Options exercised: Form 3921",
        "Your program asks for incentive stock options that you exercised and kept. Enter each"
        " Form 3921 once, with all of its shares, and tell it how many you still had on"
        " 31 December. Box 4 less box 3, times the shares kept, is the adjustment.",
    ),
    "sales": SectionWords(
        "Shares sold: Form 8949 and Schedule D",
        "One entry for each sale on your Form 1099-B. What was paid is the basis that brokers"
        " report; if yours reports another, take what the form says and let the adjustment make up"
        " the difference to the right basis. The AMT basis has a field of its own beside the"
        " ordinary one, often called “AMT cost or other basis” and often folded away.",
    ),
    "carryovers": SectionWords(
        "Losses carried over from the year before",
        "Programs ask for four figures, as positive numbers: short-term and long-term, once for"
        " regular tax and once for AMT. They take them over only from a return made with the same"
        " program, and for AMT not always.",
    ),
    "items": SectionWords(
        "Other entries that matter for AMT",
        "Entered where the paper they come from is entered.",
    ),
    "form_6251": SectionWords(
        "Form 6251: what your program should show",
        "Your program fills in these lines from the entries above. If one differs, look for the"
        " entry that it comes from before you overwrite the line.",
    ),
    "credit": SectionWords(
        "Form 8801: the credit for AMT of earlier years",
        "A program that has last year’s return knows these figures. Any other asks for last year’s"
        " Form 6251 and for the credit carried forward, often in a part of its own that you have to"
        " open. The form is needed in every year in which there is a credit, used or not.",
    ),
}

GROUPS = {
    "form_w2": "In box 1",
    "carryovers": "From last year",
    "items": "Entries",
    "form_6251": "Form 6251",
    "last_years_form_6251": "Last year’s Form 6251",
    "form_8801": "Form 8801",
}
DISPOSITIONS = {
    "qualifying": "Qualifying disposition",
    "disqualifying": "Disqualifying disposition",
    "disqualifying_same_year": "Disqualifying disposition in the year of exercise",
    "not_iso": "",
}

MISTAKES = {
    "exercise_left_out": (
        "The exercise is left out.",
        "No Form W-2 or 1099-B shows it, so no program asks unless you enter Form 3921: line 2i"
        " stays {wrong} instead of {right}.",
    ),
    "sold_shares_counted": (
        "Shares sold in the same year are counted as kept.",
        "Only what you still had on 31 December belongs on line 2i: {right}, not {wrong}.",
    ),
    "exercise_entered_again": (
        "The exercise is entered again with each sale.",
        "A program takes every entry for another exercise, and line 2i becomes {wrong} instead of"
        " {right}. Enter it once; or split it, so that the shares of all entries add up to box 5.",
    ),
    "value_of_another_day": (
        "Box 4 is taken for shares that had not vested.",
        "Form 3921 has the value on the day of exercise. Without an election under section 83(b),"
        " AMT counts each share on the day it vests: line 2i is {right}, not {wrong}.",
    ),
    "wages_taxed_twice": (
        "The basis is left as the broker reports it.",
        "Income that is in your wages is part of the basis, and brokers may not add it: {wrong}"
        " instead of {right}. Without code B and the adjustment it is taxed as wages and again"
        " as gain.",
    ),
    "no_amt_basis": (
        "The AMT basis is not entered.",
        "Then the program takes the ordinary basis for both, and line 2k stays {wrong} instead"
        " of {right}.",
    ),
    "amt_basis_as_basis": (
        "The AMT basis is entered as the ordinary one.",
        "What AMT counted was never taxed by regular tax: the ordinary basis is {right}, not"
        " {wrong}. The return would be wrong, and the IRS can tell from Form 1099-B.",
    ),
    "no_amt_carryover": (
        "The AMT carryover is left blank.",
        "Blank means none to most programs, also where it equals the regular one: {wrong} instead"
        " of {right}.",
    ),
    "amt_carryover_as_regular": (
        "The regular carryover is entered for AMT too.",
        "The two differ once shares had two bases: {wrong} instead of {right}.",
    ),
    "amt_carryover_at_the_limit": (
        "Only the yearly limit is entered for AMT.",
        "The limit is on what a loss takes off other income. Against AMT gains it counts in full,"
        " and what is not used goes on: enter {right}, not {wrong}.",
    ),
    "bond_interest_left_out": (
        "Interest of private activity bonds is left out.",
        "It is exempt from regular tax only: line 2g is {right}, not {wrong}.",
    ),
    "refund_left_in": (
        "The tax refund stays in AMT income.",
        "If it is entered as other income and not as a state tax refund, line 2b stays {wrong}"
        " instead of {right}.",
    ),
    "no_amt_foreign_credit": (
        "There is no foreign tax credit for AMT.",
        "Many programs want a second Form 1116, or the election to simplify it: line 8 stays"
        " {wrong} instead of {right}.",
    ),
    "limit_as_cap": (
        "Line 2k is thought to end at the yearly limit.",
        "It does not: the limit holds for the loss of each Schedule D, and line 2k is the"
        " difference of the two. It is {right}, not {wrong}.",
    ),
    "limit_left_out": (
        "Line 2k is taken as the plain difference of the gains.",
        "Each Schedule D counts a loss only up to the yearly limit; the rest is carried over, for"
        " each system by itself. It is {right}, not {wrong}.",
    ),
    "adjustment_twice": (
        "Line 2k is typed beside the AMT basis.",
        "A program that has the AMT basis fills in the line; an amount typed there as well is"
        " added: {wrong} instead of {right}.",
    ),
    "no_form_8801": (
        "Form 8801 is left out.",
        "The credit of {right} is not claimed, and next year’s return begins without it.",
    ),
    "no_carryforward": (
        "Only last year’s AMT is entered.",
        "Line 19, the credit of the years before, stays {wrong} instead of {right}.",
    ),
    "no_exclusion_items": (
        "All of last year’s AMT is taken for credit.",
        "The part that exclusion items alone would have caused (line 15, {right}) never is. It"
        " takes credit away even if there was no AMT.",
    ),
}


class MistakeWords(NamedTuple):
    """A mistake as the page tells it."""

    title: str
    words: str
    cost: str


def told(mistake: Mistake, year: int) -> MistakeWords:
    """What goes wrong, how it should be, and what it would cost."""
    title, words = MISTAKES[mistake.kind]
    amounts = {
        "wrong": dollars(float(mistake.wrong or 0.0)),
        "right": dollars(float(mistake.right or 0.0)),
    }
    return MistakeWords(title, words.format(**amounts), _cost(mistake, year))


def _cost(mistake: Mistake, year: int) -> str:
    tax, credit = float(mistake.tax or 0.0), float(mistake.credit or 0.0)
    loss = float(mistake.amt_loss or 0.0)
    changes = []
    if counts(tax):
        changes.append(f"your tax for {year} {dollars(abs(tax))} too {_direction(tax)}")
    if counts(credit):
        changes.append(
            f"the credit at the end of the year {dollars(abs(credit))} too {_direction(credit)}"
        )
    if counts(loss):
        changes.append(f"the AMT loss carried on {dollars(abs(loss))} too {_direction(loss)}")
    return f"It would make {listed(changes)}."


def _direction(amount: float) -> str:
    return "high" if amount > 0 else "low"
