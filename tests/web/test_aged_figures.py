"""A saved revision keeps the figures of its day; the page says when today's are others, and why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

import calculator
from amtweb.scenarios import models
from amtweb.scenarios.aged import Aged, aged, versions_of_today
from amtweb.scenarios.models import Revision, Scenario
from calculator.federal import form_6251
from calculator.law import law_version, published
from tests.calculator.law.tables_elsewhere import forget_tables, next_year_published
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def scenario(visitor: Visitor) -> Scenario:
    """The example that everyone sees first, which reaches into projected years."""
    return visitor.saved()


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the law tables to be changed."""
    elsewhere = tmp_path / "tables"
    shutil.copytree(published.TABLES, elsewhere)
    monkeypatch.setattr(published, "TABLES", elsewhere)
    yield elsewhere
    monkeypatch.undo()
    forget_tables()


def correct_the_calculator(monkeypatch: pytest.MonkeyPatch, version: str | None = "1.1") -> None:
    """From now on the AMT exemption is a little more, as after the correction of a rule."""
    real = form_6251.exemption_worksheet

    def corrected(amti: Any, law: Any) -> Any:
        worksheet = real(amti, law)
        return worksheet._replace(exemption=worksheet.exemption + 10.0)

    monkeypatch.setattr(form_6251, "exemption_worksheet", corrected)
    if version:
        monkeypatch.setattr(calculator, "ENGINE_VERSION", version)
        monkeypatch.setattr(models, "ENGINE_VERSION", version)


def said_of(scenario: Scenario) -> Aged:
    said = aged(scenario.revisions.first())
    assert said is not None
    return said


def text(visitor: Visitor, scenario: Scenario) -> str:
    return visitor.page(scenario.get_absolute_url()).root.text


def test_a_revision_keeps_the_version_of_calculator_and_tables(scenario: Scenario) -> None:
    revision = scenario.revisions.get()

    versions = (calculator.ENGINE_VERSION, law_version())
    assert (revision.engine_version, revision.law_version) == versions == versions_of_today()


def test_nothing_is_said_while_the_figures_are_the_same(
    visitor: Visitor, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calculator, "ENGINE_VERSION", "1.1")

    assert aged(scenario.revisions.get()) is None
    assert "have changed since" not in text(visitor, scenario)


