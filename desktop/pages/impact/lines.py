"""The lines of the chart: the mean and limits of each view, and the mean after launch. Qt-free."""

from __future__ import annotations

from math import isfinite

from analysis.finding_shapes import MeasureFinding, Verdict
from analysis.impact.xmr import XmrPhase
from analysis.measure_words import value_text
from analysis.vocabulary import Phase
from desktop.charts.picture import Dash, Line
from desktop.pages.verdicts import mark_of

FROZEN, NEW_MEAN = "Frozen limits", "New mean"


def lines_of(finding: MeasureFinding, view: str) -> tuple[Line, ...]:
    """Mean and limits as the view has them; none below 7 points."""
    if finding.xmr is None:
        return ()
    if view == NEW_MEAN and finding.rebased is not None:
        return _by_phase(finding, finding.rebased.phases, "After mean")
    if len({phase.mean for phase in finding.xmr.phases}) > 1:
        return _by_phase(finding, finding.xmr.phases, "Mean in force")
    return (*_after_mean(finding), *_frozen(finding, finding.xmr.phases[0]))


def first_not_before(finding: MeasureFinding) -> int | None:
    """The position of the first period that is not wholly before launch."""
    return next((p.position for p in finding.points if p.phase is not Phase.BEFORE), None)


def _named(finding: MeasureFinding, words: str, value: float) -> str:
    extra = 1 if finding.measure.decimals == 0 and abs(value) < 10 else 0
    return f"{words} {value_text(finding.measure, value, extra)}"


def _frozen(finding: MeasureFinding, phase: XmrPhase) -> tuple[Line, ...]:
    """Limits from before launch, solid and dashed there, dotted where they are extended."""
    last = len(finding.points) - 0.4
    launch = first_not_before(finding)
    split = last if launch is None or not finding.n_before else launch - 0.5
    name = "Before mean" if finding.n_before else "Mean"
    made: list[Line] = []
    for value, words, ink, dash in (
        (phase.upper_limit, "Upper limit", "limit", Dash.DASHED),
        (phase.mean, name, "mean", Dash.SOLID),
        (phase.lower_limit, "Lower limit", "limit", Dash.DASHED),
    ):
        if not isfinite(value):
            continue
        label, strong = _named(finding, words, value), ink == "mean"
        whole = split >= last
        made.append(Line((-0.5, split), (value, value), ink, dash, label if whole else "", strong=strong and whole))
        if not whole:
            made.append(Line((split, last), (value, value), ink, Dash.DOTTED, label, strong=strong))
    return tuple(made)


def _after_mean(finding: MeasureFinding) -> tuple[Line, ...]:
    """The plain mean after launch, solid over the periods used and dotted over those left out."""
    used = [p.position for p in finding.points if p.used and p.phase is Phase.AFTER]
    if not used or not finding.n_before or not isfinite(finding.after_mean):
        return ()
    ink = "com" if finding.verdict is Verdict.NO_ANSWER else mark_of(finding.verdict).value
    level, last = finding.after_mean, len(finding.points) - 0.4
    label = _named(finding, "After mean", level)
    solid = Line((used[0] - 0.5, used[-1] + 0.5), (level, level), ink)
    return solid, Line((used[-1] + 0.5, last), (level, level), ink, Dash.DOTTED, label)


def _by_phase(finding: MeasureFinding, phases: tuple[XmrPhase, ...], name: str) -> tuple[Line, ...]:
    """Mean and limits of each phase of its own; the last ones are labelled."""
    made: list[Line] = []
    for number, phase in enumerate(phases):
        last = number == len(phases) - 1
        end = len(finding.points) - 0.4 if last else phase.end + 0.5
        for value, words, ink, dash in (
            (phase.upper_limit, "Upper limit", "limit", Dash.DASHED),
            (phase.mean, name, "mean", Dash.SOLID),
            (phase.lower_limit, "Lower limit", "limit", Dash.DASHED),
        ):
            if isfinite(value):
                label = _named(finding, words, value) if last else ""
                made.append(Line((phase.start - 0.5, end), (value, value), ink, dash, label, strong=ink == "mean"))
    return tuple(made)
