"""`roleworth rates`: the indices, on-costs, discount rates and pay that appraisals rest on, shipped or a team's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.economics.reference_values import ReferenceValue, value_text
from analysis.plain import as_plain
from analysis.problems import UserProblem
from db.operations.reference_values import keep_own_value, remove_own_value
from db.queries.reference_values import reference_values
from desktop.cli.opening import opened, print_json
from desktop.pages.reading import read_date
from importers.free_text import refuse_identifiers

EXAMPLE = (
    'roleworth rates elm.roleworth --keep ni-rate-2029-30 "15 %" --source "HMRC, rates for employers 2029/30"\n'
    "  roleworth rates elm.roleworth --remove ni-rate-2029-30"
)


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"examples:\n  {EXAMPLE}"
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--keep", nargs=2, metavar=("KEY", "VALUE"), help="your own figure, in place of a shipped one")
    what.add_argument("--remove", metavar="KEY", help="use the shipped figure again")
    parser.add_argument("--source", default="", metavar="TEXT", help="where the figure is written; it is kept with it")
    parser.add_argument("--edition", default="", metavar="TEXT", help="its edition")
    parser.add_argument("--licence", default="", metavar="TEXT", help="its licence")
    parser.add_argument("--checked", default="", metavar="DAY", help="the day it was checked, such as 30 Nov 2026")


def run(name: str, options: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    said = ""
    with opened(options.file, read_only=not (options.keep or options.remove)) as store:
        if options.keep:
            key, value = options.keep
            told = {part: refuse_identifiers(getattr(options, part)) for part in ("source", "edition", "licence")}
            checked_on = read_date(options.checked.strip())
            said = keep_own_value(store, key=key, value=value, checked_on=checked_on, **told).label
        elif options.remove:
            said = remove_own_value(store, row_id=_own_id(reference_values(store), options.remove)).label
        held = reference_values(store)
    if options.json:
        print_json({name: as_plain(held)})
    elif said:
        print(f"{said}: done.")
    else:
        print("\n".join(map(_line, held)))
    return 0


def _own_id(held: tuple[ReferenceValue, ...], key: str) -> int:
    found = next((one.own_id for one in held if one.key == key), None)
    if found is None:
        own = ", ".join(one.key for one in held if one.own_id is not None) or "none"
        raise UserProblem(f"There is no own figure {key}.", f"Own figures of this file: {own}.")
    return found


def _line(one: ReferenceValue) -> str:
    text = f"{one.key}: {one.label}, {value_text(one.value, one.form)} ({one.unit}), {one.whose}. {one.source}"
    return f"{text}, {one.edition}" if one.edition and one.edition not in one.source else text
