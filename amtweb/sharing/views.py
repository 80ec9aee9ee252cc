"""Making and revoking links, and the read-only page behind one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.scenarios import working_copy
from amtweb.scenarios.bench import result_of, work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.pages import bench_page
from amtweb.scenarios.views.saved import own_scenario
from amtweb.sharing.models import MOST_LINKS, ShareLink

if TYPE_CHECKING:
    from django.http import HttpRequest

NOT_FOR_SEARCH_ENGINES = "noindex, nofollow, noarchive"


@require_safe
def links(request: HttpRequest, public_id: str) -> HttpResponse:
    """The live links of a scenario."""
    return _links_page(request, own_scenario(request, public_id))


@require_POST
def make_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """A link to the scenario as it is now; its address is shown this once."""
    scenario = own_scenario(request, public_id)
    with transaction.atomic():
        # One at a time, so that none slips past the count.
        Scenario.objects.select_for_update().get(pk=scenario.pk)
        if _live_links(scenario).count() >= MOST_LINKS:
            return _links_page(request, scenario, full=True)
        revision = scenario.make_revision(scenario.draft, figures_of(result_of(scenario.draft)))
        _, token = ShareLink.make(revision)
    address = request.build_absolute_uri(reverse("sharing:shared", args=[token]))
    return _links_page(request, scenario, address=address)


@require_POST
def revoke_link(request: HttpRequest, public_id: str, fingerprint: str) -> HttpResponse:
    """From the next request on the link is dead."""
    scenario = own_scenario(request, public_id)
    of_scenario = ShareLink.objects.filter(revision__scenario=scenario)
    get_object_or_404(of_scenario, token_digest=fingerprint).revoke()
    return redirect("sharing:links", public_id=public_id)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The revision behind a link, to be read; nothing happens by opening it."""
    document = _opened(token).revision.document
    response = bench_page(
        request,
        work(typed.from_document(document), document),
        last_good=document,
        template="sharing/shared.html",
        token=token,
        shared=True,
    )
    return _unlisted(response)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """Puts what the link shows on the visitor's own bench, once they have said so.

    The question has a page of its own, so that looking at a link alone sets no cookie.
    """
    document = _opened(token).revision.document
    if request.method == "POST":
        working_copy.start_from(request, document)
        return redirect("scenarios:workbench")
    context = {
        "token": token,
        "title": document.get("title", ""),
        "replaces": working_copy.is_begun(request),
    }
    return _unlisted(render(request, "sharing/copy.html", context))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = NOT_FOR_SEARCH_ENGINES
    return response


def _opened(token: str) -> ShareLink:
    link = ShareLink.objects.opened_by(token).select_related("revision").first()
    if link is None:
        raise Http404
    return link


def _live_links(scenario: Scenario) -> Any:
    of_scenario = ShareLink.objects.live().filter(revision__scenario=scenario)
    return of_scenario.select_related("revision").defer("revision__document")


def _links_page(request: HttpRequest, scenario: Scenario, **context: Any) -> HttpResponse:
    context |= {"scenario": scenario, "links": _live_links(scenario)}
    return render(request, "sharing/links.html", context)
