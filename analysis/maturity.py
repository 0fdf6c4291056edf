"""Which values are provisional: an explicit mark wins; else the last periods of the measure are, by its own rule."""

from __future__ import annotations

from analysis.vocabulary import Maturity, Series


def maturities_of(series: Series) -> tuple[Maturity, ...]:
    """The maturity of each value. One marked final stays final, even among the last periods."""
    count, by_rule = len(series), series.measure.provisional_periods
    last = min(count, max(0, by_rule))
    rules = (Maturity.FINAL,) * (count - last) + (Maturity.PROVISIONAL,) * last
    return tuple([mark or rule for mark, rule in zip(series.maturities, rules, strict=True)])
