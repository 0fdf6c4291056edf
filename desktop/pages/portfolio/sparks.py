"""The small trends of the portfolio on one calendar, so that launches of different roles can be compared by eye."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from analysis.finding_shapes import LeftOut, MeasureFinding, Point
from analysis.periods import Frequency, Period
from analysis.vocabulary import Phase
from desktop.pages.verdicts import mark_of
from desktop.states import SparkState


@dataclass(frozen=True)
class Calendar:
    """The months from the first to the last value of any role; `words` name it in the heading."""

    first: Period | None = None
    last: Period | None = None

    @property
    def span(self) -> int:
        """How many months it holds."""
        if self.first is None or self.last is None:
            return 0
        return months_from(self.first, self.last) + 1

    @property
    def words(self) -> str:
        """`Trend, Apr 23 to May 25`."""
        return f"Trend, {self.first.label} to {self.last.label}" if self.first and self.last else "Trend"


def months_from(first: Period, other: Period) -> int:
    """How many months later another period starts."""
    return (other.start.year - first.start.year) * 12 + other.start.month - first.start.month


def calendar_of(findings: Iterable[MeasureFinding | None]) -> Calendar:
    """The calendar that all monthly findings share."""
    ends = [(f.points[0].period, f.points[-1].period) for f in findings if f and _is_monthly(f)]
    return Calendar(min(first for first, _ in ends), max(last for _, last in ends)) if ends else Calendar()


def spark_of(finding: MeasureFinding, calendar: Calendar) -> SparkState | None:
    """A measure's trend; set aside and missing values leave a gap, and no gap is bridged."""
    if not finding.points:
        return None
    monthly = _is_monthly(finding) and calendar.first is not None
    values = _by_month(finding) if monthly else tuple(map(_drawn, finding.points))
    first = finding.points[0].period
    return SparkState(
        values=values,
        start=months_from(calendar.first, first) if monthly and calendar.first else 0,
        span=calendar.span if monthly else 0,
        launch=_launch(finding, monthly),
        mean=finding.before_mean if isfinite(finding.before_mean) else None,
        provisional=finding.n_provisional,
        verdict=mark_of(finding.verdict),
        words=f"{finding.measure.name}: {finding.verdict.value}",
    )


def _is_monthly(finding: MeasureFinding) -> bool:
    return bool(finding.points) and all(p.period.frequency is Frequency.MONTH for p in finding.points)


def _drawn(point: Point) -> float | None:
    return point.value if isfinite(point.value) and point.left_out is not LeftOut.SET_ASIDE else None


def _by_month(finding: MeasureFinding) -> tuple[float | None, ...]:
    first, last = finding.points[0].period, finding.points[-1].period
    held = {months_from(first, p.period): _drawn(p) for p in finding.points}
    return tuple(held.get(at) for at in range(months_from(first, last) + 1))


def _launch(finding: MeasureFinding, monthly: bool) -> float | None:
    """Just before the first period that is not wholly before launch."""
    for at, point in enumerate(finding.points):
        if point.phase is not Phase.BEFORE:
            place = months_from(finding.points[0].period, point.period) if monthly else at
            return place - 0.5
    return None
