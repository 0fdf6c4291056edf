"""An order in which things stand so that each of several sets of them stands together: the consecutive-ones property.

Time itself is such an order for sums over stretches of days. Where a sum leaves out a month that another one holds,
the month may stand elsewhere: the people of a month are added up the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_TRIED = 3000
"""How many places are tried for things that belong to the same sets before they are given up."""

_Block = tuple[int, list[int]]
"""Things that belong to the same sets (the bits of a number), and which they are."""


def in_a_row(things: Sequence[int], sets: Sequence[frozenset[int]]) -> list[int] | None:
    """The things in the order given where each set stands together in it, else in another; None where none was found.

    Every order there is can be reached: leaving a thing out of a row leaves every set of it together.
    """
    places = {thing: place for place, thing in enumerate(things)}
    if all(places[max(held)] - places[min(held)] + 1 == len(held) for held in sets):
        return list(things)
    blocks: dict[int, list[int]] = {}
    for thing in things:
        blocks.setdefault(sum(1 << number for number, held in enumerate(sets) if thing in held), []).append(thing)
    row = _Search().with_all([], list(blocks.items()))
    return None if row is None else [thing for _, held in row for thing in held]


class _Search:
    """A search for a row, which gives up after so many tries."""

    def __init__(self) -> None:
        self._left = MOST_TRIED

    def with_all(self, row: list[_Block], left: list[_Block]) -> list[_Block] | None:
        """The row with what is left put into it, each set together; None where that cannot be done."""
        if not left:
            return row
        for place in reversed(range(len(row) + 1)):
            if not self._left:
                return None
            self._left -= 1
            tried = [*row[:place], left[0], *row[place:]]
            if _stand_together(tried) and (found := self.with_all(tried, left[1:])):
                return found
        return None


def _stand_together(row: Sequence[_Block]) -> bool:
    """Whether no set begins again once it was over."""
    before = over = 0
    for belongs, _ in row:
        if belongs & over:
            return False
        over |= before & ~belongs
        before = belongs
    return True
