"""Shows the arithmetic: of every printed line how it is made, what it comes from, and which rule.

    for sheet in worksheets(scenario, result, 2026):
        for line in sheet.lines:
            line.words, line.origins, line.citation

Behind it stands one formula for each line, in ``formulas/FORM.toml``.  The words, the origins and a
test all come from it: worked out with the other printed lines it must give the printed amount.  A
line that gets printed without a formula fails that test; to add one:

    cites = "Form 6251 (2025), line {line}"    # of the lines that cite nothing of their own

    [[skip]]                                   # lines that are zero where something holds
    lines = "33-37"
    where = "12 = 32"
    words = "Skipped: lines 12 and 32 are the same"

    [lines]
    16 = "min(12, 15)"                         # formula alone: the words are made from it

    [lines.8]                                  # or with words and citation of its own
    formula = "min(7, input.amt_foreign_tax_credit or input.foreign_tax_credit)"
    cites = "IRC 59(a); Form 6251 (2025), line 8"

    [[lines.8.instead]]                        # and what holds instead; the first that does
    where = "7 <= 10"
    formula = "0"
    words = "Left blank: line 10 is not less than line 7"

A formula names
    a line of the same form                     12
    a line of another form                      schedule_d.16
    a field of the year or of what is opened    input.wages, input.opening.minimum_tax_credit
    an amount that options and sales make       equity.bargain_element
    a parameter by its group in calculator.law  law.amt.exemption, law.capital_gains.rates.high
and any of them of the year before, or a function, after ``last_year.``.  It has ``+ - * /``,
parentheses, ``min``, ``max``, ``not_below_zero`` and the functions of ``functions.py``.  ``a or b``
is the first that is filled in: a form that is not needed, a year before the first and an input
left out are blank, and what is blank counts as zero.

A condition compares formulas by ``=``, ``<`` and ``<=``, joined by ``and`` and ``not``; it may be
the name of a form (whether it is filed), a parameter that is in force or not, ``flat``,
``separate`` (married filing separately) or ``method.`` followed by ``as_filed``,
``line_28_to_the_letter`` or ``section_68_reversal``.

What formulas call inputs and parameters is in ``labels.toml``.
"""

from calculator.worksheet.dispositions import SoldShares, dispositions
from calculator.worksheet.forms import TITLES, PrintedForm, PrintedLine, printed_forms
from calculator.worksheet.origins import Origin
from calculator.worksheet.sheets import (
    Worksheet,
    WorksheetLine,
    feeds,
    worked_out,
    worksheets,
)

__all__ = [
    "TITLES",
    "Origin",
    "PrintedForm",
    "PrintedLine",
    "SoldShares",
    "Worksheet",
    "WorksheetLine",
    "dispositions",
    "feeds",
    "printed_forms",
    "worked_out",
    "worksheets",
]
