"""In what order the roles stand. An order by an uncertain number says that it is no ranking. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from analysis.economics.role_shapes import ViewKey
from analysis.finding_shapes import Effect, Verdict
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import Order

Key = tuple[object, ...]

NO_RANKING = (
    "This order is no ranking: the estimates are uncertain, of different measures and people. Read each with its "
    "interval and evidence level."
)
_VERDICTS = (Verdict.IMPROVEMENT, Verdict.CONCERN, Verdict.CHANGED, Verdict.COMMON_CAUSE, Verdict.NO_ANSWER)


@dataclass(frozen=True)
class Sorting:
    """One order: its key, name, the column it stands for, its two ways in words, and what of a role it goes by.

    `of` gives None where a role has nothing to go by; those roles stand last both ways. `caution` says what the order
    cannot mean.
    """

    key: str
    name: str
    column: int
    ways: tuple[str, str]
    of: Callable[[RoleLine], Key | None]
    caution: str = ""


def _read(words: str) -> Key:
    """Words and numbers by turns, so that `Navigator 9` stands before `Navigator 10`."""
    return tuple(int(part) if at % 2 else part for at, part in enumerate(re.split(r"([0-9]+)", words.casefold())))


def _role(line: RoleLine) -> Key:
    return (_read(line.summary.name), _read(line.summary.place))


def _place(line: RoleLine) -> Key | None:
    return (_read(line.summary.place),) if line.summary.place else None


def _launched(line: RoleLine) -> Key | None:
    return (line.summary.launch,) if line.summary.launch else None


def _data_to(line: RoleLine) -> Key | None:
    return (line.summary.data_to,) if line.summary.data_to else None


def _trend(line: RoleLine) -> Key | None:
    held = sum(isfinite(point.value) for point in line.leading.points) if line.leading else 0
    return (held,) if held else None


def _change(line: RoleLine) -> Key | None:
    """The verdict first, then the relative change: what cannot be told from chance never stands among what can."""
    effect = line.leading.effect if line.leading else None
    if line.leading is None or not isinstance(effect, Effect):
        return None
    return (_VERDICTS.index(line.leading.verdict), effect.relative if effect.has_relative else effect.absolute)


def _evidence(line: RoleLine) -> Key | None:
    level = line.answer.finding.evidence if line.answer else None
    return (level.level,) if level is not None and level.level else None


def _worth(line: RoleLine) -> Key | None:
    view = line.answer.economics.view(ViewKey.PUBLIC) if line.answer else None
    return (view.net,) if view else None


def _next(line: RoleLine) -> Key | None:
    """Periods missing first, the most of them on top; then the other things to do."""
    if line.leading is None:
        return None
    return (-len(line.leading.due),)


SORTINGS = (
    Sorting("role", "Role", 0, ("A to Z", "Z to A"), _role),
    Sorting("place", "Place", 0, ("A to Z", "Z to A"), _place),
    Sorting("launched", "Launched", 1, ("oldest first", "newest first"), _launched),
    Sorting("data", "Data to", 1, ("oldest first", "newest first"), _data_to),
    Sorting("trend", "Periods held", 2, ("fewest first", "most first"), _trend),
    Sorting("change", "Key change", 3, ("improvements first", "improvements last"), _change, NO_RANKING),
    Sorting("evidence", "Evidence", 4, ("weakest first", "strongest first"), _evidence),
    Sorting("worth", "Worth it?", 5, ("lowest first", "highest first"), _worth, NO_RANKING),
    Sorting("next", "Next", 6, ("most missing first", "most missing last"), _next),
)
_BY_KEY = {sorting.key: sorting for sorting in SORTINGS}


def sorting_of(key: str) -> Sorting:
    """The order of a key, by role where there is none of that key."""
    return _BY_KEY.get(key, SORTINGS[0])


def in_order(lines: Sequence[RoleLine], order: Order) -> tuple[RoleLine, ...]:
    """The roles in an order; equals stay by name, and those with nothing to go by stand last."""
    sorting = sorting_of(order.key)
    by_name = sorted(lines, key=_role)
    keyed = [(sorting.of(line), line) for line in by_name]
    known = [(key, line) for key, line in keyed if key is not None]
    known.sort(key=_first, reverse=order.down)
    return (*(line for _, line in known), *(line for key, line in keyed if key is None))


def _first(pair: tuple[Key, RoleLine]) -> Key:
    return pair[0]


def order_words(order: Order) -> str:
    """`Sorted by role, A to Z`."""
    sorting = sorting_of(order.key)
    return f"Sorted by {sorting.name[:1].lower()}{sorting.name[1:].rstrip('?')}, {sorting.ways[order.down]}"


def asked_by_column(column: int, order: Order) -> Order:
    """What a click on a heading asks for: its first order, or the other way round where it is sorted by already."""
    if sorting_of(order.key).column == column:
        return Order(order.key, down=not order.down)
    return Order(next(sorting.key for sorting in SORTINGS if sorting.column == column))
