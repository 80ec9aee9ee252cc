"""The import form, filled in and sent as a browser does."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.reading import Page
from tests.web.visitors import Visitor

BENCH = "/import/csv/"
HEADINGS_3921 = (
    "Date option granted,Date option exercised,Exercise price per share,"
    "Fair market value per share on exercise date,Number of shares transferred\n"
)


def preview(
    visitor: Visitor, text: str, kind: str = "form-3921", path: str = BENCH, **more: str
) -> Any:
    """Pastes a text and presses the button that shows what it would do."""
    return visitor.client.post(path, {"kind": kind, "text": text, "op": "preview"} | more)


def upload(visitor: Visitor, content: bytes, kind: str = "form-3921", path: str = BENCH) -> Any:
    """Chooses a file and presses the same button."""
    file = SimpleUploadedFile("rows.csv", content, content_type="text/csv")
    return visitor.client.post(path, {"kind": kind, "file": file, "op": "preview"})


def sent_by(response: Any) -> dict[str, str]:
    """What the form on a page would send."""
    fields = {}
    for control in Page(response.content).find("import").elements:
        name, kind = control.attributes.get("name"), control.attributes.get("type")
        chosen = "checked" in control.attributes
        if not name or control.tag == "button" or kind == "file":
            continue
        if kind in ("radio", "checkbox") and not chosen:
            continue
        # A browser drops the line break with which a text area begins.
        text = control.text.removeprefix("\n") if control.tag == "textarea" else None
        fields[name] = control.attributes.get("value", "on") if text is None else text
    return fields


def take(visitor: Visitor, previewed: Any, path: str = BENCH, **changes: str) -> Any:
    """Presses the button that takes the rows of a preview over."""
    breaks = {"text": sent_by(previewed)["text"].replace("\n", "\r\n")}
    return visitor.client.post(path, sent_by(previewed) | breaks | {"op": "take"} | changes)


def problems(response: Any) -> list[str]:
    """What the page says is wrong, a sentence each."""
    page = Page(response.content)
    boxes = [e for e in page.elements if e.attributes.get("class") == "mistakes"]
    return [" ".join(e.text.split()) for box in boxes for e in box.elements if e.tag == "li"]


def said(response: Any) -> str:
    """All that the page says."""
    return " ".join(Page(response.content).find("main").text.split())


def buttons(response: Any) -> list[str]:
    """What the buttons of the form are called."""
    form = Page(response.content).find("import")
    return [" ".join(e.text.split()) for e in form.elements if e.tag == "button"]
