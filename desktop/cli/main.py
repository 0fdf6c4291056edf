"""`roleworth`: opens the app, or answers from a terminal. Exit 0 done, 1 a problem a person can mend, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType

from analysis.problems import UserProblem
from desktop.faults import fault_report

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("desktop.cli.demo", "open the sample evaluation in a copy of its own"),
    "showcase": ("desktop.cli.showcase", "the sample's findings, charts and workbook without a window"),
    "inspect": ("desktop.cli.spreadsheets", "what the importer sees in spreadsheets; writes nothing"),
    "import": ("desktop.cli.bringing", "bring spreadsheets into an evaluation file"),
    "analyse": ("desktop.cli.analyse", "every impact and economic result the app would show"),
    "compare": ("desktop.cli.beside", "two to four roles side by side, and what cannot be compared"),
    "record": ("desktop.cli.record", "what is recorded of a role, and what a commissioner will miss"),
    "unit-costs": (
        "desktop.cli.money",
        "unit costs of the library; brings a workbook in; what is out of date",
    ),
    "rates": ("desktop.cli.rates", "indices, on-costs, discount rates and pay, shipped or your own in their place"),
    "appraisals": ("desktop.cli.money", "saved appraisals: save one, list them, hold two side by side"),
    "export": ("desktop.cli.export", "the commissioner's workbook"),
    "exports": ("desktop.cli.exports", "what has left a file: when, for whom, under which policy"),
    "template": ("desktop.cli.template", "a blank workbook for whoever collects a role's figures"),
    "pack": ("desktop.cli.packs", "an evidence pack for other teams, small numbers protected"),
    "add-pack": ("desktop.cli.packs", "keep evidence packs of other teams"),
    "places": ("desktop.cli.packs", "each measure over several places, and what was left out"),
    "verify": ("desktop.cli.verify", "run the engine on published reference cases"),
    "check": ("desktop.cli.files", "look an evaluation file over, and save what can be read of a damaged one"),
    "backup": ("desktop.cli.files", "a verified copy"),
    "restore": ("desktop.cli.files", "put a backup beside, never over"),
    "redact": ("desktop.cli.files", "remove a text for good, from the history too"),
    "history": ("desktop.cli.steps", "what can be taken back; undo, redo and named checkpoints"),
    "undo-import": ("desktop.cli.files", "take one import back"),
}
"""Command, the module that knows it (loaded only when asked for), and one line of help."""


def parser_for(name: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    module, text = COMMANDS[name]
    made = argparse.ArgumentParser(
        prog=f"roleworth {name}",
        description=text.capitalize() + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    import_module(module).describe(name, made)
    return made


def overview() -> str:
    """What `roleworth --help` prints."""
    lines = "\n".join(f"  {name:<12} {text}" for name, (_, text) in COMMANDS.items())
    return (
        "usage: roleworth [FILE] | roleworth COMMAND ...\n\n"
        "Record a new role, see what changed before and after launch, and whether it was worth its cost.\n\n"
        f"  [FILE]       open the app, with an evaluation file\n{lines}\n\n"
        "`roleworth COMMAND --help` shows one real example of each. For example:\n"
        "  roleworth demo --to northvale.roleworth && roleworth analyse northvale.roleworth\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the app. Returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = say_fault
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if given and given[0] in ("-h", "--help"):
        print(overview())
        return 0
    try:
        if given and given[0] in COMMANDS:
            options = parser_for(given[0]).parse_args(given[1:])
            return int(import_module(COMMANDS[given[0]][0]).run(given[0], options))
        return _open_app(given)
    except UserProblem as problem:
        print(problem.sentence(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def say_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Say that the program failed, by kind and place: the words of an error can hold a value, a name or a path."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    print("Something in Roleworth itself went wrong; what was saved before is safe.", file=sys.stderr)
    print(fault_report(fault), file=sys.stderr)


def _open_app(given: Sequence[str]) -> int:
    if len(given) > 1 or (given and given[0].startswith("-")):
        print(f"roleworth: unknown command or option: {given[0]}\n\n{overview()}", file=sys.stderr)
        return 2
    path = Path(given[0]) if given else None
    if path is not None and not path.exists():
        raise UserProblem(f"There is no file {path.name}.", "`roleworth --help` lists the commands.")
    start: int = import_module("desktop.app").main(path)
    return start


if __name__ == "__main__":
    sys.exit(main())