def test_a_corrected_calculator_is_named_with_both_versions(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_the_calculator(monkeypatch)

    (reason,) = said_of(scenario).reasons
    assert f"from version {scenario.revisions.get().engine_version} to 1.1" in reason
    assert "Results" in reason


def test_the_lines_that_explain_it_are_told(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_the_calculator(monkeypatch)

    assert any("Form 6251, line 5" in line for line in said_of(scenario).lines)


def test_then_and_now_stand_side_by_side(
    visitor: Visitor, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = scenario.revisions.get().headline["amt"]
    correct_the_calculator(monkeypatch)

    figure = next(each for each in said_of(scenario).figures if each.label == "AMT")
    assert figure.then == f"${then:,.0f}"
    assert figure.now != figure.then
    shown = text(visitor, scenario)
    assert figure.then in shown
    assert figure.now in shown
    assert "have changed since" in shown


def test_figures_that_differ_without_a_new_version_are_told_too(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_the_calculator(monkeypatch, version=None)

    assert said_of(scenario).reasons == ("The calculator was corrected since.",)


def test_a_year_published_since_is_the_reason(scenario: Scenario, tables: Path) -> None:
    year = next_year_published(tables)

    (reason,) = said_of(scenario).reasons
    assert f"The amounts of {year} are published now (Rev. Proc. {year - 1}-99)" in reason


def test_a_corrected_table_is_the_reason(scenario: Scenario, tables: Path) -> None:
    first = scenario.draft["years"][0]["year"]
    path = tables / f"federal_{first}.toml"
    words = path.read_text("utf-8")
    section = words.index("[amt.phaseout_start]")
    words = words[:section] + words[section:].replace("_000\n", "_500\n", 5)
    path.write_text(words, "utf-8")
    path = tables / f"federal_{first}.toml"
    path.write_text(path.read_text("utf-8").replace("high = 0.28", "high = 0.281"), "utf-8")
    forget_tables()

    assert any(f"The table of {first} was corrected" in each for each in said_of(scenario).reasons)


def test_taking_the_new_figures_adds_a_revision_once(
    visitor: Visitor, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scenario.revisions.get()
    correct_the_calculator(monkeypatch)
    address = f"{scenario.get_absolute_url()}new-figures/"

    for _ in range(2):
        response = visitor.client.post(address)
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"] == scenario.get_absolute_url()

    newest, kept = scenario.revisions.all()
    assert kept.headline == before.headline
    assert newest.document == before.document
    assert newest.engine_version == "1.1"
    assert newest.note.startswith("Same inputs, new figures: calculator 1.1, tables through")
    assert len(newest.note) <= 200
    assert aged(newest) is None
    assert "have changed since" not in text(visitor, scenario)


def test_nothing_is_saved_where_no_figure_is_new(visitor: Visitor, scenario: Scenario) -> None:
    visitor.client.post(f"{scenario.get_absolute_url()}new-figures/")

    assert scenario.revisions.count() == 1


def test_the_list_marks_figures_of_an_earlier_version(
    visitor: Visitor, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = "figures of that day"
    assert mark not in visitor.client.get("/scenarios/").content.decode()

    monkeypatch.setattr(calculator, "ENGINE_VERSION", "1.1")

    assert mark in visitor.client.get("/scenarios/").content.decode()


def old_revision(scenario: Scenario, **headline: Any) -> Revision:
    """As revisions were before they kept lines and tables."""
    return Revision(
        scenario=scenario,
        number=1,
        document=scenario.draft,
        engine_version="0.9",
        headline=headline,
        created_at=scenario.created_at,
    )


def test_a_revision_that_kept_no_lines_is_compared_by_its_headline(scenario: Scenario) -> None:
    figures = scenario.revisions.get().headline
    kept = ("amt", "credit_left", "first_year_without_credit", "federal_tax")
    then = {key: figures[key] for key in kept}

    assert aged(old_revision(scenario, **then)) is None
    said = aged(old_revision(scenario, **then | {"amt": figures["amt"] + 5}))
    assert said is not None
    assert [figure.label for figure in said.figures] == ["AMT"]
    assert said.lines == ()
    assert any("tables of the law have changed" in reason for reason in said.reasons)


def test_a_revision_that_can_no_longer_be_computed_says_why(scenario: Scenario) -> None:
    revision = old_revision(scenario, amt=0.0)
    revision.document = {"schema_version": 1, "years": [{"year": 1990}]}

    said = aged(revision)

    assert said is not None
    assert any("1990" in reason for reason in said.refused)


REFUSED = {"schema_version": 1, "years": [{"year": 1990, "wages": 54_321}, {"year": 1991}]}
"""As if the calculator had once taken these years."""


def test_a_stored_scenario_that_is_refused_today_can_be_corrected(
    visitor: Visitor, scenario: Scenario
) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(draft=REFUSED)
    address = scenario.get_absolute_url()

    response = visitor.client.get(address)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    shown = response.content.decode()
    assert "can no longer be computed" in shown
    assert "54,321" in shown
    page = visitor.page(address, HTTPStatus.UNPROCESSABLE_ENTITY)
    corrected = {"years[0].year": "2026", "years[1].year": "2027"}
    visitor.client.post(address, page.fields() | corrected)
    scenario.refresh_from_db()
    assert [facts["year"] for facts in scenario.draft["years"]] == [2026, 2027]
    assert visitor.client.get(address).status_code == HTTPStatus.OK


def test_a_working_copy_that_is_refused_today_does_not_shut_the_site(visitor: Visitor) -> None:
    session = visitor.client.session
    session["working_document"] = REFUSED
    session.save()

    shown = visitor.client.get("/planner/")
    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Start over" in shown.content.decode()
    visitor.client.post("/start-over/")
    assert visitor.client.get("/planner/").status_code == HTTPStatus.OK


def test_an_old_revision_tells_that_its_figures_changed(
    visitor: Visitor, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_the_calculator(monkeypatch)

    shown = visitor.page(f"{scenario.get_absolute_url()}history/1/").root.text

    assert "The figures have changed since" in shown
    assert "Take the new figures" not in shown


def test_half_a_cent_is_no_other_figure(scenario: Scenario) -> None:
    figures = scenario.revisions.get().headline

    assert aged(old_revision(scenario, amt=figures["amt"] + 0.005)) is None
