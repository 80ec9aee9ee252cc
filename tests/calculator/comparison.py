"""Results compared with expectations, and results of a batch with those of each scenario alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

ABSENT = object()


def differences(
    expected: Any, actual: Any, tolerance: float, path: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    """Where the actual result is not as expected, as far as something is expected.

    Sales are matched by their identifiers, other lists by position.  A line of a form that is
    left out counts as 0.
    """
    if isinstance(expected, dict):
        for key, value in expected.items():
            inside = f"{path}.{key}".lstrip(".")
            found = actual.get(key, ABSENT) if isinstance(actual, dict) else ABSENT
            if found is ABSENT and _is_line(inside, value):
                found = 0.0
            yield from differences(value, found, tolerance, inside)
    elif isinstance(expected, list):
        yield from _differences_of_lists(expected, actual, tolerance, path)
    elif isinstance(expected, int | float) and not isinstance(expected, bool):
        if not isinstance(actual, int | float) or not abs(actual - expected) <= tolerance:
            yield path, expected, actual
    elif actual != expected:
        yield path, expected, actual


def _differences_of_lists(
    expected: list[Any], actual: Any, tolerance: float, path: str
) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(actual, list) and expected and "id" in expected[0]:
        by_id = {item["id"]: item for item in actual}
        actual = [by_id.get(item["id"], ABSENT) for item in expected]
    if not isinstance(actual, list) or len(actual) != len(expected):
        yield path, expected, actual
        return
    for i, (value, found) in enumerate(zip(expected, actual, strict=True)):
        yield from differences(value, found, tolerance, f"{path}[{i}]")


def _is_line(path: str, value: Any) -> bool:
    return ".forms." in path and isinstance(value, int | float)


def element(result: Any, index: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    """One scenario's result out of a batch's, in the form of a result alone.

    Every amount must have the shape of the batch.
    """
    if isinstance(result, dict):
        return {key: element(value, index, shape) for key, value in result.items()}
    if isinstance(result, list):
        return [element(value, index, shape) for value in result]
    if isinstance(result, np.ndarray):
        assert result.shape == shape
        value = result[index].item()
        return None if isinstance(value, float) and math.isnan(value) else value
    assert not isinstance(result, float), "an amount without the shape of the batch"
    return result


def all_lines(result: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """A result with the lines of forms that are left out of it but not of another as 0."""
    for year, model in zip(result["years"], like["years"], strict=True):
        for form, lines in model["forms"].items():
            mine = year["forms"].setdefault(form, {})
            for number in lines:
                mine.setdefault(number, 0.0)
    return result
