"""What a person chose to send: which roles and measures, for whom, with which protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.periods import Frequency

PERIODS = {"As recorded": None, "Quarters": Frequency.QUARTER, "Financial years": Frequency.YEAR}
"""The choices of periods, by their words."""


@dataclass(frozen=True)
class Choices:
    """The choices of one export. Empty `roles` or `measures` (ids) mean all; `period` limits the tables of values.

    `group_small` takes quarters, then years, for a measure of which more than a third of the periods would be hidden.
    `by` takes quarters or years for every monthly measure whose months add up. `figures` says that measures are shown,
    `money` that money is: what either tells of people goes into the register.
    """

    roles: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()
    period: tuple[date, date] | None = None
    audience: str = "Commissioner"
    policy: str = "hes"
    reason: str = ""
    contact: str = ""
    group_small: bool = True
    by: Frequency | None = None
    figures: bool = True
    money: bool = True
