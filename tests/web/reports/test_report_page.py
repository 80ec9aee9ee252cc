from __future__ import annotations

import re
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client

from amtweb.methodology.coverage import limits, sections
from amtweb.scenarios.bench import result_of, selected
from amtweb.scenarios.charts import figures
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gallery import Example, examples
from amtweb.scenarios.headline import headline
from calculator import ENGINE_VERSION
from calculator.law import law_version
from tests.web.reading import Element, Page
from tests.web.reports.subjects import HOSTILE, of_years, with_text
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

EXAMPLES = [pytest.param(example, id=example.slug) for example in examples()]


def words(element: Element) -> str:
    """The text as it is read: cells and paragraphs apart, words in a line together."""
    parts = []
    for child in element.children:
        apart = isinstance(child, Element) and child.tag not in ("bdi", "code", "strong", "small")
        text = child if isinstance(child, str) else words(child)
        parts.append(f" {text} " if apart else text)
    return " ".join("".join(parts).split())


def tables(page: Page, caption: str) -> list[Element]:
    """The tables of that name, over the stretches of years."""
    return [
        table
        for table in page.all("table")
        if any(e.tag == "caption" and e.text.startswith(caption) for e in table.elements)
    ]


def report_on(document: dict) -> Page:
    visitor = Visitor()
    scenario = visitor.saved(title="Kept")
    scenario.draft = document
    scenario.save()
    return visitor.page(f"{scenario.get_absolute_url()}report/")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_report_says_what_the_bench_says(example: Example) -> None:
    result = result_of(example.document)
    said = headline(result, selected(result, None))

    page = Visitor().page(f"/examples/{example.slug}/report/")
    text = words(page.find("main"))

    assert said.sentence in text
    assert all(figure.text in text for figure in said.figures)
    assert all(remark in text for remark in said.remarks)
    for figure in figures(result):
        assert figure.title in text
        assert figure.sentence in text
    assert "not tax advice" in text
    assert f"computed by amtweb {ENGINE_VERSION} with the law tables {law_version()}." in text


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_year_table_has_every_year(example: Example) -> None:
    result = result_of(example.document)

    found = tables(Visitor().page(f"/examples/{example.slug}/report/"), "Every year")

    rows = [row for table in found for row in table.elements if row.tag == "tr"]
    cells = [
        words(cell)
        for row in rows
        if any(e.tag == "th" and e.text.startswith("Federal tax") for e in row.elements)
        for cell in row.elements
        if cell.tag == "td"
    ]
    assert cells == [dollars(year.federal_tax) for year in result.years]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_form_lines_of_each_year_are_there(example: Example) -> None:
    result = result_of(example.document)

    (form,) = tables(Visitor().page(f"/examples/{example.slug}/report/"), "Form 6251")

    lines = {}
    for row in form.elements:
        cells = [words(cell) for cell in row.elements if cell.tag == "td"]
        if row.tag == "tr" and cells:
            lines[cells[0]] = cells[1:]
    for number in ("4", "9", "10"):
        expected = [year.forms.printed_lines()["form_6251"][number] for year in result.years]
        # A line that is zero throughout is left out.
        shown = lines.get(number, ["0"] * len(expected))
        assert [float(cell.replace(",", "")) for cell in shown] == [
            pytest.approx(amount, abs=0.51) for amount in expected
        ]


@pytest.mark.parametrize(
    ("years", "columns"), [(1, [1]), (5, [5]), (10, [10]), (11, [6, 5]), (31, [8, 8, 8, 7])]
)
def test_no_table_is_wider_than_a_page(years: int, columns: list[int]) -> None:
    page = report_on(of_years(years))

    found = tables(page, "Every year")

    heads = [next(e for e in table.elements if e.tag == "thead") for table in found]
    assert [len([e for e in head.elements if e.tag == "th"]) - 1 for head in heads] == columns


def test_where_the_parameters_of_each_year_come_from_is_said() -> None:
    text = words(Visitor().page("/examples/way-back/report/").find("main"))

    assert "2026 from the published law and tables of the year" in text
    assert "2027–2035 projected: the law as it stands" in text


def test_what_is_not_modelled_is_what_the_documents_say() -> None:
    written = (settings.BASE_DIR / "docs" / "coverage.md").read_text("utf-8")
    text = words(Visitor().page("/examples/way-back/report/").find("main"))

    assert [section.title for section in limits()] == re.findall(r"(?m)^## (.+)$", written)[1:]
    for item in re.findall(r"(?m)^- (.+)$", written.partition("## Refused")[2]):
        assert re.sub(r"[`*]|\[([^\]]+)\]\([^)]*\)", r"\1", item) in text
    assert "](" not in text
    assert "**" not in text


