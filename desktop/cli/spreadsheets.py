"""`roleworth inspect`: what the importer sees in spreadsheets; writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.problems import UserProblem
from analysis.wording import plural
from desktop.cli.opening import print_json
from desktop.importing import as_line
from importers.axes import is_total
from importers.doubts import place
from importers.entry import inspect
from importers.inspection import Inspection, question_json, refused
from importers.several import organisations_in
from importers.whose import WHOSE

MOST_NAMED = 4
EXAMPLE = "roleworth inspect activity-may.xlsx --json"


def describe(name: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001 - every command has this shape
    """Add the command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLE}"
    parser.add_argument("sheets", type=Path, metavar="SHEET", nargs="+")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(name: str, options: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Run the command; returns the exit status."""
    found = [_looked_at(path, options.json) for path in options.sheets]
    if options.json:
        documents = [{**one.as_json(), "whose": _whose_json(one)} for one in found]
        print_json(documents[0] if len(documents) == 1 else {"files": documents})
    else:
        for one in found:
            _print_found(one)
    return 1 if any(one.verdict == "refuse" for one in found) else 0


def _looked_at(path: Path, as_json: bool) -> Inspection:
    try:
        return inspect(path)
    except UserProblem as problem:
        if not as_json:
            raise
        return refused(path.name, problem)


def _whose_json(found: Inspection) -> dict[str, object]:
    """The organisations that are named, and the question that says whose values an import takes them for."""
    named = [{"id": identity, "name": name} for identity, name in organisations_in(found).items()]
    return {"organisations": named, "question": question_json(WHOSE)}


def _whose_words(found: Inspection) -> str:
    named = [name for name in organisations_in(found).values() if not is_total(name)]
    more = f" and {len(named) - MOST_NAMED:,} more" if len(named) > MOST_NAMED else ""
    listed = f"{', '.join(named[:MOST_NAMED])}{more}" if named else "no organisation is named"
    return f"{listed}; taken as the role's own unless --answer '{WHOSE.key}=comparator' (or benchmark)"


def _print_found(found: Inspection) -> None:
    print(f"{as_line(found)}. Verdict: {found.verdict}.")
    for sheet in found.sheets:
        for table in sheet.tables:
            period = table.readings[0].period if table.period_from else None
            whole = f", all of it {period.long_label} (from {table.period_from})" if period else ""
            where = place(sheet.name, table.range)
            print(f"  {where}: {len(table.series)} series, {table.layout}, {table.frequency}{whole}")
        for part in sheet.left_out:
            print(f"  left out: {place(sheet.name, part.range)}: {part.reason}")
        if not sheet.visible:
            print(f"  hidden sheet: {sheet.name}")
    if found.tables:
        print(f"  whose: {_whose_words(found)}")
    for question in found.questions:
        more = " / or type a period, such as 2024-04" if question.free else ""
        print(f"  ? {question.ask} [{' / '.join(question.choices)}{more}] (--answer '{question.key}=...')")
    for issue in found.issues:
        cell = "" if issue.cell in issue.message else f"{issue.cell} "
        print(f"  {issue.level}: {cell}{issue.message} {issue.hint}".rstrip())
    for person in found.personal_data:
        print(f"  personal data: {person.stands_in}: {person.words}, {plural(person.count, 'time')}")
