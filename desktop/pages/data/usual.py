"""What a value is held against before it is kept: the other values of its measure. Without Qt.

Made once for a measure and asked for each of its values: a pasted block holds hundreds of them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from analysis.arrays import FloatArray
from analysis.entry_rules import LEAST_HISTORY, sign_differs, surely_usual, times_the_usual
from analysis.measure_words import value_text
from analysis.periods import Period
from analysis.phases import phase_of
from analysis.vocabulary import Phase, Series, Timeline
from analysis.wording import NBSP, number

LEAST_SHARE = 0.005
"""A share that rounds to no per cent is not called none."""
_PHASE_WORDS = {Phase.BEFORE: " (before launch)", Phase.AFTER: " (after launch)"}


class Usual:
    """The values of one measure, by phase, without those set aside."""

    def __init__(self, series: Series, timeline: Timeline) -> None:
        self._series, self._timeline, self.measure = series, timeline, series.measure
        self._known = np.array([aside is None for aside in series.set_aside], dtype=np.bool_) & ~np.isnan(series.values)

    @cached_property
    def _at(self) -> dict[Period, int]:
        return {period: at for at, period in enumerate(self._series.periods)}

    @cached_property
    def _phases(self) -> list[Phase]:
        return [phase_of(period, self._timeline) for period in self._series.periods]

    @cached_property
    def _within(self) -> dict[Phase, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
        phases = np.array([phase.value for phase in self._phases])
        return {phase: self._known & (phases == phase.value) for phase in _PHASE_WORDS}

    def others(self, period: Period) -> tuple[str, FloatArray]:
        """The values of the period's own phase if there are enough, else all but its own; and which, in words."""
        at = self._at.get(period)
        phase = phase_of(period, self._timeline) if at is None else self._phases[at]
        if self._timeline.launch and phase in _PHASE_WORDS:
            same = self._but(self._within[phase], at)
            if len(same) >= LEAST_HISTORY:
                return _PHASE_WORDS[phase], same
        return "", self._but(self._known, at)

    def _but(self, rows: np.ndarray[tuple[int], np.dtype[np.bool_]], at: int | None) -> FloatArray:
        if at is None or not rows[at]:
            return self._series.values[rows]
        return np.concatenate([self._series.values[:at][rows[:at]], self._series.values[at + 1 :][rows[at + 1 :]]])

    def words(self, period: Period, value: float) -> str:
        """Why a value deserves a question, empty when it does not."""
        _, others = self.others(period)
        if surely_usual(value, others):
            return ""
        measure = self.measure
        shown, name = value_text(measure, value), f"{measure.name} in {period.label}"
        if sign_differs(value, others.tolist()):
            usual = "below" if value > 0 else "above"
            return f"{shown}: every other value of {measure.name} lies {usual} zero."
        times = times_the_usual(value, others.tolist())
        if times is None:
            return ""
        if times >= 1:
            return f"{shown} is {number(times, 0 if times >= 10 else 1)} times the usual for {name}."
        share = f"{number(times * 100)}{NBSP}%" if times >= LEAST_SHARE else f"under 1{NBSP}%"
        return f"{shown} is {share} of the usual for {name}."
