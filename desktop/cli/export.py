"""`roleworth export`: the commissioner's workbook, small numbers protected."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.periods import Frequency
from desktop.cli.opening import answers_of, keep_export, opened, workbook_at
from exporters.chart_files import SVG, write_charts
from exporters.choices import PERIODS, Choices
from exporters.editions import audiences
from exporters.kept import kept_of
from exporters.placing import ENDING
from exporters.policy import POLICIES
from exporters.report import report_of
from exporters.workbook import write_workbook


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.epilog = (
        "Every workbook is checked before it is handed over; a file of the same name is replaced only then.\n\n"
        'example:\n  roleworth export elm.roleworth --to summary.xlsx --role "Care navigator"'
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--to", type=Path, metavar="SUMMARY.xlsx", required=True, help="the workbook to write")
    parser.add_argument("--role", action="append", default=[], metavar="NAME", help="only this role; may be repeated")
    parser.add_argument(
        "--small-numbers",
        choices=tuple(POLICIES),
        default="hes",
        help="what is hidden (default hes); "
        + "; ".join(f"{key}: {_inline(policy.title)}" for key, policy in POLICIES.items()),
    )
    parser.add_argument(
        "--for",
        dest="audience",
        choices=tuple(audiences()),
        default="commissioner",
        help="; ".join(f"{key}: {_inline(one['words'])}" for key, one in audiences().items()),
    )
    parser.add_argument(
        "--by",
        choices=tuple(by.value for by in PERIODS.values() if by),
        help="take quarters or financial years for every monthly measure whose months add up",
    )
    parser.add_argument("--charts", action="store_true", help="also write every chart as a drawing (SVG)")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why every number is shown (with none); printed")


def _inline(sentence: str) -> str:
    """A sentence as part of a longer one."""
    return f"{sentence[:1].lower()}{sentence[1:].rstrip('.')}"


def run(_name: str, options: argparse.Namespace) -> int:
    """Write the workbook and say what was written; returns the exit status."""
    target = workbook_at(options.to)
    with opened(options.file, read_only=False) as store:
        answer = answers_of(store, options.role)
        kept = kept_of(store, (role.role.id for role in answer.roles))
        audience = audiences()[options.audience]["title"]
        by = Frequency(options.by) if options.by else None
        choices = Choices(audience=audience, policy=options.small_numbers, reason=options.reason, by=by)
        written = write_workbook(answer, choices, target, kept=kept)
        print(written.sentence)
        keep_export(store, written.facts)
        if options.charts:
            beside = target.with_name(f"{target.name.removesuffix(ENDING)}{SVG}")
            drawn = write_charts(report_of(answer, choices, kept), beside)
            print(drawn.sentence)
            keep_export(store, drawn.facts)
    print(f"{len(written.checks)} checks passed.")
    return 0
