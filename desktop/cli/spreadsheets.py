"""`roleworth inspect`: what the importer sees in spreadsheets; writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.problems import UserProblem
from desktop.cli.opening import print_json
from desktop.importing import as_line
from importers.entry import inspect
from importers.inspection import Inspection, refused

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
        documents = [one.as_json() for one in found]
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


def _print_found(found: Inspection) -> None:
    print(f"{as_line(found)}. Verdict: {found.verdict}.")
    for sheet in found.sheets:
        for table in sheet.tables:
            period = table.readings[0].period if table.period_from else None
            whole = f", all of it {period.long_label} (from {table.period_from})" if period else ""
            print(f"  {sheet.name}!{table.range}: {len(table.series)} series, {table.layout}, {table.frequency}{whole}")
        for part in sheet.left_out:
            print(f"  left out: {sheet.name}!{part.range}: {part.reason}")
        if not sheet.visible:
            print(f"  hidden sheet: {sheet.name}")
    for question in found.questions:
        more = " / or type a period, such as 2024-04" if question.free else ""
        print(f"  ? {question.ask} [{' / '.join(question.choices)}{more}] (--answer '{question.key}=...')")
    for issue in found.issues:
        print(f"  {issue.level}: {issue.cell} {issue.message} {issue.hint}".rstrip())
    for person in found.personal_data:
        print(f"  personal data: {person.sheet}!{person.column}: {person.words}, {person.count} cells")
