"""The notes of a workbook: numbered in the order in which sheets use them, each used and each defined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporters.declared import SHORTHAND, Column, Sheet
from exporters.report import Report

TEXTS = {
    "cause": "A change after launch is not by itself an effect of the role. What can be said of the cause follows "
    "from the evidence level (Maryland scale, with Nesta and GRADE beside it), which rests on the design "
    "and never on the size of the result. These figures cannot tell what would have happened without the "
    "role, unless a comparator is recorded.",
    "interval": "The interval holds the true change in 95 of 100 such comparisons. Where it holds no change, no "
    "change is claimed. Periods of phase-in, provisional values and values set aside are left out, and "
    "counted.",
    "limits": "Limits are those of an XmR chart: the mean, plus and minus 2.66 times the mean moving range, from "
    "the values before launch. They show the usual variation; they are not targets.",
    "present_value": "Present value: money of later years in the worth of the first, at the rate shown, in prices of "
    "the year named. The one-way range is the lowest and highest net value that any one input reaches alone.",
    "capacity": "Cash is money that leaves a budget, and needs a recorded reason. Capacity is time or beds freed, "
    "valued at unit cost; it does not come back as money. They are shown apart.",
    "few_staff": "The role has so few people that its pay is the pay of a person: amounts of single cost lines and "
    "their present values are hidden, bands and totals are shown.",
    "kept_hidden": "Nets of saved appraisals are hidden where one less another would tell a person's pay or a small "
    "count.",
    "exact_sums": "What a cost is divided by is an exact sum. It is shown only where no value in it is hidden, and "
    "where it gives no small number back beside what earlier exports of this file have shown.",
    "live": "Formulas are live, and each also holds the figure that Roleworth calculated, so that it can be read "
    "where formulas are not worked out.",
    "stored": "Measures that count people are protected, so their figures are stored values and not formulas: a "
    "formula over rounded numbers would give another answer than the true ones.",
    "assumed": "Assumptions are the team's own. Nothing is assumed for what would have happened anyway or for the "
    "share due to the role: until both are given, no net value is worked out.",
    "sources": "Each value is traced to the file and cell it came from in the evaluation file; the list here names "
    "files.",
}


def protection_text(report: Report) -> str:
    """What the small-number policy did, with the reason where nothing is protected."""
    policy = report.policy
    if not policy.protects:
        return f"Small numbers: {policy.words} Reason given: {policy.reason}"
    hidden = f"{report.count_hidden} values are hidden in this workbook."
    return f"Small numbers: {policy.title}. {policy.words} It applies to measures that count people. {hidden}"


def with_notes(report: Report, sheets: Sequence[Sheet]) -> tuple[list[Sheet], Sheet]:
    """The sheets with a line that names their notes, and the sheet that holds the notes."""
    keys = list(dict.fromkeys(key for sheet in sheets for key in sheet.notes))
    numbers = {key: f"[note {place}]" for place, key in enumerate(keys, 1)}
    marked = [replace(s, lines=(*s.lines, *_marker(s, numbers))) for s in sheets]
    return marked, _notes_sheet(report, numbers)


def _marker(sheet: Sheet, numbers: dict[str, str]) -> tuple[str, ...]:
    held = [numbers[key] for key in sheet.notes]
    return (f"Notes on this worksheet: {', '.join(held)}.",) if held else ()


def _notes_sheet(report: Report, numbers: dict[str, str]) -> Sheet:
    texts = {**TEXTS, "protection": protection_text(report)}
    rows = [(mark, texts[key]) for key, mark in numbers.items()]
    rows += list(SHORTHAND.items())
    return Sheet(
        name="Notes",
        title="Notes",
        about="What the notes and the shorthand mean, and what this workbook cannot tell",
        columns=(Column("note", "Note or shorthand", width=20.0), Column("text", "What it means", width=60.0)),
        rows=tuple(rows),
    )
