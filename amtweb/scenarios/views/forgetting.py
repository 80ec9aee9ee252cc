"""Forgetting all that this browser left on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from amtweb.scenarios.models import DoneOnce, Scenario
from amtweb.scenarios.visitors import Visitor, visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Asks first; then what this browser saved is gone for good, and its session with it.

    What belongs to an account stays in the account.
    """
    browser = Visitor(user_id=None, digest=visitor_of(request).digest)
    saved = Scenario.objects.of(browser)
    if request.method == "POST":
        saved.delete()
        DoneOnce.objects.filter(who=browser.digest).delete()
        request.session.flush()
        return redirect("scenarios:workbench")
    return render(request, "scenarios/library/forget.html", {"count": saved.count()})
