"""Means and limits as live formulas through named stretches of the sheets of values, where nothing is protected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import isclose, isfinite

from analysis.finding_change import series_values
from analysis.finding_shapes import MeasureFinding
from analysis.impact.xmr import LIMIT_FACTOR, XmrPhase
from analysis.measure_words import is_share
from analysis.periods import Frequency
from analysis.vocabulary import Phase
from exporters.declared import Cell, Formula
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.values import cell_number, stretches, used_places

FACTOR = ("Limit_factor", f"{LIMIT_FACTOR:g}")
"""The name of the factor of an XmR chart, with its number."""

_WORDS = {Phase.BEFORE: "Before", Phase.AFTER: "After"}
_LIMITS = "Baseline"


def sheet_of_measure(role: ProtectedRole, measure_id: int) -> str:
    """The name of the sheet that holds a measure's values."""
    return sheet_of(role, role.series_of(measure_id).measure.frequency)


def sheet_of(role: ProtectedRole, frequency: Frequency) -> str:
    """The name of the sheet that holds a role's values of one frequency."""
    return f"Measures_{role.number}" + ("" if frequency is Frequency.MONTH else f"_{frequency.value}")


def key_of(finding: MeasureFinding) -> str:
    """The column key of a measure."""
    return f"m{finding.measure.id}"


def names_of(report: Report, role: ProtectedRole, held: Sequence[MeasureFinding]) -> tuple[tuple[str, str], ...]:
    """The named stretches of the measures on one sheet that formulas may rest on."""
    made = []
    for finding in held:
        if role.series_of(finding.measure.id).applies:
            continue
        for word in (*_WORDS.values(), _LIMITS):
            rows = _rows(report, role, finding, _places(finding, word))
            if rows:
                cells = (f"{{{key_of(finding)}[{first}:{last}]}}" for first, last in stretches(rows))
                made.append((_name(role, finding, word), ",".join(cells)))
    return tuple(made)


def _name(role: ProtectedRole, finding: MeasureFinding, word: str) -> str:
    return f"{word}_{role.number}_{finding.measure.id}"


def _places(finding: MeasureFinding, word: str) -> list[int]:
    if word != _LIMITS:
        return used_places(finding, Phase.BEFORE if word == _WORDS[Phase.BEFORE] else Phase.AFTER)
    if finding.xmr is None:
        return []
    first = finding.xmr.phases[0]
    return [point for point in finding.xmr.points if first.start <= point <= first.end]


def _rows(report: Report, role: ProtectedRole, finding: MeasureFinding, places: Sequence[int]) -> list[int]:
    """The rows of these places on the sheet of values; none where one is not shown or the measure is protected."""
    series = role.series_of(finding.measure.id)
    if series.applies:
        return []
    numbers = report.rows_of(role, series)
    rows = [numbers[place] for place in places]
    return rows if all(rows) else []


def _values(role: ProtectedRole, finding: MeasureFinding, places: Iterable[int], scale: float) -> list[float]:
    held = series_values(role.series_of(finding.measure.id).shown).tolist()
    return [held[place] * scale for place in places]


def average_formula(
    report: Report, role: ProtectedRole, finding: MeasureFinding, phase: Phase, scale: float
) -> Formula | None:
    """The mean of a phase as a live formula; None where not every row is shown or plain figures do not give it."""
    value = (finding.before_mean if phase is Phase.BEFORE else finding.after_mean) * scale
    return _average(report, role, finding, _WORDS[phase], value, scale)


def _average(
    report: Report, role: ProtectedRole, finding: MeasureFinding, word: str, value: float, scale: float
) -> Formula | None:
    if role.series_of(finding.measure.id).applies or not isfinite(value):
        return None
    places = _places(finding, word)
    if not _rows(report, role, finding, places):
        return None
    held = _values(role, finding, places, scale)
    if not isclose(sum(held) / len(held), value, rel_tol=1e-9, abs_tol=1e-9):
        return None
    sheet = sheet_of_measure(role, finding.measure.id)
    return Formula(f"=AVERAGE({{{sheet}.@{_name(role, finding, word)}}}){_times(finding)}", value)


def _times(finding: MeasureFinding) -> str:
    return "*100" if is_share(finding.measure) else ""


def limit_cells(report: Report, role: ProtectedRole, finding: MeasureFinding, scale: float) -> tuple[Cell, ...]:
    """Mean, mean moving range and both limits of the chart: live where they follow from the values shown."""
    if finding.xmr is None:
        return (cell_number(None),) * 4
    held = finding.xmr.phases[0]
    figures = (held.mean, held.mean_moving_range, held.lower_limit, held.upper_limit)
    mean, moving, lower, upper = (float(value) * scale for value in figures)
    centre = _average(report, role, finding, _LIMITS, mean, scale)
    spread = _moving_range(report, role, finding, held, scale) if centre else None
    if centre is None or spread is None:
        return mean, moving, lower, upper
    return (
        centre,
        spread,
        Formula("={centre}-{@Limit_factor}*{range}", lower),
        Formula("={centre}+{@Limit_factor}*{range}", upper),
    )


def _moving_range(
    report: Report, role: ProtectedRole, finding: MeasureFinding, limits: XmrPhase, scale: float
) -> Formula | None:
    """The mean of the steps between values that follow each other, also over a gap; None where ranges were screened."""
    places = _places(finding, _LIMITS)
    rows = _rows(report, role, finding, places)
    steps = [abs(b - a) for a, b in pairwise(_values(role, finding, places, scale))]
    value = limits.mean_moving_range * scale
    factor_holds = isclose((limits.mean + LIMIT_FACTOR * limits.mean_moving_range), limits.upper_limit, rel_tol=1e-9)
    if not steps or not factor_holds or not isclose(sum(steps) / len(steps), value, rel_tol=1e-9, abs_tol=1e-9):
        return None
    cell = f"{{{sheet_of_measure(role, finding.measure.id)}.{key_of(finding)}[%s]}}"
    runs = stretches(rows)
    parts = [
        f"SUMPRODUCT(ABS({cell % f'{first + 1}:{last}'}-{cell % f'{first}:{last - 1}'}))"
        for first, last in runs
        if last > first
    ]
    parts += [f"ABS({cell % str(after[0])}-{cell % str(before[1])})" for before, after in pairwise(runs)]
    return Formula(f"=({'+'.join(parts)})/{len(steps)}{_times(finding)}", value)
