"""`roleworth compare`: two to four roles side by side, and what cannot be compared, as the Compare page shows them."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.plain import Plain
from analysis.problems import UserProblem
from db.queries.roles import factor_ratings, find_role
from desktop.cli.opening import answers_of, opened, print_json
from desktop.pages.compare.sides import side_of
from desktop.pages.compare.state import NO_RANKING, CompareState, compare_state

LEAST, MOST = 2, 4


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `compare`."""
    parser.epilog = (
        "Numbers stand as recorded, small ones too; what may leave this computer is made by `roleworth export`."
        '\n\nexample:\n  roleworth compare northvale.roleworth "Care navigator" "Link worker"'
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("roles", nargs="+", metavar="ROLE", help=f"{LEAST} to {MOST} roles, by name")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(_name: str, options: argparse.Namespace) -> int:
    """Print the comparison; returns the exit status."""
    named = len({name.strip().casefold() for name in options.roles})
    if named != len(options.roles) or not LEAST <= named <= MOST:
        raise UserProblem(
            f"{LEAST} to {MOST} roles can stand side by side; {named} are named.", "Nothing was read. Name each once."
        )
    with opened(options.file) as store:
        held = {one.role.id: one for one in answers_of(store, options.roles).roles}
        ids = [find_role(store, name) for name in options.roles]
        state = compare_state([side_of(held[one], factor_ratings(store, one)) for one in ids])
    if options.json:
        print_json(_document(state))
    else:
        print("\n".join(_lines(state)))
    return 0


def _document(state: CompareState) -> dict[str, Plain]:
    rows: dict[str, Plain] = {}
    for first, *others in state.table.rows:
        rows[first.text] = [cell.words for cell in others]
    return {"roles": [*state.names], "rows": rows, "cannot": [*state.cannot], "note": NO_RANKING}


def _lines(state: CompareState) -> list[str]:
    """Row after row, each role under its caption: a terminal is narrow."""
    lines = ["What cannot be compared, and why", *(f"  ▲ {words}" for words in state.cannot), f"  {NO_RANKING}"]
    for first, *others in state.table.rows:
        lines += ["", first.text]
        lines += [f"  {name}: {cell.words}" for name, cell in zip(state.names, others, strict=True)]
    return lines
