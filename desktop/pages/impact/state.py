"""The Impact tab as one frozen state, made from a role's answer. Qt-free; the sentences are the finding's own."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding_further import FittedChange
from analysis.finding_shapes import Effect, MeasureFinding, TooEarly
from analysis.measure_words import change_texts, period_name
from analysis.wording import plural
from db.answers import RoleAnswer
from desktop.charts.picture import XmrPicture
from desktop.pages.impact.explain import Explanation, explanation_of
from desktop.pages.impact.further import COMPARATOR, FITTED, against_of, averted_words
from desktop.pages.impact.lines import FROZEN, NEW_MEAN
from desktop.pages.impact.picture import picture_of
from desktop.pages.verdicts import VerdictLook, look_of
from desktop.states import IntervalState

VIEWS = (FROZEN, NEW_MEAN, FITTED, COMPARATOR)
POINTS_FOR_NEW_MEAN = 7
NO_COMPARATOR = "Comparator: none is recorded yet."
NO_VALUES = "Comparator: no values are recorded for {names} yet; the Data tab takes them."
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
    off = off_views(finding, answer)
    shown = view if view not in dict(off) else FROZEN
    series = answer.series_of(finding.measure.id)
    general = () if finding is not answer.finding.leading else tuple(c.text for c in answer.finding.cautions)
    return ImpactState(
        measure_id=finding.measure.id,
        measures=tuple((found.measure.id, found.measure.label) for found in answer.finding.measures),
        view=shown,
        off=off,
        picture=picture_of(finding, answer.role, series, shown, against_of(answer, finding.measure)),
        table_only=TABLE_ONLY if finding.xmr is None else "",
        change=change_state(finding, shown),
        evidence=evidence_state(finding),
        cautions=(*(caution.text for caution in finding.cautions), *general),
        explanation=explanation_of(finding, series),
    )


def off_views(finding: MeasureFinding, answer: RoleAnswer) -> tuple[tuple[str, str], ...]:
    """The views that cannot be chosen, each with its reason."""
    reasons = {}
    if finding.rebased is None:
        reasons[NEW_MEAN] = _why_no_new_mean(finding)
    if isinstance(finding.fitted, TooEarly):
        reasons[FITTED] = f"{FITTED}: {finding.fitted.reason}."
    if not finding.compared:
        names = [one.facts.name for one in answer.comparators if one.measure_id == finding.measure.id]
        reasons[COMPARATOR] = NO_VALUES.format(names=" and ".join(names)) if names else NO_COMPARATOR
    return tuple((view, reasons[view]) for view in VIEWS if view in reasons)


def _why_no_new_mean(finding: MeasureFinding) -> str:
    unit = period_name(finding.measure.frequency)
    if not finding.n_before:
        return f"New mean: there is no {unit} before launch to start from."
    return f"New mean: {finding.n_after} of {plural(POINTS_FOR_NEW_MEAN, unit)} after launch so far."


def change_state(finding: MeasureFinding, view: str = FROZEN) -> ChangeState:
    """What changed, with its interval, or what is missing for an answer."""
    return ChangeState(
        look=look_of(finding.verdict),
        sentence=finding.texts.sentence,
        headline=finding.texts.headline,
        interval_line=finding.texts.interval_line,
        interval=_interval(finding),
        n_line=finding.texts.n_line,
        more=_more(finding, view),
    )


def _interval(finding: MeasureFinding) -> IntervalState | None:
    effect, mark = finding.effect, look_of(finding.verdict).mark
    if not isinstance(effect, Effect) or mark is None:
        return None
    estimate, low, high = change_texts(finding.measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)
    inside = min(max(effect.absolute, effect.absolute_lower), effect.absolute_upper)
    return IntervalState(inside, effect.absolute_lower, effect.absolute_upper, (low, estimate, high), mark)


def _more(finding: MeasureFinding, view: str) -> tuple[str, ...]:
    """What stands under the change: what the view shows first, then what else there is."""
    if isinstance(finding.effect, Effect):
        ended = finding.after_end.sentence if finding.after_end else ""
        plan = finding.plan.text if finding.plan else ""
        compared = [one.sentence for one in finding.compared]
        first = _fitted_lines(finding) if view == FITTED else ()
        beside = _comparator_lines(finding) if view == COMPARATOR else ()
        return tuple(filter(None, (*first, *compared, *beside, ended, plan)))
    lines = []
    if finding.effect.have < finding.effect.need:
        lines.append(f"{finding.effect.have} of {finding.effect.need} {finding.effect.of}.")
    if finding.full_answer_from is not None and "after" in finding.effect.of:
        lines.append(f"Full answer in {finding.full_answer_from.long_label}, if no month is left out.")
    if finding.detectable is not None:
        lines.append(finding.detectable.text)
    return tuple(lines)


def _fitted_lines(finding: MeasureFinding) -> tuple[str, ...]:
    fitted = finding.fitted
    if not isinstance(fitted, FittedChange):
        return ()
    return (fitted.text, averted_words(finding, fitted), *fitted.warnings)


def _comparator_lines(finding: MeasureFinding) -> tuple[str, ...]:
    lines: list[str] = []
    for one in finding.compared:
        lines += [one.pre_trend.text] if one.pre_trend else []
        lines += [one.controlled.text] if isinstance(one.controlled, FittedChange) else []
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
