"""`roleworth history`: what can be taken back and brought back, undo and redo, and named checkpoints."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.plain import Plain
from analysis.problems import UserProblem
from analysis.wording import plural
from db.history import redo, undo, undo_state
from db.operations.marks import go_back, mark
from db.queries.checkpoints import HeldCheckpoint, checkpoints
from db.store import Store
from desktop.cli.opening import opened, print_json
from importers.free_text import refuse_identifiers

SHOWN = 10
EXAMPLE = (
    'roleworth history elm.roleworth --checkpoint "Before the board paper"\n'
    '  roleworth history elm.roleworth --back-to "Before the board paper"\n'
    "  roleworth history elm.roleworth --undo"
)


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `history`."""
    parser.epilog = f"Every write is a step, kept in the file; nothing is taken back for good.\n\nexample:\n  {EXAMPLE}"
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--last", type=int, default=SHOWN, metavar="N", help=f"how many steps to list (usually {SHOWN})"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--undo", action="store_true", help="take the newest step back")
    doing.add_argument("--redo", action="store_true", help="bring back the step taken back last")
    doing.add_argument("--checkpoint", metavar="NAME", help="name this moment")
    doing.add_argument("--back-to", metavar="NAME", help="make the record what it was at a checkpoint")


def run(_name: str, options: argparse.Namespace) -> int:
    """Do one thing where one is asked for, then list the history; returns the exit status."""
    writes = options.undo or options.redo or options.checkpoint is not None or options.back_to is not None
    with opened(options.file, read_only=not writes) as store:
        said = _done(store, options)
        state, held = undo_state(store), checkpoints(store)
    steps = [label for _, label in reversed(state.undo)]
    if options.json:
        marks: list[Plain] = [_plain(one) for one in held]
        ahead: list[Plain] = [label for _, label in reversed(state.redo)]
        print_json({"file": options.file.name, "done": said, "undo": [*steps], "redo": ahead, "checkpoints": marks})
        return 0
    lines = [said] if said else []
    lines += [f"{plural(len(steps), 'step')} can be taken back, {len(state.redo)} brought back."]
    lines += [f"  {label}" for label in steps[: max(options.last, 0)]]
    lines += [f"Checkpoint “{one.name}”, {one.made_at[:16].replace('T', ' ')} UTC: {_since(one)}" for one in held]
    print("\n".join(lines))
    return 0


def _done(store: Store, options: argparse.Namespace) -> str:
    """Do what was asked, and say it; empty where only a list was."""
    if options.checkpoint is not None:
        return f"Checkpoint: {mark(store, name=refuse_identifiers(options.checkpoint)).label}."
    if options.back_to is not None:
        return f"{go_back(store, step_id=_named(store, options.back_to)).label}."
    if not (options.undo or options.redo):
        return ""
    label = undo(store) if options.undo else redo(store)
    word = "Undo" if options.undo else "Redo"
    if not label:
        raise UserProblem(f"There is nothing to {word.lower()}.", "Nothing was changed.")
    return f"{word}: {label}."


def _named(store: Store, name: str) -> int:
    """The newest checkpoint of a name, capitals aside."""
    held = checkpoints(store)
    found = next((one.id for one in held if one.name.casefold() == name.strip().casefold()), None)
    if found is None:
        names = ", ".join(f"“{one.name}”" for one in held) or "none"
        raise UserProblem(f"There is no checkpoint “{name}” in this file.", f"Nothing was changed. There are: {names}.")
    return found


def _since(one: HeldCheckpoint) -> str:
    if one.way is None:
        return "can no longer be reached"
    back, ahead = len(one.way.undo), len(one.way.redo)
    return (
        f"{plural(back or ahead, 'step')} {'ahead' if ahead else 'ago'}"
        if back or ahead
        else "nothing has changed since"
    )


def _plain(one: HeldCheckpoint) -> dict[str, Plain]:
    way = one.way
    steps: Plain = None if way is None else len(way.undo) or -len(way.redo)
    return {"name": one.name, "made_at": one.made_at, "steps_since": steps}
