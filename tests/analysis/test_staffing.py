from __future__ import annotations

from datetime import date
from decimal import Decimal

from analysis.staffing import MonthOfStaff, fidelity

APRIL, MAY, JUNE = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)


def test_only_months_in_which_both_are_known_are_held_against_each_other() -> None:
    held = [MonthOfStaff(APRIL, "1.0", "0.8"), MonthOfStaff(MAY, "1.0", None), MonthOfStaff(JUNE, "9", "9")]
    found = fidelity(held, frozenset({APRIL, MAY}))
    assert (found.months, found.both, found.share) == (2, 1, Decimal("0.8"))
    known = "Planned and actual WTE are both known in 1 of 2 months since launch"
    assert found.sentence == f"{known}: 80\u00a0% of what was planned was in post."


def test_nothing_planned_gives_no_share_and_no_launch_no_months() -> None:
    assert fidelity([MonthOfStaff(APRIL, "0", "0")], frozenset({APRIL})).share is None
    assert fidelity([], frozenset()).sentence == "The role has not run for a whole month yet."
