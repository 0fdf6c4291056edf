"""The chart of each role's leading measure, with live mean and limits where nothing is protected; the money chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor, isclose, isfinite, log10
from typing import NamedTuple

from analysis.finding_change import series_values
from analysis.finding_shapes import MeasureFinding
from analysis.impact.xmr import LIMIT_FACTOR
from analysis.measure_words import is_share
from analysis.periods import date_label
from analysis.vocabulary import MeasureKind, Phase
from exporters.declared import Cell, Chart, Column, Formula, Kind, Line, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.values import cell_scale, stretches, unit_of

FEWEST = 2
_VALUES = (
    Line("value", "Values", "values"),
    Line("left_out", "Left out: phase-in, provisional or set aside", "left out"),
)
_LIMITS = (
    Line("centre", "Mean before", "mean"),
    Line("lower", "Lower limit", "limit"),
    Line("upper", "Upper limit", "limit"),
)


def chart_sheets(report: Report) -> list[Sheet]:
    """A chart for each role that has something to draw."""
    made = []
    for role in report.roles:
        finding = role.finding.leading
        if finding and sum(isfinite(point.value) for point in finding.points) >= FEWEST:
            made.append(_chart_sheet(report, role, finding))
    return made


class _Drawn(NamedTuple):
    """The points of one chart in shown units, and the rows that make its mean and limits."""

    values: tuple[float, ...]
    baseline: tuple[int, ...]
    live: bool


def _chart_sheet(report: Report, role: ProtectedRole, finding: MeasureFinding) -> Sheet:
    drawn = _drawn(role, finding)
    number = value_kind(finding)
    unit = unit_of(finding.measure)

    def column(key: str, title: str) -> Column:
        return Column(key, title, *number, unit, 13.0)

    low, high = _axis(finding, drawn)
    launch = role.role.timeline.launch
    protected = role.series_of(finding.measure.id).applies
    ranges = () if not drawn.live else (column("range", "Moving range"),)
    return Sheet(
        name=f"Chart_{role.number}",
        title=f"{role.label}: {finding.texts.chart_title}",
        about=f"Chart of {finding.measure.label} for {role.label}, with mean and limits",
        columns=(
            Column("period", "Period", width=20.0),
            column("value", "Value"),
            column("left_out", "Value left out"),
            *ranges,
            column("centre", "Mean before"),
            column("lower", "Lower limit"),
            column("upper", "Upper limit"),
            column("after", "Mean after"),
            column("launch", "Launch mark"),
        ),
        rows=tuple(_row(finding, drawn, place, high) for place in range(len(finding.points))),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(finding.texts.statement, finding.texts.chart_note),
        notes=("limits", "protection") if protected else ("limits",),
        blanks="Blank cells: nothing is drawn there, because the line does not run there or the value is not shown.",
        chart=Chart(
            kind="xmr",
            title=finding.texts.chart_title,
            category="period",
            lines=_lines(finding, launch is not None, date_label(launch) if launch else ""),
            alt_text=finding.texts.alt_text,
            value_title=unit,
            low=low,
            high=high,
        ),
    )


def value_kind(finding: MeasureFinding) -> tuple[Kind, int]:
    """How values of a measure's chart are formatted: one more decimal than the measure, for means and limits."""
    measure = finding.measure
    if measure.kind is MeasureKind.MONEY:
        return Kind.POUNDS, 0
    return (Kind.SHARE if is_share(measure) else Kind.NUMBER), measure.decimals + 1


def _drawn(role: ProtectedRole, finding: MeasureFinding) -> _Drawn:
    series = role.series_of(finding.measure.id)
    scale = cell_scale(finding.measure)
    values = tuple(float(value) * scale for value in series_values(series.shown))
    if finding.xmr is None:
        return _Drawn(values, (), live=False)
    first = finding.xmr.phases[0]
    baseline = tuple(point for point in finding.xmr.points if first.start <= point <= first.end)
    return _Drawn(values, baseline, live=not series.applies and _follows(values, baseline, first.mean * scale, finding))


