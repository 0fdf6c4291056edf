"""`roleworth import`: brings spreadsheets in. Nothing doubtful is decided for a person unless they say so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.problems import UserProblem
from analysis.vocabulary import Direction
from analysis.wording import plural
from db.backup import head_of
from db.operations.imports import Existing, Outcome
from db.operations.roles import add_role, change_role
from db.queries.roles import find_role, roles
from db.queries.series import measures
from db.sqlite import forget, with_journal
from db.store import Store, create, open_store
from desktop.cli.opening import print_json
from desktop.importing import Bringing, bring_in_collected, recipe_for, recipe_like, recipe_named
from desktop.safety import back_up
from importers.answers import check_answers, choice_of
from importers.collecting import CellIssue, Collected, collect
from importers.entry import inspect
from importers.found import Question
from importers.inspection import Inspection, question_json
from importers.plans import ImportPlan, propose
from importers.several import follow, site_question, wanted_files
from importers.whose import WHOSE, as_answered

EXAMPLE = 'roleworth import activity-may.xlsx --into elm.roleworth --role "Care navigator" --launch 2024-04-08'


@dataclass(frozen=True)
class Planned:
    """One file with its plan, the answers given for it, and what would come of them."""

    plan: ImportPlan
    answers: Mapping[str, str]
    collected: Collected

    @property
    def open_questions(self) -> list[Question]:
        """Questions that neither an answer nor a recipe settles."""
        return [q for q in self.plan.questions if q.key not in self.answers and q.key not in self.plan.answers]

    @property
    def doubtful(self) -> list[CellIssue]:
        """Cells to fix or to check."""
        return [*self.collected.fix, *self.collected.check]


def describe(name: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001 - every command has this shape
    """Add the command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLE}"
    parser.add_argument("sheets", type=Path, metavar="SHEET", nargs="+", help="files of one shape share their answers")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--into", type=Path, metavar="FILE", required=True, help="evaluation file; made if missing")
    parser.add_argument("--role", metavar="NAME", help="role to bring it into; made if missing")
    parser.add_argument("--launch", type=date.fromisoformat, metavar="DATE", help="launch of the role, as 2024-04-08")
    directions = [d.value for d in Direction]
    parser.add_argument("--direction", choices=directions, default="neutral", help="what is better in new measures")
    parser.add_argument("--recipe", metavar="NAME", help="use the saved answers of that name, or save these under it")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="Q=CHOICE",
        help="answer a question by its id (see inspect); 'whose values=comparator' (or benchmark) for another arm",
    )
    existing = "what to do with a value that differs from one held (default: keep the one held)"
    parser.add_argument("--existing", choices=[e.value for e in Existing], default="keep", help=existing)
    parser.add_argument("--accept-checks", action="store_true", help="take the preselected answers and doubtful values")


