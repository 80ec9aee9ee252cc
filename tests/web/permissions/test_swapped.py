"""What a form names is looked at as what an address names; what it does not have is not taken.

Every form of the site is sent as its own page would send it, once with the name of another's thing
in the place of each of one's own, and once with fields that no form has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from tests.web.permissions.asking import COUNTED, LOG, ask
from tests.web.permissions.views import VIEWS, World
from tests.web.permissions.world import address, filled_in, mark
from tests.web.route_table.every import ROUTES

Known = dict[type[models.Model], set[Any]]

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

WHO = {"anyone": "admin", "owner": "admin", "member": "admin", "client": "client"}
OTHER = {"admin": "birch", "advisor": "birch", "client": "birch", "browser": "owner"}
TYPED = ("{title}", "{firm_name}")
"""Words that are typed again, and name nothing."""
FORMS = [
    route for route, row in ROUTES.items() if "POST" in row.methods and row.sends and row.who in WHO
]


def who_may(route: str) -> str:
    """Somebody of the first firm who may send the form, or a client of it."""
    row = ROUTES[route]
    return row.only[0] if row.only and row.only[0] in VIEWS else WHO[row.who]


def test_what_a_form_names_of_another_firm_is_not_there(world: World) -> None:
    wrong = [
        f"/{route} with {fields}: {fault}"
        for route in FORMS
        for fields in swapped(world, ROUTES[route].sends)
        for fault in reached(world, route, fields)
    ]

    assert not wrong, "\n".join(wrong)


def swapped(world: World, sends: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The form with each of its names in turn that of the other firm's thing."""
    own, others = world.sides["alder"].names, world.sides["birch"].names
    for field, value in sends.items():
        if "{" in value and value not in TYPED:
            yield filled_in(sends, own) | filled_in({field: value}, others)
    # A field that is called by a thing is no field of the form, if that is another's.
    called = {field: value for field, value in sends.items() if "{" in field}
    if called:
        rest = {field: value for field, value in sends.items() if field not in called}
        yield filled_in(rest, own) | filled_in(called, others)


def reached(world: World, route: str, fields: dict[str, str]) -> Iterator[str]:
    view = who_may(route)
    at = address(route, world.names_for(view, "alder"))
    asked = ask(world.clients[view], "POST", at, fields)
    if asked.status not in (302, 404, 409, 422):
        yield str(asked.status)
    if changed := asked.wrote - COUNTED - LOG:
        yield f"writes to {', '.join(sorted(changed))}"
    if mark("birch") in asked.said:
        yield "tells of it"


def test_a_question_that_names_anothers_thing_shows_nothing_of_it(world: World) -> None:
    asking = [(route, row.asks) for route, row in ROUTES.items() if row.asks]
    shown = [
        f"/{route} as {view}"
        for route, asks in asking
        for view, other in OTHER.items()
        for name, value in filled_in(asks, world.sides[other].names).items()
        if mark(other)
        in ask(world.clients[view], "GET", f"{address(route, {})}?{name}={value}").said
    ]

    assert asking
    assert shown == []


PLANTED = "planted-by-nobody"


def planted(world: World) -> dict[str, str]:
    """Fields that no form has."""
    birch = world.sides["birch"].names
    texts = ("public_id", "token_digest", "digest", "draft", "visitor", "document", "log")
    flags = ("is_staff", "is_superuser", "is_active", "verified", "refused")
    firm = ("firm", "firm_id", "owner", "owner_id", "user", "user_id", "member", "maker", "author")
    return (
        dict.fromkeys(texts, PLANTED)
        | dict.fromkeys(flags, "on")
        | dict.fromkeys(firm, birch["firm_pk"])
        | {"client_id": birch["client_pk"], "closed_at": "2020-01-01", "accepted_at": "2020-01-01"}
    )


def test_fields_that_a_form_does_not_have_are_not_taken(world: World) -> None:
    taken = [
        f"/{route}: {field}"
        for route in FORMS
        for field in more_than_was_asked(world, route, planted(world))
    ]

    assert not taken, "\n".join(taken)


def more_than_was_asked(world: World, route: str, extra: dict[str, str]) -> Iterator[str]:
    row, view = ROUTES[route], who_may(route)
    names = world.names_for(view, "alder")
    at, own = address(route, names), filled_in(row.sends, names)
    extra = {field: value for field, value in extra.items() if field not in own}
    plain, with_more = kept(world, view, at, own), kept(world, view, at, extra | own)
    for field in sorted((with_more - plain) | (plain - with_more)):
        yield str(field)


def kept(world: World, view: str, at: str, fields: dict[str, str]) -> Counter[Any]:
    """What is settled of every row after the form was sent."""
    client = world.clients[view]
    cookies, known = deepcopy(client.cookies), keys()
    with transaction.atomic():
        client.post(at, fields)
        found = Counter(row for model in apps.get_models() for row in settled(model, known))
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


def keys() -> Known:
    """Those of every row that there is."""
    every = apps.get_models()
    return {each: {*each._base_manager.values_list("pk", flat=True)} for each in every}


def _known(known: Known, field: Any, value: Any) -> str:
    """The value, but for rows that are new: on some databases they have another key each time."""
    if not field.is_relation or value is None:
        return str(value)
    return str(value) if value in known[field.related_model] else "new"


def settled(model: type[models.Model], known: Known) -> Iterator[tuple[str, ...]]:
    """Of each row whose it is, what it may, and what somebody planted; not what is random."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    owned = [f for f in fields if f.is_relation or isinstance(f, models.BooleanField) or f.choices]
    texts = [f for f in fields if isinstance(f, models.CharField | models.TextField)]
    for row in model._base_manager.values(*(f.attname for f in owned)) if owned else ():
        said = (_known(known, field, row[field.attname]) for field in owned)
        yield (model.__name__, *said)
    for field in texts:
        if model._base_manager.filter(**{f"{field.attname}__contains": PLANTED}).exists():
            yield (model.__name__, field.name, "planted")
