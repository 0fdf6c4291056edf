"""Parts of a series: chosen periods, the time they stand at, and events over what they were counted over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_effects import are_whole, exposures
from analysis.periods import Frequency, Period, steps_between
from analysis.vocabulary import MeasureKind, Series

NOT_BY_PERIOD = ("measure", "arm", "arm_name", "comparator")


def taken(series: Series, places: Sequence[int]) -> Series:
    """The series with these periods only, in this order."""
    kept: dict[str, Any] = {}
    index = np.array(places, dtype=np.intp)
    for part in fields(series):
        if part.name not in NOT_BY_PERIOD:
            held = getattr(series, part.name)
            kept[part.name] = held[index] if isinstance(held, np.ndarray) else tuple(map(held.__getitem__, places))
    return replace(series, **kept)


def times_of(periods: Sequence[Period], frequency: Frequency) -> tuple[int, ...] | None:
    """How many periods after the first each one lies, gaps counted; None where they do not follow one another."""
    if frequency is Frequency.OTHER or not periods:
        return None
    steps = [steps_between(periods[0], period) for period in periods]
    return None if None in steps else tuple(step for step in steps if step is not None)


def events_of(series: Series) -> tuple[FloatArray, FloatArray] | None:
    """Whole events and what they are counted over, where the measure has both for every period; else None."""
    if series.measure.kind is MeasureKind.COUNT:
        events, exposure = series.values, exposures(series)[0]
    elif series.measure.kind is MeasureKind.RATE:
        events, exposure = series.numerators, series.denominators
    else:
        return None
    fine = np.isfinite(events).all() and np.isfinite(exposure).all() and (events >= 0).all() and (exposure > 0).all()
    return (events, exposure) if fine and are_whole(events) else None