def run(name: str, options: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Run the command; returns the exit status."""
    found = [inspect(path) for path in options.sheets]
    is_new = not options.into.exists()
    store = create(options.into) if is_new else open_store(options.into)
    done = False
    try:
        done = _bring(store, found, options)
    finally:
        store.close()
        if is_new and not done:
            forget(*with_journal(options.into))
    return 0 if done else 1


def _bring(store: Store, found: list[Inspection], options: argparse.Namespace) -> bool:
    """Bring every file in, or say what needs a person and write nothing."""
    answers = dict(_answer(text) for text in options.answer)
    role_id = _known_role(store, options.role)
    site = site_question(found, options.role)
    planned = _planned(store, role_id, wanted_files(found, site, answers), answers, options)
    asked = [site] if site is not None and site.key not in answers else []
    known = [WHOSE, *([site] if site else []), *(question for one in planned for question in one.plan.questions)]
    check_answers(known, answers)
    if _needs_a_person(planned, asked, options):
        return False
    _refuse_unnamed(store, role_id, options)
    if head_of(store):  # a file that holds nothing yet is made again, not restored
        back_up(store, "before import")
    bringing = Bringing(Existing(options.existing), True, options.recipe or "", Direction(options.direction))
    with store.together():
        role_id = _role(store, role_id, options)
        outcomes = [
            bring_in_collected(store, role_id=role_id, plan=one.plan, collected=one.collected, bringing=bringing)
            for one in planned
        ]
    skipped = [one.file for one in found if one.file not in {p.plan.inspection.file for p in planned}]
    _report(list(zip(planned, outcomes, strict=True)), skipped, options)
    return True


def _planned(
    store: Store, role_id: int | None, found: list[Inspection], answers: dict[str, str], options: argparse.Namespace
) -> list[Planned]:
    """A plan for each file; files of the first one's shape follow it."""
    held = measures(store, role_id) if role_id is not None else ()
    made: list[Planned] = []
    for inspection in found:
        if made:
            plan = follow(made[0].plan, inspection, held, answers)
        else:
            plan = _first_plan(store, role_id, inspection, options)
        plan = as_answered(plan, answers)
        mine = {question.key for question in plan.questions}
        given = {key: choice for key, choice in answers.items() if key in mine}
        made.append(Planned(plan, given, collect(plan, given)))
    return made


def _first_plan(store: Store, role_id: int | None, inspection: Inspection, options: argparse.Namespace) -> ImportPlan:
    held = measures(store, role_id) if role_id is not None else ()
    plan = propose(inspection, held, organisation=options.role)
    if options.recipe:
        recipe = recipe_named(store, options.recipe)
    else:
        recipe = recipe_for(store, plan.fingerprint, role_id) or recipe_like(store, inspection, role_id)
    if recipe is None:
        return plan
    plan = propose(inspection, held, recipe=recipe, organisation=options.role)
    if plan.changes:
        print(f"The headings of {inspection.file} are not those of the recipe {recipe.name}:", file=sys.stderr)
        for sentence in plan.changes.sentences:
            print(f"  {sentence}", file=sys.stderr)
    return plan


def _answer(text: str) -> tuple[str, str]:
    key, equals, choice = text.rpartition("=")
    if not equals:
        raise UserProblem(f"--answer {text} names no choice.", "Write it as --answer 'question=choice'.")
    return key, choice


def _needs_a_person(planned: Sequence[Planned], asked: list[Question], options: argparse.Namespace) -> bool:
    """Without --accept-checks nothing doubtful is decided for a person: say what there is to decide."""
    for one in planned:
        if not one.collected.ready and not one.doubtful and not one.open_questions:
            raise UserProblem(f"{one.plan.inspection.file} holds no value that could be read.", "Nothing was saved.")
    questions = [*asked, *(question for one in planned for question in one.open_questions)]
    cells = [issue for one in planned for issue in one.doubtful]
    empty = not any(one.collected.accepted() for one in planned)
    if not (questions or cells) or (options.accept_checks and not empty):
        return False
    if options.json:
        print_json(_doubts_json(planned, questions, cells))
    for question in questions:
        _print_question(question)
    for issue in cells[:20]:
        print(f"  {issue.level}: {issue.cell} has {issue.raw!r}: {issue.message}", file=sys.stderr)
    names = ", ".join(one.plan.inspection.file for one in planned)
    counts = ((len(questions), "question"), (len(cells), "cell"))
    waiting = [plural(count, word) for count, word in counts if count]
    print(
        f"{names} needs a person: {', '.join(waiting)}. "
        "Nothing has been saved. Answer with --answer, or take the preselected answers with --accept-checks.",
        file=sys.stderr,
    )
    return True


def _print_question(question: Question) -> None:
    words = f"{question.about}: {question.ask} [{' / '.join(question.choices)}]".removeprefix(": ")
    more = " or a period such as 2024-04" if question.free else ""
    chosen = question.choices[choice_of(question, {})]
    print(f"  ? {words}{more} --answer '{question.key}={chosen}'", file=sys.stderr)


def _doubts_json(planned: Sequence[Planned], questions: list[Question], cells: list[CellIssue]) -> dict[str, Any]:
    told = [question_json(question) for question in questions]
    listed = [{"cell": i.cell, "level": i.level, "raw": i.raw, "message": i.message} for i in cells]
    files = [one.plan.inspection.file for one in planned]
    return {"files": files, "verdict": "ask", "import": None, "questions": told, "cells": listed}


def _known_role(store: Store, name: str | None) -> int | None:
    held = roles(store)
    if name is None:
        return held[0].id if len(held) == 1 else None
    return find_role(store, name) if any(name in (r.name, f"{r.name}, {r.place}") for r in held) else None


def _refuse_unnamed(store: Store, role_id: int | None, options: argparse.Namespace) -> None:
    if role_id is None and options.role is None and roles(store):
        raise UserProblem(f"{options.into.name} holds several roles.", "Say which with --role NAME.")


def _role(store: Store, role_id: int | None, options: argparse.Namespace) -> int:
    if role_id is None:
        lifecycle = "running" if options.launch else "planned"
        made = add_role(store, name=options.role or options.sheets[0].stem, launch=options.launch, lifecycle=lifecycle)
        return made.new_id or 0
    if options.launch is not None:
        change_role(store, role_id=role_id, launch=options.launch)
    return role_id


def _report(done: list[tuple[Planned, Outcome]], skipped: list[str], options: argparse.Namespace) -> None:
    if options.json:
        documents = [_facts(one, outcome) for one, outcome in done]
        print_json(documents[0] if len(options.sheets) == 1 else {"files": documents, "not_wanted": skipped})
        return
    for one, outcome in done:
        _print_outcome(one.collected, outcome, options)
    for name in skipped:
        print(f"{name}: not brought in, it is about another organisation.")


def _facts(one: Planned, outcome: Outcome) -> dict[str, Any]:
    return {
        "file": one.collected.file,
        "import": outcome.import_id,
        "added": outcome.added,
        "replaced": outcome.replaced,
        "unchanged": outcome.unchanged,
        "kept": outcome.kept,
        "held": len(one.collected.fix),
        "dropped_columns": [f"{p.sheet}!{p.column}" for p in one.collected.dropped_columns],
        "cells_to_fix": [issue.cell for issue in one.collected.fix],
        "header_changes": list(one.plan.changes.sentences),
    }


def _print_outcome(collected: Collected, outcome: Outcome, options: argparse.Namespace) -> None:
    if outcome.import_id is None:
        print(f"{collected.file}: 0 changes; {outcome.unchanged:,} values are here already.")
    else:
        counts = f"{outcome.added:,} added, {outcome.replaced:,} replaced, {outcome.unchanged:,} unchanged"
        print(f"Import {outcome.import_id} ({collected.file}): {counts}.")
        print(f"Undo it at any time: roleworth undo-import {options.into} {outcome.import_id}")
    if outcome.kept:
        print(f"{plural(outcome.kept, 'value')} differ from those held, which were kept (--existing replace).")
    for issue in collected.fix:
        print(f"  left out: {issue.cell} has {issue.raw!r}: {issue.message}")
