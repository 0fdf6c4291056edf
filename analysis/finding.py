"""From the facts of a role to its findings: the one door to impact analysis.

`analyse_measure` answers for one series, `analyse_role` for all of them. Screen, workbook, alt text and command line
quote the result; nobody recalculates it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import MutableMapping, Sequence
from dataclasses import fields
from datetime import date

import numpy as np

from analysis.beyond import without_beyond
from analysis.cautions import cautions_of
from analysis.evidence import evidence_of
from analysis.finding_after_end import after_end_of
from analysis.finding_change import FULL_FROM, series_values
from analysis.finding_charts import charts_of, has_limits, points_of, variation_of
from analysis.finding_comparator import compared_of
from analysis.finding_detectable import promised_of
from analysis.finding_effects import effect_of
from analysis.finding_fitted import fitted_of
from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_selection import Mask, Selection, select
from analysis.finding_shapes import (
    ENGINE_VERSION,
    Caution,
    Detectable,
    Effect,
    EvidenceLevel,
    LeftOut,
    Limits,
    MeasureFinding,
    Point,
    Reason,
    RoleFinding,
    Texts,
    TooEarly,
    Variation,
    Verdict,
)
from analysis.finding_words import Facts, texts_of
from analysis.icons import icons_of
from analysis.periods import Frequency, Period
from analysis.phases import phase_of
from analysis.plain import as_plain
from analysis.several import multiplicity_of, several_cautions
from analysis.situation import Situation
from analysis.vocabulary import Arm, Direction, Lifecycle, Phase, RoleFacts, Series

MOST_DUE = 60
NO_TEXTS = Texts(**dict.fromkeys((part.name for part in fields(Texts)), ""))


def analyse_measure(
    series: Series, role: RoleFacts, today: date, beside: Sequence[Series] = (), *, promises: bool = True
) -> MeasureFinding:
    """All that can be said of one measure of one role; `beside` are its comparator and benchmark arms.

    Pure: the same facts give the same finding, whose `input_hash` says which facts they were. `today` only decides
    which periods are due. Missing values are never zero; too few values give `TooEarly` instead of an estimate.
    Without `promises` it is left open which change could be detected, how limits would run from a new start, and in
    what words, for who withholds the change.
    """
    series, beside = without_beyond(series), [without_beyond(one) for one in beside]
    chosen = select(series, role.timeline)
    charts = charts_of(series, chosen, role.events, both_views=promises)
    variation = variation_of(chosen, charts.frozen)
    effect = effect_of(series, chosen)
    verdict = verdict_of(effect, series.measure.direction)
    detectable, plan = promised_of(series, chosen) if promises else (None, None)
    fitted = fitted_of(series, chosen)
    compared = _compared(series, chosen, beside, role)
    leading = next((one for one in compared if not one.is_benchmark), None)
    charted = charts.frozen is not None or isinstance(fitted, FittedChange)
    before, after = _mean(series, chosen.before), _mean(series, chosen.after)
    facts = Facts(series, role, chosen, charts, variation, effect, verdict, detectable, before, after)
    return MeasureFinding(
        measure=series.measure,
        points=points_of(series, chosen, charts.frozen),
        xmr=charts.frozen,
        rebased=charts.rebased,
        limits=charts.limits,
        preset=series.measure.preset,
        n_before=chosen.n_before,
        n_after=chosen.n_after,
        n_provisional=chosen.count(LeftOut.PROVISIONAL),
        before_mean=before,
        after_mean=after,
        effect=effect,
        verdict=verdict,
        variation=variation,
        evidence=evidence_of(series, role, chosen, charted, leading),
        cautions=cautions_of(Situation(series, role, chosen, charts, variation, effect, fitted, leading)),
        detectable=detectable,
        due=due_periods(series, role, today),
        full_answer_from=_full_answer_from(series, chosen, role),
        texts=texts_of(facts) if promises else NO_TEXTS,
        input_hash=input_hash(series, role, beside),
        fitted=fitted,
        compared=compared,
        after_end=after_end_of(series, chosen, effect),
        plan=plan,
        icons=icons_of(charts.frozen),
        limits_set_by=charts.set_by,
    )


def evidence_alone(series: Series, role: RoleFacts) -> EvidenceLevel:
    """The evidence level that `analyse_measure` finds for a series with nothing beside it, and nothing else."""
    series = without_beyond(series)
    chosen = select(series, role.timeline)
    charted = has_limits(chosen) or isinstance(fitted_of(series, chosen), FittedChange)
    return evidence_of(series, role, chosen, charted)


def analyse_role(
    series: Sequence[Series],
    role: RoleFacts,
    today: date,
    known: MutableMapping[tuple[str, date], MeasureFinding] | None = None,
) -> RoleFinding:
    """The findings of a role: one for each series of the role's own arm, primary measures first.

    Series of other arms stand beside the role's own of the same measure. The leading measure is the first primary one,
    else the first; the role shows its evidence level and its change. `known` keeps findings by their input hash and
    day, so that nothing is worked out twice.
    """
    own = [one for one in series if one.arm is Arm.ROLE]
    ordered = sorted(own, key=lambda one: not one.measure.is_primary)
    measures = tuple(_once(one, role, today, _beside(one, series), known) for one in ordered)
    leading = measures[0] if measures else None
    joined = "".join(finding.input_hash for finding in measures)
    adjusted = multiplicity_of(measures)
    return RoleFinding(
        role=role,
        measures=measures,
        leading=leading,
        evidence=leading.evidence if leading else None,
        key_change=leading.texts.key_change if leading else "nothing recorded yet",
        interval_text=leading.texts.interval_short if leading else "",
        cautions=several_cautions(measures, adjusted),
        due=tuple(sorted({period for finding in measures for period in finding.due})),
        input_hash=hashlib.sha256(joined.encode()).hexdigest(),
        multiplicity=adjusted,
    )


def _once(
    series: Series,
    role: RoleFacts,
    today: date,
    beside: Sequence[Series],
    known: MutableMapping[tuple[str, date], MeasureFinding] | None,
) -> MeasureFinding:
    if known is None:
        return analyse_measure(series, role, today, beside)
    key = (input_hash(series, role, beside), today)
    found = known.get(key)
    if found is None:
        found = known[key] = analyse_measure(series, role, today, beside)
    return found


def _beside(series: Series, every: Sequence[Series]) -> list[Series]:
    """The other arms of the same measure, comparators first."""
    others = [one for one in every if one.arm is not Arm.ROLE and one.measure.id == series.measure.id and len(one)]
    return sorted(others, key=lambda one: (one.arm is Arm.BENCHMARK, one.arm_name))


def _compared(
    series: Series, chosen: Selection, beside: Sequence[Series], role: RoleFacts
) -> tuple[ComparatorFinding, ...]:
    return tuple(compared_of(series, chosen, other, role) for other in beside)


def verdict_of(effect: Effect | TooEarly, direction: Direction) -> Verdict:
    """Improvement or concern only when the 95 % interval excludes no change; neutral measures are never judged."""
    if isinstance(effect, TooEarly):
        return Verdict.NO_ANSWER
    if not effect.excludes_no_change:
        return Verdict.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return Verdict.CHANGED
    better = (effect.absolute > 0) == (direction is Direction.INCREASE)
    return Verdict.IMPROVEMENT if better else Verdict.CONCERN


def input_hash(series: Series, role: RoleFacts, beside: Sequence[Series] = ()) -> str:
    """SHA-256 over the facts a finding rests on, written canonically (sorted keys, shortest decimals)."""
    facts = {
        "series": _facts(series),
        "beside": [_facts(one) for one in beside],
        "role": role.plain,
        "engine": ENGINE_VERSION,
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(series: Series) -> dict[str, object]:
    """A series as plain values: the same as `as_plain` would give but for periods, in a tenth of the time."""
    held: dict[str, object] = {}
    for part in fields(series):
        value = getattr(series, part.name)
        if isinstance(value, np.ndarray):
            held[part.name] = [number if number == number else None for number in value.tolist()]
        elif part.name in _BY_PERIOD:
            held[part.name] = list(value)
        elif part.name == "periods":
            held[part.name] = [f"{period.start}/{period.end}" for period in value]
        else:
            held[part.name] = as_plain(value)
    return held


_BY_PERIOD = ("states", "maturities", "set_aside", "sources", "definition_versions")


def due_periods(series: Series, role: RoleFacts, today: date) -> tuple[Period, ...]:
    """Periods that have ended since the last one held and have no row yet; none once the role has ended."""
    if not len(series) or role.lifecycle is not Lifecycle.RUNNING or series.measure.frequency is Frequency.OTHER:
        return ()
    due: list[Period] = []
    current = max(series.periods).next()
    while current.end < today and len(due) < MOST_DUE:
        due.append(current)
        current = current.next()
    return tuple(due)


def _mean(series: Series, side: Mask) -> float:
    return float(series_values(series)[side].mean()) if side.any() else float("nan")


def _full_answer_from(series: Series, chosen: Selection, role: RoleFacts) -> Period | None:
    """The period whose value makes 12 after launch, if none of those to come is left out; None once there are 12."""
    short = FULL_FROM - chosen.n_after
    if role.timeline.launch is None or role.timeline.ended is not None or short <= 0 or not len(series):
        return None
    current = max(series.periods)
    while short > 0:
        current = current.next()
        short -= phase_of(current, role.timeline) is Phase.AFTER
    return current


__all__ = [
    "Caution",
    "Detectable",
    "Effect",
    "EvidenceLevel",
    "LeftOut",
    "Limits",
    "MeasureFinding",
    "Point",
    "Reason",
    "RoleFinding",
    "Texts",
    "TooEarly",
    "Variation",
    "Verdict",
    "analyse_measure",
    "analyse_role",
    "due_periods",
    "evidence_alone",
    "input_hash",
    "verdict_of",
]
