"""The evidence level: how far a design can carry a claim, from recorded facts and never from the result.

Levels are those of the Maryland Scientific Methods Scale. Placing a single series with control limits at level 2 is
our reading of "adequate control for what changes over time". Levels 3 to 5 need a comparator or an assignment and are
not given by the facts held here.
"""

from __future__ import annotations

import numpy as np

from analysis.finding_selection import Selection
from analysis.finding_shapes import EvidenceLevel, Reason
from analysis.measure_words import period_name
from analysis.vocabulary import MeasureKind, RoleFacts, Series
from analysis.wording import plural

SCALE = "Maryland Scientific Methods Scale"
TOP = 5
_LEVEL1 = (3, 3)
_LEVEL2 = (12, 8)

_SUMMARY = {
    0: "There is nothing yet to compare.",
    1: "A before-and-after change. Chance has not been looked at over enough time, and the cause is not shown.",
    2: "A before-and-after change. The cause is not shown.",
}
_NESTA = {
    0: "Nesta level 1: an account of why the role should help",
    1: "Nesta level 2: data show a change, not its cause",
    2: "Nesta level 2: data show a change, not its cause",
}
_GRADE = {0: "GRADE: not rated", 1: "GRADE: very low certainty", 2: "GRADE: low certainty"}


def evidence_of(series: Series, role: RoleFacts, chosen: Selection, charted: bool) -> EvidenceLevel:
    """The level of one measure, the facts it rests on, and what would raise it.

    0: nothing before, or fewer than 3 periods after. 1: at least 3 and 3. 2: at least 12 and 8 with a control chart
    fitted and one definition throughout. `charted` tells whether the chart was fitted.
    """
    reasons = _reasons(series, role, chosen, charted)
    same = next(reason.met for reason in reasons if reason.code == "same_definition")
    level = _paired_level(chosen) if _is_paired(series) else _level(chosen, same and charted)
    return EvidenceLevel(
        level=level,
        of=TOP,
        scale=SCALE,
        nesta=_NESTA[level],
        grade=_GRADE[level],
        summary=_SUMMARY[level],
        reasons=reasons,
        to_raise=_to_raise(series, chosen, level, same),
    )


def definition_changed(series: Series, chosen: Selection) -> bool:
    """Whether used values were recorded under more than one definition."""
    return len({version for version, used in zip(series.definition_versions, chosen.used, strict=True) if used}) > 1


def _level(chosen: Selection, sound: bool) -> int:
    if chosen.n_before < _LEVEL1[0] or chosen.n_after < _LEVEL1[1]:
        return 0
    return 2 if sound and chosen.n_before >= _LEVEL2[0] and chosen.n_after >= _LEVEL2[1] else 1


def _is_paired(series: Series) -> bool:
    """Whether each value is already a change in the same people, so that no period before launch is needed."""
    return series.measure.kind is MeasureKind.PAIRED_MEAN and bool(np.isfinite(series.change_means).any())


def _paired_level(chosen: Selection) -> int:
    """People measured before and after, with nothing to show what would have come by itself: 1 at most."""
    return 1 if chosen.n_after >= _LEVEL1[1] else 0


def _reasons(series: Series, role: RoleFacts, chosen: Selection, charted: bool) -> tuple[Reason, ...]:
    name, launch = period_name(series.measure.frequency), role.timeline.launch
    chosen_before = role.method_chosen_on is not None and (launch is None or role.method_chosen_on < launch)
    same = not definition_changed(series, chosen)
    return (
        Reason("method_first", chosen_before, f"Method {'' if chosen_before else 'not '}chosen before launch"),
        Reason("enough_before", chosen.n_before >= _LEVEL2[0], f"{plural(chosen.n_before, name)} before launch"),
        Reason("enough_after", chosen.n_after >= _LEVEL2[1], f"{plural(chosen.n_after, name)} after launch"),
        Reason("same_definition", same, "Same definition throughout" if same else "The definition changed"),
        Reason("charted", charted, "Control chart fitted" if charted else "Too few points for a control chart"),
        Reason("comparator", False, "No comparator"),
    )


def _to_raise(series: Series, chosen: Selection, level: int, same: bool) -> str:
    """What the next level needs, in words."""
    if level >= 2 or (level == 1 and _is_paired(series)):
        return "To reach level\u00a03: add a comparator, with the reason it was chosen."
    need = _LEVEL1 if level == 0 else _LEVEL2
    name = period_name(series.measure.frequency)
    parts = []
    if (short := need[0] - chosen.n_before) > 0 and not _is_paired(series):
        parts.append(f"{plural(short, f'more {name}')} before launch")
    if (short := need[1] - chosen.n_after) > 0:
        parts.append(f"{plural(short, f'more {name}')} after launch")
    if level == 1 and not same:
        parts.append("one definition throughout")
    return f"To reach level\u00a0{level + 1}: {' and '.join(parts) or 'more points for a control chart'}."
