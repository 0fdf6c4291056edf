"""The code of a message, from the family of the room that said it, and the entry of each in the help. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import resources
from analysis.problems import UserProblem

FAULT = "RW-900"


@dataclass(frozen=True)
class Family:
    """One kind of message: its code, and the four parts of its entry."""

    code: str
    title: str
    rooms: tuple[str, ...]
    what: str
    where: str
    safe: str
    do: str


@cache
def families() -> tuple[Family, ...]:
    """Every family, by code."""
    return tuple(
        Family(**{**row, "rooms": tuple(row["rooms"])}) for row in resources.load("problem_families")["families"]
    )


def code_of_room(room: str) -> str:
    """The code of the family whose room's name the name of a module begins with; the longest such name wins."""
    found = [(len(name), family.code) for family in families() for name in family.rooms if _within(room, name)]
    return max(found)[1] if found else FAULT


def code_of(problem: UserProblem) -> str:
    """The code of a problem."""
    return code_of_room(problem.origin)


def _within(room: str, name: str) -> bool:
    return room == name or room.startswith((f"{name}.", f"{name}_"))


def entries_text(held: Iterable[Family]) -> str:
    """The entries as markdown."""
    return "\n\n".join(
        f"## {one.code}: {one.title}\n\n- **What happened.** {one.what}\n- **Where.** {one.where}\n"
        f"- **What is safe.** {one.safe}\n- **What to do.** {one.do}"
        for one in held
    )
