"""What is published, as both sides read it, and what both say beside it."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.exchange.files import FILES, answer
from amtweb.portal import comments
from amtweb.portal.documents import changes_for_client
from amtweb.portal.forms import CommentForm
from amtweb.reports.views import part_of
from amtweb.scenarios.aged import aged
from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.pages import bench_page
from amtweb.worksheets.views import some_year_of, year_page_of
from calculator import InvalidScenario, parse_scenario
from calculator.law.version import last_published_year_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.portal.models import Edition
    from amtweb.portal.reading import Reading
    from amtweb.scenarios.differences import Difference


def published(
    request: HttpRequest, reading: Reading, form: CommentForm | None = None
) -> HttpResponse:
    """The publication to read, with all its results."""
    edition, document = reading.edition, reading.document
    said = aged(edition.revision)
    if said and said.refused:
        return render(request, "portal/refused.html", {"reading": reading})
    years = [year.year for year in parse_scenario(document).years]
    response = bench_page(
        request,
        work(typed.from_document(document), document),
        last_good=document,
        template="portal/published.html",
        shared=True,
        aged=said,
        worksheets_at=f"{reading.address}worksheets/",
        changes=changes_since_last(edition),
        tables_through=last_published_year_of(edition.revision.law_version),
        threads=comments.threads(reading),
        places=[comments.Place(), *(comments.Place(year, "", str(year)) for year in years)],
        **_context(reading, form),
    )
    if form is not None:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def worksheets(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Leads to a year of the forms."""
    return some_year_of(request, reading.subject)


def worksheets_of_year(
    request: HttpRequest, reading: Reading, year: int, form: CommentForm | None = None
) -> HttpResponse:
    """The forms of a year, with what is said beside the year and its lines."""
    said = comments.threads(reading, year)
    about = form.data.get("about", "") if form else f"{year}:{request.GET.get('line', '')}"
    try:
        place = comments.place_of(reading, about.rstrip(":"))
    except InvalidScenario:
        return redirect(reading.address)
    response = year_page_of(
        request,
        reading.subject,
        year,
        shared=True,
        of_year=[thread for thread in said if not thread.place.line],
        by_line={thread.place.line: thread for thread in said if thread.place.line},
        place=place or comments.Place(year, "", str(year)),
        **_context(reading, form),
    )
    if form is not None:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def comment(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Takes a comment."""
    form = CommentForm(request.POST)
    place = comments.place_of(reading, request.POST.get("about", ""))
    if place is None:
        raise Http404
    # Written on the page of a year, it is answered there.
    on_forms = place.year is not None and request.POST.get("from") == "forms"
    if not form.is_valid():
        if on_forms and place.year:
            return worksheets_of_year(request, reading, place.year, form)
        return published(request, reading, form)
    page = request.POST.get("tab", "")[:64]
    kept = comments.write(reading, place, form.cleaned_data["text"], page)
    there = f"worksheets/{place.year}/" if on_forms else ""
    return redirect(f"{reading.address}{there}#comment-{kept.public_id}")


def delete_comment(request: HttpRequest, reading: Reading, comment: str) -> HttpResponse:
    """Takes back a comment of the reader's own."""
    found = get_object_or_404(comments.own(reading), public_id=comment)
    comments.take_back(reading, found)
    there = f"worksheets/{found.year}/" if request.POST.get("from") == "forms" else ""
    return redirect(f"{reading.address}{there}#comments")


def mark_read(request: HttpRequest, reading: Reading) -> HttpResponse:
    """All that is said here has been read."""
    comments.mark_read(reading)
    return redirect(f"{reading.address}#comments")


def file(request: HttpRequest, reading: Reading, file: str) -> HttpResponse:
    """One of the files that there are of it."""
    if file not in FILES:
        raise Http404
    return answer(FILES[file], reading.subject)


def part(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    """The report as a file, or a chart of it."""
    return part_of(request, reading.subject, part)


def changes_since_last(edition: Edition) -> tuple[Difference, ...] | None:
    """What differs from the edition before, as the client sees it; None for the first."""
    earlier = edition.publication.editions.select_related("revision")
    before = earlier.filter(number__lt=edition.number).order_by("-number").first()
    if before is None:
        return None
    return changes_for_client(before.revision.document, edition.revision.document)


def _context(reading: Reading, form: CommentForm | None) -> dict[str, Any]:
    return {
        "reading": reading,
        "edition": reading.edition,
        "firm": reading.publication.client.firm,
        "comment_form": form or CommentForm(),
        "once": secrets.token_urlsafe(12),
        "may_comment": True,
    }
