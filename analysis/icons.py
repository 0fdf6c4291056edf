"""The NHS icons of a chart, in words: what the latest point says, and whether the target will be met."""

from __future__ import annotations

from analysis.finding_further import Icons
from analysis.impact.xmr import Assurance, Status, XmrChart
from analysis.impact.xmr_rules import Side

_VARIATION = {
    Status.COMMON_CAUSE: ("common cause", "Common cause: no significant change in the latest value"),
    Status.NEUTRAL_HIGH: ("neither, high", "Special cause, higher: neither better nor worse"),
    Status.NEUTRAL_LOW: ("neither, low", "Special cause, lower: neither better nor worse"),
}
_SIGNALLED = {
    (Status.IMPROVEMENT, Side.HIGH): ("improvement, high", "Special cause, improving: higher values"),
    (Status.IMPROVEMENT, Side.LOW): ("improvement, low", "Special cause, improving: lower values"),
    (Status.CONCERN, Side.HIGH): ("concern, high", "Special cause, of concern: higher values"),
    (Status.CONCERN, Side.LOW): ("concern, low", "Special cause, of concern: lower values"),
}
_ASSURANCE = {
    Assurance.PASS: ("pass", "Pass: the target will be met month after month if nothing changes"),
    Assurance.FAIL: ("fail", "Fail: the target will not be met unless something changes"),
    Assurance.HIT_OR_MISS: ("hit or miss", "Hit or miss: the target lies within the expected variation"),
}
_NO_TARGET = ("", "No target is set, or neither way is better")


def icons_of(chart: XmrChart | None) -> Icons | None:
    """Both icons of a chart with limits; None without one."""
    if chart is None:
        return None
    status = chart.last_point_status
    flag = chart.flag_at(chart.points[-1])
    if flag is not None and status in (Status.IMPROVEMENT, Status.CONCERN):
        sides = [hit.side for hit in flag.rules]
        variation = _SIGNALLED[status, _side(status, sides, chart)]
    else:
        variation = _VARIATION.get(status, _VARIATION[Status.COMMON_CAUSE])
    assurance = _ASSURANCE[chart.assurance] if chart.assurance is not None else _NO_TARGET
    return Icons(*variation, *assurance)


def _side(status: Status, sides: list[Side], chart: XmrChart) -> Side:
    """The side that gave the status: where rules fired on both, the one that goes with it elsewhere on the chart."""
    if len(set(sides)) == 1:
        return sides[0]
    single = (f for f in chart.flags if f.status is status and len({hit.side for hit in f.rules}) == 1)
    first = next(single, None)
    return first.rules[0].side if first is not None else sides[0]
