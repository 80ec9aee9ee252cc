"""What a client was given stays what it was: words, figures, logo, whatever changes later."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from amtweb.firms.models import Client, Firm
from amtweb.proposals import content, logos, page
from amtweb.proposals.models import (
    Issue,
    IssuesStandError,
    Logo,
    Proposal,
    canonical,
    digest_of,
)
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from tests.web.firms.cast import Cast
from tests.web.proposals import desk
from tests.web.reading import Page

pytestmark = pytest.mark.django_db


def picture(colour: str = "red", kind: str = "PNG", size: tuple[int, int] = (60, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def shown(people: Cast, issue: Issue) -> str:
    response = people.advisor.client.get(desk.of_issue(issue))
    assert response.status_code == HTTPStatus.OK
    (article,) = (e for e in Page(response.content).all("article"))
    return article.text


def refuse(*_: Any, **__: Any) -> Any:
    raise AssertionError("something was computed")


def test_nothing_that_changes_later_changes_what_was_given(
    people: Cast, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    logos.put_up(people.firm, logos.made_anew(picture()))
    issue = desk.given(people, proposal)
    before, logo = shown(people, issue), people.advisor.client.get(desk.of_issue(issue, "logo"))
    digest = issue.digest

    scenario = people.scenario
    new = scenario.draft | {"years": [{"year": 2026, "wages": 900_000}], "sales": []}
    scenario.save_draft(new, version=scenario.draft_version, tab="", sequence=0)
    scenario.make_revision(new, {})
    desk.edit(people.advisor, proposal, title="Another", before="Other words", label_A="Renamed")
    Firm.objects.filter(pk=people.firm.pk).update(name="Renamed", disclaimer="Another disclaimer")
    Client.objects.filter(pk=people.household.pk).update(name="Renamed household")
    logos.put_up(people.firm, logos.made_anew(picture("blue")))
    logos.take_down(people.firm)
    Scenario.objects.all().delete()
    monkeypatch.setattr(content, "evaluate", refuse)
    monkeypatch.setattr(content, "parse_scenario", refuse)

    assert shown(people, issue) == before
    assert people.advisor.client.get(desk.of_issue(issue, "logo")).content == logo.content
    issue.refresh_from_db()
    assert issue.digest == digest == digest_of(issue.shown)
    assert proposal.title in people.advisor.client.get("/proposals/").content.decode()


def test_its_figures_are_those_of_the_pinned_revisions_and_can_be_had_again(
    people: Cast, issue: Issue
) -> None:
    text = shown(people, issue)
    results = [evaluate(parse_scenario(document)) for document in issue.documents]
    revisions = [evaluate(parse_scenario(people.scenario.revisions.get().document))]

    assert float(results[0].totals.federal_tax) == float(revisions[0].totals.federal_tax)
    for result in results:
        assert dollars(float(result.totals.federal_tax)) in text
        for year in result.years:
            assert dollars(float(year.credit_balance)) in text
    kept = issue.content
    assert kept["engine"] == issue.engine_version
    assert [each["label"] for each in kept["alternatives"]] == ["Canary plan", "Half"]


def test_what_is_better_is_marked_and_differences_are_to_the_first(
    people: Cast, issue: Issue
) -> None:
    rows = {row["label"]: row["cells"] for row in issue.content["headline"]}
    a, b = (evaluate(parse_scenario(document)).totals for document in issue.documents)
    less = dollars(float(a.federal_tax) - float(b.federal_tax))

    # Half of the shares means less tax and less AMT, whose credit is back sooner.
    assert [cell["best"] for cell in rows["Federal tax"]] == [False, True]
    assert [cell["differs"] for cell in rows["Federal tax"]] == ["", f"{less} less"]
    assert [cell["best"] for cell in rows["AMT in all"]] == [False, True]
    assert [cell["text"] for cell in rows["AMT credit all back in"]] == [
        str(int(float(each.first_year_without_credit))) for each in (a, b)
    ]
    wages, strike = 10 * 200_000, 20_000 * 1.5
    sales = 5_000 * (25 + 30 + 35)
    (cash, half) = (cell["text"] for cell in rows["Cash left after tax"])
    assert cash == dollars(wages - strike + sales - float(a.federal_tax))
    assert half == dollars(wages - strike / 2 + sales / 2 - float(b.federal_tax))


def test_scenarios_of_other_years_are_not_measured_by_one_another(people: Cast) -> None:
    of = desk.document()
    fewer = {"years": of["years"][:5], "sales": of["sales"][:1]}
    short = desk.plan(people.household, "Short", **fewer)
    issue = desk.given(people, desk.begun(people, people.scenario, short))

    cells = [cell for row in issue.content["headline"] for cell in row["cells"]]
    assert not any(cell["best"] or cell["differs"] for cell in cells)
    assert "over 2026–2030, which both cover" in shown(people, issue)
    assert [each["span"] for each in issue.content["alternatives"]] == ["2026–2035", "2026–2030"]


def test_charts_of_a_kind_have_the_same_scales(issue: Issue) -> None:
    charts = issue.content["charts"]

    assert [chart["key"] for chart in charts] == ["tax", "credit"]
    for chart in charts:
        layouts = [figure["spec"]["layout"] for figure in chart["figures"]]
        assert len(layouts) == 2
        for axis in ("xaxis", "yaxis"):
            assert layouts[0][axis] == layouts[1][axis]


def test_giving_twice_is_once_and_what_changed_is_the_next_issue(
    people: Cast, proposal: Proposal
) -> None:
    fields = {"version": str(proposal.draft_version)}
    answers = [people.advisor.client.post(desk.at(proposal, "give/"), fields) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {desk.at(proposal, "issues/1/")}
    assert proposal.issues.count() == 1

    first = shown(people, proposal.issues.get())
    desk.edit(people.advisor, proposal, before="More to say")
    second = desk.given(people, proposal)

    assert second.number == 2
    assert "More to say" in shown(people, second)
    older = people.advisor.client.get(desk.at(proposal, "issues/1/")).content.decode()
    assert "A later issue was given on" in older
    assert shown(people, proposal.issues.get(number=1)) == first


def test_the_disclaimer_and_the_name_of_the_firm_make_a_new_issue_too(
    people: Cast, proposal: Proposal
) -> None:
    desk.given(people, proposal)
    Firm.objects.filter(pk=people.firm.pk).update(disclaimer="Now with a disclaimer")

    assert desk.given(people, proposal).number == 2


def test_what_was_changed_since_it_was_looked_at_is_not_given(
    people: Cast, proposal: Proposal
) -> None:
    seen = {"version": str(proposal.draft_version)}
    desk.edit(people.assistant, proposal, before="Slipped in")

    for version in (seen, {}, {"version": "x"}, {"version": "9" * 400}):
        response = people.advisor.client.post(desk.at(proposal, "give/"), version)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "was changed since you looked at it" in response.content.decode()
    assert not proposal.issues.exists()


def test_what_cannot_be_given_is_said(people: Cast, proposal: Proposal) -> None:
    one = desk.begun(people, people.scenario, title="Alone")
    assert "2 to 6 scenarios" in desk.give(people.advisor, one).content.decode()

    Client.objects.filter(pk=people.household.pk).update(archived_at=proposal.created_at)
    assert "The client is archived" in desk.give(people.advisor, proposal).content.decode()
    Client.objects.filter(pk=people.household.pk).update(archived_at=None)

    broken = desk.plan(people.household, "Broken")
    document = broken.draft | {"years": []}
    gone = broken.make_revision(document, {})
    proposal.draft["alternatives"][1]["revision"] = gone.pk
    Proposal.objects.filter(pk=proposal.pk).update(draft=proposal.draft)
    response = desk.give(people.advisor, proposal)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "B, Half, cannot be computed any more" in response.content.decode()
    assert not Issue.objects.exists()


def test_an_issue_cannot_be_changed_and_one_that_was_is_found_out(
    people: Cast, issue: Issue
) -> None:
    with pytest.raises(IssuesStandError):
        issue.save()
    with pytest.raises(IssuesStandError):
        Issue.objects.update(shown="")
    assert "it was altered in the database" not in shown_whole(people, issue)

    changed = issue.content | {"title": "Altered"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_issue SET shown = %s", [canonical(changed)])

    assert "it was altered in the database" in shown_whole(people, issue)


def shown_whole(people: Cast, issue: Issue) -> str:
    response = people.advisor.client.get(desk.of_issue(issue))
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def test_the_text_that_is_digested_is_one_text(issue: Issue) -> None:
    again = json.loads(issue.shown)

    assert canonical(dict(reversed(list(again.items())))) == issue.shown
    assert "NaN" not in issue.shown
    assert "Infinity" not in issue.shown


def test_figures_of_another_calculator_are_kept_and_the_page_says_so(
    people: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(people, issue)
    assert "as they were given" not in shown_whole(people, issue)
    token = desk.linked(people.advisor, issue)

    monkeypatch.setattr(page, "ENGINE_VERSION", "99.1")
    monkeypatch.setattr(page, "law_version", lambda: "another")
    monkeypatch.setattr(page, "law_label", lambda: "tables through 2031")

    for whole in (
        shown_whole(people, issue),
        people.stranger.client.get(f"/shared/{token}/proposal/").content.decode(),
    ):
        text = " ".join(whole.split())
        assert f"from version {issue.engine_version} to 99.1" in text
        assert "the tables of the law have changed (tables through 2031)" in text
    assert shown(people, issue) == before


def test_a_client_is_given_the_newest_issue_of_each_proposal(
    people: Cast, proposal: Proposal
) -> None:
    neighbour = Client.objects.create(firm=people.firm, name="Neighbours")
    desk.given(people, proposal)
    desk.edit(people.advisor, proposal, before="Second")
    second = desk.given(people, proposal)
    third = desk.plan(people.household, "Third")
    other = desk.given(people, desk.begun(people, people.scenario, third, title="Other"))
    desk.begun(people, people.scenario, title="A draft")

    assert list(Issue.objects.given_to(people.household)) == [other, second]
    assert list(Issue.objects.given_to(neighbour)) == []


def test_a_firm_goes_with_its_proposals_and_logos(people: Cast, proposal: Proposal) -> None:
    logos.put_up(people.firm, logos.made_anew(picture()))
    desk.given(people, proposal)

    people.firm.delete()

    for model in (Proposal, Issue, Logo):
        assert not model._base_manager.exists()
