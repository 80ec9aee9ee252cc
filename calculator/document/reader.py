"""Reads the objects of a scenario document into the dataclasses of ``scenario.py``.

A reader is made once for each dataclass from the annotations of its fields.  It never stops at a
problem: what cannot be read is noted and left as ``UNREAD``, so that everything that is wrong with
a document is said at once and its sense can be checked as far as it could be read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from calculator import fields
from calculator.document.reading import UNREAD, Reading, given, joined, quoted, shown
from calculator.document.values import READER_OF, Read

MOST_UNKNOWN_FIELDS: Final = 20
"""Unknown fields of one object that are named one by one."""


def _list(kind: fields.Many, read_item: Read) -> Read:
    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, list | tuple):
            return reading.refuse(
                path, key, f"Enter a list in square brackets, not {given(value)}."
            )
        if len(value) < kind.least:
            return reading.refuse(path, key, f"At least {kind.least} is needed here.")
        inside = joined(path, key)
        items = tuple(
            read_item(item, f"{inside}[{i}]", "", reading)
            for i, item in enumerate(value[: kind.most])
        )
        if len(value) > kind.most:
            return reading.refuse(
                path, key, f"There are {len(value):,} here; at most {kind.most} are allowed."
            )
        return items

    return read


def _blank(of: type) -> Any:
    """An object of which nothing could be read."""
    return of(
        **{
            field.attribute: UNREAD if field.kind or field.many else _blank(field.nested)
            for field in fields.document_fields(of)
        }
    )


def _reader(field: fields.DocumentField) -> Read:
    if field.kind is not None:
        return READER_OF[type(field.kind)](field.kind)
    read_object = object_reader(field.nested, overrides=field.overrides)
    if field.many is not None:
        return _list(field.many, read_object)
    if not field.nullable:
        return read_object

    def read_or_none(value: object, path: str, key: str, reading: Reading) -> Any:
        return None if value is None else read_object(value, path, key, reading)

    return read_or_none


class ObjectReader:
    """The reader of the document's objects of one dataclass.

    With ``overrides``, fields that are left out come from the object of this type that was read
    before, further out.
    """

    def __init__(self, of: type, *, overrides: bool) -> None:
        own = fields.document_fields(of)
        self._of = of
        self._overrides = overrides
        self._readers = tuple((field.key, field.attribute, _reader(field)) for field in own)
        self._keys = frozenset(field.key for field in own)
        self._required = () if overrides else tuple(field for field in own if field.required)
        self._inherited = tuple(field for field in own if field.overrides)
        self._needed = tuple(field for field in own if field.needed_without)
        self._defaults = {field.attribute: field.default for field in own if not field.required}
        self._blank = _blank(of)

    def __call__(self, value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, dict | Mapping):
            reading.refuse(path, key, f"Enter an object in braces, not {given(value)}.")
            return self._blank
        here = joined(path, key)
        values = self._start(reading)
        known = 0
        for name, attribute, read in self._readers:
            if name in value:
                known += 1
                values[attribute] = read(value[name], here, name, reading)
        if known < len(value):
            _refuse_unknown(value, self._keys, here, reading)
        self._refuse_missing(values, here, reading)
        made = self._of(**values)
        if not self._overrides:
            reading.standing[self._of] = made
        return made

    def _start(self, reading: Reading) -> dict[str, Any]:
        """What the fields are that the document leaves out."""
        values = self._defaults.copy()
        if self._overrides and (standing := reading.standing.get(self._of)):
            for attribute in values:
                values[attribute] = getattr(standing, attribute)
        for field in self._inherited:
            values[field.attribute] = reading.standing.get(field.nested, field.default)
        return values

    def _refuse_missing(self, values: dict[str, Any], here: str, reading: Reading) -> None:
        for field in self._required:
            if field.attribute not in values:
                message = f"The field “{field.key}” is missing."
                values[field.attribute] = reading.refuse(here, field.key, message)
        for field in self._needed:
            if values[field.attribute] is None and values[field.needed_without] is None:
                message = f"Give “{field.key}” or “{field.needed_without}”."
                values[field.attribute] = reading.refuse(here, field.key, message)


@cache
def object_reader(of: type, *, overrides: bool = False) -> ObjectReader:
    """The reader of the document's objects of one dataclass, made once."""
    return ObjectReader(of, overrides=overrides)


def _refuse_unknown(
    value: Mapping[object, object], known: frozenset[str], here: str, reading: Reading
) -> None:
    unknown = [name for name in value if name not in known]
    for name in unknown[:MOST_UNKNOWN_FIELDS]:
        if isinstance(name, str):
            message = f"There is no field {quoted(name)} here{reading.suggestion(name, known)}"
            reading.refuse(here, shown(name), message)
        else:
            reading.refuse(here, "", "The name of a field must be text in quotation marks.")
    more = len(unknown) - MOST_UNKNOWN_FIELDS
    if more > 0:
        reading.refuse(here, "", f"There are {more:,} more unknown fields here.")


def batch_shape(reading: Reading) -> tuple[int, ...]:
    """The shape that all arrays of the document broadcast to; what does not fit is refused."""
    if not reading.shapes:
        return ()
    import numpy as np

    batch: tuple[int, ...] = ()
    for path, shape in reading.shapes:
        try:
            wider = np.broadcast_shapes(batch, shape)
        except ValueError:
            message = (
                f"An array of shape {shape} does not fit the shape {batch} of those before it."
            )
            reading.refuse(path, "", message)
            continue
        if math.prod(wider) > fields.MOST_CELLS:
            message = f"The arrays make a batch of more than {fields.MOST_CELLS:,} scenarios."
            reading.refuse(path, "", message)
            continue
        batch = wider
    return batch
