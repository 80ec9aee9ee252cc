"""The page and the PDF of a proposal, for whoever may see it."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.text import slugify

from amtweb.exchange.subjects import day
from amtweb.reports.pdf import NoPdfError, made_of
from calculator import ENGINE_VERSION
from calculator.law import law_label, law_version

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.proposals.models import Content, Issue, Logo

STYLE = "css/proposal.css"
IN_PDF = "logo:firm"
"""The address of the logo in a PDF, where nothing has another."""
LONGEST_NAME = 60
RETRY_AFTER = "30"


class Parts(NamedTuple):
    """Where the parts of a proposal are, for whoever looks at it."""

    logo: str
    pdf: str
    """Empty where whoever looks may not take it away."""


def proposal_page_of(
    request: HttpRequest,
    issue: Issue,
    parts: Parts,
    template: str = "proposals/shown.html",
    **context: Any,
) -> HttpResponse:
    """What a client was given, as it was given.

    Args:
        request: Whose.
        issue: What.
        parts: Where its logo and its PDF are for them.
        template: One that includes ``proposals/_proposal.html`` and ``proposals/_since.html``.
        **context: What else the template says.
    """
    shown = context_of(issue.content, parts.logo) | about(issue)
    return render(request, template, shown | {"pdf_at": parts.pdf} | context)


def context_of(content: Content, logo_at: str) -> dict[str, Any]:
    """What the templates of a proposal are given."""
    return {"proposal": content, "logo_at": logo_at if content["logo"] else ""}


def about(issue: Issue) -> dict[str, Any]:
    """What has become of an issue since it was given."""
    later = issue.proposal.issues.filter(number__gt=issue.number).first()
    return {
        "issue": issue,
        "is_as_given": issue.is_as_given,
        "later": later,
        "later_day": day(later.issued_at) if later else "",
        "engine_now": ENGINE_VERSION if issue.engine_version != ENGINE_VERSION else "",
        "law_now": law_label() if issue.law_version != law_version() else "",
    }


def logo_answer(logo: Logo | None) -> HttpResponse:
    """The picture, as exactly what it is; the middleware adds that nobody may guess otherwise.

    Raises:
        Http404: There is none.
    """
    if logo is None:
        raise Http404
    response = HttpResponse(bytes(logo.data), content_type=logo.content_type)
    ending = logo.content_type.rpartition("/")[2]
    response.headers["Content-Disposition"] = f'inline; filename="logo.{ending}"'
    return response


def pdf_answer(request: HttpRequest, issue: Issue, page: str) -> HttpResponse:
    """The PDF of an issue; where there can be none, a page says why and what there is instead.

    Args:
        request: Whose.
        issue: What.
        page: Where it is looked at.
    """
    content = issue.content
    try:
        made = pdf_of(content, issue.logo)
    except NoPdfError as reason:
        context = {"reason": str(reason), "page": page, "title": content["title"]}
        status = HTTPStatus.SERVICE_UNAVAILABLE
        response = render(request, "proposals/no_pdf.html", context, status=status)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    response = HttpResponse(made, content_type="application/pdf")
    # Of the name only letters and digits are the title's.
    name = slugify(content["title"])[:LONGEST_NAME].strip("-_") or "proposal"
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-issue-{issue.number}.pdf"'
    )
    return response


def pdf_of(content: Content, logo: Logo | None) -> bytes:
    """A content as tagged PDF (PDF/UA-1).

    Raises:
        NoPdfError: It cannot be made here, or not now.
    """
    html = render_to_string("proposals/pdf.html", context_of(content, IN_PDF))
    pictures = {} if logo is None else {IN_PDF: base64.b64encode(bytes(logo.data)).decode()}
    return made_of(html, STYLE, pictures)