def _follows(values: Sequence[float], baseline: Sequence[int], mean: float, finding: MeasureFinding) -> bool:
    """Whether plain formulas over the shown values give the mean and limits of the finding (no screening)."""
    if len(baseline) < FEWEST or finding.xmr is None:
        return False
    held = [values[place] for place in baseline]
    moving = [abs(b - a) for a, b in pairwise(held)]
    upper = mean + LIMIT_FACTOR * sum(moving) / len(moving)
    scale = cell_scale(finding.measure)
    same_mean = isclose(sum(held) / len(held), mean, rel_tol=1e-9)
    return same_mean and isclose(upper, finding.xmr.phases[0].upper_limit * scale, rel_tol=1e-9, abs_tol=1e-9)


def _row(finding: MeasureFinding, drawn: _Drawn, place: int, high: float | None) -> tuple[Cell, ...]:
    point = finding.points[place]
    value = drawn.values[place] if isfinite(drawn.values[place]) else None
    ranges: tuple[Cell, ...] = (_moving_range(drawn, place),) if drawn.live else ()
    shows_after = point.phase is Phase.AFTER and isfinite(finding.after_mean)
    is_launch = point.position == _launch_place(finding)
    return (
        point.period.long_label,
        value if point.used else None,
        None if point.used else value,
        *ranges,
        *_limit_cells(finding, drawn),
        finding.after_mean * cell_scale(finding.measure) if shows_after else None,
        high if is_launch else None,
    )


def _launch_place(finding: MeasureFinding) -> int | None:
    """The first period that is not wholly before launch."""
    return next((point.position for point in finding.points if point.phase is not Phase.BEFORE), None)


def _moving_range(drawn: _Drawn, place: int) -> Cell:
    if place not in drawn.baseline[1:]:
        return None
    previous = drawn.baseline[drawn.baseline.index(place) - 1]
    value = abs(drawn.values[place] - drawn.values[previous])
    return Formula(f"=ABS({{value}}-{{value[{previous + 1}]}})", value)


def _limit_cells(finding: MeasureFinding, drawn: _Drawn) -> tuple[Cell, Cell, Cell]:
    if finding.xmr is None:
        return None, None, None
    limits, scale = finding.xmr.phases[0], cell_scale(finding.measure)
    mean, lower, upper = (value * scale for value in (limits.mean, limits.lower_limit, limits.upper_limit))
    if not drawn.live:
        return mean, lower, upper
    centre = _average("value", drawn.baseline)
    spread = f"{LIMIT_FACTOR:g}*{_average('range', drawn.baseline[1:])}"
    return (
        Formula(f"={centre}", mean),
        Formula(f"={{centre}}-{spread}", lower),
        Formula(f"={{centre}}+{spread}", upper),
    )


def _average(key: str, places: Sequence[int]) -> str:
    parts = (f"{{{key}[{first + 1}:{last + 1}]}}" for first, last in stretches(places))
    return f"AVERAGE({','.join(parts)})"


def _lines(finding: MeasureFinding, launched: bool, day: str) -> tuple[Line, ...]:
    lines = list(_VALUES[:1])
    if any(not point.used and isfinite(point.value) for point in finding.points):
        lines.append(_VALUES[1])
    if finding.xmr is not None:
        lines += _LIMITS
    if isfinite(finding.after_mean):
        lines.append(Line("after", "Mean after", "after mean"))
    if launched and _launch_place(finding) is not None:
        lines.append(Line("launch", f"Launch, {day}", "launch"))
    return tuple(lines)


def _axis(finding: MeasureFinding, drawn: _Drawn) -> tuple[float | None, float | None]:
    """Ends of the value axis that hold every value and limit, with the launch mark at the top."""
    scale = cell_scale(finding.measure)
    shown = list(drawn.values)
    if finding.xmr is not None:
        limits = finding.xmr.phases[0]
        shown += [limits.lower_limit * scale, limits.upper_limit * scale]
    return axis_ends(shown)


def axis_ends(shown: Iterable[float]) -> tuple[float, float]:
    """Round ends of an axis that hold all these and some room; it starts at 0 rather than below it."""
    held = [value for value in shown if isfinite(value)]
    low, high = min(held), max(held)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    step = 10.0 ** floor(log10((high - low + 2 * room) / 4))
    bottom = floor((low - room) / step) * step
    if low >= 0:
        bottom = max(0.0, bottom)
    return bottom, ceil((high + room) / step) * step
