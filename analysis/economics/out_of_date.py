"""Which reference values in use have grown old: prices, pay scales, indices, and when they were last checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.periods import date_label, financial_year_label
from analysis.wording import plural

REVIEW_DAYS = 365
"""A reference value is looked up again at least once a year."""


class Aged(StrEnum):
    """What a reference value is, and with it how many financial years back its year may lie."""

    PAY = "pay scale"
    ON_COSTS = "on-costs"
    UNIT_COST = "unit cost"
    INDEX = "price index"
    THRESHOLD = "threshold"


_YEARS_BACK = {Aged.PAY: 0, Aged.ON_COSTS: 0, Aged.UNIT_COST: 2, Aged.INDEX: 0}
"""Unit costs are published one to two years after the year they are in prices of."""


@dataclass(frozen=True)
class Reference:
    """One reference value in use: what it is, its financial year, when it was checked, and where the new one stands.

    `used_by` names the line that uses it, empty for what every appraisal uses.
    """

    kind: Aged
    what: str
    year: str
    checked_on: date | None
    where: str
    used_by: str = ""


@dataclass(frozen=True)
class OutOfDate:
    """A reference value that has grown old, and why."""

    reference: Reference
    why: str


def out_of_date(references: Iterable[Reference], today: date) -> tuple[OutOfDate, ...]:
    """Those that are older than they should be on a day, in the order given."""
    found = ((one, _why(one, today)) for one in references)
    return tuple(OutOfDate(one, why) for one, why in found if why)


def _why(one: Reference, today: date) -> str:
    reasons = []
    back = _YEARS_BACK.get(one.kind)
    this_year = financial_year_label(today)
    if back is not None and one.year:
        years = int(this_year[:4]) - int(one.year[:4])
        if years > back:
            reasons.append(f"it is of {one.year.replace('-', '/')}, {plural(years, 'year')} before this one")
    if one.checked_on is not None and (today - one.checked_on).days > REVIEW_DAYS:
        reasons.append(f"it was last checked on {date_label(one.checked_on)}, over a year ago")
    return "; ".join(reasons)
