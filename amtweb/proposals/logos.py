"""A firm's logo: an uploaded picture is decoded, made anew from its points alone, and kept.

What is kept was written here: no metadata, no colour profile, nothing before or after the picture.
"""

from __future__ import annotations

import hashlib
import io
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from PIL import Image, ImageFile, ImageOps

from amtweb.firms.models import Firm
from amtweb.proposals.models import Logo

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 512 * 1024
MOST_ACROSS = 2_000
KEPT_ACROSS = (960, 480)
"""Pixels: enough for paper, and light in a page."""
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}
NAMES = (".png", ".jpg", ".jpeg")
SVG = "An SVG can hold programs and is not taken: save the logo as PNG."
NEITHER = "This is neither a PNG nor a JPEG."
BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, MemoryError),
    *(AttributeError, TypeError, struct.error, Image.DecompressionBombError),
)
"""What Pillow raises for a file that is not what it says."""


class NoLogoError(ValueError):
    """The file is no logo; the text says why, to the person who sent it."""


class Picture(NamedTuple):
    """A picture as it is kept."""

    content_type: str
    data: bytes
    width: int
    height: int


def picture_of(file: UploadedFile[Any]) -> Picture:
    """The picture of an uploaded file, made anew.

    Raises:
        NoLogoError: It is none, or too large.
    """
    name = (file.name or "").lower()
    if name.endswith((".svg", ".svgz")):
        raise NoLogoError(SVG)
    if file.size is None or file.size > LARGEST:
        raise NoLogoError(f"The file is larger than {LARGEST // 1024} KiB.")
    if not name.endswith(NAMES):
        raise NoLogoError(f"{NEITHER} Its name should end in .png or .jpg.")
    return made_anew(bytes(file.read(LARGEST + 1)))


def made_anew(sent: bytes) -> Picture:
    """The same picture, written here.

    Raises:
        NoLogoError: It is none, or too large.
    """
    if b"<svg" in sent[:1024].lower():
        raise NoLogoError(SVG)
    # Where WeasyPrint was loaded, it has told Pillow to take pictures that end too early.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(sent), formats=tuple(FORMATS)) as found:
            kind = str(found.format)
            # Told by the head of the file, before anything is unpacked.
            _refuse_large(found)
            plain = _plain(found)
    except NoLogoError:
        raise
    except BROKEN:
        raise NoLogoError(NEITHER) from None
    plain.thumbnail(KEPT_ACROSS)
    written = io.BytesIO()
    if kind == "PNG":
        plain.save(written, "PNG", optimize=True)
    else:
        plain.convert("RGB").save(written, "JPEG", quality=90, optimize=True)
    return Picture(FORMATS[kind], written.getvalue(), *plain.size)


def _refuse_large(found: Image.Image) -> None:
    if max(found.size) > MOST_ACROSS:
        raise NoLogoError(
            f"The picture is {found.width:,} by {found.height:,} pixels; up to"
            f" {MOST_ACROSS:,} by {MOST_ACROSS:,} are taken."
        )


def _plain(found: Image.Image) -> Image.Image:
    """The points alone, the way up in which the camera held them."""
    upright = ImageOps.exif_transpose(found)
    has_alpha = upright.has_transparency_data
    points = upright.convert("RGBA" if has_alpha else "RGB")
    plain = Image.new(points.mode, points.size)
    plain.paste(points)
    return plain


def current_logo(firm: Firm) -> Logo | None:
    """The one that stands on what the firm gives from now on."""
    return Logo.objects.filter(firm=firm, is_current=True).first()


def put_up(firm: Firm, picture: Picture) -> Logo:
    """Makes a picture the firm's logo; the same again changes nothing."""
    digest = hashlib.sha256(picture.data).hexdigest()
    with transaction.atomic():
        # One at a time, so that two uploads do not both become the current one.
        Firm.objects.select_for_update().get(pk=firm.pk)
        standing = current_logo(firm)
        if standing is not None and standing.digest == digest:
            return standing
        _put_away(firm)
        return Logo.objects.create(firm=firm, digest=digest, **picture._asdict())


def take_down(firm: Firm) -> bool:
    """Leaves the firm without a logo; whether it had one.  What was given with one keeps it."""
    with transaction.atomic():
        Firm.objects.select_for_update().get(pk=firm.pk)
        return _put_away(firm)


def _put_away(firm: Firm) -> bool:
    standing = Logo.objects.filter(firm=firm, is_current=True)
    gone = bool(standing.filter(issues=None).delete()[0])
    return bool(standing.update(is_current=False)) or gone
