"""Brings a document of an earlier version to the present one, a step for each version.

A step is a pure function from one version of the document to the next.  Once its version is
released it never changes: stored documents are upgraded each time they are read, and stay as they
were written.  It is given what somebody sent in, before that was checked: what it does not
recognize it leaves alone, for the reader to refuse.
"""

from __future__ import annotations

import copy
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from calculator.document.reading import plain_number
from calculator.errors import InvalidScenario, Problem
from calculator.scenario import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Step: TypeAlias = "Callable[[dict[str, Any]], dict[str, Any]]"

KEY: Final = "schema_version"
STEPS: Final[Mapping[int, Step]] = MappingProxyType({})
"""The step from each released version to the one after it, oldest first."""


def upgraded(
    document: Mapping[str, Any],
    *,
    to: int = SCHEMA_VERSION,
    steps: Mapping[int, Step] = STEPS,
) -> Mapping[str, Any]:
    """The document in the present version: itself if it is of that version, else a copy.

    A document of a later version, or of none that there is, is given back as it is: reading it
    says what is wrong.  The paths of other problems are those of the upgraded document.

    Raises:
        InvalidScenario: There is no way from the document's version to the present one.
    """
    version = _version_of(document)
    if version is None or version >= to:
        return document
    made = copy.deepcopy(dict(document))
    for earlier, later in pairwise(range(version, to + 1)):
        if earlier not in steps:
            message = (
                f"The document is of version {version}, and there is no way from version {earlier}"
                f" to version {later}."
            )
            raise InvalidScenario((Problem(path=KEY, message=message),))
        made = {**steps[earlier](made), KEY: later}
    return made


def _version_of(document: Mapping[str, Any]) -> int | None:
    number = plain_number(document.get(KEY))
    return int(number) if number is not None and number.is_integer() and number >= 1 else None
