"""Views of the book that have a name: whose they are, and what becomes of them."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from amtweb.audit.models import Event
from amtweb.book.models import View
from tests.web.firms.cast import Cast, Colleague, cast

pytestmark = pytest.mark.django_db
LOOK = "needs=loss&least=5%2C000&sort=-loss"


@pytest.fixture
def people() -> Cast:
    return cast()


def save(colleague: Colleague, name: str, look: str = LOOK, **more: str) -> int:
    sent = {"name": name, "look": look} | more
    return int(colleague.client.post("/book/views/", sent).status_code)


def test_a_view_keeps_what_is_filtered_and_sorted_and_is_its_owners_alone(people: Cast) -> None:
    sent = {"name": "To pair", "look": f"{LOOK}&page=7&unknown=1"}
    response = people.reader.client.post("/book/views/", sent)

    view = View.objects.get()
    assert response["Location"] == f"/book/?{LOOK}&view={view.public_id}"
    assert view.query == LOOK
    assert "To pair" in people.reader.client.get("/book/").content.decode()
    for other in (people.admin, people.stranger):
        assert "To pair" not in other.client.get("/book/").content.decode()
        answer = other.client.post(f"/book/views/{view.public_id}/", {"op": "delete"})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert View.objects.exists()


def test_a_view_of_the_firm_is_everybodys_there_and_changed_by_who_may(people: Cast) -> None:
    assert save(people.reader, "Ours", **{"for": "firm"}) == HTTPStatus.FORBIDDEN
    assert save(people.assistant, "Ours", **{"for": "firm"}) == HTTPStatus.FOUND
    view = View.objects.get()
    address = f"/book/views/{view.public_id}/"

    assert "Ours" in people.reader.client.get("/book/").content.decode()
    assert "Ours" not in people.stranger.client.get("/book/").content.decode()
    for op in ("rename", "delete"):
        refused = people.reader.client.post(address, {"op": op, "name": "Mine"})
        assert refused.status_code == HTTPStatus.FORBIDDEN
    people.advisor.client.post(address, {"op": "rename", "name": "All of us"})
    view.refresh_from_db()
    assert view.name == "All of us"
    people.advisor.client.post(address, {"op": "delete"})
    assert not View.objects.exists()
    acts = Event.objects.filter(log=people.firm.public_id, refused=False)
    found = [event.act for event in acts if event.act.startswith("book_view")]
    assert found == ["book_view_saved", "book_view_saved", "book_view_deleted"]


def test_the_book_opens_in_the_view_that_somebody_chose(people: Cast) -> None:
    save(people.reader, "First")
    view = View.objects.get()
    address = f"/book/views/{view.public_id}/"
    for _ in range(2):
        people.reader.client.post(address, {"op": "first"})

    opened = people.reader.client.get("/book/")
    assert opened["Location"] == f"/book/?{LOOK}&view={view.public_id}"
    assert people.reader.client.get("/book/?view=all").status_code == HTTPStatus.OK
    assert people.advisor.client.get("/book/").status_code == HTTPStatus.OK
    people.reader.client.post(address, {"op": "not_first"})
    assert people.reader.client.get("/book/").status_code == HTTPStatus.OK


def test_saving_twice_is_one_view_and_a_known_name_takes_the_new_look(people: Cast) -> None:
    for look in (LOOK, LOOK, "sort=-credit"):
        assert save(people.reader, " To  Pair ", look) == HTTPStatus.FOUND

    assert View.objects.get().query == "sort=-credit"
    assert View.objects.get().name == "To Pair"


def test_a_name_that_is_none_is_said_beside_it_and_stays(people: Cast) -> None:
    for name, said in (("  ", "Enter a name"), ("x" * 61, "at most 60")):
        response = people.reader.client.post("/book/views/", {"name": name, "look": LOOK})

        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        text = response.content.decode()
        assert said in text
        assert f'name="name" value="{name}"' in text
        assert 'value="needs=loss&amp;least=5%2C000&amp;sort=-loss"' in text


def test_a_view_takes_no_name_of_another(people: Cast) -> None:
    save(people.reader, "One")
    save(people.reader, "Two")
    two = View.objects.get(name="Two")

    response = people.reader.client.post(
        f"/book/views/{two.public_id}/", {"op": "rename", "name": "ONE"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Another view has that name." in response.content.decode()
