"""What the page of a client says of their scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from amtweb.firms.workspace import member_of
from amtweb.scenarios.library.listing import View, listing
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from amtweb.firms.models import Client

register = template.Library()


@register.inclusion_tag("scenarios/_of_client.html", takes_context=True)
def scenarios_of_client(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The client's scenarios with their headline figures, as the list shows them."""
    request = context["request"]
    view = View(client=client.public_id)
    return {
        "request": request,
        "client": client,
        "member": member_of(request),
        "may": context["may"],
        "listing": listing(visitor_of(request), view),
        "address": view.address(),
    }
