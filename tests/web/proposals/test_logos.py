"""A logo: what is taken, what is kept of it, who may change it and who sees it."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zlib
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from amtweb.firms.models import Firm
from amtweb.proposals import logos
from amtweb.proposals.logos import NoLogoError, made_anew, picture_of
from amtweb.proposals.models import Issue, Logo, Proposal
from tests.web.firms.cast import Cast
from tests.web.proposals import desk
from tests.web.proposals.test_issues import picture
from tests.web.reading import Page

pytestmark = pytest.mark.django_db

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
SCRIPT = b"<script>alert(document.domain)</script>"


def upload(people: Cast, content: bytes, name: str = "logo.png") -> Any:
    file = SimpleUploadedFile(name, content, "image/png")
    return people.admin.client.post("/firm/logo/put-up/", {"logo": file})


def png_of(width: int, height: int, body: bytes) -> bytes:
    """A PNG that says it is so large, with this in its compressed points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        digest = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + digest

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_logo_is_put_up_shown_and_taken_down(people: Cast) -> None:
    assert people.reader.client.get("/firm/logo/").status_code == HTTPStatus.NOT_FOUND

    assert upload(people, picture()).status_code == HTTPStatus.FOUND

    response = people.reader.client.get("/firm/logo/")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert Image.open(io.BytesIO(response.content)).size == (60, 30)
    shown = [e.attributes for e in people.admin.page("/firm/").all("img")]
    assert [(e["src"], e["alt"]) for e in shown] == [("/firm/logo/", "Canary Advisors")]
    assert people.admin.client.post("/firm/logo/take-down/").status_code == HTTPStatus.FOUND
    assert people.reader.client.get("/firm/logo/").status_code == HTTPStatus.NOT_FOUND
    assert not Logo.objects.exists()


def test_another_picture_takes_its_place_and_what_was_given_keeps_the_first(
    people: Cast, proposal: Proposal
) -> None:
    upload(people, picture("red"))
    issue = desk.given(people, proposal)
    address = desk.of_issue(issue, "logo")
    first = people.advisor.client.get(address).content

    upload(people, picture("blue"))
    upload(people, picture("green"))

    assert people.advisor.client.get(address).content == first
    assert people.advisor.client.get(desk.at(proposal, "preview/logo")).content != first
    # The one in between stands on nothing.
    assert Logo.objects.count() == 2
    people.admin.client.post("/firm/logo/take-down/")
    assert people.advisor.client.get(address).content == first
    assert f'src="{address}"' in people.advisor.client.get(desk.of_issue(issue)).content.decode()
    preview = people.advisor.client.get(desk.at(proposal, "preview/"))
    assert not Page(preview.content).all("img")


def test_a_logo_is_for_the_firm_and_for_who_holds_a_link(people: Cast, issue: Issue) -> None:
    # Without a logo there is none to see, and the page asks for none.
    token = desk.linked(people.advisor, issue)
    assert Browser().get(f"/shared/{token}/proposal/logo").status_code == HTTPStatus.NOT_FOUND
    upload(people, picture())
    given = desk.given(people, issue.proposal)
    token = desk.linked(people.advisor, given)

    response = Browser().get(f"/shared/{token}/proposal/logo")
    assert response.status_code == HTTPStatus.OK
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert people.stranger.client.get("/firm/logo/").status_code == HTTPStatus.NOT_FOUND
    assert people.stranger.client.get(desk.of_issue(given, "logo")).status_code == 404
    assert Browser().get("/firm/logo/").status_code == HTTPStatus.FOUND


def test_only_admins_change_it(people: Cast) -> None:
    for who in (people.advisor, people.assistant, people.reader):
        file = SimpleUploadedFile("logo.png", picture())
        for place, fields in (("put-up", {"logo": file}), ("take-down", {})):
            response = who.client.post(f"/firm/logo/{place}/", fields)
            assert response.status_code == HTTPStatus.FORBIDDEN
        assert "Take this logo" not in who.client.get("/firm/").content.decode()
    assert not Logo.objects.exists()


