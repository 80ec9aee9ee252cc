"""Which keyboard a phone brings up for which input."""

from __future__ import annotations

import json

from amtweb.scenarios.editor.inputs import MAY_BE_NEGATIVE
from calculator.document import json_schema


def test_the_amounts_that_may_be_negative_are_those_of_the_document() -> None:
    definitions = json_schema()["$defs"]
    negative = {
        name
        for part in ("YearFacts", "Opening")
        for name, field in definitions[part]["properties"].items()
        if '"minimum": -' in json.dumps(field)
    }

    assert negative == MAY_BE_NEGATIVE
