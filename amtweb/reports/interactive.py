"""The report as one file that needs no network: opened from a disk, its charts answer.

It is made of the site's own style sheets and scripts.  A policy in the file allows these alone,
by their digests, and nothing from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from amtweb.inline_files import inline_file
from amtweb.reports.content import context_of
from amtweb.scenarios.pages import results_context

if TYPE_CHECKING:
    from amtweb.reports.content import Report

SITE_STYLES = ("css/site.css", "css/bench.css", "css/report.css", "css/interactive.css")
CHART_STYLES = ("css/charts.css",)
"""Apart from the others: under its id, Plotly leaves the page's styles alone."""


def interactive_report(report: Report) -> bytes:
    """The report as a page of its own."""
    pieces = {
        "site_style": inline_file(*SITE_STYLES),
        "chart_style": inline_file(*CHART_STYLES),
        "plotly": inline_file("plotly/plotly-basic.min.js"),
        "charts": inline_file("js/charts.js"),
        "bench": inline_file("js/selected_year.js", "js/going.js"),
    }
    context = context_of(report) | results_context(report.result, None) | pieces
    context["lots"] = report.lots
    # As behind a link: nothing in it asks the site for more; and there are no inputs to go to.
    alone = {"shared": True, "unlinked": True}
    return render_to_string("reports/interactive.html", context | alone).encode()
