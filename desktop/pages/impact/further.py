"""What the fitted trend, the comparator and dated targets add to the chart: lines, ground, series, words. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_shapes import MeasureFinding
from analysis.measure_words import period_name, value_text
from analysis.targets import TargetFacts, stretches, target_words
from analysis.vocabulary import MeasureFacts, RoleFacts
from analysis.wording import interval, number, plural
from db.answers import RoleAnswer
from desktop.charts.picture import Dash, Line, Sample, Shade, Track
from desktop.pages.impact.lines import first_not_before

FITTED, COMPARATOR = "Fitted trend", "Comparator"
MOST_TRACKS = 4
FAR_APART = 3.0
"""Levels before launch that differ by more than this many times are drawn against their own mean of 100."""
_WITHOUT = "Expected without the launch"


@dataclass(frozen=True)
class Further:
    """What a view adds to the points: `scales` bring the role's values and every track's to one axis."""

    lines: tuple[Line, ...] = ()
    shades: tuple[Shade, ...] = ()
    tracks: tuple[Track, ...] = ()
    samples: tuple[Sample, ...] = ()
    scale: float = 1.0
    is_index: bool = False
    note: str = ""
    summary: str = ""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()


NOTHING = Further()
CASELOAD = "caseload"
"""The key of the library's open caseload, which is drawn against the role's ceiling."""


@dataclass(frozen=True)
class Against:
    """What a measure is drawn against besides limits: dated targets, and the ceiling of a caseload."""

    targets: tuple[TargetFacts, ...] = ()
    ceiling: float | None = None


def against_of(answer: RoleAnswer, measure: MeasureFacts) -> Against:
    """The targets of a measure, and the role's ceiling where it is its caseload."""
    ceiling = answer.profile.facts.caseload_ceiling if measure.library_key == CASELOAD else None
    return Against(answer.targets, ceiling)


def further_of(finding: MeasureFinding, role: RoleFacts, view: str) -> Further:
    """What a view shows besides the points; nothing for the views of limits."""
    if view == FITTED and isinstance(finding.fitted, FittedChange):
        return _fitted(finding, finding.fitted)
    if view == COMPARATOR and finding.compared:
        return _compared(finding, role)
    return NOTHING


def against_lines(finding: MeasureFinding, against: Against) -> tuple[Line, ...]:
    """Targets and ceiling as lines over the periods they hold for."""
    whole = (-0.5, len(finding.points) - 0.4)
    ceiling = against.ceiling
    if ceiling is None:
        return _targets(finding, against.targets, whole)
    words = f"Ceiling {value_text(finding.measure, ceiling)}"
    return (*_targets(finding, against.targets, whole), Line(whole, (ceiling, ceiling), "s1", Dash.CHAINED, words))


def _targets(finding: MeasureFinding, targets: Sequence[TargetFacts], whole: tuple[float, float]) -> tuple[Line, ...]:
    """The newest target has its words; the target without a date is drawn where none has one."""
    measure = finding.measure
    held = stretches(targets, measure.id, [point.period for point in finding.points])
    made = []
    for place, one in enumerate(held):
        ends = (one.first - 0.5, one.last + (0.6 if one.last == len(finding.points) - 1 else 0.5))
        for height in (one.target.low, one.target.high):
            if height is not None:
                named = one.target.low if one.target.high is None else one.target.high
                newest = place == len(held) - 1 and height == named
                words = f"Target {target_words(measure, one.target)}" if newest else ""
                made.append(Line(ends, (height, height), "text", Dash.CHAINED, words))
    if not made and measure.target is not None:
        words = f"Target {value_text(measure, measure.target)}"
        made.append(Line(whole, (measure.target, measure.target), "text", Dash.CHAINED, words))
    return tuple(made)


def averted_words(finding: MeasureFinding, fitted: FittedChange) -> str:
    """How many fewer (or more) there were than the trend before launch led to expect, with its interval."""
    if fitted.averted is None:
        return ""
    best, low, high = fitted.averted
    fewer = best >= 0
    one, two = (low, high) if fewer else (-high, -low)
    span = interval(*(number(end).replace("-", "−") for end in (one, two)))
    unit = period_name(finding.measure.frequency)
    return (
        f"Over the {plural(fitted.n_after, unit)} after launch {number(abs(best))} "
        f"{'fewer' if fewer else 'more'} than the trend before it led to expect (95\u00a0% interval {span})."
    )


