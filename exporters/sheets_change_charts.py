"""Charts of the changes: every relative change with its interval, and each leading measure against its own trend."""

from __future__ import annotations

from math import isfinite

from analysis.finding_change import series_values
from analysis.finding_further import FittedChange
from analysis.finding_shapes import Effect, MeasureFinding
from analysis.vocabulary import Phase
from analysis.wording import plural
from exporters.declared import Cell, Chart, Column, Kind, Line, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_chart import axis_ends, value_kind
from exporters.values import cell_scale, unit_of

FEWEST_ROWS, MOST_ROWS = 2, 60


def change_charts(report: Report) -> list[Sheet]:
    """The forest plot, then the trend of each role that has one."""
    return [*_forest(report), *(_trend(report, *pair) for pair in _fitted(report))]


def _forest(report: Report) -> list[Sheet]:
    held = [
        (role, found, found.effect)
        for role in report.roles
        for found in role.finding.measures
        if isinstance(found.effect, Effect) and found.effect.has_relative
    ][:MOST_ROWS]
    if len(held) < FEWEST_ROWS:
        return []
    clear = sum(effect.excludes_no_change for _, _, effect in held)
    said = f"{clear} of {plural(len(held), 'change')} have an interval that leaves out no change"
    words = " ".join(f"{_label(report, role, found)}: {found.texts.headline}." for role, found, _ in held[:12])
    rows = tuple(
        _forest_row(_label(report, role, found), effect, len(held) - place)
        for place, (role, found, effect) in enumerate(held)
    )
    share = (Kind.SHARE, 1, "%", 14.0)
    low, high = axis_ends([0.0, *(end for _, _, e in held for end in (e.relative_lower, e.relative_upper))])
    return [
        Sheet(
            name="Chart_changes",
            title="Chart: every change with its interval",
            about="Chart of the relative change in each measure with its 95 % interval",
            columns=(
                Column("what", "Measure", width=40.0),
                Column("relative", "Relative change", *share),
                Column("low", "Low end of interval", *share),
                Column("high", "High end of interval", *share),
                Column("below", "Interval reaches below by", *share),
                Column("above", "Interval reaches above by", *share),
                Column("place", "Row of the chart", Kind.NUMBER, 0, "number", 12.0),
            ),
            rows=rows,
            source=f"{report.came_from}; calculated by Roleworth",
            lines=("Only measures with a relative change are drawn; all changes are on the worksheet Effects.",),
            notes=("interval", "cause"),
            chart=Chart(
                kind="forest",
                title="Relative change from before to after launch, with 95 % interval",
                category="relative",
                lines=(Line("place", "Relative change", "values"),),
                alt_text=f"Forest plot of relative changes: {said}. {words}",
                value_title="Relative change",
                low=low,
                high=high,
                spread=("below", "above"),
            ),
        )
    ]


def _label(report: Report, role: ProtectedRole, found: MeasureFinding) -> str:
    name = found.measure.short_name or found.measure.name
    return name if len(report.roles) == 1 else f"{role.label}: {name}"


def _forest_row(label: str, effect: Effect, place: int) -> tuple[Cell, ...]:
    middle, low, high = effect.relative, effect.relative_lower, effect.relative_upper
    return (label, middle, low, high, middle - low, high - middle, place)


def _fitted(report: Report) -> list[tuple[ProtectedRole, MeasureFinding, FittedChange]]:
    leading = [(role, role.finding.leading) for role in report.roles]
    return [
        (role, found, found.fitted)
        for role, found in leading
        if found is not None and isinstance(found.fitted, FittedChange) and found.fitted.counterfactual
    ]


def _trend(report: Report, role: ProtectedRole, found: MeasureFinding, fitted: FittedChange) -> Sheet:
    scale, number, unit = cell_scale(found.measure), value_kind(found), unit_of(found.measure)
    values = series_values(role.series_of(found.measure.id).shown)

    def column(key: str, title: str) -> Column:
        return Column(key, title, *number, unit, 13.0)

    rows = tuple(
        (
            point.period.long_label,
            *(_cell(float(held[point.position]), scale) for held in (values, fitted.fitted)),
            None if point.phase is Phase.BEFORE else _cell(fitted.counterfactual[point.position], scale),
        )
        for point in found.points
    )
    low, high = axis_ends(cell for row in rows for cell in row[1:] if isinstance(cell, float))
    title = f"{found.measure.label} against its own trend, {role.label}"
    return Sheet(
        name=f"Chart_trend_{role.number}",
        title=f"Chart: {title}",
        about=f"Chart of {found.measure.label} for {role.label} with the trend before launch carried on",
        columns=(
            Column("period", "Period", width=20.0),
            column("value", "Value"),
            column("fitted", "Fitted"),
            column("expected", "Expected without the change"),
        ),
        rows=rows,
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(fitted.text or fitted.method,),
        notes=("interval", "cause"),
        blanks="Blank cells: nothing is drawn there, because the line does not run there or the value is not shown.",
        chart=Chart(
            kind="lines",
            title=title,
            category="period",
            lines=(
                Line("value", "Values", "values"),
                Line("fitted", "Fitted", "fitted"),
                Line("expected", "Expected from the time before", "expected"),
            ),
            alt_text=f"{title}: values, fitted line, and what was expected from the time before. {fitted.text}",
            value_title=unit,
            low=low,
            high=high,
        ),
    )


def _cell(value: float, scale: float) -> Cell:
    return value * scale if isfinite(value) else None
