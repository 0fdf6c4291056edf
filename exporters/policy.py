"""Small-number policies: what may be shown of counts of people in anything that leaves the app."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_selection import Mask
from analysis.problems import UserProblem


@dataclass(frozen=True)
class Policy:
    """Counts from 1 to `hide_up_to` are hidden; all others are rounded to `round_to` (1: left as they are)."""

    key: str
    title: str
    hide_up_to: int
    round_to: int
    words: str
    reason: str = ""

    @property
    def protects(self) -> bool:
        """Whether anything is hidden at all."""
        return self.hide_up_to > 0

    @property
    def rounds(self) -> bool:
        """Whether counts that are shown are rounded."""
        return self.round_to > 1

    def hides(self, count: float) -> bool:
        """Whether a count of people is too small to show; zero never is."""
        return 0 < count < self.hide_up_to + 1 if self.protects else False

    def rounded(self, count: float) -> float:
        """A count as it is shown: half up to the nearest `round_to`."""
        return float(floor(count / self.round_to + 0.5) * self.round_to) if self.rounds else count

    def hides_each(self, counts: FloatArray) -> Mask:
        """`hides` for each of several counts; what is not there is not hidden."""
        return (counts > 0) & (counts < self.hide_up_to + 1) & self.protects

    def rounded_each(self, counts: FloatArray) -> FloatArray:
        """`rounded` for each of several counts; what is not there stays not there."""
        return np.floor(counts / self.round_to + 0.5) * self.round_to if self.rounds else counts

    def is_few(self, people: int | None) -> bool:
        """Whether figures about staff would be figures about a person: fewer than the threshold, or not recorded."""
        return self.protects and (people is None or people <= self.hide_up_to)


POLICIES = {
    policy.key: policy
    for policy in (
        Policy(
            "hes",
            "Hide 1 to 7, round the rest to 5",
            7,
            5,
            "Counts of people from 1 to 7 are hidden and all others are rounded to the nearest 5, as NHS England does "
            "for hospital statistics below national level. A percentage is hidden when its numerator, or the rest of "
            "its denominator, is from 1 to 7. Each figure is rounded by itself, so they may not sum to their totals.",
        ),
        Policy(
            "under5",
            "Hide 1 to 4 and what would reveal them",
            4,
            1,
            "Counts of people from 1 to 4 are hidden. Where a total would give a hidden count back, a second count "
            "or the total is hidden too. Other counts are shown as they are.",
        ),
        Policy("none", "Show every number", 0, 1, "No count is hidden or rounded."),
    )
}


def policy_of(key: str, reason: str = "") -> Policy:
    """The policy of that name. Raises UserProblem for an unknown one, and for `none` without a reason."""
    if key not in POLICIES:
        raise UserProblem(f"There is no small-number policy called {key}.", f"Choose one of {', '.join(POLICIES)}.")
    if key == "none" and not reason.strip():
        raise UserProblem(
            "Showing every number needs a reason, which is printed in the workbook.",
            "Say why this may leave unprotected, or choose another policy.",
        )
    return replace(POLICIES[key], reason=reason.strip())


def title_of(key: str) -> str:
    """The title of a policy for a list; a key of another version as it stands."""
    return POLICIES[key].title if key in POLICIES else key
