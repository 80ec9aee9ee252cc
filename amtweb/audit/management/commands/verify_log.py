from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from amtweb.audit.export import Digests, digests_in
from amtweb.audit.models import Event, Head
from amtweb.audit.verification import breaks_in

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Finds events of a firm's log that were altered, removed, added or moved behind the site's"
        " back, and ends with an error if there are any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firm", help="public name of the firm; else the logs of all firms")
        parser.add_argument(
            "--against",
            metavar="FILE",
            help="an exported log, or what the server wrote in its security log",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = _known(options["against"])
        logs = [options["firm"]] if options["firm"] else _all_logs(known)
        broken = sum(self._is_broken(log, known) for log in logs)
        if broken:
            raise CommandError(f"{broken} of {len(logs)} logs are not as they were written.")

    def _is_broken(self, log: str, known: Digests) -> bool:
        found = [str(each) for each in breaks_in(log, known.get(log))]
        for each in found:
            self.stdout.write(f"{log}: {each}")
        if not found:
            compared = len(known.get(log, {}))
            against = f", {compared:,} compared" if known else ""
            events = Event.objects.filter(log=log).count()
            self.stdout.write(f"{log}: {events:,} events, unbroken{against}")
        return bool(found)


def _known(path: str | None) -> Digests:
    if path is None:
        return {}
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            return digests_in(file)
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise CommandError(f"{path} cannot be read as a log: {error}") from None


def _all_logs(known: Digests) -> list[str]:
    """Also those of which nothing is left but the file."""
    stored = {*Head.objects.values_list("log", flat=True), *known}
    return sorted({*stored, *Event.objects.order_by().values_list("log", flat=True).distinct()})