def test_the_parts_of_a_text_are_told_apart() -> None:
    text = "Before.\n\n## One\n\nA **b** `c` [d](e.md)\nf.\n\n- g\n  h\n- i\n\n1. j\n2. k\n"
    before, one = sections(text)

    assert before.title == ""
    assert one.title == "One"
    assert [block.kind for block in one.blocks] == ["paragraph", "list", "ordered"]
    (paragraph,) = one.blocks[0].items
    assert [tuple(run) for run in paragraph] == [
        ("", "A "),
        ("strong", "b"),
        ("", " "),
        ("code", "c"),
        ("", " "),
        ("", "d"),
        ("", " f."),
    ]
    assert [item[0].text for item in one.blocks[1].items] == ["g h", "i"]


def test_what_was_entered_is_said_in_words() -> None:
    holding = {"id": "h", "label": "Old", "acquired": "2015-06-01", "shares": 1, "basis": 2.5}
    sale = {
        "id": "s9",
        "from": "h",
        "date": "2026-05-04",
        "shares": 1,
        "price": 1,
        "loss_recognized": False,
    }
    made = of_years(10)
    made |= {"holdings": [holding], "sales": [*made["sales"], sale]}
    made |= {"opening": {"minimum_tax_credit": 1234.5}, "household": {"dependents": 2}}

    text = words(report_on(made).find("main"))

    assert "Jun 1, 2015 Acquired, Old: 1 share with a basis of $2.50 a share." in text
    assert "May 4, 2026 Sale of 1 share of Old at $1 a share; a loss is not recognized." in text
    assert "Exercise of 20,000 shares of Grant of 2023, worth $21.50 a share that day." in text
    assert "at $25 a share: a qualifying disposition." in text
    assert "AMT credit $1,234.5" in text
    assert "Dependents 2" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_stays_text(text: str) -> None:
    page = report_on(with_text(text))

    assert not [e for e in page.elements if "onerror" in e.attributes]
    assert not [e for e in page.all("script") if "src" not in e.attributes]
    assert not [e for e in page.elements if "evil" in "".join(e.attributes.values())]
    (notes,) = (e for e in page.all("p") if e.attributes.get("class") == "report-notes")
    assert words(notes).split() == text.split()


def test_what_is_on_the_bench_is_reported_on_without_saving() -> None:
    visitor = Visitor()
    visitor.edit(htmx=True, title="Being worked on", **{"years[0].wages": "300,000"})

    page = visitor.page("/report/")

    assert words(page.all("h1")[0]) == "Being worked on"
    assert "300,000" in page.find("main").text
    assert "sessionid" not in Client().get("/report/").cookies


def test_a_revision_is_reported_on_as_it_was_saved() -> None:
    visitor = Visitor()
    scenario = visitor.saved(title="First")
    visitor.edit(scenario.get_absolute_url(), htmx=True, title="Second")

    draft = visitor.page(f"{scenario.get_absolute_url()}report/")
    revision = visitor.page(f"{scenario.get_absolute_url()}revisions/1/report/")

    assert words(draft.all("h1")[0]) == "Second"
    assert words(revision.all("h1")[0]) == "First"
    assert "Revision 1, saved on " in revision.find("main").text
    missing = visitor.client.get(f"{scenario.get_absolute_url()}revisions/2/report/")
    assert missing.status_code == HTTPStatus.NOT_FOUND


def test_headings_go_down_by_one() -> None:
    page = Visitor().page("/examples/way-back/report/")

    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("part", ["other.pdf", "report", "..", "credit.png"])
def test_other_parts_are_not_there(part: str) -> None:
    assert Client().get(f"/report/{part}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("part", "content_type"),
    [
        ("report.html", "text/html; charset=utf-8"),
        ("reproduce.py", "text/x-python; charset=utf-8"),
        ("credit.svg", "image/svg+xml"),
    ],
)
def test_a_part_is_to_be_kept(part: str, content_type: str) -> None:
    response = Client().get(f"/examples/way-back/report/{part}")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith('attachment; filename="amtweb-')
    assert response["Content-Disposition"].endswith(f'-{part}"')
    assert response["Cache-Control"] == "private, no-store"
