"""The two XmR views of a measure: limits frozen at launch, and a new start after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.events import OF_THE_CHART
from analysis.finding_change import series_values
from analysis.finding_selection import Selection
from analysis.finding_shapes import Limits, Point, Variation
from analysis.impact.xmr import Status, XmrChart, XmrFlag, xmr
from analysis.impact.xmr_rules import Rule, RuleHit, Side
from analysis.vocabulary import EventFacts, EventKind, Phase, Series
from analysis.wording import plural

POINTS_FOR_LIMITS = 7
POINTS_FOR_FULL_LIMITS = 12


@dataclass(frozen=True)
class Charts:
    """Both views, None where there are too few points, how firm the limits are, and who set them when (`set_by`)."""

    frozen: XmrChart | None
    rebased: XmrChart | None
    limits: Limits
    set_by: tuple[EventFacts, ...] = ()


def charts_of(series: Series, chosen: Selection, events: tuple[EventFacts, ...], *, both_views: bool = True) -> Charts:
    """Limits from before launch extended over what followed, and the same data with a new phase after launch.

    Only used points count; phase-in, provisional and other left-out points are shown without a part in limits or rules.
    Limits start again only where a person recorded it: a "baseline set" or "limits recalculated" event starts a phase
    at the first period that begins on or after its date, in both views. Limits in force at launch are extended, those
    of a baseline with an end from that end. Only the first view is made without `both_views`.
    """
    if not has_limits(chosen):
        return Charts(None, None, Limits.NONE)
    own = _set_by(series, events)
    starts = {_first_from(series, event.when) for event in own} - {None}
    both = chosen.n_before > 0 and chosen.n_after > 0
    launch = int(np.flatnonzero(chosen.after)[0]) if both else None
    freeze = _freeze(series, own, launch)
    restarts = tuple(sorted(place for place in starts if place is not None))
    frozen = _chart(series, chosen, rebase_at=restarts, frozen_at=freeze)
    rebased = None
    if both_views and launch is not None and chosen.n_after >= POINTS_FOR_LIMITS:
        rebased = _chart(series, chosen, rebase_at=tuple(sorted({launch, *restarts})))
    firm = _points_behind(frozen, freeze) >= POINTS_FOR_FULL_LIMITS
    return Charts(frozen, rebased, Limits.FULL if firm else Limits.TRIAL, own)


def has_limits(chosen: Selection) -> bool:
    """Whether there are points enough for a chart with limits."""
    return (chosen.n_before or chosen.n_after) >= POINTS_FOR_LIMITS


def _set_by(series: Series, events: tuple[EventFacts, ...]) -> tuple[EventFacts, ...]:
    """The decisions about limits that fall inside the series, oldest first."""
    concern = (e for e in events if e.kind in OF_THE_CHART and e.measure_id in (None, series.measure.id))
    inside = (event for event in concern if _first_from(series, event.when) is not None)
    return tuple(sorted(inside, key=lambda event: (event.when, event.id)))


def _first_from(series: Series, day: date) -> int | None:
    return next((place for place, period in enumerate(series.periods) if period.start >= day), None)


def _freeze(series: Series, own: tuple[EventFacts, ...], launch: int | None) -> int | None:
    """From where limits are extended: the end of the last baseline that has one, else launch."""
    ends = [event.end for event in own if event.kind is EventKind.BASELINE and event.end is not None]
    return _first_from(series, ends[-1]) if ends else launch


def _points_behind(chart: XmrChart, freeze: int | None) -> int:
    """How many points the limits in force at the freeze (else the last) rest on."""
    if freeze is None:
        return chart.phases[-1].n
    behind = [phase for phase in chart.phases if phase.start < freeze]
    last = behind[-1] if behind else chart.phases[0]
    return sum(last.start <= point <= min(last.end, freeze - 1) for point in chart.points) or last.n


def points_of(series: Series, chosen: Selection, chart: XmrChart | None) -> tuple[Point, ...]:
    """Every period as a point of the frozen chart, with its status or the reason it is left out."""
    values = series_values(series)
    flags = {flag.point: flag for flag in chart.flags} if chart else {}
    return tuple(
        Point(
            position=place,
            period=period,
            value=float(values[place]),
            phase=chosen.phases[place],
            left_out=chosen.left_out[place],
            status=_status(chosen, chart, flags.get(place), place),
            rules=flags[place].rules if place in flags else (),
            reason=_reason(series, chosen, flags.get(place), place),
            low=float(series.low[place]),
            high=float(series.high[place]),
        )
        for place, period in enumerate(series.periods)
    )


def variation_of(chosen: Selection, chart: XmrChart | None) -> Variation | None:
    """What the rules say of the last used point, and the strongest signal after launch."""
    if chart is None:
        return None
    last = chart.flag_at(chart.points[-1])
    words = hits_text(last.rules) if last else "within the expected variation"
    return Variation(chart.last_point_status, words, _signal(chosen, chart))


def hits_text(hits: tuple[RuleHit, ...]) -> str:
    """The rules of one point in words."""
    return ", ".join(_WORDS[hit.rule, hit.side] for hit in hits)


_WORDS = {
    (Rule.OUTSIDE_LIMITS, Side.HIGH): "above the upper limit",
    (Rule.OUTSIDE_LIMITS, Side.LOW): "below the lower limit",
    (Rule.SHIFT, Side.HIGH): "part of a run above the mean",
    (Rule.SHIFT, Side.LOW): "part of a run below the mean",
    (Rule.TREND, Side.HIGH): "part of a rising trend",
    (Rule.TREND, Side.LOW): "part of a falling trend",
    (Rule.TWO_OF_THREE, Side.HIGH): "two of three close to the upper limit",
    (Rule.TWO_OF_THREE, Side.LOW): "two of three close to the lower limit",
}
_RUNS = {
    (Rule.SHIFT, Side.HIGH): "run of {} above the mean",
    (Rule.SHIFT, Side.LOW): "run of {} below the mean",
    (Rule.TREND, Side.HIGH): "rising trend of {}",
    (Rule.TREND, Side.LOW): "falling trend of {}",
}
_SINGLE = {
    (Rule.OUTSIDE_LIMITS, Side.HIGH): "{} above the upper limit",
    (Rule.OUTSIDE_LIMITS, Side.LOW): "{} below the lower limit",
    (Rule.TWO_OF_THREE, Side.HIGH): "{} close to the upper limit",
    (Rule.TWO_OF_THREE, Side.LOW): "{} close to the lower limit",
}


def _chart(
    series: Series, chosen: Selection, *, rebase_at: tuple[int, ...] = (), frozen_at: int | None = None
) -> XmrChart:
    measure = series.measure
    return xmr(
        series_values(series),
        preset=measure.preset,
        improvement_direction=measure.direction.value,
        frozen_at=frozen_at,
        rebase_at=rebase_at,
        target=measure.target,
        ghosted=tuple(int(place) for place in np.flatnonzero(~chosen.used)),
    )


def _status(chosen: Selection, chart: XmrChart | None, flag: XmrFlag | None, place: int) -> Status | None:
    if chart is None or not chosen.used[place]:
        return None
    return flag.status if flag else Status.COMMON_CAUSE


def _reason(series: Series, chosen: Selection, flag: XmrFlag | None, place: int) -> str:
    left_out, why = chosen.left_out[place], series.set_aside[place]
    if left_out is None:
        return hits_text(flag.rules) if flag else ""
    return f"{left_out.value}: {why}" if why and left_out.value == "set aside" else left_out.value


def _signal(chosen: Selection, chart: XmrChart) -> str:
    """The longest run or trend among the used points after launch, else single points; empty without a signal."""
    order = [point for point in chart.points if chosen.phases[point] is Phase.AFTER]
    hits = {flag.point: flag.rules for flag in chart.flags}
    stretches = {kind: _longest(order, hits, RuleHit(*kind)) for kind in _RUNS}
    kind = max(stretches, key=lambda key: stretches[key])
    if stretches[kind]:
        return _RUNS[kind].format(stretches[kind])
    for single, words in _SINGLE.items():
        if count := sum(RuleHit(*single) in hits.get(point, ()) for point in order):
            return words.format(plural(count, "point"))
    return ""


def _longest(order: list[int], hits: dict[int, tuple[RuleHit, ...]], hit: RuleHit) -> int:
    longest = current = 0
    for point in order:
        current = current + 1 if hit in hits.get(point, ()) else 0
        longest = max(longest, current)
    return longest
