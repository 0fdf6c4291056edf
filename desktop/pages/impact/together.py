"""All measures of a role together: icons in words, small multiples on one calendar, gaps between groups. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from analysis.axis import nice_ticks
from analysis.finding_further import GapFinding, GapPoint
from analysis.finding_shapes import MeasureFinding
from analysis.measure_words import change_texts, shown_scale
from analysis.phases import phase_of
from analysis.vocabulary import MeasureFacts, Phase, RoleFacts
from analysis.wording import interval
from db.answers import RoleAnswer
from desktop.charts.picture import Dash, Line, Point, Sample, XmrPicture
from desktop.pages.impact.explain import Explanation, explanation_of_methods
from desktop.pages.impact.further import against_of
from desktop.pages.impact.picture import picture_of
from desktop.pages.verdicts import look_of
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape, Verdict

VARIATION = {
    "common cause": (Shape.PLAIN, "com"),
    "improvement": (Shape.BETTER, "imp"),
    "concern": (Shape.BAD, "con"),
    "neither": (Shape.MOVED, "nei"),
}
ASSURANCE = {"pass": (Shape.FINE, "ok"), "fail": (Shape.LOOK, "check"), "hit or miss": (Shape.SAME, "text2")}
COLUMNS = ("Measure", "What changed", "Variation", "Target", "Evidence")


@dataclass(frozen=True)
class Small:
    """One small chart with the measure it opens."""

    measure_id: int
    picture: XmrPicture
    words: str


@dataclass(frozen=True)
class TogetherState:
    """The whole panel; `several` says what looking at many measures does to chance."""

    icons: TableState
    several: str
    small: tuple[Small, ...]
    gaps: tuple[XmrPicture, ...]
    how: Explanation


def together_state(answer: RoleAnswer) -> TogetherState:
    """All measures of a role."""
    found = answer.finding.measures
    several = answer.finding.multiplicity.text if answer.finding.multiplicity else ""
    small = tuple(
        Small(
            one.measure.id,
            picture_of(one, answer.role, answer.series_of(one.measure.id), against=against_of(answer, one.measure)),
            one.texts.sentence,
        )
        for one in found
        if any(isfinite(point.value) for point in one.points)
    )
    gaps = tuple(gap_picture(gap, _measure(answer, gap), answer.role) for gap in answer.gaps if gap.points)
    keys = ("icons", "xmr", "adjust_p", "evidence_level", *(("equity_gap",) if gaps else ()))
    how = explanation_of_methods("all measures together", keys, (several,) if several else ())
    return TogetherState(measures_table(found), several, small, gaps, how)


def measures_table(found: Sequence[MeasureFinding]) -> TableState:
    """One row for each finding: what changed, variation, target and evidence in words."""
    specs = tuple(ColumnSpec(name, stretch=at == 1) for at, name in enumerate(COLUMNS))
    return TableState(specs, tuple(_row(one) for one in found), tuple(str(one.measure.id) for one in found))


def _measure(answer: RoleAnswer, gap: GapFinding) -> MeasureFacts:
    return next(one.measure for one in answer.finding.measures if one.measure.id == gap.measure_id)


def _row(found: MeasureFinding) -> tuple[TableCell, ...]:
    look, icons = look_of(found.verdict), found.icons
    changed = TableCell(found.texts.key_change, found.texts.interval_short, shape=look.shape, shape_ink=look.ink)
    level = f"Level\u00a0{found.evidence.level}"
    measured = TableCell(found.measure.label, "primary" if found.measure.is_primary else "", strong=True)
    if icons is None:
        return (measured, changed, TableCell("no limits yet"), TableCell("–"), TableCell(level))
    shape, ink = VARIATION[icons.variation.split(",")[0]]
    variation = TableCell(icons.variation, shape=shape, shape_ink=ink, spoken=icons.variation_words)
    held = ASSURANCE.get(icons.assurance)
    target = TableCell("no target" if found.measure.target is None else "–", spoken=icons.assurance_words)
    if held is not None:
        target = TableCell(icons.assurance, shape=held[0], shape_ink=held[1], spoken=icons.assurance_words)
    return measured, changed, variation, target, TableCell(level)


def gap_picture(gap: GapFinding, measure: MeasureFacts, role: RoleFacts) -> XmrPicture:
    """The difference between two groups over time, with its interval where the kind of measure gives one."""
    ends = [v for p in gap.points for v in (p.gap, p.lower, p.upper) if isfinite(v)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    air = 0.08 * (high - low) or 1.0
    scale = shown_scale(measure)
    ticks = tuple(tick / scale for tick in nice_ticks((low - air) * scale, (high + air) * scale))
    last = len(gap.points) - 0.4
    phases = [phase_of(point.period, role.timeline) for point in gap.points]
    after = next((at for at, phase in enumerate(phases) if phase is not Phase.BEFORE), None)
    bounded = any(isfinite(point.lower) for point in gap.points)
    return XmrPicture(
        title=f"{measure.label}: {gap.first} minus {gap.second}",
        subtitle=f"{gap.sentence} At 0 there is no gap.",
        points=tuple(_gap_point(measure, point) for point in gap.points),
        low=low - air,
        high=high + air,
        ticks=ticks,
        tick_words=change_texts(measure, *ticks),
        lines=(Line((-0.5, last), (0.0, 0.0), "mean", Dash.SOLID, "No gap"),),
        launch=after - 0.5 if after is not None else None,
        launch_label="Launch" if after is not None else "",
        legend=(Sample("Gap", Verdict.COMMON), *((Sample("95\u00a0% interval", ink="com"),) if bounded else ())),
        summary=gap.sentence,
        table=(
            ("Period", f"{gap.first} minus {gap.second}", "95\u00a0% interval"),
            *((point.period.label, *_gap_texts(measure, point)) for point in gap.points),
        ),
    )


def _gap_point(measure: MeasureFacts, point: GapPoint) -> Point:
    said = " ".join(filter(None, _gap_texts(measure, point)))
    low, high = (end if isfinite(end) else None for end in (point.lower, point.upper))
    return Point(point.period.label, point.gap, (f"{point.period.long_label}: {said}",), low=low, high=high)


def _gap_texts(measure: MeasureFacts, point: GapPoint) -> tuple[str, str]:
    if not isfinite(point.lower):
        return change_texts(measure, point.gap)[0], ""
    best, first, second = change_texts(measure, point.gap, point.lower, point.upper)
    return best, interval(first, second)
