"""The typeface is light, comes first where there is room, and never moves what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from fontTools.ttLib import TTFont

from tests.web.reading import Page

if TYPE_CHECKING:
    from django.test import Client

FONT = settings.VAR_DIR / "assets" / "fonts" / "inter.woff2"


def test_it_is_light_and_has_what_amounts_are_written_with() -> None:
    assert FONT.stat().st_size < 32 * 1024
    font = TTFont(FONT)
    assert {*map(ord, "$1,234.50−()%–…’“”×·§ñé")} <= font.getBestCmap().keys()


def test_digits_are_of_one_width_and_nothing_else_is_widened() -> None:
    font = TTFont(FONT)
    table = font["GSUB"].table
    lookups = [each.Feature.LookupListIndex for each in table.FeatureList.FeatureRecord
               if each.FeatureTag == "tnum"]  # fmt: skip
    changed = [
        getattr(part, "ExtSubTable", part).mapping
        for number in lookups[0]
        for part in table.LookupList.Lookup[number].SubTable
    ]
    glyphs = {glyph: other for mapping in changed for glyph, other in mapping.items()}
    names = font.getBestCmap()
    assert set(glyphs) == {names[ord(digit)] for digit in "0123456789"}
    assert len({font["hmtx"][other][0] for other in glyphs.values()}) == 1


def test_it_is_asked_for_first_but_on_phones_and_not_exchanged_later(client: Client) -> None:
    links = Page(client.get("/privacy/").content).all("link")
    fonts = [each.attributes for each in links if each.attributes.get("as") == "font"]
    assert [(font["rel"], font["media"]) for font in fonts] == [("preload", "(min-width: 40rem)")]
    rules = (settings.BASE_DIR / "static" / "css" / "fonts.css").read_text("utf-8")
    assert "font-display: optional" in rules
