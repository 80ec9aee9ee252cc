from __future__ import annotations

import io
import json
import re
import resource
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from pypdf import PdfReader

from amtweb.reports import pdf, pdf_process
from amtweb.reports.content import MOST_EVENTS, context_of, report_on, shortened
from amtweb.reports.pdf import NoPdfError, pdf_of
from amtweb.reports.timeline_drawing import TITLE as DRAWN_OF_DATES
from amtweb.scenarios.charts.money_words import dollars
from tests.web.reading import Page
from tests.web.reports.subjects import HOSTILE, document, of_years, subject, with_text

LONGEST = 10.0
"""Seconds of a processor that a PDF may take."""


def read(of: dict[str, Any]) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_of(shortened(report_on(subject(of))))))


@pytest.fixture(scope="module")
def usual() -> PdfReader:
    return read(document())


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def objects(reader: PdfReader) -> Iterator[Any]:
    for number in range(1, len(reader.xref_objStm) + max(map(len, reader.xref.values())) + 1):
        yield reader.get_object(number)


def structure(reader: PdfReader) -> list[dict[str, Any]]:
    """Every element of the tag tree."""
    found: list[dict[str, Any]] = []
    open_ = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while open_:
        element = open_.pop().get_object()
        if isinstance(element, list):
            open_ += element
        elif isinstance(element, dict):
            if "/S" in element:
                found.append(element)
            if "/K" in element and element.get("/Type") != "/OBJR":
                open_.append(element["/K"])
    return found


def outline(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item)
        else:
            yield item.title


def test_it_is_tagged_and_says_its_language_and_title(usual: PdfReader) -> None:
    root = usual.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert usual.metadata is not None
    assert usual.metadata.title == (
        "An ISO exercise and its way back: AMT and the credit for it, 2026–2035"
    )
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_its_tags_are_headings_tables_with_headers_and_figures_with_words(
    usual: PdfReader,
) -> None:
    elements = structure(usual)
    kinds = Counter(element["/S"] for element in elements)
    report = report_on(subject())

    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= 6
    assert kinds["/Table"] >= 10
    assert kinds["/TH"] >= 200
    described = [str(e["/Alt"]) for e in elements if e["/S"] == "/Figure" and "/Alt" in e]
    drawn = [f"{f.title}. {f.sentence}" for f in report.figures if f.spec["data"]]
    assert sorted(described) == sorted([*drawn, DRAWN_OF_DATES])
    cells = [e for e in elements if e["/S"] == "/TD" and "/A" in e]
    assert all("/Headers" in cell["/A"] for cell in cells)


def test_its_bookmarks_are_its_headings(usual: PdfReader) -> None:
    titles = list(outline(usual.outline))

    assert titles[0] == "An ISO exercise and its way back"
    for title in ("In short", "Charts", "Every year", "Assumptions", "Form lines"):
        assert title in titles


def test_it_says_what_the_report_says(usual: PdfReader) -> None:
    text = text_of(usual)
    report = report_on(subject())

    assert report.headline.sentence in text
    for year in report.result.years:
        assert dollars(year.federal_tax) in text
    for figure in report.figures:
        assert figure.title in text
        assert figure.sentence.replace(" ", "") in text.replace(" ", "")
    for words in ("not tax advice", "Form 6251, Alternative Minimum Tax", "State AMT and its"):
        assert words in text


def test_every_page_has_its_number_and_the_title(usual: PdfReader) -> None:
    count = len(usual.pages)

    assert 8 <= count <= 16
    for number, page in enumerate(usual.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of {count}" in text
        assert "An ISO exercise and its way back" in text


def test_wide_tables_lie_on_pages_on_their_side(usual: PdfReader) -> None:
    sides = {"Adjusted gross income": True, "What it holds": True}
    sides |= {"In short": False, "Federal tax by kind": False, "Assumptions": False}
    for page in usual.pages:
        on_its_side = page.mediabox.width > page.mediabox.height
        text = page.extract_text()
        assert {side for words, side in sides.items() if words in text} <= {on_its_side}
        assert {round(page.mediabox.width), round(page.mediabox.height)} == {612, 792}
    short = read(of_years(5))
    assert all(page.mediabox.width < page.mediabox.height for page in short.pages)


def test_nothing_in_it_acts(usual: PdfReader) -> None:
    forbidden = ("/JavaScript", "/JS", "/OpenAction", "/Launch", "/AA", "/EmbeddedFiles", "/URI")
    for entry in objects(usual):
        if isinstance(entry, dict):
            assert not {*forbidden} & {*entry.keys(), str(entry.get("/S")), str(entry.get("/Type"))}


def test_what_a_person_typed_stays_text() -> None:
    turned = "\u202edesrever"
    shown = [text for text in HOSTILE if text != turned]
    many = with_text(turned)
    a_holding = many["holdings"][0]
    labelled = [
        a_holding | {"id": f"h{number}", "label": text.replace("\n", " ")}
        for number, text in enumerate(shown)
    ]

    reader = read(many | {"notes": "\n\n".join(HOSTILE), "holdings": labelled})

    flat = re.sub(r"\s", "", text_of(reader))
    for text in shown:
        assert flat.count(re.sub(r"\s", "", text)) >= 2, text
    for entry in objects(reader):
        assert not (isinstance(entry, dict) and entry.get("/S") in ("/URI", "/JavaScript"))


REACHING_OUT = (
    '<img src="{0}/a.png">',
    '<img src="file:///etc/passwd">',
    '<link rel="stylesheet" href="{0}/a.css">',
    '<style>@import "{0}/b.css"; p {{ background: url({0}/c.png) }}</style><p>x</p>',
    "<style>@font-face {{ font-family: F; src: url({0}/f.woff) }} p {{ font-family: F }}</style>",
    '<svg width="9" height="9"><image href="{0}/d.png" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{0}/e.svg#a"/></svg>',
    '<object data="{0}/g.svg"></object><embed src="{0}/h.svg">',
    '<base href="{0}/"><img src="i.png">',
    '<a rel="attachment" href="{0}/j">x</a><link rel="attachment" href="file:///etc/passwd">',
)


@pytest.fixture
def sentinel() -> Iterator[tuple[str, list[Any]]]:
    """A server, and whoever connects to it."""
    seen: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stopped = threading.Event()

        def listen() -> None:
            while not stopped.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                seen.append(connection)
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", seen
        stopped.set()
        listener.join()


def test_the_sentinel_sees_who_connects(sentinel: tuple[str, list[Any]]) -> None:
    address, seen = sentinel
    socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))).close()
    deadline = time.monotonic() + 5
    while not seen and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(seen) == 1


