"""Which phase a period lies in, and which quarter or year a month lies in.

A phase is never stored: it follows from the dates of the role. Nothing snaps silently: a period that holds the launch
is phase-in unless the launch is its first day, and "after" starts with the first whole period past the phase-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analysis.periods import Frequency, Period
from analysis.vocabulary import Phase, Timeline

_STEP = {Frequency.QUARTER: 3, Frequency.YEAR: 12}


def phase_of(period: Period, timeline: Timeline) -> Phase:
    """The phase of one period.

    A period that holds the last day of the role still counts as after; the next one lies after the end. Without a
    launch every period is before. Example: launch 8 April 2024 makes April 2024 phase-in and May 2024 after; launch
    1 April 2024 makes April 2024 after.
    """
    return phases_of((period,), timeline)[0]


def after_from(launch: date, phase_in_end: date | None) -> date:
    """The first day a period may start on and still count as after."""
    if phase_in_end is None:
        return launch
    return max(launch, phase_in_end + timedelta(days=1))


def phases_of(periods: Sequence[Period], timeline: Timeline) -> tuple[Phase, ...]:
    """The phase of each period, in order."""
    launch, ended = timeline.launch, timeline.ended
    before, after, phase_in, after_end = Phase.BEFORE, Phase.AFTER, Phase.PHASE_IN, Phase.AFTER_END
    if launch is None:
        return (before,) * len(periods)
    first = after_from(launch, timeline.phase_in_end)
    found = [before if one.end < launch else after if one.start >= first else phase_in for one in periods]
    if ended is not None:
        pairs = zip(periods, found, strict=True)
        found = [after_end if one.start > ended and phase is not before else phase for one, phase in pairs]
    return tuple(found)


def containing(period: Period, frequency: Frequency) -> Period:
    """The calendar quarter or financial year (April to March) a month lies in.

    Raises ValueError for any other frequency.
    """
    if frequency not in _STEP:
        text = f"months roll up to quarters or financial years, not to {frequency.value}"
        raise ValueError(text)
    span = _STEP[frequency]
    first = (period.start.year * 12 + period.start.month - 1 - 3) // span * span + 3
    start = date(first // 12, first % 12 + 1, 1)
    last = first + span
    return Period(start, date(last // 12, last % 12 + 1, 1) - timedelta(days=1))
