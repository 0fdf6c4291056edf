"""`roleworth exports`: the register of what has left a file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from db.queries.exports import PastExport, past_exports
from desktop.cli.opening import opened, print_json
from exporters.policy import title_of


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `exports`."""
    parser.epilog = "example:\n  roleworth exports elm.roleworth --json"
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(_name: str, options: argparse.Namespace) -> int:
    """List the exports, newest first; returns the exit status."""
    with opened(options.file) as store:
        held = past_exports(store)
    if options.json:
        print_json({"file": options.file.name, "exports": [_plain(one) for one in held]})
        return 0
    if not held:
        print(f"Nothing has left {options.file.name} yet.")
    for one in held:
        for line in _lines(one):
            print(line)
    return 0


def _plain(one: PastExport) -> dict[str, object]:
    days = {
        name: day.isoformat() if day else None for name, day in (("start", one.period_start), ("end", one.period_end))
    }
    held = {name: value for name, value in asdict(one).items() if name not in ("period_start", "period_end")}
    return {**held, "period": days}


def _lines(one: PastExport) -> list[str]:
    name = f" {one.file_name}" if one.file_name else ""
    reason = f" Reason: {one.policy_reason}." if one.policy_reason else ""
    lines = [f"{one.id}. {one.made_at[:16].replace('T', ' ')} UTC  {one.kind}{name}"]
    lines.append(f"   {one.roles or 'no role'}; for: {one.audience or 'not said'}; {title_of(one.policy)}.{reason}")
    return [*lines, f"   SHA-256 {one.file_sha256}"]
