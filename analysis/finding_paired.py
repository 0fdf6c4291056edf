"""The change in people measured twice, whose own start is what they are compared with."""

from __future__ import annotations

from math import nan

import numpy as np

from analysis.finding_change import (
    NO_ESTIMATE_BELOW,
    NO_VARIATION,
    PEOPLE_FLOOR,
    T_FLOOR,
    Answer,
    How,
    made,
    period_values,
    pooled,
    too_few,
)
from analysis.finding_selection import Selection
from analysis.finding_shapes import TooEarly
from analysis.impact.paired_mean import paired_mean
from analysis.impact.proportion_difference import paired_proportions
from analysis.vocabulary import MeasureKind, Series

CHANGED_FLOOR = 5
"""People who changed either way below which the interval of a paired share is not trusted."""

_NONE = (nan, nan, nan)


def is_paired(series: Series, chosen: Selection) -> bool:
    """Whether each value after launch is already a change in the same people, so that no period before is needed."""
    if series.measure.kind is MeasureKind.PAIRED_MEAN:
        return True
    return series.measure.kind is MeasureKind.PAIRED_PROPORTION and _has_people(series, chosen)


def paired_scores(series: Series, chosen: Selection) -> Answer:
    """The same people twice: their mean change after launch, people weighted."""
    after = chosen.after
    parts = (series.change_means[after], series.change_sds[after], series.pairs[after])
    if not all(np.isfinite(part).all() for part in parts) or (parts[2] < 1).any():
        if chosen.n_before < NO_ESTIMATE_BELOW:
            return too_few(series, chosen.n_before, NO_ESTIMATE_BELOW, "before launch")
        return period_values(series, chosen)
    changes = pooled(parts[0], np.where(parts[2] == 1, 0.0, parts[1]), parts[2])
    if changes.n < T_FLOOR:
        return TooEarly(int(changes.n), T_FLOOR, "people measured twice", "fewer than 5 people measured twice")
    found = paired_mean(mean_change=changes.mean, sd_change=changes.sd, n=int(changes.n))
    if changes.sd == 0:
        return TooEarly(chosen.n_after, chosen.n_after, "periods after launch", NO_VARIATION)
    words = "mean change of the same people (paired t, all people pooled)"
    how = How("paired_mean", words, "no relative change is given", found.p, comparison=found)
    absolute = (changes.mean, found.ci_lower, found.ci_upper)
    return made(series, chosen, absolute, _NONE, (nan, nan), how)


def paired_shares(series: Series, chosen: Selection) -> Answer:
    """The same people asked twice: the net share who changed after launch, by McNemar."""
    if not _has_people(series, chosen):
        return period_values(series, chosen)
    after = chosen.after
    lost, gained, people = (
        round(float(part[after].sum())) for part in (series.yes_to_no, series.no_to_yes, series.pairs)
    )
    if people < PEOPLE_FLOOR:
        return TooEarly(people, PEOPLE_FLOOR, "people asked twice", f"fewer than {PEOPLE_FLOOR} people asked twice")
    if lost + gained < CHANGED_FLOOR:
        reason = f"fewer than {CHANGED_FLOOR} people changed their answer"
        return TooEarly(lost + gained, CHANGED_FLOOR, "people who changed", reason)
    found = paired_proportions(yes_to_no=lost, no_to_yes=gained, n=people)
    words = "net share of the same people who changed (Wald interval; McNemar's exact test)"
    how = How("paired_proportions", words, "no relative change is given", found.p_exact, comparison=found)
    absolute = (found.difference, found.ci_lower, found.ci_upper)
    return made(series, chosen, absolute, _NONE, (nan, nan), how)


def _has_people(series: Series, chosen: Selection) -> bool:
    """Whether every used period after launch says how many changed, each way, of how many."""
    parts = [part[chosen.after] for part in (series.yes_to_no, series.no_to_yes, series.pairs)]
    if not chosen.n_after or not all(np.isfinite(part).all() and (part >= 0).all() for part in parts):
        return False
    return bool((parts[0] + parts[1] <= parts[2]).all() and (parts[2] >= 1).all())
