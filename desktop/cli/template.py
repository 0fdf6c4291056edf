"""`roleworth template`: a blank workbook for whoever collects a role's figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.queries.roles import find_role, role_facts
from db.queries.series import series
from desktop.cli.opening import day_of, opened, workbook_at
from exporters.template import MOST, USUAL, write_template


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `template`."""
    parser.epilog = (
        "The workbook holds the role's measures, the next periods, and what to enter. Filled in, `roleworth import` "
        "takes it without a question.\n\n"
        'example:\n  roleworth template elm.roleworth --role "Care navigator" --to collect.xlsx'
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--role", required=True, metavar="NAME", help="the role whose figures are to be collected")
    parser.add_argument("--to", type=Path, required=True, metavar="COLLECT.xlsx", help="the workbook to write")
    parser.add_argument(
        "--periods", type=int, default=USUAL, metavar="N", help=f"how many periods, 1 to {MOST} (default {USUAL})"
    )


def run(_name: str, options: argparse.Namespace) -> int:
    """Write the blank workbook and say so; returns the exit status."""
    target = workbook_at(options.to)
    with opened(options.file) as store:
        role_id = find_role(store, options.role)
        made = write_template(
            role_facts(store, role_id), series(store, role_id), target, today=day_of(store), periods=options.periods
        )
    print(made.sentence)
    return 0
