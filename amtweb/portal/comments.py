"""Comments beside a publication, its years and the lines of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from amtweb.audit.log import AS_CLIENT, Actor, record
from amtweb.firms.access import actor_of
from amtweb.portal import notices
from amtweb.portal.models import Comment, Kind, Notice
from amtweb.scenarios.line_links import BEYOND_THE_FORMS, PLACES
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import Visitor
from amtweb.worksheets.content import worksheets_page
from calculator.worksheet.forms import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amtweb.portal.reading import Reading

LONGEST_PLACE = 100


class Place(NamedTuple):
    """What a comment is beside: a line of a year, a year, or the whole."""

    year: int | None = None
    line: str = ""
    label: str = "The whole"

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.year or ''}{':' if self.line else ''}{self.line}"


class Said(NamedTuple):
    """A comment as one reader sees it."""

    comment: Comment
    who: str
    is_own: bool
    is_new: bool


class Thread(NamedTuple):
    """What is said beside one place."""

    place: Place
    said: tuple[Said, ...]


def place_of(reading: Reading, value: str) -> Place | None:
    """The place that a form names; None if the publication has none such."""
    year, colon, line = value[:LONGEST_PLACE].partition(":")
    if not value:
        return Place()
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
        return None
    lines = lines_of(reading, int(year))
    if lines is None or (colon and line not in lines):
        return None
    return Place(int(year), line, lines.get(line, year))


def lines_of(reading: Reading, year: int) -> dict[str, str] | None:
    """The lines of the forms of a year, with their names; None if there is no such year."""
    page = worksheets_page(reading.subject, year)
    if page is None:
        return None
    return {
        line.id: f"{sheet.short} line {line.number}" if line.number else line.caption
        for sheet in page.every_sheet
        for line in sheet.lines
    }


def threads(reading: Reading, year: int | None = None) -> tuple[Thread, ...]:
    """What is said, by place: the whole first, then year by year; or that of one year alone."""
    found = reading.publication.comments.select_related(
        "edition", "link__person", "link__user", "member__user"
    )
    if year is not None:
        found = found.filter(year=year)
    new = _unread(reading)
    places: dict[tuple[int, str], list[Said]] = {}
    for comment in found:
        said = _said(reading, comment, is_new=comment.pk in new)
        places.setdefault((comment.year or 0, comment.line), []).append(said)
    return tuple(
        Thread(Place(of_year or None, line, _label(of_year, line)), tuple(said))
        for (of_year, line), said in sorted(places.items(), key=lambda each: each[0])
    )


def write(reading: Reading, place: Place, text: str, page: str) -> Comment:
    """Keeps a comment and tells the other side; once, if the same page sends it again."""
    who = _account(reading)
    return once(
        Visitor(who, ""),
        key_of(page, f"comment {reading.publication.public_id}", [*place, text]),
        make=lambda: _write(reading, place, text),
        name=lambda comment: comment.public_id,
        find=lambda name: Comment.objects.filter(public_id=name).first(),
    )


def own(reading: Reading) -> Any:
    """The comments that the reader wrote."""
    mine = {"link": reading.link} if reading.link else {"member": reading.member}
    return reading.publication.comments.filter(**mine)


def take_back(reading: Reading, comment: Comment) -> None:
    """Deletes a comment of the reader's own."""
    with transaction.atomic():
        _note(reading, "comment_deleted", comment)
        comment.delete()


def mark_read(reading: Reading) -> None:
    """All that is said here is no longer new to the reader."""
    found = Notice.objects.filter(user_id=_account(reading), publication=reading.publication)
    firm = reading.member.firm if reading.member else None
    notices.mark_read(found.filter(firm=firm))


def _write(reading: Reading, place: Place, text: str) -> Comment:
    comment = Comment.objects.create(
        publication=reading.publication,
        edition=reading.edition,
        link=reading.link,
        member=reading.member,
        year=place.year,
        line=place.line,
        text=text,
    )
    _note(reading, "commented", comment)
    client, who = reading.publication.client, _account(reading)
    about = {"publication": reading.publication, "comment": comment}
    notices.tell_clients(client, Kind.COMMENTED, but=who, **about)
    notices.tell_firm(client, Kind.COMMENTED, but=who, **about)
    return comment


def _note(reading: Reading, act: str, comment: Comment) -> None:
    log = reading.publication.client.firm.public_id
    who = _account(reading)
    actor = actor_of(reading.member) if reading.member else Actor(who, AS_CLIENT)
    record(log, actor, act, f"comment {comment.public_id}")


def _account(reading: Reading) -> int:
    if reading.link is not None:
        return reading.link.user_id
    assert reading.member is not None  # noqa: S101  (one of the two is there)
    return reading.member.user_id


def _unread(reading: Reading) -> set[int]:
    found: Iterable[int] = Notice.objects.filter(
        user_id=_account(reading),
        firm=reading.member.firm if reading.member else None,
        publication=reading.publication,
        read_at=None,
        comment__isnull=False,
    ).values_list("comment_id", flat=True)
    return set(found)


def _said(reading: Reading, comment: Comment, *, is_new: bool) -> Said:
    if comment.link is not None:
        is_own = comment.link_id == (reading.link and reading.link.pk)
        return Said(comment, comment.link.name, is_own, is_new)
    is_own = reading.member is not None and comment.member_id == reading.member.pk
    firm = str(reading.publication.client.firm)
    # A client hears the firm; who works there is the firm's own.
    if reading.member is not None and comment.member is not None:
        return Said(comment, comment.member.user.email, is_own, is_new)
    return Said(comment, firm, is_own, is_new)


def _label(year: int, line: str) -> str:
    if not line:
        return str(year) if year else Place().label
    form, _, number = line.rpartition("-")
    if form == BEYOND_THE_FORMS:
        return f"{year}, {PLACES[number].name if number in PLACES else number}"
    return f"{year}, {NAMES.get(form, form)} line {number}"
