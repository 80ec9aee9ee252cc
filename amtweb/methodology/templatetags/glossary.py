"""Terms explained in place.

    {% load glossary %}
    {% term "tentative minimum tax" %}
    {% term "erosion" "Eroded" %}
    {% with_terms "Less the [strike] it is the [discount|spread]." %}
    {% term_of row.key row.label %}, which is plain text if the glossary has nothing on it

A term is a button of text that opens its explanation, which needs no script.  The explanations
stand once at the end of the page: ``base.html`` writes those of the terms that were used; a page
that takes in fragments later has ``{% term_notes "all" %}`` in its block ``term_notes``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join

from amtweb.methodology.glossary import term_called, term_of_key, topics

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template import RequestContext
    from django.utils.safestring import SafeString

    from amtweb.methodology.glossary import Term

register = template.Library()
BRACKETS = re.compile(r"\[([^]|]+)(?:\|([^]]+))?\]([.,;:]?)")
"""The words of a term, the term if it is called otherwise, and a sign that follows."""

USED = "terms_used"
"""An attribute of the request, so that all templates of a page share it."""


@register.simple_tag(takes_context=True)
def term(context: RequestContext, name: str, words: str = "") -> SafeString:
    """A term of the glossary; ``words`` if the page calls it otherwise."""
    return _explained(context, term_called(name), words or name)


@register.simple_tag(takes_context=True)
def term_of(context: RequestContext, key: str, words: str) -> SafeString:
    """The name of a figure, explained if the glossary knows the figure or its name."""
    found = term_of_key(key)
    return _explained(context, found, words) if found else conditional_escape(words)


@register.simple_tag(takes_context=True)
def with_terms(context: RequestContext, text: str) -> SafeString:
    """A sentence of ours whose words in brackets are terms; after a bar, what the glossary says."""
    plain, *rest = BRACKETS.split(text)
    pieces = [conditional_escape(plain)]
    for words, name, sign, after in zip(*(rest[i::4] for i in range(4)), strict=True):
        button = _explained(context, term_called(name or words), words)
        # Between a button and a comma a line may break.
        kept = format_html('<span class="with-sign">{}{}</span>', button, sign) if sign else button
        pieces += [kept, conditional_escape(after)]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.inclusion_tag("methodology/_term_notes.html", takes_context=True)
def term_notes(context: RequestContext, which: str = "used") -> dict[str, Any]:
    """The explanations of the terms used so far, or of all."""
    if which == "all":
        return {"terms": [each for topic in topics() for each in topic.terms]}
    return {"terms": list(getattr(_page(context), USED, {}).values())}


def _page(context: RequestContext) -> HttpRequest | None:
    """What all templates of a page share; files that are taken away have no notes to open."""
    # Of the context and not in it: an included template may have been given no variables.
    return getattr(context, "request", None)


def _explained(context: RequestContext, found: Term, words: str) -> SafeString:
    page = _page(context)
    if page is None:
        return conditional_escape(words)
    used: dict[str, Term] = getattr(page, USED, {})
    setattr(page, USED, used | {found.slug: found})
    return format_html(
        '<button type="button" class="term" popovertarget="term-{}">{}</button>', found.slug, words
    )
