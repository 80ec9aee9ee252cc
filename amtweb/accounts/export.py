"""Everything that is stored of a user, in one archive.

What it holds is found by following the tables: all that would be deleted with the account,
whichever app keeps it.  Of a firm it holds the membership alone.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CASCADE
from django.utils import timezone

from amtweb.firms.models import Member
from amtweb.scenarios.models import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from amtweb.accounts.models import User

Tables = dict["type[Model]", dict[Any, "Model"]]

# What opens the account or a link to whoever holds it.
SECRETS = {
    "accounts.User": {"password"},
    "mfa.Authenticator": {"data"},
    "scenarios.Scenario": {"visitor"},
    "sharing.ShareLink": {"token_digest"},
    "usersessions.UserSession": {"session_key"},
}
LONGEST_NAME = 60
ABOUT = """\
All that is stored of your account.

account.json      every table, row by row; without what would open your account or your links
scenarios/        your own scenarios as they are now; each can be imported
working-copy.json what stands on your bench and is not saved, if there is anything
"""


def archive(user: User, working_copy: dict[str, Any] | None) -> bytes:
    """A ZIP file.

    Args:
        user: Whose account it is.
        working_copy: What stands unsaved on the bench of the session that asks.
    """
    tables = tables_of(user)
    stored = {
        "exported_at": timezone.now(),
        "tables": {
            model._meta.label: [_row(row) for row in rows.values()]
            for model, rows in tables.items()
        },
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", ABOUT)
        packed.writestr("account.json", _json(stored))
        for name, document in _documents(tables):
            packed.writestr(f"scenarios/{name}.json", _json(document))
        if working_copy:
            packed.writestr("working-copy.json", _json(working_copy))
    return file.getvalue()


def tables_of(user: User) -> Tables:
    """The rows that belong to the user, by their tables."""
    # Not its type, which for the user of a request is that of a stand-in.
    first = user._meta.model
    found: Tables = {first: {user.pk: user}}
    news: list[tuple[type[Model], list[Any]]] = [(first, [user.pk])]
    while news:
        model, keys = news.pop()
        if model is Member:
            # What hangs on a membership is the firm's.
            continue
        for relation in _dependants(model):
            related = relation.related_model
            rows = related._base_manager.filter(**{f"{relation.field.name}__in": keys})
            known = found.setdefault(related, {})
            fresh = {
                row.pk: row
                for row in rows
                if row.pk not in known and not _is_a_firms(row) and not _is_anothers(row, user)
            }
            known |= fresh
            if fresh:
                news.append((related, list(fresh)))
    return found


def _dependants(model: type[Model]) -> Iterator[Any]:
    """The relations by which other tables' rows live and die with the model's."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and _on_delete(relation) is CASCADE:
            yield relation


def _is_a_firms(row: Model) -> bool:
    """Whether somebody made it as a member: it is the firm's, and may be about its clients."""
    return getattr(row, "member_id", None) is not None


def _is_anothers(row: Model, user: User) -> bool:
    """Whether it is of another account, which is told of what the user did."""
    return getattr(row, "user_id", user.pk) != user.pk


def _on_delete(relation: Any) -> Any:
    return getattr(relation, "on_delete", None)


def _row(row: Model) -> dict[str, Any]:
    hidden = SECRETS.get(row._meta.label, set())
    values = {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in hidden
    }
    if isinstance(row, Authenticator):
        values["name"] = row.data.get("name", "")
    if isinstance(row, Member):
        values["firm"] = str(row.firm)
    return values


def _documents(tables: Tables) -> Iterator[tuple[str, Any]]:
    for scenario in tables.get(Scenario, {}).values():
        assert isinstance(scenario, Scenario)  # noqa: S101  (of that table)
        words = re.sub(r"\W+", "-", scenario.title).strip("-")[:LONGEST_NAME]
        yield f"{words or 'scenario'}-{scenario.pk}", scenario.draft


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
