"""Sheets of values by period, of effects, of levels, and the chart of each role's leading measure."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from analysis.finding_shapes import Effect, MeasureFinding, TooEarly
from analysis.measure_words import is_share
from analysis.periods import Frequency, Period
from analysis.phases import phases_of
from analysis.vocabulary import Phase
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.live_levels import FACTOR, average_formula, key_of, limit_cells, names_of, sheet_of
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.values import (
    CONFIDENTIAL,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    cell_number,
    cell_scale,
    mark_of,
    unit_of,
    value_cells,
    value_column,
)

NOTES_ON_VALUES = "Notes on the values"
_PHASE_WORDS = {
    Phase.BEFORE: "before launch",
    Phase.PHASE_IN: "phase-in",
    Phase.AFTER: "after launch",
    Phase.AFTER_END: "after the end",
}


def measure_sheets(report: Report) -> list[Sheet]:
    """For each role a sheet of values for each frequency."""
    return [
        _values(report, role, frequency)
        for role in report.roles
        for frequency in dict.fromkeys(series.measure.frequency for series in role.series)
    ]


def _values(report: Report, role: ProtectedRole, frequency: Frequency) -> Sheet:
    held = [f for f in role.finding.measures if f.measure.frequency is frequency]
    periods = report.periods_shown(role, frequency)
    columns = [Column("period", "Period", width=22.0), Column("phase", "Phase", width=16.0)]
    columns += [_column(report, role, finding) for finding in held]
    columns.append(Column("marks", NOTES_ON_VALUES, width=34.0))
    kind = "" if frequency is Frequency.MONTH else f" by {frequency.value}"
    grouped = [offer.sentence(role.series_of(key).measure) for key, offer in role.offers.items()]
    drawn = [_Column(report, role, finding, len(periods)) for finding in held]
    protected = any(one.series.applies for one in drawn)
    lines = ["Shorthand such as [c] and [p] is explained on the worksheet Notes."]
    lines += [f"Shown {text}" for text in grouped if frequency is not Frequency.MONTH]
    return Sheet(
        name=sheet_of(role, frequency),
        title=f"{role.label}: measures{kind or ' by month'}",
        about=f"What was recorded for {role.label}{kind}, before and after launch",
        columns=tuple(columns),
        rows=_rows(role, drawn, periods),
        source=report.came_from,
        lines=tuple(lines),
        notes=("protection", "stored") if protected else (),
        names=names_of(report, role, held),
    )


def _column(report: Report, role: ProtectedRole, finding: MeasureFinding) -> Column:
    series = role.series_of(finding.measure.id)
    return value_column(finding.measure, key_of(finding), finding.measure.label, report.policy, series.applies)


class _Column:
    """One measure with its cell for each period of the sheet, and the marks of values that are shown and left out."""

    def __init__(self, report: Report, role: ProtectedRole, finding: MeasureFinding, count: int) -> None:
        self.series = series = role.series_of(finding.measure.id)
        rows = report.rows_of(role, series)
        there = dict(zip(rows, value_cells(series), strict=True))
        self.cells = [there.get(row, NOT_AVAILABLE) for row in range(1, count + 1)]
        odd = [point.position for point in finding.points if point.left_out and not series.hidden[point.position]]
        marked = {rows[place] - 1: mark_of(finding, place) for place in odd}
        self.marks = {row: f"{mark} {finding.measure.label}" for row, mark in marked.items() if mark}


def _rows(role: ProtectedRole, held: Sequence[_Column], periods: Sequence[Period]) -> tuple[tuple[Cell, ...], ...]:
    phases = [_PHASE_WORDS[phase] for phase in phases_of(periods, role.role.timeline)]
    marks = [
        "; ".join(sorted(one.marks[row] for one in held if row in one.marks)) or "none" for row in range(len(periods))
    ]
    labels = [period.long_label for period in periods]
    return tuple(zip(labels, phases, *(one.cells for one in held), marks, strict=True))


def effects(report: Report) -> Sheet:
    """What changed: one row for each role and measure, with the interval."""
    rows = [_effect_row(role, finding) for role in report.roles for finding in role.finding.measures]
    each = "in the row's own unit"
    return Sheet(
        name="Effects",
        title="What changed from before to after launch",
        about="The change in each measure with its 95 % interval and method",
        columns=(
            Column("role", "Role", width=26.0),
            Column("measure", "Measure", width=26.0),
            Column("unit", "Unit of the change", width=18.0),
            Column("change", "Change", Kind.NUMBER, 2, each),
            Column("low", "Change, low end of interval", Kind.NUMBER, 2, each),
            Column("high", "Change, high end of interval", Kind.NUMBER, 2, each),
            Column("relative", "Relative change", Kind.SHARE, 1, "%"),
            Column("relative_low", "Relative change, low end of interval", Kind.SHARE, 1, "%"),
            Column("relative_high", "Relative change, high end of interval", Kind.SHARE, 1, "%"),
            Column("before", "Periods before", Kind.NUMBER, 0, "number", 12.0),
            Column("after", "Periods after", Kind.NUMBER, 0, "number", 12.0),
            Column("verdict", "Reading", width=22.0),
            Column("method", "Method", width=44.0),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        notes=("interval", "cause"),
    )


def _effect_row(role: ProtectedRole, finding: MeasureFinding) -> tuple[Cell, ...]:
    start = (role.label, finding.measure.label)
    effect = finding.effect
    if isinstance(effect, TooEarly):
        hidden = finding.texts.headline == "Not shown"
        blank = CONFIDENTIAL if hidden else NOT_AVAILABLE
        figures: tuple[Cell, ...] = (unit_of(finding.measure), *(blank for _ in range(6)))
        word = "not shown" if hidden else finding.verdict.value
        return (*start, *figures, finding.n_before, finding.n_after, word, _why(finding))
    scale = 100.0 if is_share(finding.measure) else cell_scale(finding.measure)
    absolute = [cell_number(value, scale) for value in (effect.absolute, effect.absolute_lower, effect.absolute_upper)]
    relative = [_relative(value) for value in (effect.relative, effect.relative_lower, effect.relative_upper)]
    early = ", early" if effect.early else ""
    counted = (finding.n_before, finding.n_after, finding.verdict.value + early)
    return (*start, _unit(finding, effect), *absolute, *relative, *counted, finding.texts.method_line)


def _unit(finding: MeasureFinding, effect: Effect) -> str:
    if effect.unit.startswith("a "):
        return f"{'£' if finding.measure.kind.value == 'money' else finding.measure.unit} {effect.unit}".strip()
    return effect.unit or finding.measure.unit or "number"


def _relative(value: float) -> Cell:
    return value if isfinite(value) else NOT_APPLICABLE


def _why(finding: MeasureFinding) -> str:
    return finding.texts.sentence


def levels(report: Report) -> Sheet:
    """Plain means before and after, totals and chart limits."""
    each = "in the row's own unit"
    return Sheet(
        name="Levels",
        title="Levels before and after launch, and the limits of the charts",
        about="Mean of each measure before and after launch, totals, and XmR limits",
        columns=(
            Column("role", "Role", width=26.0),
            Column("measure", "Measure", width=26.0),
            Column("unit", "Unit", width=16.0),
            Column("before", "Mean before", Kind.NUMBER, 3, each),
            Column("after", "Mean after", Kind.NUMBER, 3, each),
            Column("difference", "Difference of the means", Kind.NUMBER, 3, each),
            Column("total_before", "Total before", Kind.NUMBER, 0, each),
            Column("total_after", "Total after", Kind.NUMBER, 0, each),
            Column("centre", "Chart mean", Kind.NUMBER, 3, each),
            Column("range", "Chart mean moving range", Kind.NUMBER, 3, each),
            Column("lower", "Chart lower limit", Kind.NUMBER, 3, each),
            Column("upper", "Chart upper limit", Kind.NUMBER, 3, each),
            Column("limits", "Limits", width=18.0),
        ),
        rows=tuple(_level_row(report, role, f) for role in report.roles for f in role.finding.measures),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("Shares are shown as percentages (a mean of 46.2 is 46.2 %).",),
        notes=("limits", "live"),
        names=(FACTOR,),
    )


def _level_row(report: Report, role: ProtectedRole, finding: MeasureFinding) -> tuple[Cell, ...]:
    scale = 100.0 if is_share(finding.measure) else cell_scale(finding.measure)
    series = role.series_of(finding.measure.id)
    means = [_mean(report, role, finding, phase, scale) for phase in (Phase.BEFORE, Phase.AFTER)]
    difference: Cell = NOT_AVAILABLE
    if isfinite(finding.before_mean) and isfinite(finding.after_mean):
        difference = Formula("={after}-{before}", (finding.after_mean - finding.before_mean) * scale)
    elif series.count_hidden:
        difference = CONFIDENTIAL
    totals = role.totals_of(finding.measure.id)
    sums = [
        NOT_APPLICABLE if not totals.known else CONFIDENTIAL if total is None and n else cell_number(total)
        for total, n in ((totals.before, finding.n_before), (totals.after, finding.n_after))
    ]
    return (
        role.label,
        finding.measure.label,
        unit_of(finding.measure),
        *means,
        difference,
        *sums,
        *limit_cells(report, role, finding, scale),
        finding.limits.value,
    )


def _mean(report: Report, role: ProtectedRole, finding: MeasureFinding, phase: Phase, scale: float) -> Cell:
    value = finding.before_mean if phase is Phase.BEFORE else finding.after_mean
    series = role.series_of(finding.measure.id)
    if not isfinite(value):
        hidden_here = any(series.hidden[p.position] for p in finding.points if p.phase is phase)
        return CONFIDENTIAL if hidden_here else NOT_AVAILABLE
    if series.applies:
        return value * scale
    return average_formula(report, role, finding, phase, scale) or value * scale