REFUSED = {
    "an SVG by its name": (SVG, "logo.svg", "An SVG can hold programs"),
    "an SVG that is packed": (SVG, "logo.svgz", "An SVG can hold programs"),
    "an SVG under another name": (SVG, "logo.png", "An SVG can hold programs"),
    "a page under another name": (b"<!doctype html>" + SCRIPT, "logo.png", "neither a PNG"),
    "a picture under the name of a page": (picture(), "logo.html", "should end in .png or .jpg"),
    "a picture without a name": (picture(), "logo", "should end in .png or .jpg"),
    "a GIF": (picture(kind="GIF"), "logo.png", "neither a PNG nor a JPEG"),
    "a WebP": (picture(kind="WEBP"), "logo.jpg", "neither a PNG nor a JPEG"),
    "nothing": (b"", "logo.png", "file"),
    "half a picture": (picture()[:60], "logo.png", "neither a PNG nor a JPEG"),
    "noise behind a head": (picture()[:20] + b"\0" * 500, "logo.png", "neither a PNG"),
    "one too heavy": (picture() + b"\0" * (512 * 1024), "logo.png", "larger than 512 KiB"),
    "one too wide": (picture(size=(2001, 10)), "logo.png", "2,001 by 10 pixels"),
    "one too high": (picture(kind="JPEG", size=(10, 2001)), "logo.jpg", "10 by 2,001 pixels"),
    "a bomb": (png_of(60_000, 60_000, zlib.compress(bytes(10**7))), "logo.png", "pixels"),
    "points that do not end": (
        png_of(1_000, 1_000, zlib.compress(b"\0" * 100)),
        "logo.png",
        "neither a PNG nor a JPEG",
    ),
}


def test_what_is_no_logo_is_refused_and_said(people: Cast) -> None:
    for what, (content, name, words) in REFUSED.items():
        response = upload(people, content, name)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, what
        assert words in response.content.decode(), what
    assert not Logo.objects.exists()


def test_nothing_sent_and_far_too_much_sent_are_said(people: Cast) -> None:
    for response in (
        people.admin.client.post("/firm/logo/put-up/"),
        people.admin.client.post("/firm/logo/put-up/", {"logo": "text"}),
        upload(people, bytes(1_500_000)),
    ):
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_text_that_unpacks_to_much_costs_nothing() -> None:
    packed = zlib.compress(bytes(200_000_000), 9)[: 500 * 1024]
    data = b"Comment\0\0" + packed
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + data))
    whole = picture()
    before = time.process_time()

    with contextlib.suppress(NoLogoError):
        made_anew(whole[:33] + chunk + whole[33:])
    assert time.process_time() - before < 1


def test_of_what_was_sent_only_the_points_are_kept() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Canary place", 6
    sent = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(
        sent, "JPEG", exif=exif, comment=b"Canary comment", icc_profile=b"Canary profile"
    )
    kept = made_anew(sent.getvalue() + SCRIPT)
    assert kept.content_type == "image/jpeg"
    # Turned as the camera held it.
    assert (kept.width, kept.height) == (20, 40)
    found = Image.open(io.BytesIO(kept.data))
    assert not found.getexif()
    assert not {"exif", "icc_profile", "comment"} & {*found.info}
    for words in (b"Canary", SCRIPT, b"<script"):
        assert words not in kept.data

    text = PngInfo()
    text.add_text("Author", "Canary author")
    text.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    written = io.BytesIO()
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(
        written, "PNG", pnginfo=text, icc_profile=b"Canary profile", exif=exif
    )
    kept = made_anew(written.getvalue() + b"PK\x03\x04" + SCRIPT)
    found = Image.open(io.BytesIO(kept.data))
    assert kept.content_type == "image/png"
    assert found.mode == "RGBA"
    assert found.getpixel((0, 0)) == (255, 0, 0, 0) or found.getpixel((0, 0)) == (0, 0, 0, 0)
    for words in (b"Canary", SCRIPT, b"PK\x03\x04", b"tEXt", b"iTXt", b"iCCP", b"eXIf"):
        assert words not in kept.data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_points_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "PA":
        mode = "P"
    written = io.BytesIO()
    Image.new(mode, (30, 10)).save(written, kind, **({"transparency": 0} if mode == "P" else {}))

    kept = made_anew(written.getvalue())

    assert (kept.width, kept.height) == (30, 10)


def test_a_large_logo_is_kept_small() -> None:
    kept = made_anew(picture(size=(2000, 1000)))

    assert (kept.width, kept.height) == (960, 480)
    assert picture_of(SimpleUploadedFile("LOGO.PNG", picture())).width == 60


def test_what_was_uploaded_before_a_name_is_shown_as_text(people: Cast) -> None:
    logos.put_up(people.firm, made_anew(picture()))
    Firm.objects.filter(pk=people.firm.pk).update(name='"><script>x()</script>')

    (shown,) = people.admin.page("/firm/").all("img")
    assert shown.attributes["alt"] == '"><script>x()</script>'


def test_a_camera_that_writes_words_for_numbers_is_refused_and_said(people: Cast) -> None:
    orientation = struct.pack("<HHII", 0x112, 3, 1, 6)
    width = struct.pack("<HHI", 0x100, 2, 4) + b"abc\0"
    notes = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 2) + width + orientation + b"\0" * 4
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "JPEG", exif=notes)

    response = upload(people, file.getvalue(), "logo.jpg")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Logo.objects.exists()
