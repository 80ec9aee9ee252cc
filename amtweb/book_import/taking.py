"""Takes a book over, all of it or nothing, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.book_import.known import book_of
from amtweb.book_import.models import Import, Reference, Taken
from amtweb.book_import.plan import plan_of
from amtweb.book_import.tables import TABLES
from amtweb.firms.access import note
from amtweb.firms.models import Client, Firm, Person, Tag
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.making import Begun, make_scenarios
from amtweb.scenarios.once import key_of, once

if TYPE_CHECKING:
    from amtweb.book_import.households import Household
    from amtweb.book_import.plan import Plan
    from amtweb.book_import.sending import Sent
    from amtweb.firms.models import Member
    from amtweb.scenarios.models import Document
    from amtweb.scenarios.visitors import Visitor

NOTE = "Imported"
COUNTED = ("clients", "people", "scenarios", *(table.slug for table in TABLES[1:]))
"""In the order in which a sentence says them: a database keeps none."""


class ChangedError(Exception):
    """The firm has other clients or members than when the preview was made."""


def plan_for(member: Member, sent: Sent) -> Plan:
    """What would be made of what was sent.

    Raises:
        NotATableError: A text is no table.
    """
    return plan_of(sent.texts, book_of(member.firm), same_names=sent.same_names)


def find_taken(member: Member, public_id: str) -> Import | None:
    """An import of the firm."""
    return Import.objects.filter(firm=member.firm, public_id=public_id).first()


def take_over(visitor: Visitor, member: Member, page: str, sent: Sent, seen: str) -> Import:
    """Makes everything of the tables, once for each page that asks for it.

    Raises:
        ChangedError: It would not be what the preview showed.
        NotATableError: A text is no table.
        FullLibraryError: The firm keeps too many scenarios to take these too.
    """
    # What takes long comes before the transaction, which others wait for.
    plan = plan_for(member, sent)
    if plan.state == seen and plan.can_be_taken:
        headlines = [figures_of(result_of(_document(each))) for each in plan.households]
    else:
        headlines = []
    return once(
        visitor,
        key_of(page, "take over a book", sent.digest),
        make=lambda: _make(visitor, member, plan, seen, headlines),
        name=lambda made: made.public_id,
        find=lambda name: find_taken(member, name),
    )


def _make(
    visitor: Visitor, member: Member, plan: Plan, seen: str, headlines: list[Document]
) -> Import:
    # Nobody makes another import meanwhile, or a scenario beyond what the firm may keep.
    firm = Firm.objects.select_for_update().get(pk=member.firm_id)
    if not headlines or book_of(firm).state != seen:
        raise ChangedError
    new = [each for each in plan.households if each.known is None]
    clients = Client.objects.bulk_create(
        Client(
            firm=firm,
            name=each.name,
            notes=each.values.get("notes", ""),
            advisor_id=each.advisor,
        )
        for each in new
    )
    made_tags = _tag(firm, new, clients)
    Person.objects.bulk_create(
        Person(client=client, name=name, born=born)
        for client, each in zip(clients, new, strict=True)
        for name, born in each.people
    )
    # A client that is archived or has left may have been called so.
    names = [each.reference for each in new if each.reference]
    Reference.objects.filter(firm=firm, name__in=names).delete()
    Reference.objects.bulk_create(
        Reference(firm=firm, client=client, name=each.reference)
        for client, each in zip(clients, new, strict=True)
        if each.reference
    )
    source = Import.objects.create(
        firm=firm, by_id=member.user_id, counts=plan.counts, tags=made_tags
    )
    made = dict(zip(map(id, new), clients, strict=True))
    _make_scenarios(visitor, source, plan, made, headlines)
    note(member, "book_imported", f"import {source.public_id} {counted(plan.counts)}")
    return source


def counted(counts: dict[str, int]) -> str:
    """``2,000 clients, 6,000 grants``."""
    one = {"people": "person"}
    return ", ".join(
        f"{counts[name]:,} {one.get(name, name[:-1]) if counts[name] == 1 else name}"
        for name in COUNTED
        if name in counts
    )


def _tag(firm: Firm, new: list[Household], clients: list[Client]) -> list[int]:
    """Gives the clients their tags; the keys of those that the firm did not have."""
    wanted = {name.casefold(): name for each in new for name in each.values.get("tags", ())}
    there = {tag.name.casefold(): tag for tag in firm.tags.all()}
    made = Tag.objects.bulk_create(
        Tag(firm=firm, name=name) for key, name in wanted.items() if key not in there
    )
    there |= {tag.name.casefold(): tag for tag in made}
    through = Client.tags.through
    through.objects.bulk_create(
        through(client_id=client.pk, tag_id=there[name.casefold()].pk)
        for client, each in zip(clients, new, strict=True)
        for name in each.values.get("tags", ())
    )
    return [tag.pk for tag in made]


def _make_scenarios(
    visitor: Visitor,
    source: Import,
    plan: Plan,
    made: dict[int, Client],
    headlines: list[Document],
) -> None:
    there = Client.objects.in_bulk([each.known.pk for each in plan.households if each.known])
    clients = [there[each.known.pk] if each.known else made[id(each)] for each in plan.households]
    begun = [
        Begun(client, _document(each), headline)
        for client, each, headline in zip(clients, plan.households, headlines, strict=True)
    ]
    scenarios = make_scenarios(visitor, begun, NOTE)
    Taken.objects.bulk_create(
        Taken(
            source=source,
            client=client,
            scenario=scenario,
            made_client_at=None if each.known else client.changed_at,
        )
        for each, client, scenario in zip(plan.households, clients, scenarios, strict=True)
    )


def _document(household: Household) -> Document:
    document = household.document
    assert document is not None  # noqa: S101  (of a plan that can be taken all are whole)
    return document
