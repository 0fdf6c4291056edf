"""A group of counts with its total: what is hidden, and what a reader could work out from what is left.

Pure arithmetic. The reader of an export knows the policy, every shown count and the total if it is shown. A hidden
count must stay possible at each value from 1 to the most the policy hides; otherwise the total goes too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.policy import Policy

Bounds = tuple[int, int]


@dataclass(frozen=True)
class ProtectedGroup:
    """Counts as shown, None where hidden; `secondary` says which were hidden only to protect another."""

    cells: tuple[int | None, ...]
    total: int | None
    secondary: tuple[bool, ...]


def protect_group(counts: Sequence[int], policy: Policy) -> ProtectedGroup:
    """Hide what the policy hides, then what would give it back; the total is dropped when nothing less is enough."""
    hidden = [policy.hides(count) for count in counts]
    second = [False] * len(counts)
    total = sum(counts)
    shows_total = not policy.hides(total)
    if shows_total and not policy.rounds and hidden.count(True) == 1:
        _hide_smallest_other(counts, hidden, second)
    group = _shown(counts, hidden, second, total if shows_total else None, policy)
    return group if not narrowed(group, policy) else _shown(counts, hidden, second, None, policy)


def _hide_smallest_other(counts: Sequence[int], hidden: list[bool], second: list[bool]) -> None:
    others = [place for place, count in enumerate(counts) if count and not hidden[place]]
    if others:
        place = min(others, key=lambda one: counts[one])
        hidden[place] = second[place] = True


def _shown(
    counts: Sequence[int], hidden: Sequence[bool], second: Sequence[bool], total: int | None, policy: Policy
) -> ProtectedGroup:
    cells = tuple(None if gone else int(policy.rounded(n)) for n, gone in zip(counts, hidden, strict=True))
    return ProtectedGroup(cells, None if total is None else int(policy.rounded(total)), tuple(second))


def narrowed(group: ProtectedGroup, policy: Policy) -> tuple[int, ...]:
    """Places of hidden counts that a reader can narrow below all of 1 to the most the policy hides."""
    return tuple(
        place
        for place, (low, high) in bounds_of(group, policy).items()
        if not group.secondary[place] and (low > 1 or high < policy.hide_up_to)
    )


def bounds_of(group: ProtectedGroup, policy: Policy) -> dict[int, Bounds]:
    """The least and the most each hidden count can be, from all that is shown."""
    if group.total is None:
        return {place: (1, policy.hide_up_to) for place, cell in enumerate(group.cells) if cell is None}
    total = believed(group.total, policy)
    most = total[1] if any(group.secondary) else policy.hide_up_to
    held = [(1, most) if cell is None else believed(cell, policy) for cell in group.cells]
    low, high = sum(one[0] for one in held), sum(one[1] for one in held)
    return {
        place: (max(one[0], total[0] - (high - one[1])), min(one[1], total[1] - (low - one[0])))
        for place, one in enumerate(held)
        if group.cells[place] is None
    }


def believed(shown: int, policy: Policy) -> Bounds:
    """What a shown count can have been before it was rounded."""
    if shown == 0 or not policy.rounds:
        return shown, shown
    reach = (policy.round_to - 1) // 2
    return max(policy.hide_up_to + 1, shown - reach), shown + reach
