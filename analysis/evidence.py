"""The evidence level: how far a design can carry a claim, from recorded facts and never from the result.

Levels are those of the Maryland Scientific Methods Scale. Placing a single series with control limits at level 2 is
our reading of "adequate control for what changes over time". A comparator opens level 3, a recorded assignment close
to chance level 4, one by lot level 5; each shortcoming of that design lowers by one and is named. What the role's own
series carries by itself is never taken away by a weak comparator. The one thing that looks at figures is whether a
difference in earlier trends is small against the effect (`analysis.finding_pre_trend`).
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.events import definition_events
from analysis.finding_further import ComparatorFinding
from analysis.finding_paired import is_paired
from analysis.finding_selection import Selection
from analysis.finding_shapes import EvidenceLevel, Reason, TooEarly
from analysis.measure_words import period_name
from analysis.prespecified import chosen_first
from analysis.vocabulary import Assignment, RoleFacts, Series
from analysis.wording import percent, plural

SCALE = "Maryland Scientific Methods Scale"
TOP = 5
LOST_SHARE = 0.2
_LEVEL1 = (3, 3)
_LEVEL2 = (12, 8)
_TREND_CODE = "trend_gap"

_SUMMARY = {
    0: "There is nothing yet to compare.",
    1: "A before-and-after change. Chance has not been looked at over enough time, and the cause is not shown.",
    2: "A before-and-after change. The cause is not shown.",
    3: "A change held against a comparator. What else differed between the two is not ruled out.",
    4: "A change where something close to chance decided who got the role. Little else explains it.",
    5: "A change where lot decided who got the role. As far as one place can show, the role goes with it.",
}
_CAUSE = "Nesta level 3: a change against a control group"
_NESTA = {
    0: "Nesta level 1: an account of why the role should help",
    1: "Nesta level 2: data show a change, not its cause",
    2: "Nesta level 2: data show a change, not its cause",
    3: _CAUSE,
    4: _CAUSE,
    5: _CAUSE,
}
_GRADE = {
    0: "GRADE: not rated",
    1: "GRADE: very low certainty",
    2: "GRADE: low certainty",
    3: "GRADE: low certainty",
    4: "GRADE: moderate certainty",
    5: "GRADE: high certainty",
}
_BY_ASSIGNMENT = {Assignment.NONE: 3, Assignment.QUASI_RANDOM: 4, Assignment.RANDOM: 5}


@dataclass(frozen=True)
class _Condition:
    """A fact the design needs, the words for it, and what would mend it where it is lacking."""

    code: str
    met: bool
    text: str
    mend: str

    @property
    def reason(self) -> Reason:
        return Reason(self.code, self.met, self.text)


def evidence_of(
    series: Series,
    role: RoleFacts,
    chosen: Selection,
    charted: bool,
    compared: ComparatorFinding | None = None,
) -> EvidenceLevel:
    """The level of one measure, the facts it rests on, and what would raise it.

    0: nothing before, or fewer than 3 periods after. 1: at least 3 and 3. 2: at least 12 and 8 with an XmR chart or
    a trend fitted and one definition throughout. 3 to 5: beside a comparator, less one for each shortcoming. `charted`
    tells whether a chart or trend was fitted; a benchmark opens nothing.
    """
    same = _same_definition(series, role, chosen)
    paired = is_paired(series, chosen)
    alone = _paired_level(chosen) if paired else _level(chosen, same and charted)
    basic = _basic_reasons(series, role, chosen, charted, same)
    if compared is None or compared.is_benchmark or alone == 0 or not _held_against(compared, paired):
        words = "Comparator recorded; too little held in both" if compared and not compared.is_benchmark else ""
        reasons = (*basic, Reason("comparator", False, words or "No comparator"))
        return _made(alone, reasons, _to_raise_alone(series, chosen, alone, same))
    conditions = _conditions(series, chosen, compared, same, paired)
    faults = [one for one in conditions if not one.met]
    reach = _BY_ASSIGNMENT[compared.facts.assignment]
    level = max(alone, reach - len(faults))
    reasons = (*basic, *(one.reason for one in conditions), _assigned(compared))
    return _made(level, reasons, _to_raise_beside(level, reach, faults))


def definition_changed(series: Series, chosen: Selection) -> bool:
    """Whether used values were recorded under more than one definition."""
    return len({version for version, used in zip(series.definition_versions, chosen.used, strict=True) if used}) > 1


def lost_share(series: Series, chosen: Selection) -> float | None:
    """The share of people lost between the two measurements after launch, None where it is not recorded."""
    lost, pairs = series.lost[chosen.after], series.pairs[chosen.after]
    told = (lost >= 0) & (pairs >= 0)
    people = float(lost[told].sum() + pairs[told].sum())
    return float(lost[told].sum()) / people if people > 0 else None


def without_figures(level: EvidenceLevel) -> EvidenceLevel:
    """The same level with no figure of a trend in its words, for what leaves the app with numbers hidden."""
    bare = tuple(Reason(r.code, r.met, _bare_trend(r.met)) if r.code == _TREND_CODE else r for r in level.reasons)
    return EvidenceLevel(**{**vars(level), "reasons": bare})


def _bare_trend(met: bool) -> str:
    return "Earlier trends alike" if met else "Earlier trends not shown to be alike"


def _made(level: int, reasons: tuple[Reason, ...], to_raise: str) -> EvidenceLevel:
    return EvidenceLevel(level, TOP, SCALE, _NESTA[level], _GRADE[level], _SUMMARY[level], reasons, to_raise)


def _same_definition(series: Series, role: RoleFacts, chosen: Selection) -> bool:
    return not definition_changed(series, chosen) and not definition_events(series.measure, role)


def _level(chosen: Selection, sound: bool) -> int:
    if chosen.n_before < _LEVEL1[0] or chosen.n_after < _LEVEL1[1]:
        return 0
    return 2 if sound and chosen.n_before >= _LEVEL2[0] and chosen.n_after >= _LEVEL2[1] else 1


def _paired_level(chosen: Selection) -> int:
    """People measured before and after, with nothing to show what would have come by itself: 1 at most."""
    return 1 if chosen.n_after >= _LEVEL1[1] else 0


def _held_against(compared: ComparatorFinding, paired: bool) -> bool:
    least = 0 if paired else _LEVEL1[0]
    return compared.n_before >= least and compared.n_after >= _LEVEL1[1]


def _basic_reasons(series: Series, role: RoleFacts, chosen: Selection, charted: bool, same: bool) -> tuple[Reason, ...]:
    name = period_name(series.measure.frequency)
    first = chosen_first(series.measure, role)
    return (
        Reason("method_first", first, f"Method {'' if first else 'not '}chosen before launch"),
        Reason("enough_before", chosen.n_before >= _LEVEL2[0], f"{plural(chosen.n_before, name)} before launch"),
        Reason("enough_after", chosen.n_after >= _LEVEL2[1], f"{plural(chosen.n_after, name)} after launch"),
        Reason("same_definition", same, "Same definition throughout" if same else "The definition changed"),
        Reason("charted", charted, "XmR chart or trend fitted" if charted else "Too few points for an XmR chart"),
    )


def _conditions(
    series: Series, chosen: Selection, compared: ComparatorFinding, same: bool, paired: bool
) -> tuple[_Condition, ...]:
    """What a comparison must have for its full level; each one lacking lowers by one."""
    unit = period_name(series.measure.frequency)
    found = [*_of_the_comparator(compared, same), _enough(compared.n_after, _LEVEL2[1], "after", unit)]
    if not paired:
        found += [_enough(compared.n_before, _LEVEL2[0], "before", unit), _trends(compared)]
    lost = lost_share(series, chosen)
    if lost is not None:
        text = f"{percent(lost)} lost to follow-up"
        found.append(_Condition("lost", lost <= LOST_SHARE, text, "fewer lost to follow-up"))
    return tuple(found)


def _of_the_comparator(compared: ComparatorFinding, same: bool) -> list[_Condition]:
    name, why = compared.facts.name, bool(compared.facts.why_chosen.strip())
    alike, now = same and compared.same_definition, not compared.months_earlier
    alone = (
        f"In one place only: {', '.join(compared.co_events)}" if compared.co_events else "No event in one place only"
    )
    reason = f"Comparator: {name}{'' if why else ', no reason recorded'}"
    both = f"{'Same' if alike else 'Not the same'} definition in both, throughout"
    when = f"{name} is of {'the same' if now else 'an earlier'} time"
    return [
        _Condition("comparator", why, reason, "record why it was chosen"),
        _Condition("comparator_definition", alike, both, "one definition in both"),
        _Condition("one_sided_event", not compared.co_events, alone, "a comparator that shares these events"),
        _Condition("same_time", now, when, "a comparator of the same time"),
    ]


def _enough(have: int, need: int, side: str, unit: str) -> _Condition:
    text = f"{plural(have, unit)} {side} launch held by both"
    return _Condition(f"comparator_{side}", have >= need, text, f"{plural(need, unit)} {side} launch in both")


def _trends(compared: ComparatorFinding) -> _Condition:
    trend = compared.pre_trend
    if trend is None or isinstance(compared.effect, TooEarly):
        return _Condition(
            _TREND_CODE, False, "Earlier trends cannot be compared yet", "enough common time to compare earlier trends"
        )
    return _Condition(
        _TREND_CODE, trend.is_small, trend.text, "a comparator with like earlier trends, or a longer time before"
    )


def _assigned(compared: ComparatorFinding) -> Reason:
    words = {
        Assignment.NONE: "Nobody drew lots for who got the role",
        Assignment.QUASI_RANDOM: "Something close to chance decided who got the role",
        Assignment.RANDOM: "Lot decided who got the role",
    }
    given = compared.facts.assignment
    return Reason("assignment", given is not Assignment.NONE, words[given])


def _to_raise_alone(series: Series, chosen: Selection, level: int, same: bool) -> str:
    """What the next level needs without a comparator, in words."""
    paired = is_paired(series, chosen)
    if level >= 2 or (level == 1 and paired):
        return "To reach level\u00a03: add a comparator, with the reason it was chosen."
    need = _LEVEL1 if level == 0 else _LEVEL2
    name = period_name(series.measure.frequency)
    parts = []
    if (short := need[0] - chosen.n_before) > 0 and not paired:
        parts.append(f"{plural(short, f'more {name}')} before launch")
    if (short := need[1] - chosen.n_after) > 0:
        parts.append(f"{plural(short, f'more {name}')} after launch")
    if level == 1 and not same:
        parts.append("one definition throughout")
    return f"To reach level\u00a0{level + 1}: {' and '.join(parts) or 'more points for an XmR chart'}."


def _to_raise_beside(level: int, reach: int, faults: list[_Condition]) -> str:
    if faults:
        mends = "; ".join(one.mend for one in faults)
        need = len(faults) - (reach - level - 1)
        how = "To raise it" if len(faults) == 1 else f"To raise it, at least {need} of these"
        return f"{how}: {mends}."
    if reach == TOP:
        return "This is the highest level; only repetition elsewhere adds to it."
    words = {
        3: "let something close to chance decide where the role starts next",
        4: "draw lots for where it starts next",
    }
    return f"To reach level\u00a0{reach + 1}: {words[reach]}, and record it."
