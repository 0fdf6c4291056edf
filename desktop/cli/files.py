"""Commands that look after evaluation files: check, backup, restore, redact, undo-import."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from analysis.problems import UserProblem
from analysis.wording import plural
from db.backup import Backup, backups_of, file_id_of, make_backup
from db.checks import FileCheck, check_file
from db.history import imports, undo_import
from db.operations.redacting import Findings, files_that_hold, find_text, redact
from db.restoring import Preview, preview, restore
from db.salvage import quarantine, salvage
from db.sqlite import LostBeginning
from desktop.cli.opening import opened, print_json
from desktop.safety import all_backups, back_up, backup_folder, copies_of, is_of_another

EXAMPLES = {
    "check": "roleworth check elm.roleworth\n  roleworth check elm.roleworth --save-to elm-saved.roleworth",
    "backup": "roleworth backup elm.roleworth --to copies\n  roleworth backup elm.roleworth --list",
    "restore": 'roleworth restore "elm backups/elm-000003.backup" --to elm-restored.roleworth\n'
    '  roleworth restore "elm backups/elm-000003.backup" --preview',
    "redact": 'roleworth redact elm.roleworth "Anna B"\n  roleworth redact elm.roleworth "Anna B" --for-good',
    "undo-import": "roleworth undo-import elm.roleworth\n  roleworth undo-import elm.roleworth 4",
}


def describe(name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLES[name]}"
    parser.add_argument("file", type=Path, metavar="BACKUP" if name == "restore" else "FILE")
    if name == "check":
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument("--save-to", type=Path, metavar="NEW", help="save what can be read into a new file")
        parser.add_argument("--set-aside", action="store_true", help="rename the damaged file to say that it is")
    if name == "backup":
        parser.add_argument("--to", type=Path, metavar="DIR", help="folder for the copy (default: beside the file)")
        parser.add_argument("--list", action="store_true", help="list the backups there are, in DIR too; makes none")
    if name == "restore":
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--to", type=Path, metavar="FILE", help="where to put it; must not exist")
        where.add_argument("--preview", action="store_true", help="say what the backup holds; writes nothing")
    if name == "redact":
        parser.add_argument("text", metavar="TEXT", help="what to remove; small and capital letters are alike")
        parser.add_argument("--for-good", action="store_true", help="do it: this cannot be undone")
    if name == "undo-import":
        parser.add_argument("id", type=int, nargs="?", metavar="ID", help="number of the import; without it, a list")


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    commands = {"check": _check, "backup": _backup, "restore": _restore, "redact": _redact, "undo-import": _undo}
    return int(commands[name](options))


def _check(options: argparse.Namespace) -> int:
    held = all_backups(options.file)
    try:
        found = check_file(options.file, [backup.path for backup in held])
    except LostBeginning as problem:
        problem.hint = f"{problem.hint} {_newest(held)}".strip()
        raise
    if options.json:
        facts = {"file": options.file.name, "faults": list(found.faults), "steps": found.steps}
        rows = [row.words for row in found.rows]
        print_json({**facts, "observations": found.observations, "damaged_rows": rows, "sound": found.is_sound})
    elif found.is_sound:
        print(
            f"{options.file.name} is sound: {found.observations:,} values as they were written, "
            f"{found.steps:,} steps of history, chain whole."
        )
    else:
        _say_damage(options.file, found)
    if options.save_to is not None:
        report = salvage(options.file, options.save_to, [backup.path for backup in held])
        print(f"Saved to {report.path}: {report.words}")
        for row in [*report.lost, *report.doubtful]:
            print(f"  {row.words}")
    if options.set_aside and not found.is_sound:
        print(f"The damaged file is now {quarantine(options.file).name}.")
    return 0 if found.is_sound else 1


def _say_damage(path: Path, found: FileCheck) -> None:
    print(f"{path.name} has {plural(len(found.faults), 'fault')}:")
    for fault in found.faults:
        print(f"  {fault}")
    for row in found.rows:
        print(f"  {row.words}")
    if found.record_is_whole:
        print("Everything recorded is as it was written; only bytes that hold nothing differ.")
    print("Nothing was changed. `--save-to NEW.roleworth` saves what can be read into a new file.")
    if words := _newest(all_backups(path)):
        print(words)


def _newest(held: Sequence[Backup]) -> str:
    """Which backup to look into, if there is one."""
    return f'The newest backup is number {held[0].number}: roleworth restore "{held[0].path}" --preview' if held else ""


def _backup(options: argparse.Namespace) -> int:
    if options.list:
        held = backups_of(options.file, backup_folder(options.file), *([options.to] if options.to else []))
        own = file_id_of(options.file)
        for backup in held:
            when, whose = backup.made_at[:16].replace("T", " "), " (of another file)" * is_of_another(backup, own)
            print(f"{backup.number:>6}  {when}  {backup.rows:>8,} rows  {backup.reason}{whose}")
        print(f"{plural(len(held), 'backup')} of {options.file.name}")
        return 0
    with opened(options.file) as store:
        made = make_backup(store, reason="asked for", folder=options.to) if options.to else back_up(store, "asked for")
    print(f"Checked copy of {options.file.name}: {made.path} ({made.rows:,} rows)")
    return 0


def _restore(options: argparse.Namespace) -> int:
    if options.preview:
        _say_preview(preview(options.file))
        return 0
    target = restore(options.file, options.to)
    found = check_file(target)
    print(f"Restored to {target}: {found.observations:,} values, {found.steps:,} steps of history.")
    return 0 if found.is_sound else 1


def _say_preview(seen: Preview) -> None:
    print(f"{seen.backup.path.name}, made {seen.backup.made_at[:16].replace('T', ' ')} UTC, {seen.backup.reason}")
    print(f"Roles: {', '.join(seen.roles) or 'none'}")
    for held in seen.counts:
        print(f"  {held.then:>8,} {held.kind}")
    print(f"Last step: {seen.last_step}")


def _redact(options: argparse.Namespace) -> int:
    with opened(options.file, read_only=not options.for_good) as store:
        if options.for_good:
            print(f"{redact(store, text=options.text).label}. This is in the history; the text is not.")
        else:
            _say_places(find_text(store, options.text))
    holding = files_that_hold(options.text, copies_of(options.file))
    if holding:
        print("These copies still hold it, or cannot be looked into; delete them by hand:")
        for path in holding:
            print(f"  {path}")
    return 0


def _say_places(found: Findings) -> None:
    if found.is_empty:
        raise UserProblem("This text stands nowhere in the file or its history.", "Nothing was changed.")
    for place in found.places:
        print(f"  {place.words}")
    print(f"It stands in {plural(len(found.places), 'row')} and {plural(len(found.steps), 'step')} of the history.")
    print("Nothing was changed. `--for-good` removes it; those steps cannot be undone any more.")


def _undo(options: argparse.Namespace) -> int:
    if options.id is None:
        return _say_imports(options.file)
    with opened(options.file, read_only=False) as store:
        label = undo_import(store, options.id)
    print(f"Taken back: {label}")
    return 0


def _say_imports(path: Path) -> int:
    with opened(path) as store:
        held = imports(store)
    for one in held:
        state = ", taken back" if one.undone else ""
        counts = f"{one.added:,} added, {one.replaced:,} replaced"
        print(f"{one.id:>6}  {one.imported_at[:16].replace('T', ' ')} UTC  {one.file_name}: {counts}{state}")
    print(f"{plural(len(held), 'import')} in {path.name}")
    return 0
