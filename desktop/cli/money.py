"""`roleworth unit-costs` and `appraisals`: the library of unit costs, and appraisals kept as they were."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.economics.saved import Snapshot, answers_of, compare, snapshot
from analysis.plain import Plain, as_plain
from analysis.problems import UserProblem
from analysis.wording import pence_as_pounds, plural
from db.operations.appraisals import save_appraisal
from db.operations.unit_costs import keep_unit_costs
from db.queries.appraisals import Saved, saved_appraisals, vintages
from db.queries.references import aged_references
from db.queries.unit_costs import unit_costs
from db.store import Store
from desktop.cli.opening import answers_of as roles_of
from desktop.cli.opening import day_of, opened, print_json
from importers.unit_costs import read_unit_costs_in_child

EXAMPLES = {
    "unit-costs": "roleworth unit-costs elm.roleworth --bring costs.xlsx\n  roleworth unit-costs elm.roleworth --old",
    "appraisals": (
        'roleworth appraisals elm.roleworth --role "Care navigator" --save "Board paper, May"\n'
        '  roleworth appraisals elm.roleworth --role "Care navigator" --compare "Board paper, May" now'
    ),
}
NOW = "now"


def describe(name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"examples:\n  {EXAMPLES[name]}"
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    if name == "unit-costs":
        parser.add_argument("--bring", type=Path, metavar="SHEET", help="bring in a workbook of unit costs, one step")
        parser.add_argument("--old", action="store_true", help="what is out of date, and where the new one stands")
        return
    parser.add_argument("--role", metavar="NAME", required=True, help="the role they are of")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help="save the appraisal of today under a name")
    help_text = f"what differs between two of them; `{NOW}` is the one of today"
    what.add_argument("--compare", nargs=2, metavar=("NAME", "NAME"), help=help_text)


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    writes = bool(options.bring if name == "unit-costs" else options.save)
    with opened(options.file, read_only=not writes) as store:
        document, lines = _unit_costs(store, options) if name == "unit-costs" else _appraisals(store, options)
    if options.json:
        print_json(document)
    else:
        print("\n".join(lines))
    return 0


_Said = tuple[dict[str, Plain], list[str]]


def _unit_costs(store: Store, options: argparse.Namespace) -> _Said:
    if options.bring is not None:
        found = read_unit_costs_in_child(options.bring)
        keep_unit_costs(store, rows=found.rows, source=found.file)
        lines = [f"{plural(len(found.rows), 'unit cost')} brought in from {found.came_from}."]
        lines += [f"  ▲ {row.cell}: left out, {row.why}" for row in found.left_out]
        return {"brought_in": len(found.rows), "sheet": found.sheet, "left_out": as_plain(found.left_out)}, lines
    if options.old:
        aged = aged_references(store, day_of(store))
        lines = [
            f"{one.reference.what} ({one.reference.used_by or 'every appraisal'}): {one.why}. "
            f"New one: {one.reference.where}"
            for one in aged
        ]
        return {"out_of_date": as_plain(aged)}, lines or ["Nothing in use is out of date."]
    held = unit_costs(store)
    lines = [
        f"{one.label}: {'not shipped' if one.amount_pence is None else pence_as_pounds(one.amount_pence, 2)}, "
        f"{one.unit}, {one.price_year.replace('-', '/')}, {one.whose}. {one.citation}"
        for one in held
    ]
    return {"unit_costs": as_plain(held)}, lines


def _appraisals(store: Store, options: argparse.Namespace) -> _Said:
    (answer,) = roles_of(store, [options.role]).roles
    now = snapshot(answer.economics, vintages(store))
    if options.save is not None:
        label = save_appraisal(store, role_id=answer.role.id, name=options.save, held=now).label
        return {"saved": options.save.strip(), "input_hash": now.input_hash}, [f"{label}: done."]
    saved = saved_appraisals(store, answer.role.id)
    if options.compare is not None:
        first, second = (_named(saved, name, now) for name in options.compare)
        found = compare(first, second)
        rows = [f"  {one.what}: {one.first} | {one.second}" for one in (*found.inputs, *found.outputs)]
        document = {"sentence": found.sentence, "inputs": as_plain(found.inputs), "outputs": as_plain(found.outputs)}
        return document, [found.sentence, *rows]
    lines = []
    for one in saved:
        same = "inputs as now" if one.held.input_hash == now.input_hash else "inputs changed since"
        lines += [f"{one.name}, saved {one.saved_at}, {same}"]
        lines += [f"  {what}: {text}" for what, text in answers_of(one.held.outputs).items()]
    return {"appraisals": as_plain(saved)}, lines or [f"{answer.role.name} has no saved appraisal."]


def _named(saved: tuple[Saved, ...], name: str, now: Snapshot) -> Snapshot:
    if name == NOW:
        return now
    found = next((one.held for one in saved if one.name.lower() == name.strip().lower()), None)
    if found is None:
        names = ", ".join(one.name for one in saved) or "none"
        raise UserProblem(f"There is no saved appraisal called {name}.", f"Saved for this role: {names}.")
    return found
