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
    figures = {each.FeatureTag for each in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in figures


def test_it_is_asked_for_first_but_on_phones_and_not_exchanged_later(client: Client) -> None:
    links = Page(client.get("/privacy/").content).all("link")
    fonts = [each.attributes for each in links if each.attributes.get("as") == "font"]
    assert [(font["rel"], font["media"]) for font in fonts] == [("preload", "(min-width: 40rem)")]
    rules = (settings.BASE_DIR / "static" / "css" / "fonts.css").read_text("utf-8")
    assert "font-display: optional" in rules
