"""The style sheets of a page, in its head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from amtweb.style_sheets import arrives, within

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def style_sheet(context: dict[str, Any], name: str, element_id: str = "") -> SafeString:
    """A style sheet: its text for who comes to the site with this page, else its address.

    ``element_id`` is the one under which Plotly looks for a style sheet of its own; with the class
    it writes none, and leaves the page's alone.
    """
    left_alone = format_html(' id="{}" class="no-inline-styles"', element_id) if element_id else ""
    request = context.get("request")
    if request is None or not arrives(request):
        return format_html('<link rel="stylesheet" href="{}"{}>', static(name), left_alone)
    return format_html("<style{}>{}</style>", left_alone, within(request, name))
