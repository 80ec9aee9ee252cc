from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from amtweb.settings import common


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as `make run` serves them."""
    root = tmp_path_factory.mktemp("static")
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_the_chart_library_is_hashed_and_compressed(built: Path) -> None:
    (chart_library,) = (built / "plotly").glob("plotly-basic.min.*.js")
    compressed = chart_library.with_name(chart_library.name + ".br")

    assert compressed.stat().st_size < 325 * 1024
    assert chart_library.with_name(chart_library.name + ".gz").exists()


def test_only_hashed_names_are_served(built: Path) -> None:
    assert not (built / "plotly" / "plotly-basic.min.js").exists()


def test_of_the_chart_package_only_its_program_is_served() -> None:
    served = [path.name for path in (common.VAR_DIR / "assets" / "plotly").iterdir()]

    assert served == ["plotly-basic.min.js"]


@pytest.mark.parametrize("name", ["django_htmx/htmx-2.min.js", "plotly/plotly-basic.min.js"])
def test_a_library_is_found(name: str) -> None:
    assert finders.find(name)
