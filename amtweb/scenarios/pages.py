"""Renders the bench: as a whole page, or as the pieces that an edit changes.

Inputs never stand inside what an edit swaps, so nothing that is being typed gets lost.  Every
piece is swapped out of band by its id; a page and an answer render the same templates.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from amtweb.scenarios import bench as benches
from amtweb.scenarios.charts import figures
from amtweb.scenarios.editor.inputs import choices_of_lots, editor
from amtweb.scenarios.headline import headline
from amtweb.scenarios.year_table import year_table
from calculator import InvalidScenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.scenarios.bench import Bench
    from calculator import ScenarioResult

UNPROCESSABLE = 422


def results_context(result: ScenarioResult, wanted_year: str | None) -> dict[str, Any]:
    """What the results side shows."""
    year = benches.selected(result, wanted_year)
    return {
        "result": result,
        "selected_year": year.year,
        "first_year": result.years[0].year,
        "last_year": result.years[-1].year,
        "headline": headline(result, year),
        "figures": figures(result),
        "year_table": year_table(result),
    }


def bench_page(
    request: HttpRequest,
    bench: Bench,
    *,
    last_good: dict[str, Any],
    template: str = "scenarios/workbench.html",
    **context: Any,
) -> HttpResponse:
    """The whole page; with mistakes, beside the results of the last good document.

    What was good once may be refused today: then the inputs alone, to be corrected.
    """
    context = {
        "editor": editor(bench.tree, bench.errors),
        "mistakes": bench.mistakes,
        "cautions": bench.cautions,
        "stale": bench.result is None,
        "tab": secrets.token_urlsafe(12),
        "said": _said(bench),
        **context,
    }
    try:
        result = bench.result or benches.result_of(last_good)
    except InvalidScenario:
        return render(request, "scenarios/refused.html", context, status=UNPROCESSABLE)
    wanted = request.POST.get("selected_year") or request.GET.get("year")
    return render(
        request,
        template,
        results_context(result, wanted) | context,
        status=UNPROCESSABLE if bench.mistakes and request.method == "POST" else None,
    )


def bench_updates(
    request: HttpRequest,
    bench: Bench,
    *,
    said: str = "",
    focus: str = "",
    **context: Any,
) -> HttpResponse:
    """The pieces that an edit changes.

    After a change of rows (``focus`` says where typing goes on) the inputs are among them.  With
    mistakes the results stay as they are, and the page marks them out of date.
    """
    context |= {
        "out_of_band": True,
        "mistakes": bench.mistakes,
        "cautions": bench.cautions,
        "mistakes_data": json.dumps({m.input_id: m.message for m in bench.mistakes}),
        "stale": bench.result is None,
        "said": f"{said} {_said(bench)}".strip(),
        "lots_data": json.dumps(choices_of_lots(bench.tree)),
    }
    if focus:
        context["editor"] = editor(bench.tree, bench.errors)
    if bench.result is not None:
        context |= results_context(bench.result, request.POST.get("selected_year"))
    response = render(
        request,
        "scenarios/bench_updates.html",
        context,
        status=UNPROCESSABLE if bench.mistakes else None,
    )
    if focus:
        response.headers["HX-Trigger-After-Settle"] = json.dumps({"amtweb:focus": {"path": focus}})
    return response


def _said(bench: Bench) -> str:
    """The status line."""
    if bench.result is None:
        return "Out of date: correct the inputs to update."
    if bench.pending:
        return f"Up to date, without {', '.join(bench.pending)}: not filled in yet."
    return "Up to date."
