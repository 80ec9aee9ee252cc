"""What every page says of where somebody works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from amtweb.firms.permissions import MAY, Act
from amtweb.firms.workspace import member_of

if TYPE_CHECKING:
    from amtweb.firms.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def workspace_member(context: dict[str, Any]) -> Member | None:
    """As what the visitor works in a firm now; error pages know of no visitor."""
    request = context.get("request")
    if request is None or not hasattr(request, "session"):
        return None
    return member_of(request)


@register.filter
def may(member: Member, act: str) -> bool:
    """Whether the member's role includes it, by its name in small letters."""
    return any(each.name.lower() == act for each in MAY[member.role])


@register.simple_tag(takes_context=True)
def workspace_may(context: dict[str, Any]) -> set[str]:
    """What the visitor may do where they work now, by the names of the acts; by oneself, all."""
    member = workspace_member(context)
    return {act.name.lower() for act in (MAY[member.role] if member else Act)}
