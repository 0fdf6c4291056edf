"""The gap between two groups over time, and whether it changed after launch."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan, sqrt

import numpy as np

from analysis.distributions import Z95
from analysis.finding_change import EVENTS_FLOOR, PEOPLE_FLOOR, T_FLOOR, series_values
from analysis.finding_extra_change import Pair, extra_change
from analysis.finding_further import GapFinding, GapPoint
from analysis.finding_selection import Selection, select
from analysis.finding_shapes import TooEarly
from analysis.impact.mean_difference import Moments, welch
from analysis.impact.proportion_difference import newcombe_limits
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.series_parts import taken
from analysis.vocabulary import MeasureKind, RoleFacts, Series
from analysis.wording import interval, plural, signed_percent


def gap_of(first: tuple[str, Series], second: tuple[str, Series], role: RoleFacts) -> GapFinding:
    """The gap (first group minus second) in each period both have, and its change from before to after launch.

    Groups are separate people recorded alike. The change of the gap is a difference in differences: for counts how
    many times more one group's rate changed than the other's. Too few periods or people give no estimate.
    """
    pair = _together(first[1], second[1], role)
    effect = extra_change(pair)
    points = tuple(_point(pair, place) for place in range(pair.n))
    found = GapFinding(first[1].measure.id, first[0], second[0], points, effect, "")
    return replace(found, sentence=_sentence(pair, found))


def _together(first: Series, second: Series, role: RoleFacts) -> Pair:
    chosen, other = select(first, role.timeline), select(second, role.timeline)
    held = {period: place for place, period in enumerate(second.periods) if other.used[place]}
    pairs = [(place, held[p]) for place, p in enumerate(first.periods) if chosen.used[place] and p in held]
    mine = [place for place, _ in pairs]
    none = np.zeros(len(pairs), dtype=np.bool_)
    phases = tuple(chosen.phases[place] for place in mine)
    selection = Selection(phases, (None,) * len(pairs), chosen.before[mine], chosen.after[mine], none)
    return Pair(taken(first, mine), taken(second, [place for _, place in pairs]), selection)


def _point(pair: Pair, place: int) -> GapPoint:
    one, two = float(series_values(pair.main)[place]), float(series_values(pair.other)[place])
    low, high = _limits(pair, place)
    return GapPoint(pair.main.periods[place], one - two, low, high)


def _limits(pair: Pair, place: int) -> tuple[float, float]:
    """The 95 % interval of one period's gap, where the parts for it are held and enough; else NaN."""
    arms = (pair.main, pair.other)
    tops, bottoms = ([float(getattr(arm, part)[place]) for arm in arms] for part in ("numerators", "denominators"))
    kind = pair.main.measure.kind
    if kind is MeasureKind.PROPORTION and all(n >= PEOPLE_FLOOR for n in bottoms) and all(isfinite(x) for x in tops):
        return newcombe_limits(tops[0], bottoms[0], tops[1], bottoms[1])
    if kind is MeasureKind.RATE and sum(tops) >= EVENTS_FLOOR and all(bottom > 0 for bottom in bottoms):
        gap = tops[0] / bottoms[0] - tops[1] / bottoms[1]
        half = Z95 * sqrt(tops[0] / bottoms[0] ** 2 + tops[1] / bottoms[1] ** 2)
        return gap - half, gap + half
    if kind is MeasureKind.MEAN:
        sides = [Moments(*(float(getattr(arm, part)[place]) for part in ("values", "sds", "counts"))) for arm in arms]
        if all(side.n >= T_FLOOR and side.sd > 0 for side in sides):
            found = welch(sides[0], sides[1])
            return found.ci_lower, found.ci_upper
    return nan, nan


def _sentence(pair: Pair, found: GapFinding) -> str:
    measure, effect = pair.main.measure, found.effect
    who = f"{found.first} and {found.second}"
    unit = period_name(measure.frequency)
    if isinstance(effect, TooEarly):
        return f"The gap between {who}: no estimate of its change yet, {effect.reason}."
    if effect.key == "difference_in_differences" and measure.kind in (MeasureKind.COUNT, MeasureKind.RATE):
        best, low, high = (
            signed_percent(share, 1) for share in (effect.relative, effect.relative_lower, effect.relative_upper)
        )
        what = f"{found.first} changed {best} against {found.second}"
    else:
        best, low, high = change_texts(measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)
        what = f"the gap changed by {best} {change_unit(measure)}".rstrip()
    claim = "changed" if effect.excludes_no_change else "did not change beyond chance"
    counted = f"{plural(effect.n_before, unit)} before, {effect.n_after} after"
    return f"The gap between {who} {claim}: {what} (95\u00a0% interval {interval(low, high)}), {counted}."
