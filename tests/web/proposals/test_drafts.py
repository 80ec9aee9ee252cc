"""The draft of a proposal: what goes into it, who may write it, and that nothing of it is lost."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from amtweb.audit.models import Event
from amtweb.firms.models import Client
from amtweb.proposals.models import Proposal
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Cast
from tests.web.proposals import desk
from tests.web.proposals.made import drafted
from tests.web.reading import Page

pytestmark = pytest.mark.django_db


def labels(proposal: Proposal) -> list[str]:
    proposal.refresh_from_db()
    return [each["label"] for each in proposal.draft["alternatives"]]


def revisions(proposal: Proposal) -> list[int]:
    proposal.refresh_from_db()
    return [each["revision"] for each in proposal.draft["alternatives"]]


def acts(people: Cast) -> list[str]:
    return list(Event.objects.filter(log=people.firm.public_id).values_list("act", flat=True))


def test_scenarios_are_taken_as_saved_and_edits_are_saved_only_when_that_is_chosen(
    people: Cast,
) -> None:
    edited, other = people.scenario, desk.plan(people.household, "Half", **desk.half())
    new = edited.draft | {"title": "Edited since"}
    edited.save_draft(new, version=edited.draft_version, tab="", sequence=0)
    address = f"/clients/{people.household.public_id}/propose/"
    offered = people.advisor.client.get(address).content.decode()
    assert "as saved, revision 1" in offered
    assert "as it is now, which saves it as revision 2" in offered

    as_saved = desk.begun(people, edited, other)
    assert edited.revisions.count() == 1
    assert revisions(as_saved) == [edited.revisions.get().pk, other.revisions.get().pk]

    fields = {"title": "With the edits", f"take-{edited.public_id}": "now"}
    assert people.advisor.client.post(address, fields).status_code == HTTPStatus.FOUND
    newest = edited.revisions.get(number=2)
    assert newest.document["title"] == "Edited since"
    assert newest.author_id == people.advisor.user.pk
    assert revisions(Proposal.objects.get(title="With the edits")) == [newest.pk]
    assert revisions(as_saved)[0] != newest.pk
    # On the page of the first the newer one is offered, and taken when asked for.
    key = as_saved.draft["alternatives"][0]["key"]
    assert f"renew:{key}" in people.advisor.page(desk.at(as_saved)).buttons()
    assert desk.edit(people.advisor, as_saved, op=f"renew:{key}").status_code == HTTPStatus.FOUND
    assert revisions(as_saved)[0] == newest.pk


def test_a_form_that_is_sent_twice_begins_one_proposal(people: Cast) -> None:
    address = f"/clients/{people.household.public_id}/propose/"
    fields = {"title": "Once", "tab": "a", f"take-{people.scenario.public_id}": "saved"}

    answers = [people.advisor.client.post(address, fields) for _ in range(2)]
    copies = [
        people.advisor.client.post(
            desk.at(Proposal.objects.get(title="Once"), "duplicate/"), {"tab": "b"}
        )
        for _ in range(2)
    ]

    for pair in (answers, copies):
        assert pair[0]["Location"] == pair[1]["Location"]
    assert sorted(Proposal.objects.values_list("title", flat=True)) == ["Copy of Once", "Once"]


def test_what_is_missing_is_said_and_what_was_chosen_stays(people: Cast) -> None:
    address = f"/clients/{people.household.public_id}/propose/"
    choice = f"take-{people.scenario.public_id}"

    for fields, words in (
        ({"title": "", choice: "saved"}, "Enter a title."),
        ({"title": "Kept title"}, "Choose at least one scenario."),
        ({"title": "Kept \x07 title", choice: "saved"}, "a sign that cannot be shown"),
        ({"title": "K" * 121, choice: "saved"}, "at most 120 characters"),
    ):
        response = people.advisor.client.post(address, fields)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in response.content.decode()
        page = Page(response.content)
        if choice in fields:
            chosen = [e for e in page.find(choice).elements if "selected" in e.attributes]
            assert [e.attributes["value"] for e in chosen] == ["saved"]
    assert not Proposal.objects.exists()


def test_only_scenarios_of_the_client_come_in_and_stay(people: Cast, proposal: Proposal) -> None:
    neighbour = Client.objects.create(firm=people.firm, name="Neighbours")
    theirs = desk.plan(neighbour, "Theirs")
    foreign = desk.plan(
        Client.objects.create(firm=people.other_firm, name="Foreign"), "Of another firm"
    )
    address = f"/clients/{people.household.public_id}/propose/"

    for each in (theirs, foreign):
        fields = {"title": "Wrong", f"take-{each.public_id}": "saved"}
        response = people.advisor.client.post(address, fields)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        added = desk.edit(
            people.advisor, proposal, op="add", add=f"{each.public_id}:saved", before="Typed"
        )
        assert added.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert Page(added.content).fields("draft")["before"].strip() == "Typed"
    assert len(labels(proposal)) == 2

    # One that goes to another client is not shown any more.
    Scenario.objects.filter(pk=people.scenario.pk).update(client=neighbour)
    assert (
        "another client’s by now" in people.advisor.client.get(desk.at(proposal)).content.decode()
    )
    refused = people.advisor.client.get(desk.at(proposal, "preview/"))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert desk.give(people.advisor, proposal).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_words_order_and_recommendation_are_written_and_taken_back(
    people: Cast, proposal: Proposal
) -> None:
    who = people.advisor
    a, b = (each["key"] for each in proposal.draft["alternatives"])
    desk.edit(who, proposal, before="Dear both,\r\n\r\nhere", words_A="All", label_A="All of them")
    assert proposal.draft["before"] == "Dear both,\n\nhere"
    assert labels(proposal) == ["All of them", "Half"]
    desk.edit(who, proposal, op=f"down:{a}", recommended=b)
    assert labels(proposal) == ["Half", "All of them"]
    assert [e["recommended"] for e in proposal.draft["alternatives"]] == [True, False]
    desk.edit(who, proposal, op=f"remove:{b}")
    assert labels(proposal) == ["All of them"]

    for expected in (["Half", "All of them"], ["All of them", "Half"], ["Canary plan", "Half"]):
        assert desk.edit(who, proposal, op="undo").status_code == HTTPStatus.FOUND
        assert labels(proposal) == expected
    assert "undo" not in who.page(desk.at(proposal)).buttons()
    # What is typed and not saved is the step that is taken back first.
    desk.edit(who, proposal, title="Second")
    desk.edit(who, proposal, title="Typed only", op="undo")
    assert proposal.title == "Second"
    desk.edit(who, proposal, op="undo")
    assert proposal.title == "Two ways to exercise"


def test_changes_since_an_issue_can_be_discarded(people: Cast, proposal: Proposal) -> None:
    desk.given(people, proposal)
    given = proposal.issues.get().draft
    assert "discard" not in people.advisor.page(desk.at(proposal)).buttons()
    desk.edit(people.advisor, proposal, before="Changed", title="Other")
    assert proposal.state == "changed"

    desk.edit(people.advisor, proposal, op="discard")

    assert proposal.draft == given
    assert proposal.state == "given"


def test_a_label_cannot_be_empty_and_all_mistakes_are_said_at_once(
    people: Cast, proposal: Proposal
) -> None:
    before = proposal.draft

    response = desk.edit(people.advisor, proposal, title="", label_B=" ", words_A="Typed words")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    said = response.content.decode()
    assert "Enter a title." in said
    assert "Say what B is called." in said
    assert "Typed words" in said
    assert proposal.draft == before


def test_who_saves_an_older_draft_is_asked_first(people: Cast, proposal: Proposal) -> None:
    fields = desk.typed(people.advisor, proposal)
    added = f"{people.scenario.public_id}:saved"
    desk.edit(people.assistant, proposal, before="The assistant’s words", op="add", add=added)

    response = people.advisor.client.post(
        desk.at(proposal, "edit/"), fields | {"before": "The advisor’s words"}
    )

    assert response.status_code == HTTPStatus.CONFLICT
    assert "was changed elsewhere meanwhile" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.draft["before"] == "The assistant’s words"
    again = Page(response.content).fields("draft")
    assert again["before"].strip() == "The advisor’s words"
    assert (
        people.advisor.client.post(desk.at(proposal, "edit/"), again).status_code
        == HTTPStatus.FOUND
    )
    proposal.refresh_from_db()
    assert proposal.draft["before"] == "The advisor’s words"
    assert labels(proposal) == ["Canary plan", "Half", "Canary plan"]
    # The same sent once more, as by a second click, is no conflict.
    assert (
        people.advisor.client.post(desk.at(proposal, "edit/"), again).status_code
        == HTTPStatus.FOUND
    )


def test_a_proposal_has_six_scenarios_at_most(people: Cast, proposal: Proposal) -> None:
    for _ in range(4):
        desk.edit(people.advisor, proposal, op="add", add=f"{people.scenario.public_id}:saved")
    assert len(labels(proposal)) == 6

    page = people.advisor.page(desk.at(proposal))
    assert "add" not in page.ids
    response = desk.edit(
        people.advisor, proposal, op="add", add=f"{people.scenario.public_id}:saved"
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert len(labels(proposal)) == 6
    assert desk.give(people.advisor, proposal).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("op", ["up:nobody", "remove:", "fly:x", "renew:nobody", "undo:x", ":"])
def test_a_made_up_button_changes_nothing(people: Cast, proposal: Proposal, op: str) -> None:
    before = proposal.draft

    response = desk.edit(people.advisor, proposal, op=op)

    assert response.status_code in (HTTPStatus.FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert proposal.draft == before


def test_assistants_write_and_do_not_give_readers_read(people: Cast, proposal: Proposal) -> None:
    assert desk.edit(people.assistant, proposal, before="Hers").status_code == HTTPStatus.FOUND
    for who in (people.assistant, people.reader):
        for place in ("", "preview/"):
            assert who.client.get(desk.at(proposal, place)).status_code == HTTPStatus.OK
        page = who.client.get(desk.at(proposal)).content.decode()
        assert "Give to the client" not in page
        assert desk.give(who, proposal).status_code == HTTPStatus.FORBIDDEN
        deleted = who.client.post(desk.at(proposal, "delete/"))
        assert deleted.status_code == HTTPStatus.FORBIDDEN
    reader = people.reader.client
    assert reader.post(desk.at(proposal, "edit/"), {}).status_code == HTTPStatus.FORBIDDEN
    assert reader.post(desk.at(proposal, "duplicate/")).status_code == HTTPStatus.FORBIDDEN
    assert not proposal.issues.exists()


def test_another_firm_finds_nothing(people: Cast, proposal: Proposal) -> None:
    desk.given(people, proposal)
    stranger = people.stranger.client
    places = ("", "preview/", "preview/logo", "issues/1/", "issues/1/proposal.pdf")
    absent = stranger.get("/proposals/nobody/").content

    for place in (*places, "issues/1/logo", "issues/1/links/"):
        response = stranger.get(desk.at(proposal, place))
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert response.content == absent
    for place in ("edit/", "give/", "duplicate/", "delete/", "issues/1/links/make/"):
        response = stranger.post(desk.at(proposal, place), {"version": "1", "title": "x"})
        assert response.status_code == HTTPStatus.NOT_FOUND
    assert stranger.get(f"/clients/{people.household.public_id}/propose/").status_code == 404
    listed = stranger.get(f"/proposals/?client={people.household.public_id}").content.decode()
    assert "Two ways to exercise" not in listed
    assert "Canary" not in listed


def test_of_a_client_that_parted_from_the_firm_nothing_is_left(
    people: Cast, proposal: Proposal
) -> None:
    desk.given(people, proposal)
    Client.objects.filter(pk=people.household.pk).update(closed_at=proposal.created_at)

    for place in ("", "preview/", "issues/1/"):
        response = people.advisor.client.get(desk.at(proposal, place))
        assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Two ways" not in people.advisor.client.get("/proposals/").content.decode()


def test_the_list_is_of_a_client_or_in_a_state(people: Cast, proposal: Proposal) -> None:
    neighbour = Client.objects.create(firm=people.firm, name="Neighbours")
    drafted(neighbour, proposal.draft | {"title": "Of the neighbours"})
    desk.given(people, proposal)

    def listed(query: str) -> set[str]:
        text = people.reader.client.get(f"/proposals/{query}").content.decode()
        return {title for title in ("Two ways to exercise", "Of the neighbours") if title in text}

    assert listed("") == {"Two ways to exercise", "Of the neighbours"}
    assert listed(f"?client={neighbour.public_id}") == {"Of the neighbours"}
    assert listed("?state=draft") == {"Of the neighbours"}
    assert listed("?state=given") == {"Two ways to exercise"}
    assert listed("?state=changed") == set()
    desk.edit(people.advisor, proposal, before="More")
    assert listed("?state=changed") == {"Two ways to exercise"}
    on_page = people.reader.client.get(neighbour.get_absolute_url()).content.decode()
    assert "Of the neighbours" in on_page
    assert "Two ways" not in on_page
    assert "New proposal" not in on_page


def test_every_act_is_in_the_log_without_a_word_of_it(people: Cast, proposal: Proposal) -> None:
    issue = desk.given(people, proposal)
    desk.edit(people.advisor, proposal, before="Canary words")
    people.advisor.client.get(desk.of_issue(issue))
    people.advisor.client.post(desk.at(proposal, "duplicate/"), {"tab": "c"})
    people.advisor.client.post(desk.at(proposal, "delete/"))

    expected = {"made", "seen", "issued", "changed", "copied", "deleted"}
    assert {f"proposal_{act}" for act in expected} <= {*acts(people)}
    for event in Event.objects.filter(act__startswith="proposal"):
        assert event.about.startswith("proposal ")
        assert people.household.public_id in event.about
        assert "Canary" not in event.about


def test_a_deleted_proposal_is_gone_with_all_that_was_given(
    people: Cast, proposal: Proposal
) -> None:
    issue = desk.given(people, proposal)
    token = desk.linked(people.advisor, issue)
    assert people.stranger.client.get(f"/shared/{token}/proposal/").status_code == HTTPStatus.OK

    response = people.advisor.client.post(desk.at(proposal, "delete/"))

    assert response["Location"] == people.household.get_absolute_url()
    assert people.stranger.client.get(f"/shared/{token}/proposal/").status_code == 404
    assert people.advisor.client.get(desk.of_issue(issue)).status_code == HTTPStatus.NOT_FOUND
