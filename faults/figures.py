"""What came of a fault that was tried many times, as a line of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Figures:
    """How often a fault was tried and what it did.

    `corrupt`: a file that does not pass its check; `partial`: half a step, half a copy; `lost`: something that was
    said to be saved and is not there; `untidy`: a temporary file left after the next start; `wrong`: any other answer
    than the one that was promised; `not_restored`: what came back from a backup afterwards was not what went into it.
    `told` are the first cases, by which one can be had again.
    """

    fault: str
    what: str
    attempts: int = 0
    corrupt: int = 0
    partial: int = 0
    lost: int = 0
    untidy: int = 0
    wrong: int = 0
    not_restored: int = 0
    seconds: float = 0.0
    note: str = ""
    told: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether it was tried at all, and nothing of what is counted against the app happened."""
        return self.attempts > 0 and not any(getattr(self, name) for name in COLUMNS[1:])

    def count(self, verdicts: Iterable[tuple[str, str]], case: str) -> None:
        """Count one attempt with what was found wrong: pairs of a kind (`lost`) and words."""
        self.attempts += 1
        found = dict(verdicts)
        for kind, words in found.items():
            setattr(self, kind, getattr(self, kind) + 1)
            if len(self.told) < 20:
                self.told.append(f"{case}: {kind}: {words}")


COLUMNS = ("attempts", "corrupt", "partial", "lost", "untidy", "wrong", "not_restored")


HEAD = (
    f"| fault | what was done | {' | '.join(COLUMNS).replace('_', ' ')} | seconds | note |\n"
    f"|{'---|' * (len(COLUMNS) + 4)}\n"
)


def line(row: Figures) -> str:
    """The figures as a line of a markdown table with this head."""
    numbers = " | ".join(f"{getattr(row, name):,}" for name in COLUMNS)
    return f"| {row.fault} | {row.what} | {numbers} | {row.seconds:,.0f} | {row.note} |\n"


def table(rows: Iterable[Figures]) -> str:
    """The figures as a markdown table."""
    return HEAD + "".join(map(line, rows))
