"""The Impact tab as one frozen state, made from a role's answer. Qt-free; the sentences are the finding's own."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding_shapes import Effect, MeasureFinding
from analysis.measure_words import change_texts, period_name
from analysis.wording import plural
from db.answers import RoleAnswer
from desktop.charts.picture import XmrPicture
from desktop.pages.impact.explain import Explanation, explanation_of
from desktop.pages.impact.lines import FROZEN, NEW_MEAN
from desktop.pages.impact.picture import picture_of
from desktop.pages.verdicts import VerdictLook, look_of
from desktop.states import IntervalState

FITTED, COMPARATOR = "Fitted trend", "Comparator"
VIEWS = (FROZEN, NEW_MEAN, FITTED, COMPARATOR)
POINTS_FOR_NEW_MEAN = 7
NOT_OFFERED = {
    FITTED: "Fitted trend: not drawn yet.",
    COMPARATOR: "Comparator: not drawn yet.",
}
TABLE_ONLY = "Fewer than 7 points: the values are listed, and a chart with limits comes with the seventh."


@dataclass(frozen=True)
class ChangeState:
    """The card of what changed. `interval` is None while there is no estimate; `more` says what would give one."""

    look: VerdictLook
    sentence: str
    headline: str
    interval_line: str
    interval: IntervalState | None
    n_line: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceState:
    """The card of the evidence level: reasons with whether each is met."""

    level: int
    label: str
    summary: str
    reasons: tuple[tuple[bool, str], ...]
    to_raise: str
    scales: str


@dataclass(frozen=True)
class ImpactState:
    """Everything the tab shows of one measure. `off` says why a view cannot be chosen."""

    measure_id: int
    measures: tuple[tuple[int, str], ...]
    view: str
    off: tuple[tuple[str, str], ...]
    picture: XmrPicture
    table_only: str
    change: ChangeState
    evidence: EvidenceState
    cautions: tuple[str, ...]
    explanation: Explanation


def impact_state(answer: RoleAnswer, measure_id: int | None = None, view: str = FROZEN) -> ImpactState | None:
    """The tab for one measure, the leading one by default; None where a role has no measure yet."""
    finding = answer.measure(measure_id) if measure_id is not None else None
    finding = finding or answer.finding.leading
    if finding is None:
        return None
    off = off_views(finding)
    shown = view if view not in dict(off) else FROZEN
    series = answer.series_of(finding.measure.id)
    general = () if finding is not answer.finding.leading else tuple(c.text for c in answer.finding.cautions)
    return ImpactState(
        measure_id=finding.measure.id,
        measures=tuple((found.measure.id, found.measure.label) for found in answer.finding.measures),
        view=shown,
        off=off,
        picture=picture_of(finding, answer.role, series, shown),
        table_only=TABLE_ONLY if finding.xmr is None else "",
        change=change_state(finding),
        evidence=evidence_state(finding),
        cautions=(*(caution.text for caution in finding.cautions), *general),
        explanation=explanation_of(finding, series),
    )


def off_views(finding: MeasureFinding) -> tuple[tuple[str, str], ...]:
    """The views that cannot be chosen, each with its reason."""
    reasons = dict(NOT_OFFERED)
    if finding.rebased is None:
        reasons[NEW_MEAN] = _why_no_new_mean(finding)
    return tuple((view, reasons[view]) for view in VIEWS if view in reasons)


def _why_no_new_mean(finding: MeasureFinding) -> str:
    unit = period_name(finding.measure.frequency)
    if not finding.n_before:
        return f"New mean: there is no {unit} before launch to start from."
    return f"New mean: {finding.n_after} of {plural(POINTS_FOR_NEW_MEAN, unit)} after launch so far."


def change_state(finding: MeasureFinding) -> ChangeState:
    """What changed, with its interval, or what is missing for an answer."""
    return ChangeState(
        look=look_of(finding.verdict),
        sentence=finding.texts.sentence,
        headline=finding.texts.headline,
        interval_line=finding.texts.interval_line,
        interval=_interval(finding),
        n_line=finding.texts.n_line,
        more=_more(finding),
    )


def _interval(finding: MeasureFinding) -> IntervalState | None:
    effect, mark = finding.effect, look_of(finding.verdict).mark
    if not isinstance(effect, Effect) or mark is None:
        return None
    estimate, low, high = change_texts(finding.measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)
    inside = min(max(effect.absolute, effect.absolute_lower), effect.absolute_upper)
    return IntervalState(inside, effect.absolute_lower, effect.absolute_upper, (low, estimate, high), mark)


def _more(finding: MeasureFinding) -> tuple[str, ...]:
    if isinstance(finding.effect, Effect):
        ended = finding.after_end.sentence if finding.after_end else ""
        plan = finding.plan.text if finding.plan else ""
        return tuple(filter(None, (*(one.sentence for one in finding.compared), ended, plan)))
    lines = []
    if finding.effect.have < finding.effect.need:
        lines.append(f"{finding.effect.have} of {finding.effect.need} {finding.effect.of}.")
    if finding.full_answer_from is not None and "after" in finding.effect.of:
        lines.append(f"Full answer in {finding.full_answer_from.long_label}, if no month is left out.")
    if finding.detectable is not None:
        lines.append(finding.detectable.text)
    return tuple(lines)


def evidence_state(finding: MeasureFinding) -> EvidenceState:
    """The level with its reasons and what would raise it."""
    held = finding.evidence
    return EvidenceState(
        level=held.level,
        label=held.label,
        summary=held.summary,
        reasons=tuple((reason.met, reason.text) for reason in held.reasons),
        to_raise=held.to_raise,
        scales=f"{held.scale}. {held.nesta}. {held.grade}.",
    )
