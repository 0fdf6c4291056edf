"""`roleworth inspect` and `roleworth import`: what is in a spreadsheet, and bringing it in."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from analysis.problems import UserProblem
from analysis.vocabulary import Direction
from db.backup import make_backup
from db.operations.imports import Existing, Outcome
from db.operations.roles import add_role, change_role
from db.queries.roles import find_role, roles
from db.queries.series import measures
from db.store import Store, create, open_store
from desktop.cli.opening import print_json
from desktop.importing import Bringing, as_line, bring_in_collected, recipe_for, recipe_named
from importers.collecting import CellIssue, Collected, collect
from importers.entry import inspect
from importers.inspection import Inspection, refused
from importers.plans import ImportPlan, choice_of, propose

EXAMPLES = {
    "inspect": "roleworth inspect activity-may.xlsx --json",
    "import": 'roleworth import activity-may.xlsx --into elm.roleworth --role "Care navigator" --launch 2024-04-08',
}


def describe(name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLES[name]}"
    parser.add_argument("sheet", type=Path, metavar="SHEET")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    if name == "inspect":
        return
    parser.add_argument("--into", type=Path, metavar="FILE", required=True, help="evaluation file; made if missing")
    parser.add_argument("--role", metavar="NAME", help="role to bring it into; made if missing")
    parser.add_argument("--launch", type=date.fromisoformat, metavar="DATE", help="launch of the role, as 2024-04-08")
    directions = [d.value for d in Direction]
    parser.add_argument("--direction", choices=directions, default="neutral", help="which way is better, new measures")
    parser.add_argument("--recipe", metavar="NAME", help="use the saved answers of that name, or save these under it")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="Q=CHOICE", help="answer a question of inspect"
    )
    parser.add_argument("--existing", choices=[e.value for e in Existing], default="keep", help="where values differ")
    parser.add_argument("--accept-checks", action="store_true", help="take the preselected answers and doubtful values")


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    return _inspect(options) if name == "inspect" else _import(options)


def _inspect(options: argparse.Namespace) -> int:
    try:
        found = inspect(options.sheet)
    except UserProblem as problem:
        if not options.json:
            raise
        found = refused(options.sheet.name, problem)
    if options.json:
        print_json(found.as_json())
    else:
        _print_found(found)
    return 1 if found.verdict == "refuse" else 0


def _print_found(found: Inspection) -> None:
    print(f"{as_line(found)}. Verdict: {found.verdict}.")
    for sheet in found.sheets:
        for table in sheet.tables:
            print(f"  {sheet.name}!{table.range}: {len(table.series)} series, {table.layout}, {table.frequency}")
    for question in found.questions:
        print(f"  ? {question.ask} [{' / '.join(question.choices)}] (--answer '{question.key}=...')")
    for issue in found.issues:
        print(f"  {issue.level}: {issue.cell} {issue.message} {issue.hint}".rstrip())
    for person in found.personal_data:
        print(f"  personal data: {person.sheet}!{person.column}: {person.words}, {person.count} cells")


def _import(options: argparse.Namespace) -> int:
    found = inspect(options.sheet)
    is_new = not options.into.exists()
    store = create(options.into) if is_new else open_store(options.into)
    done = False
    try:
        status = _bring(store, found, options)
        done = True
    finally:
        store.close()
        if is_new and not done:
            options.into.unlink(missing_ok=True)
    return status


def _bring(store: Store, found: Inspection, options: argparse.Namespace) -> int:
    role_id = _known_role(store, options.role)
    held = measures(store, role_id) if role_id is not None else ()
    plan = propose(found, held, organisation=options.role)
    recipe = recipe_named(store, options.recipe) if options.recipe else recipe_for(store, plan.fingerprint, role_id)
    if recipe is not None:
        plan = propose(found, held, recipe=recipe, organisation=options.role)
    answers = dict(_answer(text) for text in options.answer)
    collected = collect(plan, answers)
    _refuse_open_questions(plan, collected, answers, options.accept_checks)
    role_id = _role(store, role_id, options)
    make_backup(store, reason="before import")
    bringing = Bringing(Existing(options.existing), True, options.recipe or "", Direction(options.direction))
    outcome = bring_in_collected(store, role_id=role_id, plan=plan, collected=collected, bringing=bringing)
    _report(outcome, collected, options)
    return 0


def _answer(text: str) -> tuple[str, str]:
    key, equals, choice = text.partition("=")
    if not equals:
        raise UserProblem(f"--answer {text} names no choice.", "Write it as --answer 'question=choice'.")
    return key, choice


def _refuse_open_questions(plan: ImportPlan, collected: Collected, answers: dict[str, str], accept: bool) -> None:
    """Without --accept-checks nothing doubtful is decided for a person."""
    asked = [q for q in plan.questions if q.key not in answers and q.key not in plan.answers]
    doubtful: list[CellIssue] = [*collected.fix, *collected.check]
    if not collected.ready and not collected.check:
        raise UserProblem(f"{plan.inspection.file} holds no value that could be read.", "Nothing has been saved.")
    if accept or not (asked or doubtful):
        return
    for question in asked:
        words = f"{question.about}: {question.ask} [{' / '.join(question.choices)}]"
        print(f"  ? {words} --answer '{question.key}={question.choices[choice_of(question, {})]}'", file=sys.stderr)
    for issue in doubtful[:20]:
        print(f"  {issue.level}: {issue.cell} has {issue.raw!r}: {issue.message}", file=sys.stderr)
    raise UserProblem(
        f"{plan.inspection.file} needs a person: {len(asked)} questions, {len(doubtful)} cells.",
        "Nothing has been saved. Answer with --answer, or take the preselected answers with --accept-checks.",
    )


def _known_role(store: Store, name: str | None) -> int | None:
    held = roles(store)
    if name is None:
        return held[0].id if len(held) == 1 else None
    return find_role(store, name) if any(name in (r.name, f"{r.name}, {r.place}") for r in held) else None


def _role(store: Store, role_id: int | None, options: argparse.Namespace) -> int:
    if role_id is None:
        if options.role is None and roles(store):
            raise UserProblem(f"{options.into.name} holds several roles.", "Say which with --role NAME.")
        lifecycle = "running" if options.launch else "planned"
        made = add_role(store, name=options.role or options.sheet.stem, launch=options.launch, lifecycle=lifecycle)
        return made.new_id or 0
    if options.launch is not None:
        change_role(store, role_id=role_id, launch=options.launch)
    return role_id


def _report(outcome: Outcome, collected: Collected, options: argparse.Namespace) -> None:
    facts: dict[str, Any] = {
        "import": outcome.import_id,
        "added": outcome.added,
        "replaced": outcome.replaced,
        "unchanged": outcome.unchanged,
        "kept": outcome.kept,
        "held": len(collected.fix),
        "dropped_columns": [f"{p.sheet}!{p.column}" for p in collected.dropped_columns],
    }
    if options.json:
        print_json({"file": collected.file, **facts, "cells_to_fix": [issue.cell for issue in collected.fix]})
        return
    if outcome.import_id is None:
        print(f"{collected.file}: 0 changes; {outcome.unchanged:,} values are here already.")
        return
    number = outcome.import_id
    print(f"Import {number}: {outcome.added:,} added, {outcome.replaced:,} replaced, {outcome.unchanged:,} unchanged.")
    for issue in collected.fix:
        print(f"  left out: {issue.cell} has {issue.raw!r}: {issue.message}")
    print(f"Undo it at any time: roleworth undo-import {options.into} {number}")
