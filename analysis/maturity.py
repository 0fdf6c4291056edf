"""Which values are provisional: an explicit mark wins; else the last periods of the measure are, by its own rule."""

from __future__ import annotations

from analysis.vocabulary import Maturity, Series


def maturities_of(series: Series) -> tuple[Maturity, ...]:
    """The maturity of each value. One marked final stays final, even among the last periods."""
    first = len(series) - series.measure.provisional_periods
    by_rule = (Maturity.PROVISIONAL if place >= first else Maturity.FINAL for place in range(len(series)))
    return tuple(mark or rule for mark, rule in zip(series.maturities, by_rule, strict=True))
