"""The command line: ``python -m calculator COMMAND [SCENARIO.json | -]``.

Answers are JSON on standard output.  The exit status is 0; 1 if ``verify`` finds a difference that
nothing explains; or 2 if the input is wrong or not modelled, with the problems as the answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from calculator.command import Command, scenario_in, text_in
from calculator.commands import COMMANDS
from calculator.document import json_schema
from calculator.errors import InvalidScenario

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WITHOUT_SCENARIO = ("schema", "verify")


def main(arguments: Sequence[str] | None = None) -> int:
    """Answers one command, and gives the exit status."""
    chosen = _commands().parse_args(arguments)
    try:
        answer = chosen.answer(chosen)
    except InvalidScenario as invalid:
        _print({"problems": [problem.to_dict() for problem in invalid.problems]})
        return 2
    _print(answer)
    return int(chosen.has_failed(answer))


def _commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calculator",
        description="Computes a scenario document. Answers are JSON on standard output.",
        epilog="Exit status: 0; 1 if verify fails; 2 if the input is wrong or not modelled.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, help_: str, answer: Callable[[argparse.Namespace], Any]
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(answer=answer, has_failed=lambda _: False)
        if name not in WITHOUT_SCENARIO:
            added.add_argument(
                "scenario",
                nargs="?",
                default="-",
                metavar="SCENARIO.json",
                help="the scenario document; - or nothing: standard input",
            )
        return added

    command("evaluate", "Compute every form of every year.", _evaluate)
    command("schema", "Print the JSON Schema of the scenario document.", lambda _: json_schema())
    verified = command("verify", "Compute published examples, and say where they differ.", _verify)
    verified.set_defaults(has_failed=lambda answer: answer["differ"] > 0)
    for analysis in COMMANDS:
        added = command(analysis.name, analysis.help, _asked(analysis))
        for flag in analysis.flags:
            added.add_argument(flag.name, **flag.settings)
    return parser


def _asked(analysis: Command) -> Callable[[argparse.Namespace], Any]:
    return lambda chosen: analysis.answer(analysis.read(text_in(analysis.document(chosen))), chosen)


def _evaluate(chosen: argparse.Namespace) -> dict[str, Any]:
    from calculator import cautions, evaluate

    scenario = scenario_in(chosen.scenario)
    warnings = [caution.to_dict() for caution in cautions(scenario)]
    return evaluate(scenario).to_dict() | {"warnings": warnings}


def _verify(_: argparse.Namespace) -> dict[str, Any]:
    from calculator.verification import verify

    return verify().to_dict()


def _print(answer: dict[str, Any]) -> None:
    text = json.dumps(answer, allow_nan=False, ensure_ascii=False, indent=2) + "\n"
    # A file name may hold what is not Unicode; its escape is what JSON writes for it.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
