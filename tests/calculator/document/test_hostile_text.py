"""Text that is not strict JSON is refused, whatever lenient readers make of it."""

from __future__ import annotations

import json
import time

import pytest

from calculator.document import parse_json, read_json
from calculator.document.json_text import DEEPEST, LARGEST_TEXT
from calculator.errors import InvalidScenario

# Text, and the paths of its problems.
TEXTS: dict[str, tuple[bytes, list[str]]] = {
    "nothing": (b"", [""]),
    "blanks": (b" \n\t ", [""]),
    "no-json": (b"schema_version: 1", [""]),
    "single-quotes": (b"{'schema_version': 1}", [""]),
    "comment": (b'{"schema_version":1 /* one */}', [""]),
    "trailing-comma": (b'{"schema_version":1,}', [""]),
    "unfinished": (b'{"schema_version":1,"years":[{"year":2026}', [""]),
    "unfinished-text": (b'{"title":"' + b'\\"' * 100_000, [""]),
    "trailing-data": (b'{"schema_version":1} {}', [""]),
    "trailing-nul": (b'{"schema_version":1}\0', [""]),
    "control-character-in-text": (b'{"title":"a\nb"}', [""]),
    "byte-order-mark": (b'\xef\xbb\xbf{"schema_version":1}', [""]),
    "utf-16": ('{"schema_version":1}'.encode("utf-16"), [""]),
    "invalid-utf-8": (b'{"title":"\xff"}', [""]),
    "overlong-utf-8": (b'{"title":"\xc0\x80"}', [""]),
    "surrogate-in-utf-8": (b'{"title":"\xed\xa0\x80"}', [""]),
    "list": (b"[]", [""]),
    "number": (b"1", [""]),
    "null": (b"null", [""]),
    "deep-lists": (b"[" * 1100, [""]),
    "deep-objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, [""]),
    "deep-lists-to-the-limit-of-size": (b"[" * (LARGEST_TEXT - 1), [""]),
    "too-large": (b" " * (LARGEST_TEXT + 1), [""]),
    "key-twice": (
        b'{"schema_version":1,"schema_version":1,"years":[{"year":2026}]}',
        ["schema_version"],
    ),
    "key-twice-further-in": (
        b'{"schema_version":1,"years":[{"year":2026},{"year":2027,"wages":1,"wages":1}]}',
        ["years[1].wages"],
    ),
    "not-a-number": (
        b'{"schema_version":1,"years":[{"year":2026,"wages":NaN}]}',
        ["years[0].wages"],
    ),
    "infinity": (
        b'{"schema_version":1,"years":[{"year":2026,"other_income":-Infinity}]}',
        ["years[0].other_income"],
    ),
    "overflow": (
        b'{"schema_version":1,"years":[{"year":2026,"wages":1e999}]}',
        ["years[0].wages"],
    ),
    "integer-of-5000-digits": (
        b'{"schema_version":1,"years":[{"year":2026,"wages":%s}]}' % (b"9" * 5000),
        ["years[0].wages"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_refused_in_sentences(name: str) -> None:
    text, paths = TEXTS[name]
    begun = time.perf_counter()
    with pytest.raises(InvalidScenario) as caught:
        parse_json(text)

    assert [p.path for p in caught.value.problems] == paths
    assert all(p.message.endswith(".") for p in caught.value.problems)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_refused_when_it_is_only_read(name: str) -> None:
    text, paths = TEXTS[name]
    with pytest.raises(InvalidScenario) as caught:
        read_json(text)

    assert [p.path for p in caught.value.problems] == paths


def test_problems_of_the_text_and_of_the_document_are_said_together() -> None:
    text = '{"schema_version":2,"title":"a","title":"b","years":[{"year":2026,"wages":NaN}]}'
    with pytest.raises(InvalidScenario) as caught:
        parse_json(text)

    assert [p.path for p in caught.value.problems] == ["title", "schema_version", "years[0].wages"]


@pytest.mark.parametrize("digits", [4000, 400, 30])
def test_a_long_integer_is_out_of_range(digits: int) -> None:
    text = '{"schema_version":1,"years":[{"year":2026,"wages":WAGES}]}'
    with pytest.raises(InvalidScenario) as caught:
        parse_json(text.replace("WAGES", "9" * digits))

    assert [p.path for p in caught.value.problems] == ["years[0].wages"]


@pytest.mark.parametrize(("depth", "refused"), [(DEEPEST, False), (DEEPEST + 1, True)])
def test_nesting_is_allowed_up_to_a_depth(depth: int, refused: bool) -> None:
    text = '{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"
    if not refused:
        assert "a" in read_json(text)
        return
    with pytest.raises(InvalidScenario, match="nested"):
        read_json(text)


def test_brackets_in_text_nest_nothing() -> None:
    document = {"title": '"' + "[{" * 50, "notes": "]}" * 50}

    assert read_json(json.dumps(document)) == document


def test_text_and_bytes_read_alike() -> None:
    text = '{"schema_version": 1, "title": "Größe \\ud83d\\udcc8", "years": [{"year": 2026}]}'

    assert parse_json(text).title == parse_json(text.encode()).title == "Größe 📈"
