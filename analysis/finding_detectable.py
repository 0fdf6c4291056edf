"""How large a change the data of one measure could show: for planning, and beside every finding."""

from __future__ import annotations

from math import sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_change import NO_ESTIMATE_BELOW, T_FLOOR, series_values
from analysis.finding_effects import dispersion_of_counts, exposures
from analysis.finding_selection import Selection
from analysis.finding_shapes import Detectable
from analysis.impact.detectable_change import detectable_ratio
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.vocabulary import MeasureKind, Series
from analysis.wording import percent, plural

_REACH = 2.801585218
"""z(0.975) + z(0.8): a change this many standard errors wide is found 4 times in 5."""
PLANNED_AFTER = 12


def detectable_of(series: Series, chosen: Selection) -> Detectable | None:
    """The smallest change that would be found with 80 % power at 5 %, from the variation before launch.

    With fewer than 3 periods after launch, 12 are assumed. None with fewer than 5 periods before, or for scores of the
    same people, whose variation before launch says nothing of their change.
    """
    if chosen.n_before < T_FLOOR or series.measure.kind is MeasureKind.PAIRED_MEAN:
        return None
    n_after = chosen.n_after if chosen.n_after >= NO_ESTIMATE_BELOW else PLANNED_AFTER
    values = series_values(series)[chosen.before]
    mean = float(values.mean())
    if (events := _events(series, chosen)) is not None:
        share = _share(chosen, events, n_after)
        return None if share is None else _worded(series, chosen.n_before, n_after, share, share * mean)
    absolute = _REACH * float(values.std(ddof=1)) * sqrt(1 / chosen.n_before + 1 / n_after)
    share = absolute / mean if mean > 0 else float("nan")
    return _worded(series, chosen.n_before, n_after, share, absolute) if absolute > 0 else None


def _events(series: Series, chosen: Selection) -> tuple[FloatArray, FloatArray] | None:
    """Events and what they are counted over, for counts and for rates with recorded parts."""
    if series.measure.kind is MeasureKind.COUNT and (series.values[chosen.used] >= 0).all():
        return series.values, exposures(series)[0]
    top, bottom = series.numerators, series.denominators
    if series.measure.kind is MeasureKind.RATE and np.isfinite(top[chosen.used]).all():
        return (top, bottom) if (bottom[chosen.used] > 0).all() else None
    return None


def _share(chosen: Selection, events: tuple[FloatArray, FloatArray], n_after: int) -> float | None:
    counts, exposure = events
    before = float(counts[chosen.before].sum())
    if before == 0:
        return None
    dispersion = dispersion_of_counts(counts, exposure, (chosen.before,))
    time = float(exposure[chosen.before].mean()) * n_after
    expected = before / float(exposure[chosen.before].sum()) * time
    return 1 - detectable_ratio(before, expected, dispersion, _REACH)


def _worded(series: Series, n_before: int, n_after: int, share: float, absolute: float) -> Detectable:
    name, measure = period_name(series.measure.frequency), series.measure
    amount = f"{change_texts(measure, absolute)[0].lstrip('+')} {change_unit(measure)}".strip()
    size = f"{percent(share)} ({amount})" if np.isfinite(share) else amount
    text = (
        f"With {plural(n_before, name)} before and {n_after} after, a change of about {size} or more"
        " would be seen 4 times in 5."
    )
    return Detectable(share, absolute, n_before, n_after, text)
