"""How the log of a firm finds again the imports that its events are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.audit.objects import Found
from amtweb.book_import.models import Import

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def imports(log: str, names: Collection[str]) -> Mapping[str, Found]:
    """Those of the firm that have these public names."""
    found = Import.objects.filter(firm__public_id=log, public_id__in=names)
    return {each.public_id: Found("the import", each.get_absolute_url()) for each in found}
