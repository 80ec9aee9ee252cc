"""The textbook model of a few flat rates."""

from __future__ import annotations

from math import inf

import pytest

from calculator.law import law_for
from calculator.scenario import FILING_STATUSES, FlatRates, LawChoice

RATES = FlatRates(
    ordinary_rate=0.40, long_term_gain_rate=0.15, amt_rate=0.26, loss_deduction_limit=3_000.0
)
LAW = law_for(2026, "single", LawChoice(path="flat", flat=RATES))


def test_it_is_the_same_in_every_year_and_for_every_status():
    choice = LawChoice(path="flat", flat=RATES)
    for year in (1970, 2017, 2100):
        for status in FILING_STATUSES:
            assert law_for(year, status, choice) == LAW._replace(year=year)
    assert LAW.origin == "flat"


@pytest.mark.parametrize("income", [0.0, 1.0, 1e9])
def test_ordinary_income_has_one_rate(income):
    assert LAW.brackets.tax(income) == 0.40 * income


def test_long_term_gain_has_one_rate():
    gains = LAW.gains
    assert {gains.low_rate, gains.middle_rate, gains.high_rate} == {0.15}
    assert gains.special_rates is False


def test_the_loss_limit_is_the_chosen_one_whatever_the_status():
    separate = law_for(2026, "married_filing_separately", LawChoice(path="flat", flat=RATES))
    assert separate.gains.loss_limit == 3_000
    assert law_for(2026, "single", LawChoice(path="flat")).gains.loss_limit == 0


def test_nothing_is_deducted():
    deductions = LAW.deductions
    assert deductions.allowed is False
    assert {value for value in deductions if value != inf} == {0}


def test_the_amt_has_one_rate_and_no_exemption():
    amt = LAW.amt
    assert (amt.low_rate, amt.high_rate, amt.exemption) == (0.26, 0.26, 0)
    assert (amt.phaseout_rate, amt.separate_addback_start) == (0, inf)


def test_there_are_no_surtaxes():
    assert not LAW.surtaxes.exist


def test_the_default_rates_are_those_of_the_primer():
    law = law_for(2026, "single", LawChoice(path="flat"))
    assert (law.brackets.rates, law.gains.high_rate, law.amt.low_rate) == ((0.37,), 0.20, 0.28)
