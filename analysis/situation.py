"""What a caution may look at."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding_charts import Charts
from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_selection import Selection
from analysis.finding_shapes import Effect, TooEarly, Variation
from analysis.measure_words import period_name
from analysis.vocabulary import RoleFacts, Series


@dataclass(frozen=True)
class Situation:
    """All a caution may look at."""

    series: Series
    role: RoleFacts
    chosen: Selection
    charts: Charts
    variation: Variation | None
    effect: Effect | TooEarly
    fitted: FittedChange | TooEarly
    compared: ComparatorFinding | None = None

    @property
    def unit(self) -> str:
        """`month`, or whatever a period of the measure is."""
        return period_name(self.series.measure.frequency)
