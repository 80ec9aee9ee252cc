from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(params=sorted(path.stem for path in FIXTURES.glob("*.json")))
def valid_document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each of the valid documents in turn."""
    path = FIXTURES / f"{request.param}.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
