"""Renders the bench: as a whole page, or as the pieces that an edit changes.

Inputs never stand inside what an edit swaps, so nothing that is being typed gets lost.  Every
piece is swapped out of band by its id; a page and an answer render the same templates.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from amtweb.scenarios import bench as benches
from amtweb.scenarios.afterwards import afterwards
from amtweb.scenarios.charts import figures
from amtweb.scenarios.editor.as_shown import as_written, written
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.editor.lot_words import choices_with_left, own_choices
from amtweb.scenarios.editor.new_rows import begun_anew
from amtweb.scenarios.editor.summaries import told
from amtweb.scenarios.headline import headline
from amtweb.scenarios.line_links import NO_LINKS, line_links
from amtweb.scenarios.lots.of_bench import digest_of_lots, lots_context
from amtweb.scenarios.nothing_yet import is_nothing_yet
from amtweb.scenarios.uncounted import by_exercise, told_of_uncounted, uncounted
from amtweb.scenarios.year_table import year_table
from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.cautions import BEFORE_THE_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from amtweb.scenarios.bench import Bench
    from amtweb.scenarios.line_links import LineLinks
    from calculator import Scenario, ScenarioResult

UNPROCESSABLE = 422
BENCH = "scenarios/workbench.html"
MOST_PENDING = 3
"""Rows that are called by name where they are said to be left out."""


def results_context(
    result: ScenarioResult,
    wanted_year: str | None,
    links: LineLinks = NO_LINKS,
    scenario: Scenario | None = None,
) -> dict[str, Any]:
    """What the results side shows; what there is to say about the scenario if it is given."""
    year = benches.selected(result, wanted_year)
    return {
        "result": result,
        "selected_year": year.year,
        "first_year": result.years[0].year,
        "last_year": result.years[-1].year,
        "headline": headline(result, year, links, scenario),
        "figures": figures(result, links, scenario),
        "year_table": year_table(result, links),
        "links": links,
    }


def _worksheets_at(context: Mapping[str, Any]) -> str:
    """Where the forms of what a page of the bench shows begin; empty where no page has them.

    A page that knows better says so itself.
    """
    if "worksheets_at" in context:
        return str(context["worksheets_at"])
    if "conflict" in context or (context.get("begins") and "example" not in context):
        # What is shown is neither the draft nor kept.
        return ""
    if revision := context.get("revision"):
        number = revision.number
        return reverse("worksheets:years_revision", args=[context["scenario"].public_id, number])
    if scenario := context.get("scenario"):
        return reverse("worksheets:years", args=[scenario.public_id])
    if example := context.get("example"):
        return reverse("worksheets:years_example", args=[example.slug])
    return reverse("worksheets:years_bench")


def bench_page(
    request: HttpRequest,
    bench: Bench,
    *,
    last_good: dict[str, Any],
    template: str = BENCH,
    **context: Any,
) -> HttpResponse:
    """The whole page; with mistakes, beside the results of the last good document.

    What was good once may be refused today: then the inputs alone, to be corrected.
    """
    context = {
        "editor": editor(as_written(bench.tree), bench.errors, by_exercise(bench)),
        "mistakes": bench.mistakes,
        **_cautions(bench),
        "stale": bench.result is None,
        "asks": template == BENCH,
        "tab": secrets.token_urlsafe(12),
        "said": _said(bench),
        **context,
    }
    try:
        scenario = bench.scenario or parse_scenario(last_good)
        result = bench.result or evaluate(scenario)
    except InvalidScenario:
        return render(request, "scenarios/refused.html", context, status=UNPROCESSABLE)
    links = line_links(result, scenario, _worksheets_at(context))
    wanted = request.POST.get("selected_year") or request.GET.get("year")
    if not wanted and "example" not in context:
        wanted = _this_year(result)
    return render(
        request,
        template,
        results_context(result, wanted, links, scenario)
        | _beside(result, scenario)
        | lots_context(bench, last_good)
        | context,
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
        "asks": True,
        "mistakes": bench.mistakes,
        **_cautions(bench),
        "mistakes_data": json.dumps({m.input_id: m.message for m in bench.mistakes}),
        "stale": bench.result is None,
        "said": f"{said} {_said(bench)}".strip(),
        "happened": said,
        "lots_data": json.dumps(choices_with_left(bench.tree)),
        "own_lots_data": json.dumps(own_choices(bench.tree)),
        "summaries_data": json.dumps(told(as_written(bench.tree)) | told_of_uncounted(bench)),
        "written_data": json.dumps(
            written(bench.tree) | ({} if focus else begun_anew(request.POST, bench.tree))
        ),
    }
    if focus:
        context["editor"] = editor(as_written(bench.tree), bench.errors, by_exercise(bench))
    if bench.result is not None and bench.scenario is not None:
        links = line_links(bench.result, bench.scenario, _worksheets_at(context))
        wanted = request.POST.get("selected_year")
        context |= results_context(bench.result, wanted, links, bench.scenario)
        context |= _beside(bench.result, bench.scenario)
        # Most edits are of amounts of a year, of which this part of the page knows nothing.
        if request.POST.get("lots_digest") == digest_of_lots(bench):
            context["lots_stay"] = True
        else:
            context |= lots_context(bench, {})
    response = render(
        request,
        "scenarios/bench_updates.html",
        context,
        status=UNPROCESSABLE if bench.mistakes else None,
    )
    if focus:
        response.headers["HX-Trigger-After-Settle"] = json.dumps({"amtweb:focus": {"path": focus}})
    return response


def _beside(result: ScenarioResult, scenario: Scenario) -> dict[str, Any]:
    """What is said beside the headline, or in its place, to one who edits."""
    return {
        "nothing_yet": is_nothing_yet(scenario),
        "afterwards": afterwards(scenario, result),
    }


def _this_year(result: ScenarioResult) -> str | None:
    """The year it is, if it is modelled: of one's own scenario what is now comes first."""
    year = timezone.localdate().year
    return str(year) if any(each.year == year for each in result.years) else None


def _cautions(bench: Bench) -> dict[str, Any]:
    """What to look at; what no figure counts stands beside the headline."""
    return {
        "cautions": [each for each in bench.cautions if each.kind != BEFORE_THE_YEARS],
        "uncounted": uncounted(bench),
    }


def _said(bench: Bench) -> str:
    """The status line."""
    if bench.result is None:
        return "Out of date: correct the inputs to update."
    if bench.pending:
        some, more = bench.pending[:MOST_PENDING], len(bench.pending) - MOST_PENDING
        others = f" and {more} more" if more > 0 else ""
        return f"Up to date, without {', '.join(some)}{others}: not filled in yet."
    return "Up to date."
