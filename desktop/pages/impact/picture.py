"""A finding as the picture of its chart: every number placed, every word written. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from analysis.events import numbered_events
from analysis.finding_shapes import LeftOut, MeasureFinding
from analysis.finding_shapes import Point as FindingPoint
from analysis.impact.xmr import XmrChart
from analysis.measure_words import change_texts, period_name, shown_scale, value_text
from analysis.periods import date_label, month_of
from analysis.vocabulary import Phase, RoleFacts, Series
from analysis.wording import interval, number, plural
from desktop.charts.axis import nice_ticks, tick_decimals
from desktop.charts.picture import Band, Dash, Flag, Line, Point, Sample, XmrPicture
from desktop.pages.impact.further import COMPARATOR, FITTED, Against, Further, against_lines, further_of
from desktop.pages.impact.lines import FROZEN, NEW_MEAN, first_not_before, lines_of
from desktop.pages.verdicts import point_mark
from desktop.theme.marks import Verdict

HOLLOW = (LeftOut.PHASE_IN, LeftOut.PROVISIONAL, LeftOut.AFTER_END, LeftOut.OTHER_FREQUENCY)
LEFT_OUT = "Phase-in or provisional, left out"
NO_TARGET = Against()


def picture_of(
    finding: MeasureFinding,
    role: RoleFacts,
    series: Series | None,
    view: str = FROZEN,
    against: Against = NO_TARGET,
) -> XmrPicture:
    """The whole chart of one measure in one view."""
    further = further_of(finding, role, view)
    dated = () if further.is_index else against_lines(finding, against)
    lines = (*(further.lines or lines_of(finding, view)), *dated)
    points = tuple(_point(finding, point, view, further) for point in finding.points)
    axis = _axis(finding, lines, further)
    before, after = _phase_words(finding)
    launch = _launch(finding, role)
    return XmrPicture(
        title=finding.texts.chart_title,
        subtitle=_subtitle(finding, axis, view, further),
        points=points,
        low=axis.low,
        high=axis.high,
        ticks=axis.ticks,
        tick_words=axis.words,
        lines=lines,
        launch=launch,
        launch_label=f"Launch {date_label(role.timeline.launch)}"
        if role.timeline.launch and launch is not None
        else "",
        before_label=before,
        after_label=after,
        band=_band(finding),
        flags=_flags(finding, role),
        legend=_legend(finding, points, lines, view, further),
        source=source_words(series),
        summary=f"{further.summary} {finding.texts.alt_text}".strip(),
        table=_table(finding, further),
        shades=further.shades,
        tracks=further.tracks,
    )


def source_words(series: Series | None) -> str:
    """Where the values came from: typed, or the files with their first and last cell."""
    if series is None or not series.sources:
        return ""
    parts = []
    for name, group in groupby(sorted(set(series.sources), key=series.sources.index), key=lambda s: s.split(", ")[0]):
        cells = [source.partition(", ")[2] for source in group]
        ends = cells[0] if len(cells) == 1 else f"{cells[0]} to {cells[-1].rpartition('!')[2]}"
        parts.append(", ".join(filter(None, (name, ends))))
    shown = parts if len(parts) < 3 else [*parts[:2], f"{len(parts) - 2} more"]
    return f"Source: {'; '.join(shown)}"


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]


def _axis(finding: MeasureFinding, lines: Sequence[Line], further: Further) -> _Axis:
    """Everything drawn with a little air; from zero where that costs little, and never below it without need."""
    held = [v * further.scale for p in finding.points for v in (p.value, p.low, p.high) if isfinite(v)]
    beside = [value for track in further.tracks for value in track.values if value is not None]
    drawn = [*held, *beside, *(y for line in lines for y in line.ys)] or [0.0, 1.0]
    least, most = min(drawn), max(drawn)
    air = 0.06 * (most - least) or abs(most) * 0.1 or 1.0
    low, high = least - air, most + air
    if least >= 0 and least < 0.3 * most:
        low = 0.0
    low = max(low, 0.0) if least >= 0 else low
    if further.is_index:
        places = nice_ticks(low, high)
        return _Axis(low, high, places, tuple(number(tick, tick_decimals(places)) for tick in places))
    scale = shown_scale(finding.measure)
    ticks = nice_ticks(low * scale, high * scale)
    extra = tick_decimals(ticks) - finding.measure.decimals
    words = tuple(value_text(finding.measure, tick / scale, extra) for tick in ticks)
    return _Axis(low, high, tuple(tick / scale for tick in ticks), words)


def _subtitle(finding: MeasureFinding, axis: _Axis, view: str, further: Further) -> str:
    note = further.note or finding.texts.chart_note
    if view == NEW_MEAN and finding.rebased is not None:
        note = f"{note} Limits start again after launch."
    if axis.low > 0 and axis.words:
        note = f"{note} The axis does not start at 0; its first mark is {axis.words[0]}."
    return note


def _chart(finding: MeasureFinding, view: str) -> XmrChart | None:
    return finding.rebased if view == NEW_MEAN and finding.rebased is not None else finding.xmr


def _mark(finding: MeasureFinding, point: FindingPoint, view: str) -> Verdict:
    """What the limits of the view say of a point; where no limits are drawn, nothing is judged."""
    if not point.used or view in (FITTED, COMPARATOR):
        return Verdict.COMMON
    if view == NEW_MEAN and finding.rebased is not None:
        flag = finding.rebased.flag_at(point.position)
        return point_mark(flag.status) if flag else Verdict.COMMON
    return point_mark(point.status)


def _point(finding: MeasureFinding, point: FindingPoint, view: str, further: Further) -> Point:
    bounded = not isfinite(point.value) and isfinite(point.low) and isfinite(point.high)
    return Point(
        label=point.period.label,
        value=point.value * further.scale if isfinite(point.value) else None,
        read_out=(*_read_out(finding, point), *_beside(further, point)),
        verdict=_mark(finding, point, view),
        hollow=point.left_out in HOLLOW,
        set_aside=point.left_out is LeftOut.SET_ASIDE,
        low=point.low * further.scale if bounded else None,
        high=point.high * further.scale if bounded else None,
    )


def _beside(further: Further, point: FindingPoint) -> tuple[str, ...]:
    """What else the view holds for a period, in the words of its table."""
    held = ((name, texts[point.position]) for name, texts in further.columns)
    return tuple(f"{name}: {text}" for name, text in held if text != "–")


def _read_out(finding: MeasureFinding, point: FindingPoint) -> tuple[str, ...]:
    lines = [f"{point.period.long_label}: {_value(finding, point)}"]
    if isfinite(point.value) and isfinite(finding.before_mean):
        away = point.value - finding.before_mean
        (size,) = change_texts(finding.measure, away)
        side = "below" if away < 0 else "above"
        lines.append(f"{size.lstrip('+−')} {side} the before mean" if away else "at the before mean")
    if point.reason:
        lines.append(point.reason[:1].upper() + point.reason[1:])
    return tuple(lines)


def _value(finding: MeasureFinding, point: FindingPoint) -> str:
    if isfinite(point.value):
        return value_text(finding.measure, point.value)
    if isfinite(point.low) and isfinite(point.high):
        return interval(value_text(finding.measure, point.low), value_text(finding.measure, point.high))
    return point.left_out.value if point.left_out else "no value"


def _launch(finding: MeasureFinding, role: RoleFacts) -> float | None:
    first = first_not_before(finding)
    return first - 0.5 if role.timeline.launch is not None and first is not None else None


def _phase_words(finding: MeasureFinding) -> tuple[str, str]:
    """`Before · 12 months`, `After · 11 months + 2 provisional`."""
    unit = period_name(finding.measure.frequency)
    before = f"Before  ·  {plural(finding.n_before, unit)}" if finding.n_before else ""
    if not any(p.phase is Phase.AFTER for p in finding.points):
        return before, ""
    late = f" + {finding.n_provisional} provisional" if finding.n_provisional else ""
    return before, f"After  ·  {plural(finding.n_after, unit)}{late}"


def _band(finding: MeasureFinding) -> Band | None:
    inside = [p.position for p in finding.points if p.phase is Phase.PHASE_IN]
    return Band(inside[0] - 0.5, inside[-1] + 0.5) if inside else None


def _flags(finding: MeasureFinding, role: RoleFacts) -> tuple[Flag, ...]:
    """Events with the numbers they have in the cautions; those outside the chart keep their number and are left out."""
    found = []
    for place, event in enumerate(numbered_events(finding.measure, role), start=1):
        at = next((p.position for p in finding.points if p.period.start <= event.when <= p.period.end), None)
        if at is not None:
            found.append(Flag(place, at, f"{month_of(event.when).label}  {event.title}"))
    return tuple(found)


def _legend(
    finding: MeasureFinding, points: Sequence[Point], lines: Sequence[Line], view: str, further: Further
) -> tuple[Sample, ...]:
    """The marks and lines really used."""
    if further.tracks:
        hollow = [Sample(LEFT_OUT, Verdict.COMMON, hollow=True)] if any(p.hollow for p in points) else []
        return (*further.samples, *hollow, *_target_sample(lines))
    full = [p for p in points if p.value is not None and not p.hollow and not p.set_aside]
    marks = {p.verdict for p in full}
    signalled = _signalled(finding) if view == FROZEN else None
    signal = finding.variation.signal if finding.variation else ""
    made = [
        Sample(f"{mark.word}: {signal}" if signal and mark is signalled else mark.word, mark)
        for mark in Verdict
        if mark in marks and not further.lines
    ]
    made += further.samples
    if any(p.hollow for p in points):
        made.append(Sample(LEFT_OUT, Verdict.COMMON, hollow=True))
    if any(p.set_aside for p in points):
        made.append(Sample("⊘ set aside, left out", ink="card"))
    if any(p.low is not None for p in points):
        made.append(Sample("Suppressed at source, between its bounds", ink="com"))
    dashes = {line.dash for line in lines if line.ink == "limit"}
    trial = f"{finding.limits.value[:1].upper()}{finding.limits.value[1:]}"
    if Dash.DASHED in dashes:
        made.append(Sample(trial, dash=Dash.DASHED))
    if Dash.DOTTED in dashes:
        made.append(Sample(f"{trial}, frozen and extended", dash=Dash.DOTTED))
    return (*made, *_target_sample(lines))


def _target_sample(lines: Sequence[Line]) -> tuple[Sample, ...]:
    """The key of the target line, where one is drawn."""
    inks = {line.ink: line for line in lines if line.dash is Dash.CHAINED}
    words = {"text": "Target", "s1": "Caseload ceiling"}
    return tuple(Sample(words[ink], ink=ink, dash=line.dash) for ink, line in inks.items())


def _signalled(finding: MeasureFinding) -> Verdict | None:
    """The mark that the signal after launch belongs to, where there is only one it could be."""
    after = {point_mark(p.status) for p in finding.points if p.used and p.phase is Phase.AFTER} - {Verdict.COMMON}
    return after.pop() if len(after) == 1 else None


def _table(finding: MeasureFinding, further: Further) -> tuple[tuple[str, ...], ...]:
    """The same data in rows, header first."""
    head = ("Period", finding.measure.name, *(name for name, _ in further.columns), "Phase", "Mark or reason")
    return (head, *(_row(finding, point, further) for point in finding.points))


def _row(finding: MeasureFinding, point: FindingPoint, further: Further) -> tuple[str, ...]:
    mark = f"{point_mark(point.status).word}{f': {point.reason}' if point.reason else ''}"
    said = mark if point.used and point.status is not None else point.reason or "–"
    beside = (texts[point.position] for _, texts in further.columns)
    return point.period.label, _value(finding, point), *beside, point.phase.value, said
