"""Commands that look after evaluation files: check, backup, restore, undo-import."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.backup import make_backup, restore
from db.checks import check_file
from db.history import undo_import
from desktop.cli.opening import opened, print_json

EXAMPLES = {
    "check": "roleworth check elm.roleworth",
    "backup": "roleworth backup elm.roleworth --to copies",
    "restore": 'roleworth restore "elm backups/elm-000003.backup" --to elm-restored.roleworth',
    "undo-import": "roleworth undo-import elm.roleworth 4",
}


def describe(name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLES[name]}"
    parser.add_argument("file", type=Path, metavar="BACKUP" if name == "restore" else "FILE")
    if name == "check":
        parser.add_argument("--json", action="store_true", help="print one JSON document")
    if name == "backup":
        parser.add_argument("--to", type=Path, metavar="DIR", help="folder for the copy (default: beside the file)")
    if name == "restore":
        parser.add_argument("--to", type=Path, metavar="FILE", required=True, help="where to put it; must not exist")
    if name == "undo-import":
        parser.add_argument("id", type=int, help="the import's number, as `check --json` or the app lists it")


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    return int({"check": _check, "backup": _backup, "restore": _restore, "undo-import": _undo}[name](options))


def _check(options: argparse.Namespace) -> int:
    found = check_file(options.file)
    if options.json:
        facts = {"file": options.file.name, "faults": list(found.faults), "steps": found.steps}
        print_json({**facts, "observations": found.observations, "sound": not found.faults})
        return 1 if found.faults else 0
    if found.faults:
        print(f"{options.file.name} has {len(found.faults)} faults:")
        for fault in found.faults:
            print(f"  {fault}")
        print("Nothing was changed. Restore the newest backup beside it, or send this list to support.")
        return 1
    print(
        f"{options.file.name} is sound: {found.observations:,} values, {found.steps:,} steps of history, chain whole."
    )
    return 0


def _backup(options: argparse.Namespace) -> int:
    with opened(options.file) as store:
        made = make_backup(store, reason="asked for", folder=options.to)
    print(f"Checked copy of {options.file.name}: {made.path} ({made.rows:,} rows)")
    return 0


def _restore(options: argparse.Namespace) -> int:
    target = restore(options.file, options.to)
    found = check_file(target)
    print(f"Restored to {target}: {found.observations:,} values, {found.steps:,} steps of history.")
    return 1 if found.faults else 0


def _undo(options: argparse.Namespace) -> int:
    with opened(options.file, read_only=False) as store:
        label = undo_import(store, options.id)
    print(f"Taken back: {label}")
    return 0
