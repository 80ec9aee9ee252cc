"""The report as one file that needs no network: opened from a disk, its charts answer.

It is made of the site's own style sheets and scripts.  A policy in the file allows these alone,
by their digests, and nothing from anywhere.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from amtweb.reports.content import context_of
from amtweb.scenarios.pages import results_context

if TYPE_CHECKING:
    from amtweb.reports.content import Report

SITE_STYLES = ("css/site.css", "css/bench.css", "css/report.css", "css/interactive.css")
CHART_STYLES = ("css/charts.css",)
"""Apart from the others: under its id, Plotly leaves the page's styles alone."""


class Piece(NamedTuple):
    """What stands between the tags of an element, and its digest for the policy."""

    text: SafeString
    digest: str


def interactive_report(report: Report) -> bytes:
    """The report as a page of its own."""
    pieces = {
        "site_style": piece(*SITE_STYLES),
        "chart_style": piece(*CHART_STYLES),
        "plotly": piece("plotly/plotly-basic.min.js"),
        "charts": piece("js/charts.js"),
        "bench": piece("js/selected_year.js", "js/going.js"),
    }
    context = context_of(report) | results_context(report.result, None) | pieces
    context["lots"] = report.lots
    # As behind a link: nothing in it asks the site for more; and there are no inputs to go to.
    alone = {"shared": True, "unlinked": True}
    return render_to_string("reports/interactive.html", context | alone).encode()


@cache
def piece(*names: str) -> Piece:
    """Static files of the site, one after the other, as an element holds them.

    Raises:
        ValueError: One of them would end its element, or begin a comment in it.
    """
    text = "\n".join(Path(str(finders.find(name))).read_text("utf-8") for name in names)
    # A browser reads other line ends as these, and digests what it has read.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in ("</script", "</style", "<!--"):
        if end in text.lower():
            raise ValueError(f"{names} cannot stand within a page: {end}")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Piece(mark_safe(text), f"'sha256-{digest}'")  # noqa: S308  (files of ours, looked at)