def _fitted(finding: MeasureFinding, fitted: FittedChange) -> Further:
    launch = first_not_before(finding) or 0
    shown = [at for at, height in enumerate(fitted.fitted) if isfinite(height)]
    before, after = [at for at in shown if at < launch], [at for at in shown if at >= launch]
    lines = []
    for part in (before, after):
        heights = tuple(fitted.fitted[at] for at in part)
        words = "Fitted" if part is after else ""
        lines.append(Line(tuple(map(float, part)), heights, "s1", Dash.SOLID, words, strong=True))
    without = tuple(fitted.counterfactual[at] for at in after)
    lines.append(Line(tuple(map(float, after)), without, "s3", Dash.DASHED, "Without launch"))
    ends = [(fitted.fitted[at], fitted.counterfactual[at]) for at in after]
    shade = Shade(tuple(map(float, after)), tuple(map(min, ends)), tuple(map(max, ends)))
    said = " ".join(filter(None, (fitted.text, averted_words(finding, fitted), *fitted.warnings)))
    return Further(
        lines=tuple(line for line in lines if line.xs),
        shades=(shade,),
        samples=(
            Sample("Fitted trend", ink="s1"),
            Sample(_WITHOUT, ink="s3", dash=Dash.DASHED),
            Sample("Difference", ink="s1", shade=True),
        ),
        note=f"{fitted.method[:1].upper()}{fitted.method[1:]}.",
        summary=said,
        columns=(
            ("Fitted", _texts(finding, fitted.fitted)),
            (
                _WITHOUT,
                tuple(t if at >= launch else "–" for at, t in enumerate(_texts(finding, fitted.counterfactual))),
            ),
        ),
    )


def _texts(finding: MeasureFinding, heights: Sequence[float]) -> tuple[str, ...]:
    return tuple(value_text(finding.measure, one, 1) if isfinite(one) else "–" for one in heights)


def _compared(finding: MeasureFinding, role: RoleFacts) -> Further:
    held = finding.compared[: MOST_TRACKS - 1]
    own = role.place or role.name
    is_index = _far_apart(held)
    scales = [_scale(one.other_means[0]) if is_index else 1.0 for one in held]
    mine = _scale(held[0].role_means[0]) if is_index else 1.0
    tracks = [Track(own, tuple(_held(point.value * mine) for point in finding.points), 1)]
    for place, (one, scale) in enumerate(zip(held, scales, strict=True), start=2):
        tracks.append(Track(_name(one), tuple(_held(value * scale) for value in one.values), place))
    return Further(
        lines=_ends(tracks),
        tracks=tuple(tracks),
        samples=tuple(Sample(track.name, track=track.place) for track in tracks),
        scale=mine,
        is_index=is_index,
        note=_against(held, is_index=is_index),
        summary=" ".join(one.sentence for one in finding.compared),
        columns=tuple((_name(one), _texts(finding, one.values)) for one in held),
    )


def _held(value: float) -> float | None:
    return value if isfinite(value) else None


def _far_apart(held: Sequence[ComparatorFinding]) -> bool:
    levels = [one.role_means[0] for one in held[:1]] + [one.other_means[0] for one in held]
    return all(isfinite(one) and one > 0 for one in levels) and max(levels) > FAR_APART * min(levels)


def _scale(mean: float) -> float:
    return 100.0 / mean


def _name(one: ComparatorFinding) -> str:
    words = "benchmark" if one.is_benchmark else ""
    moved = f"moved forward by {plural(one.months_earlier // 12, 'year')}" if one.months_earlier else ""
    extra = ", ".join(filter(None, (words, moved)))
    return f"{one.facts.name} ({extra})" if extra else one.facts.name


def _ends(tracks: Sequence[Track]) -> tuple[Line, ...]:
    """The name of each series at its right end; the line itself has no length of its own."""
    inks = {1: "s1", 2: "s2", 3: "s3", 4: "s4"}
    made = []
    for track in tracks:
        last = next((at for at in range(len(track.values) - 1, -1, -1) if track.values[at] is not None), None)
        height = track.values[last] if last is not None else None
        if last is not None and height is not None:
            made.append(Line((last, last), (height, height), inks[track.place], label=track.name, strong=True))
    return tuple(made)


def _against(held: Sequence[ComparatorFinding], *, is_index: bool) -> str:
    scaled = " Each as a share of its own mean before launch, which is 100." if is_index else ""
    reasons = " ".join(
        f"{one.facts.name}: {one.facts.why_chosen.rstrip('.')}."
        if one.facts.why_chosen
        else f"{one.facts.name}: why it was chosen is not recorded."
        for one in held
    )
    return f"The role beside what it is held against.{scaled} {reasons}"
