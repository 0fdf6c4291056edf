"""What about a role itself needs looking at, with dates: funding, workload, reliance on one person, turnover, reviews.

Each is a fact set beside what was agreed (a ceiling, a target, a day); nothing here is a judgement of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.measure_words import value_text
from analysis.periods import date_label
from analysis.vocabulary import Direction, Series
from analysis.wording import number, plural

FUNDING_DAYS = 180
REVIEW_DAYS = 30
CASELOAD_PER_WTE, CASELOAD, TURNOVER = "caseload-per-wte", "caseload", "turnover"


@dataclass(frozen=True)
class WatchFacts:
    """What is recorded of a role that can call for a look. `wte` is the newest actual whole-time equivalents."""

    today: date
    funding_source: str = ""
    funding_end: date | None = None
    head_count: int | None = None
    exceptional_post_holder: bool | None = None
    caseload_ceiling: float | None = None
    wte: float | None = None
    boundary_review: date | None = None
    reviews_due: tuple[tuple[str, date], ...] = ()
    is_running: bool = True


@dataclass(frozen=True)
class Watch:
    """One thing to look at: a code, how pressing (`fix`, `check`, `note`), the fact, and what can be done about it."""

    code: str
    kind: str
    fact: str
    what_to_do: str
    when: date | None = None


Check = Callable[[WatchFacts, dict[str, Series]], Watch | None]


def watch_of(facts: WatchFacts, series: Iterable[Series]) -> tuple[Watch, ...]:
    """Everything about a role that needs looking at, the most pressing first."""
    by_key = {one.measure.library_key: one for one in series if one.measure.library_key}
    found = [made for check in CHECKS if (made := check(facts, by_key)) is not None]
    order = {"fix": 0, "check": 1, "note": 2}
    return tuple(sorted(found, key=lambda one: order[one.kind]))


def _funding(facts: WatchFacts, _series: dict[str, Series]) -> Watch | None:
    if facts.funding_end is None:
        return None
    days = (facts.funding_end - facts.today).days
    who = f" ({facts.funding_source})" if facts.funding_source else ""
    if days < 0:
        text = f"Funding{who} ended on {date_label(facts.funding_end)}."
        return Watch("funding_ended", "fix", text, "Record new funding, or the end of the role.", facts.funding_end)
    if days > FUNDING_DAYS:
        return None
    text = f"Funding{who} ends on {date_label(facts.funding_end)}, in {plural(days, 'day')}."
    return Watch("funding_ends", "check", text, "Say what is asked of commissioners, and by when.", facts.funding_end)


def _workload(facts: WatchFacts, series: dict[str, Series]) -> Watch | None:
    if facts.caseload_ceiling is None:
        return None
    found = _newest(series.get(CASELOAD_PER_WTE))
    if found is None and facts.wte:
        held = _newest(series.get(CASELOAD))
        found = None if held is None else (held[0] / facts.wte, held[1])
    if found is None or found[0] <= facts.caseload_ceiling:
        return None
    text = (
        f"{number(found[0], 1)} people per whole-time equivalent at {date_label(found[1])}, above the ceiling of "
        f"{number(facts.caseload_ceiling, 0 if facts.caseload_ceiling == int(facts.caseload_ceiling) else 1)}."
    )
    return Watch(
        "workload", "check", text, "A full caseload can hide what the role does: share or stop work.", found[1]
    )


def _one_person(facts: WatchFacts, _series: dict[str, Series]) -> Watch | None:
    if not facts.is_running or (facts.head_count != 1 and not facts.exceptional_post_holder):
        return None
    if facts.exceptional_post_holder:
        text = "The results may rest on an exceptional post-holder."
        return Watch("exceptional", "check", text, "Ask whether an average person in this grade could repeat them.")
    text = "One person holds the post: the evaluation of the role is the evaluation of a person."
    return Watch("one_person", "note", text, "Plan for cover and handing over; exports hide what would name them.")


def _turnover(_facts: WatchFacts, series: dict[str, Series]) -> Watch | None:
    held = series.get(TURNOVER)
    found = _newest(held)
    if held is None or found is None:
        return None
    measure = held.measure
    said = f"Turnover stood at {value_text(measure, found[0])} in the period to {date_label(found[1])}"
    if measure.target is None:
        return Watch("turnover", "note", f"{said}; no target is set.", "Set a target to be warned by.", found[1])
    worse = found[0] < measure.target if measure.direction is Direction.INCREASE else found[0] > measure.target
    if not worse:
        return None
    text = f"{said}, past the target of {value_text(measure, measure.target)}."
    return Watch(
        "turnover", "check", text, "Contacts leave with people: see that local ties are written down.", found[1]
    )


def _boundary(facts: WatchFacts, _series: dict[str, Series]) -> Watch | None:
    if facts.boundary_review is None or (facts.boundary_review - facts.today).days > REVIEW_DAYS:
        return None
    late = facts.boundary_review < facts.today
    text = f"The boundary agreement {'was' if late else 'is'} to be reviewed on {date_label(facts.boundary_review)}."
    kind = "check" if late else "note"
    return Watch("boundary_review", kind, text, "Review it and record the next date.", facts.boundary_review)


def _reviews(facts: WatchFacts, _series: dict[str, Series]) -> Watch | None:
    late = sorted((one for one in facts.reviews_due if one[1] < facts.today), key=lambda one: one[1])
    if not late:
        return None
    label, day = late[0]
    more = f", and {len(late) - 1} more with it" if len(late) > 1 else ""
    text = f"{label} was to be reviewed on {date_label(day)}{more}."
    return Watch("factor_review", "check", text, "Look at it again and rate it as it stands.", day)


CHECKS: tuple[Check, ...] = (_funding, _workload, _one_person, _turnover, _boundary, _reviews)


def _newest(held: Series | None) -> tuple[float, date] | None:
    """The newest figure that is in the analysis, with the last day of its period."""
    if held is None:
        return None
    for at in range(len(held.periods) - 1, -1, -1):
        if held.set_aside[at] is None and np.isfinite(held.values[at]):
            return float(held.values[at]), held.periods[at].end
    return None
