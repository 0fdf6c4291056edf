"""`roleworth verify`: the installed engine run again on published reference cases."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import resources
from analysis.plain import as_plain
from analysis.problems import UserProblem
from analysis.verify import CaseResult, LoadCsv, run_case
from desktop.cli.opening import print_json

BUILT_IN = ("impact", "economics")


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `verify`."""
    parser.epilog = "example:\n  roleworth verify --method xmr"
    parser.add_argument("cases", nargs="*", type=Path, metavar="CASES.json", help="more cases to run")
    parser.add_argument("--method", action="append", default=[], metavar="NAME", help="only its cases; may be repeated")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(_name: str, options: argparse.Namespace) -> int:
    """Run the cases, a line each; exit status 1 when one fails."""
    results = [result for cases, load in _documents(options.cases) for result in _run(cases, load, options.method)]
    failed = [result for result in results if not result.passed]
    if options.json:
        listed = [{"passed": result.passed, **_plain(result)} for result in results]
        print_json({"cases": len(results), "failed": len(failed), "results": listed})
    else:
        for result in results:
            print(_line(result))
        print(f"{len(results) - len(failed)} of {len(results)} reference cases reproduced.")
    if not results:
        print("No case of that name was found.", file=sys.stderr)
    return 1 if failed or not results else 0


def _documents(paths: Sequence[Path]) -> list[tuple[Sequence[Mapping[str, Any]], LoadCsv]]:
    built_in = [(resources.load(f"reference_cases/{name}")["cases"], _no_tables) for name in BUILT_IN]
    return [*built_in, *((_read(path), _tables_beside(path)) for path in paths)]


def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        cases: Sequence[Mapping[str, Any]] = document["cases"]
    except OSError as error:
        raise UserProblem(f"{path.name} cannot be read: {error.strerror}.", "Check the name.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserProblem(
            f"{path.name} holds no reference cases ({error}).", "See the form of the built-in ones."
        ) from error
    return cases


def _run(cases: Sequence[Mapping[str, Any]], load: LoadCsv, methods: Sequence[str]) -> list[CaseResult]:
    return [run_case(case, load) for case in cases if not methods or case.get("method") in methods]


def _no_tables(name: str) -> Sequence[Mapping[str, str]]:
    text = f"a built-in case names a table: {name}"
    raise ValueError(text)


def _tables_beside(path: Path) -> LoadCsv:
    def load(name: str) -> Sequence[Mapping[str, str]]:
        with (path.parent / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return load


def _plain(result: CaseResult) -> dict[str, Any]:
    held = as_plain(result)
    return held if isinstance(held, dict) else {}


def _line(result: CaseResult) -> str:
    if result.passed:
        return f"ok    {result.id:<22} {result.method:<24} {result.compared} answers"
    why = result.problem or "; ".join(f"{m.path}: {m.why}" for m in result.mismatches[:3])
    return f"FAIL  {result.id:<22} {result.method:<24} {why}"
