"""Difference in differences, guarded: how much more changed where the role was than where it was not, by kind.

Both arms hold the same periods. The wider of two intervals is given where both can be worked out: from the four cells,
and from the period-by-period difference between the arms (which shares what moved both).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, log, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import over, power_of_e
from analysis.distributions import t_quantile, t_two_sided
from analysis.finding_change import (
    EVENTS_FLOOR,
    NO_ESTIMATE_BELOW,
    NO_VARIATION,
    PEOPLE_FLOOR,
    T_FLOOR,
    Answer,
    How,
    Three,
    made,
    pooled,
    sayable,
    series_values,
    too_few,
)
from analysis.finding_effects import dispersion_of_counts, dispersion_of_shares
from analysis.finding_selection import Selection
from analysis.finding_shapes import Effect, TooEarly
from analysis.impact.difference_in_differences import difference_in_differences
from analysis.impact.mean_difference import moments, welch
from analysis.likeness import likeness_of, phases_apart, widened
from analysis.measure_words import period_name
from analysis.series_parts import events_of
from analysis.vocabulary import MeasureKind, Series

KEY = "difference_in_differences"
_AGAINST = "the {} change is against where the comparator's change would have led"


@dataclass(frozen=True)
class Pair:
    """The role's series and the comparator's over the same used periods, with one selection for both."""

    main: Series
    other: Series
    chosen: Selection

    @property
    def n(self) -> int:
        """Number of periods both have."""
        return len(self.main)

    @property
    def cells(self) -> int:
        """Values in all four cells, less one mean for each."""
        return 2 * self.n - 4


def extra_change(pair: Pair) -> Answer:
    """The role's change less the comparator's, or why there is none."""
    chosen, kind = pair.chosen, pair.main.measure.kind
    if kind is MeasureKind.PAIRED_MEAN:
        return _paired(pair)
    if kind is MeasureKind.PAIRED_PROPORTION:
        return TooEarly(0, 0, "", "shares of people asked twice stand side by side and are not differenced")
    for have, where in ((chosen.n_before, "before launch"), (chosen.n_after, "after launch")):
        if have < NO_ESTIMATE_BELOW:
            return too_few(pair.main, have, NO_ESTIMATE_BELOW, f"{where} in both")
    counted = events_of(pair.main), events_of(pair.other)
    if counted[0] is not None and counted[1] is not None:
        found = _events(pair, counted[0], counted[1])
        after = found.after if isinstance(found, Effect) else nan
        return _allowing_for_likeness(pair, found, lambda share: after - over(after, 1 + share))
    has_shares = kind is MeasureKind.PROPORTION and all(_has_shares(one) for one in (pair.main, pair.other))
    return _allowing_for_likeness(pair, _shares(pair) if has_shares else _means(pair), None)


def _allowing_for_likeness(pair: Pair, found: Answer, absolute: Callable[[float], float] | None) -> Answer:
    """The answer widened where the difference between the arms is alike from period to period (ratios: of logs)."""
    if isinstance(found, TooEarly):
        return found
    main, other = (series_values(arm) for arm in (pair.main, pair.other))
    if absolute is not None:
        scale = [float(arm[pair.chosen.used].mean()) for arm in (main, other)]
        main, other = main / scale[0], other / scale[1]
    likeness = likeness_of(phases_apart(main - other, (pair.chosen.before, pair.chosen.after)))
    return sayable(widened(found, likeness, period_name(pair.main.measure.frequency), absolute))


def _events(pair: Pair, main: tuple[FloatArray, FloatArray], other: tuple[FloatArray, FloatArray]) -> Answer:
    """Ratio of two rate ratios, its variance widened for variation between periods, on t."""
    chosen = pair.chosen
    sides = (chosen.after, chosen.before)
    counts = [float(arm[0][side].sum()) for arm in (main, other) for side in sides]
    times = [float(arm[1][side].sum()) for arm in (main, other) for side in sides]
    if min(counts[0] + counts[1], counts[2] + counts[3]) < EVENTS_FLOOR or min(counts) == 0:
        reason = f"fewer than {EVENTS_FLOOR} events in one place, or none on one side of launch"
        return TooEarly(int(min(counts)), EVENTS_FLOOR, "events in each place", reason)
    dispersion = _dispersion(pair, main, other)
    cells = [{"count": count, "exposure": time} for count, time in zip(counts, times, strict=True)]
    raw = difference_in_differences(
        design="counts",
        treated={"after": cells[0], "before": cells[1]},
        comparator={"after": cells[2], "before": cells[3]},
        dispersion=dispersion,
    )
    half = t_quantile(0.975, pair.cells) * raw.se
    ratios = (raw.ratio, power_of_e(raw.log_ratio - half), power_of_e(raw.log_ratio + half))
    is_rate = pair.main.measure.kind is MeasureKind.RATE
    after = counts[0] / (times[0] if is_rate else chosen.n_after)
    before = counts[1] / (times[1] if is_rate else chosen.n_before)
    how = How(
        KEY,
        "difference in differences of counts (ratio of two rate ratios, widened for variation between periods)",
        _AGAINST.format("absolute"),
        t_two_sided(raw.log_ratio / raw.se, pair.cells),
        dispersion,
        raw,
    )
    absolute = (after - after / ratios[0], after - over(after, ratios[1]), after - over(after, ratios[2]))
    relative = (ratios[0] - 1, ratios[1] - 1, ratios[2] - 1)
    return made(pair.main, chosen, absolute, relative, (before, after), how)


def _dispersion(pair: Pair, main: tuple[FloatArray, FloatArray], other: tuple[FloatArray, FloatArray]) -> float:
    none = np.zeros(pair.n, dtype=np.bool_)
    groups = tuple(
        np.concatenate(halves)
        for side in (pair.chosen.before, pair.chosen.after)
        for halves in ((side, none), (none, side))
    )
    events, exposure = (np.concatenate(parts) for parts in zip(main, other, strict=True))
    return dispersion_of_counts(events, exposure, groups)


def _has_shares(series: Series) -> bool:
    top, bottom = series.numerators, series.denominators
    return bool(np.isfinite(top).all() and np.isfinite(bottom).all() and (bottom > 0).all() and (top <= bottom).all())


def _shares(pair: Pair) -> Answer:
    sides = (pair.chosen.after, pair.chosen.before)
    tops = [float(arm.numerators[side].sum()) for arm in (pair.main, pair.other) for side in sides]
    people = [float(arm.denominators[side].sum()) for arm in (pair.main, pair.other) for side in sides]
    if min(people) < PEOPLE_FLOOR:
        reason = f"fewer than {PEOPLE_FLOOR} people on one side of launch in one place"
        return TooEarly(int(min(people)), PEOPLE_FLOOR, "people on each side in both", reason)
    shares = [top / n for top, n in zip(tops, people, strict=True)]
    groups = (pair.chosen.before, pair.chosen.after)
    dispersion = max(dispersion_of_shares(arm.numerators, arm.denominators, groups) for arm in (pair.main, pair.other))
    variance = dispersion * sum(share * (1 - share) / n for share, n in zip(shares, people, strict=True))
    estimate = (shares[0] - shares[1]) - (shares[2] - shares[3])
    if not variance > 0:
        return TooEarly(pair.chosen.n_after, pair.chosen.n_after, "periods after launch", NO_VARIATION)
    how = How(
        KEY,
        "difference in differences of shares (totals of both places, widened for variation between periods)",
        _AGAINST.format("relative"),
        t_two_sided(estimate / sqrt(variance), pair.cells),
        dispersion,
    )
    return _around(pair, estimate, t_quantile(0.975, pair.cells) * sqrt(variance), (shares[1], shares[0]), how)


def _means(pair: Pair) -> Answer:
    """Four cells of period values (or of people pooled), never narrower than the period-by-period difference gives."""
    chosen = pair.chosen
    if min(chosen.n_before, chosen.n_after) < T_FLOOR:
        return too_few(pair.main, min(chosen.n_before, chosen.n_after), T_FLOOR, "on each side of launch in both")
    gap = series_values(pair.main) - series_values(pair.other)
    by_period = welch(moments(gap[chosen.after]), moments(gap[chosen.before]))
    sides = (chosen.after, chosen.before)
    cells = [moments(series_values(arm)[side]) for arm in (pair.main, pair.other) for side in sides]
    held = [{"mean": cell.mean, "sd": cell.sd, "n": cell.n} for cell in cells]
    if not sum(cell.sd for cell in cells) > 0:
        return TooEarly(chosen.n_after, chosen.n_after, "periods after launch", NO_VARIATION)
    raw = difference_in_differences(
        design="means",
        treated={"after": held[0], "before": held[1]},
        comparator={"after": held[2], "before": held[3]},
    )
    half = t_quantile(0.975, pair.cells) * raw.se
    p = t_two_sided(raw.estimate / raw.se, pair.cells)
    if isfinite(by_period.ci_upper):
        half, p = max(half, by_period.ci_upper - by_period.difference), max(p, by_period.p)
    how = How(
        KEY,
        "difference in differences of period means (the wider of four cells and period-by-period differences)",
        _AGAINST.format("relative"),
        p,
        comparison=raw,
    )
    return _around(pair, raw.estimate, half, (cells[1].mean, cells[0].mean), how)


def _paired(pair: Pair) -> Answer:
    """Mean change of the role's people less that of the comparator's people."""
    after = pair.chosen.after
    changes = []
    for arm in (pair.main, pair.other):
        parts = (arm.change_means[after], arm.change_sds[after], arm.pairs[after])
        if not len(parts[0]) or not all(np.isfinite(part).all() for part in parts) or (parts[2] < 1).any():
            return TooEarly(0, 0, "", "one place does not hold mean change, its sd and the number of people")
        changes.append(pooled(parts[0], np.where(parts[2] == 1, 0.0, parts[1]), parts[2]))
    if min(change.n for change in changes) < T_FLOOR:
        return TooEarly(int(min(c.n for c in changes)), T_FLOOR, "people measured twice in both", "fewer than 5 people")
    found = welch(changes[0], changes[1])
    if not found.se > 0:
        return TooEarly(pair.chosen.n_after, pair.chosen.n_after, "periods after launch", NO_VARIATION)
    words = "difference of two mean changes of the same people (Welch)"
    how = How(KEY, words, "no relative change is given", found.p, comparison=found)
    absolute = (found.difference, found.ci_lower, found.ci_upper)
    return made(pair.main, pair.chosen, absolute, (nan, nan, nan), (nan, nan), how)


def _around(pair: Pair, estimate: float, half: float, levels: tuple[float, float], how: How) -> Answer:
    """An absolute change with its relative one over where the comparator's change would have led."""
    absolute: Three = (estimate, estimate - half, estimate + half)
    expected = levels[1] - estimate
    relative = tuple(value / expected for value in absolute) if expected > 0 else (nan, nan, nan)
    return made(pair.main, pair.chosen, absolute, (relative[0], relative[1], relative[2]), levels, how)


def on_log_scale(effect: Answer) -> Three | None:
    """An effect on counts as log of its ratio, with limits; None where there is none."""
    if isinstance(effect, TooEarly) or not effect.has_relative or effect.relative_lower <= -1:
        return None
    return log(1 + effect.relative), log(1 + effect.relative_lower), log(1 + effect.relative_upper)
