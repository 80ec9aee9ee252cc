"""The report as PDF, made by a program beside the site that can be stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from amtweb.reports import pdf_process
from amtweb.reports.content import context_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.reports.content import Report

PROGRAM = [sys.executable, "-I", pdf_process.__file__]
LONGEST = 60.0
"""Seconds that making it may take on a busy machine; of a processor, fewer: see ``pdf_process``."""
LONGEST_WAIT = 10.0
"""Seconds that one may wait for another's to be made."""
MOST_PAGES = 150
LARGEST = 20 * 1024 * 1024
TOO_SLOW = "The report is too long to be made into a PDF in time."

one_at_a_time = threading.BoundedSemaphore(1)
"""In each of the site's processes: a PDF takes a processor for seconds."""


class NoPdfError(Exception):
    """There is no PDF; the text says why, to the person who asked for it."""


def pdf_of(report: Report) -> bytes:
    """The report as tagged PDF (PDF/UA-1).

    Raises:
        NoPdfError: It cannot be made here, or not now.
    """
    return made_of(render_to_string("reports/pdf.html", context_of(report)), "css/report.css")


def made_of(html: str, style: str, pictures: Mapping[str, str] | None = None) -> bytes:
    """A page as tagged PDF.

    Args:
        html: The page.
        style: The name of its style sheet among the static files.
        pictures: As ``pdf_process.pdf_of`` has them.

    Raises:
        NoPdfError: It cannot be made here, or not now.
    """
    asked = {
        "html": html,
        "css": Path(str(finders.find(style))).read_text("utf-8"),
        "most_pages": MOST_PAGES,
        "pictures": dict(pictures or {}),
    }
    if not one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise NoPdfError("Other PDFs are being made. Try again in a moment.")
    try:
        return _made(json.dumps(asked).encode())
    finally:
        one_at_a_time.release()


def _made(asked: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  (a program of ours, without a shell)
            PROGRAM, input=asked, capture_output=True, timeout=LONGEST, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise NoPdfError(TOO_SLOW) from None
    if done.returncode == -signal.SIGXCPU:
        raise NoPdfError(TOO_SLOW)
    if done.returncode == pdf_process.NO_LIBRARIES:
        raise NoPdfError(
            "This site cannot make PDFs: Pango, the library that sets their text, is not installed."
        )
    if done.returncode == pdf_process.TOO_MANY_PAGES or len(done.stdout) > LARGEST:
        raise NoPdfError(f"The report would have more than {MOST_PAGES} pages.")
    if done.returncode != 0:
        raise NoPdfError("The PDF could not be made.")
    return done.stdout
