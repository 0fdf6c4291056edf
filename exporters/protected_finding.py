"""A finding as it may leave the app: the true one where nothing it rests on is hidden, else one made again.

Where a used period is hidden, the finding is made by the same builder from the protected series, and its change is
withheld: a change of which a side is hidden is hidden. Nothing hidden can then be worked out from any word or figure,
because no word or figure was made from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import nan

import numpy as np

from analysis.evidence import without_figures
from analysis.finding import analyse_measure, due_periods, evidence_alone
from analysis.finding_charts import Charts
from analysis.finding_selection import Mask, select
from analysis.finding_shapes import (
    Caution,
    EvidenceLevel,
    Limits,
    MeasureFinding,
    RoleFinding,
    Texts,
    TooEarly,
    Verdict,
)
from analysis.finding_words import Facts, texts_of
from analysis.periods import Frequency, Period
from analysis.vocabulary import RoleFacts, Series
from analysis.wording import plural
from exporters.policy import Policy
from exporters.protection import ProtectedSeries, masked_only

HIDDEN_CODE = "hidden"
_AT_SOURCE, _HIDDEN_WORDS = "suppressed at source", "hidden as small numbers or at source"


def protected_finding(
    series: Series, protected: ProtectedSeries, finding: MeasureFinding, role: RoleFacts, policy: Policy
) -> MeasureFinding:
    """The finding of one measure as it may be shown; the very same object where nothing is hidden."""
    if not protected.count_hidden:
        return finding
    return _made_again(series, protected, role, policy, finding.due, finding.evidence)


def protected_longer(
    series: Series, protected: ProtectedSeries, until: date, role: RoleFacts, policy: Policy
) -> MeasureFinding:
    """The same of a measure shown by longer periods, which has no finding yet; `until` says which periods are due."""
    if not protected.count_hidden:
        return analyse_measure(series, role, until)
    due = due_periods(series, role, until)
    return _made_again(series, protected, role, policy, due, evidence_alone(series, role))


def _made_again(
    series: Series,
    protected: ProtectedSeries,
    role: RoleFacts,
    policy: Policy,
    due: tuple[Period, ...],
    evidence: EvidenceLevel,
) -> MeasureFinding:
    chosen = select(series, role.timeline)
    hidden = np.array(protected.hidden, dtype=bool)
    today = series.periods[-1].end
    bare = without_figures(evidence)
    if not (hidden & chosen.used).any():
        made = analyse_measure(masked_only(series, protected, policy), role, today)
        return _reworded(replace(made, due=due, evidence=bare))
    sides = (_hidden_on(hidden, chosen.before), _hidden_on(hidden, chosen.after))
    made = analyse_measure(protected.shown, role, today, promises=False)
    return _reworded(_withheld(replace(made, due=due, evidence=bare), protected.shown, role, sides))


def _hidden_on(hidden: Mask, side: Mask) -> tuple[int, int]:
    return int((hidden & side).sum()), int(side.sum())


def _withheld(
    made: MeasureFinding, shown: Series, role: RoleFacts, sides: tuple[tuple[int, int], tuple[int, int]]
) -> MeasureFinding:
    (before, _), (after, _) = sides
    effect = TooEarly(0, 0, "", _why(shown, sides))
    keeps_limits = not before
    plain = replace(
        made,
        xmr=made.xmr if keeps_limits else None,
        rebased=None,
        limits=made.limits if keeps_limits else Limits.NONE,
        points=tuple(
            replace(one, status=None, rules=()) if one.status is not None or one.rules else one for one in made.points
        ),
        before_mean=nan if before else made.before_mean,
        after_mean=nan if after else made.after_mean,
        effect=effect,
        verdict=Verdict.NO_ANSWER,
        variation=None,
        detectable=None,
        fitted=effect,
        after_end=None,
        plan=None,
        icons=None,
        cautions=(*made.cautions, Caution(HIDDEN_CODE, f"{effect.reason[:1].upper()}{effect.reason[1:]}.")),
    )
    return replace(plain, texts=_texts(plain, shown, role))


def _why(shown: Series, sides: tuple[tuple[int, int], tuple[int, int]]) -> str:
    unit = shown.measure.frequency.value if shown.measure.frequency is not Frequency.OTHER else "period"
    parts = [
        f"{gone} of {plural(of, unit)} {where} launch"
        for (gone, of), where in zip(sides, ("before", "after"), strict=True)
        if gone
    ]
    return f"{' and '.join(parts)} are hidden as small numbers"


def _texts(made: MeasureFinding, shown: Series, role: RoleFacts) -> Texts:
    # The means only go into the alt text, which is written afresh below.
    facts = Facts(
        shown,
        role,
        select(shown, role.timeline),
        Charts(made.xmr, None, made.limits),
        None,
        made.effect,
        made.verdict,
        None,
        0.0,
        0.0,
    )
    texts = texts_of(facts)
    span = f"{shown.periods[0].long_label} to {shown.periods[-1].long_label}"
    alt_text = f"{texts.chart_title}, {span}. Only values that may be shown are drawn. {texts.sentence}"
    return replace(texts, alt_text=alt_text, headline="Not shown", key_change="hidden", interval_short="")


def _reworded(finding: MeasureFinding) -> MeasureFinding:
    """The builder knows suppression at source only; the policy hides for the same reason."""
    held = vars(finding.texts)
    texts = Texts(**{name: text.replace(_AT_SOURCE, _HIDDEN_WORDS) for name, text in held.items()})
    cautions = tuple(replace(one, text=one.text.replace(_AT_SOURCE, _HIDDEN_WORDS)) for one in finding.cautions)
    points = tuple(
        replace(one, reason=one.reason.replace(_AT_SOURCE, _HIDDEN_WORDS)) if _AT_SOURCE in one.reason else one
        for one in finding.points
    )
    return replace(finding, texts=texts, cautions=cautions, points=points)


def joined(role: RoleFinding, measures: Sequence[MeasureFinding]) -> RoleFinding:
    """The role's finding over its measures as they may be shown; the same object where none changed."""
    if tuple(measures) == role.measures:
        return role
    leading = measures[0] if measures else None
    text = "".join(finding.input_hash for finding in measures)
    return replace(
        role,
        measures=tuple(measures),
        leading=leading,
        evidence=leading.evidence if leading else None,
        key_change=leading.texts.key_change if leading else "nothing recorded yet",
        interval_text=leading.texts.interval_short if leading else "",
        input_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