def test_the_program_fetches_nothing(sentinel: tuple[str, list[Any]]) -> None:
    address, seen = sentinel
    body = "".join(part.format(address) for part in REACHING_OUT)
    asked = f"<html lang=en><title>t</title><body><h1>Here</h1>{body}"

    made = pdf._made(
        json.dumps({"html": asked, "css": "", "most_pages": 10}).encode(),
    )

    reader = PdfReader(io.BytesIO(made))
    assert "Here" in text_of(reader)
    assert "root:" not in text_of(reader)
    assert not reader.attachments
    time.sleep(0.3)
    assert seen == []


def test_it_is_made_without_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    html = render_to_string("reports/pdf.html", context_of(report_on(subject(of_years(3)))))
    with open(str(finders.find("css/report.css")), encoding="utf-8") as file:  # noqa: PTH123
        made = pdf_process.pdf_of(html, file.read(), most_pages=50)

    assert made is not None
    assert made.startswith(b"%PDF")


def test_an_audit_hook_stops_what_goes_around_the_fetcher() -> None:
    program = (
        "import sys, socket; sys.path.insert(0, '.');"
        "from amtweb.reports import pdf_process as p; sys.addaudithook(p.refuse_network);"
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "OutsideError: socket." in done.stderr


def test_the_longest_scenario_makes_a_pdf_in_time_and_says_what_it_lacks() -> None:
    count = MOST_EVENTS + 50
    holdings = [
        {"id": f"h{i}", "acquired": "2015-06-01", "shares": 100, "basis": 3} for i in range(count)
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    reader = read(of_years(35) | {"holdings": holdings})
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    text = text_of(reader)
    assert "Left out of this file: the form lines after 20" in text
    assert "of the events. The workbook has all." in text
    assert len(reader.pages) <= pdf.MOST_PAGES
    assert took < LONGEST


def answered(part: str = "report.pdf") -> Any:
    return Client().get(f"/examples/way-back/report/{part}")


@pytest.mark.django_db
def test_it_is_a_file_to_keep() -> None:
    response = answered()

    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="amtweb-an-iso-exercise-and-its-way-back-report.pdf"'
    )


PROGRAMS = {
    f"import sys; sys.exit({pdf_process.NO_LIBRARIES})": "Pango, the library that sets their text",
    f"import sys; sys.exit({pdf_process.TOO_MANY_PAGES})": "more than 150 pages",
    "raise SystemExit(1)": "The PDF could not be made.",
    "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)": "too long to be made",
    "while True: pass": "too long to be made into a PDF in time",
}


@pytest.mark.django_db
@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_where_there_is_no_pdf_a_page_says_why(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROGRAM", [sys.executable, "-c", program])
    monkeypatch.setattr(pdf, "LONGEST", 1.0)

    response = answered()

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    page = Page(response.content)
    assert PROGRAMS[program] in page.find("main").text
    assert "./" in [a.attributes.get("href") for a in page.all("a")]
    assert "Content-Disposition" not in response


@pytest.mark.django_db
def test_who_has_to_wait_too_long_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_WAIT", 0.05)
    with pdf.one_at_a_time:
        response = answered()

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == "30"
    assert "Try again in a moment." in response.content.decode()


def test_without_pango_the_program_says_so(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("raise OSError('cannot load library libpango')", "utf-8")
    program = f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r}); runpy.run_path("
    program += f"{pdf_process.__file__!r}, run_name='__main__')"
    monkeypatch.setattr(pdf, "PROGRAM", [sys.executable, "-c", program])

    with pytest.raises(NoPdfError, match="Pango"):
        pdf_of(report_on(subject()))


def test_a_page_limit_is_kept() -> None:
    html = "<html lang=en><title>t</title><body><p>x</p><p>y</p>"

    assert pdf_process.pdf_of(html, "p { break-after: page }", most_pages=1) is None
    assert pdf_process.pdf_of(html, "", most_pages=1) is not None


def test_the_site_itself_never_loads_the_renderer() -> None:
    program = (
        "import django; django.setup(); import amtweb.urls, sys; print('weasyprint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
