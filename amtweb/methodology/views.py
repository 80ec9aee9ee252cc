"""How one can know that the figures are right, and what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amtweb.methodology.concept_page import concept_context
from amtweb.methodology.concept_pictures import pictures_of
from amtweb.methodology.concepts import concepts
from amtweb.methodology.coverage_page import shown_sections
from amtweb.methodology.glossary import topics
from amtweb.methodology.verification import SHOWN, found, kinds_of, lessons_of
from calculator.verification import KINDS, verify

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST_WORDS = 100


class Wanted(forms.Form):
    """Which figures to show; what cannot be understood shows all."""

    words = forms.CharField(
        label="Find",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "carryover, 2026, IRS …"}),
    )
    kind = forms.ChoiceField(
        label="Source", choices=[("", "All sources"), *KINDS.items()], required=False
    )
    shown = forms.ChoiceField(label="Show", choices=list(SHOWN.items()), required=False)


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Published examples, computed by the running calculator beside what is published."""
    verified = verify()
    form = Wanted(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    checks = found(verified, asked["words"], asked["kind"], asked["shown"])
    context = {
        "form": form,
        "verified": verified,
        "sources": len({check.source.slug for check in verified.checks}),
        "figures": verified.count(),
        "agree": verified.count("agrees"),
        "explained": verified.count("differs as explained"),
        "unexplained": verified.count("differs"),
        "is_searched": any(asked.values()),
        "count": len(checks),
        "kinds": kinds_of(checks),
        "lessons": lessons_of(verified.checks),
    }
    return render(request, "methodology/verification.html", context)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """What is modelled, what is refused, what is simplified, and how the law is read."""
    return render(request, "methodology/coverage.html", {"sections": shown_sections()})


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """The concepts as a reading list, with a picture each."""
    cards = [(each, pictures_of(each.slug)[0]) for each in concepts().values()]
    return render(request, "methodology/learn.html", {"cards": cards})


@require_safe
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    """One concept, worked through with figures of the running calculator."""
    if concept not in concepts():
        raise Http404
    return render(request, concepts()[concept].template, concept_context(concept))


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term that the pages use."""
    return render(request, "methodology/glossary.html", {"topics": topics()})
