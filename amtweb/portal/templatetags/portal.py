"""What other apps' pages show of clients' accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone

from amtweb.firms.workspace import member_of
from amtweb.portal import notices
from amtweb.portal.invitations import invitations_to
from amtweb.portal.models import (
    ClientInvitation,
    Copy,
    Edition,
    Link,
    Notice,
    Publication,
    State,
    Suggestion,
)
from amtweb.portal.unlinking import CLOSED_FOR

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amtweb.firms.models import Client
    from amtweb.scenarios.models import Scenario

register = template.Library()

ANSWERED_SHOWN = 5


class Places(NamedTuple):
    """What the head of every page says."""

    advisor: bool = False
    """Whether there is a firm that the person is linked with, or that asks them."""
    news: bool = False
    unread: int = 0


@register.simple_tag(takes_context=True)
def places_of_client(context: dict[str, Any]) -> Places:
    """What of this the head of the page leads to; error pages know of no visitor."""
    request = context.get("request")
    if request is None or not hasattr(request, "session") or not request.user.is_authenticated:
        return Places()
    if member_of(request) is not None:
        return Places(news=True, unread=notices.of_request(request).filter(read_at=None).count())
    user = request.user
    unread = Notice.objects.filter(user=OuterRef("pk"), firm=None, read_at=None).order_by()
    since = timezone.now() - CLOSED_FOR
    links = Link.objects.filter(user=OuterRef("pk"))
    live = links.filter(ended_at=None, client__closed_at=None)
    back = links.filter(ended_at__gt=since, client__closed_at__gt=since)
    known = get_user_model()._default_manager.filter(pk=user.pk)
    told, *asked = known.values_list(
        Subquery(unread.values("user").annotate(count=Count("pk")).values("count")),
        Exists(live),
        Exists(back),
        Exists(invitations_to(user)),
    ).first() or (0, False)
    return Places(advisor=any(asked), news=bool(told) or any(asked), unread=told or 0)


@register.simple_tag(takes_context=True)
def client_invitations(context: dict[str, Any]) -> QuerySet[ClientInvitation]:
    """The firms that ask whoever looks to be linked with them."""
    return invitations_to(context["request"].user)


@register.inclusion_tag("portal/_of_client.html", takes_context=True)
def accounts_of(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """On the page of a client: who signs in, what is published, what they propose."""
    still_open = ClientInvitation.that_are_open(timezone.now())
    editions = Edition.objects.defer("words").order_by("-number")
    published = Publication.objects.published().filter(client=client)
    suggestions = Suggestion.objects.filter(edition__publication__client=client)
    shown = suggestions.select_related("edition__publication", "link__person", "link__user").defer(
        "document", "headline"
    )
    unread = notices.of_request(context["request"]).filter(client=client, read_at=None)
    return {
        "client": client,
        "may": context["may"],
        "scenarios": context["scenarios"],
        "links": Link.objects.live().filter(client=client).select_related("person", "user"),
        "invitations": ClientInvitation.objects.filter(still_open, client=client),
        "published": published.select_related("scenario")
        .defer("scenario__draft", "scenario__words")
        .annotate(said=Count("comments"))
        .prefetch_related(Prefetch("editions", editions)),
        "open_figures": shown.filter(state=State.OPEN),
        "answered_figures": shown.exclude(state=State.OPEN)[:ANSWERED_SHOWN],
        "new_comments": set(
            unread.filter(comment__isnull=False).values_list("publication_id", flat=True)
        ),
    }


@register.inclusion_tag("portal/_propose_link.html", takes_context=True)
def propose_link(context: dict[str, Any], scenario: Scenario | None) -> dict[str, Any]:
    """On the page of a scenario that is a copy of what a firm published: to send it there."""
    request = context.get("request")
    if scenario is None or scenario.owner_id is None or request is None:
        return {}
    # The page has its menu twice, for wide and for narrow screens.
    if not hasattr(request, "_copied_from"):
        live = Link.objects.live().filter(user_id=scenario.owner_id).values("client")
        published = Publication.objects.published().filter(client__in=live)
        copies = Copy.objects.filter(scenario=scenario, edition__publication__in=published)
        request._copied_from = copies.select_related("edition__publication__client__firm").first()
    return {"copy": request._copied_from, "scenario": scenario}


@register.filter
def get(threads: dict[str, Any], line: str) -> Any:
    """What is said beside a line, if anything."""
    return threads.get(line) if threads else None
