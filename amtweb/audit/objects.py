"""What the events of a log are about: each kind of object, found again by its public name.

An event keeps a kind and a name, such as ``client Xy…``.  Apps say how theirs are found, so that
the page of the log can show what they are called now, if they are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping


class Found(NamedTuple):
    """An object as it is now."""

    name: str
    address: str = ""
    """Its page, if it has one."""


class Kind(NamedTuple):
    """A kind of object."""

    words: str
    """``a client``, for one that is gone."""
    find: Callable[[str, Collection[str]], Mapping[str, Found]]
    """Takes the log and public names; gives those that are there and the firm's."""
    search: Callable[[str, str], Iterable[str]] | None = None
    """Takes the log and a word; gives the public names of those that are called so."""


KINDS: Final[dict[str, Kind]] = {}
"""By the word before the name.  Filled in as apps are made ready."""


class Piece(NamedTuple):
    """A piece of what an event says that it is about: an object, or plain words."""

    words: str
    about: str = ""
    """The kind and the name alone, as events are searched by; empty for plain words."""
    address: str = ""
    is_gone: bool = False


def shown_of(log: str, about: Iterable[str]) -> dict[str, list[Piece]]:
    """What each says, with one question to the database for a kind."""
    parted = {each: list(_parted(each)) for each in about}
    wanted: dict[str, set[str]] = {}
    for parts in parted.values():
        for kind, name in parts:
            if kind:
                wanted.setdefault(kind, set()).add(name)
    found = {kind: KINDS[kind].find(log, names) for kind, names in wanted.items()}
    return {each: [_piece(*part, found) for part in parts] for each, parts in parted.items()}


def named(log: str, text: str) -> list[str]:
    """What events can be about that is called so, or named so in full."""
    kind, _, name = text.partition(" ")
    if kind in KINDS and name and " " not in name:
        return [text]
    return [
        f"{kind} {name}"
        for kind, each in KINDS.items()
        if each.search is not None
        for name in each.search(log, text)
    ]


def _parted(about: str) -> Iterator[tuple[str, str]]:
    """Each object by its kind and name, and the words between them without a kind."""
    words = iter(about.split())
    plain: list[str] = []
    for word in words:
        name = next(words, "") if word in KINDS else ""
        if not name:
            plain.append(word)
            continue
        if plain:
            yield "", " ".join(plain)
            plain = []
        yield word, name.rstrip(",;")
    if plain:
        yield "", " ".join(plain)


def _piece(kind: str, name: str, found: Mapping[str, Mapping[str, Found]]) -> Piece:
    if not kind:
        return Piece(name)
    about = f"{kind} {name}"
    now = found[kind].get(name)
    if now is None:
        return Piece(f"{KINDS[kind].words} that is gone", about, is_gone=True)
    return Piece(now.name, about, now.address)
