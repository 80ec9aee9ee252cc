from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from amtweb.about.licenses import parts
from tests.web.reading import Page

if TYPE_CHECKING:
    from django.test import Client


def test_the_license_is_shown_word_for_word(client: Client) -> None:
    page = Page(client.get(reverse("about:license")).content)

    shown = " ".join(page.find("main").text.split())
    assert " ".join((settings.BASE_DIR / "LICENSE").read_text("utf-8").split()) in shown


def test_the_work_of_others_is_named_with_the_version_that_is_delivered() -> None:
    packages = json.loads((settings.BASE_DIR / "package.json").read_text("utf-8"))["dependencies"]
    locked = (settings.BASE_DIR / "requirements" / "run.txt").read_text("utf-8")
    plotly, htmx, inter, webauthn = parts()

    assert plotly.version == packages["plotly.js-basic-dist-min"]
    assert inter.version == packages["@fontsource-variable/inter"]
    assert htmx.version.startswith("2.")
    assert f"django-allauth=={webauthn.version} " in locked
