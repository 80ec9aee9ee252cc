"""Where in the site a page is, for the header to mark it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()

SECTIONS = {
    "welcome": "welcome:landing",
    "analyses": "scenarios:workbench",
    "exchange": "scenarios:workbench",
    "exchange:import": "scenarios:library",
    "exchange:import_rows": "scenarios:library",
    "explorer": "explorer:explorer",
    "methodology": "methodology:learn",
    "parameters": "methodology:learn",
    "book": "book:book",
    "portal": "portal:home",
    "scenarios:history": "scenarios:library",
    "scenarios:compare_revisions": "scenarios:library",
    "scenarios:revision": "scenarios:library",
    "scenarios:scenario": "scenarios:workbench",
    "scenarios:example": "scenarios:workbench",
    "reports": "scenarios:workbench",
    "sharing": "scenarios:library",
    "sharing:copy": "",
    "sharing:shared": "",
    "sharing:worksheets": "",
    "sharing:worksheets_of_year": "",
    "worksheets": "scenarios:workbench",
    "year_end:close_working_copy": "scenarios:workbench",
    "year_end:close_year": "scenarios:workbench",
    "firms": "firms:workspaces",
}
"""Views, or all views of an app, by the view that the header leads to; by none where the page is
somebody else's."""


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str) -> SafeString | str:
    """Marks a link of the header: as this very page, or as the section that the page is in."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name == name:
        return format_html(' aria-current="{}"', "page")
    section = SECTIONS.get(match.view_name, SECTIONS.get(match.app_name))
    return format_html(' aria-current="{}"', "true") if section == name else ""
