"""What a forest plot shows, without Qt: every place with its interval, the average, where a new place might lie."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ForestRow:
    """One place: its interval and the words at its right end; `is_own` is a place of this file."""

    name: str
    estimate: float
    low: float
    high: float
    words: str
    is_own: bool = False


@dataclass(frozen=True)
class ForestPicture:
    """The places, then the average (None below two) and the prediction interval (None below three)."""

    title: str
    rows: tuple[ForestRow, ...]
    average: ForestRow | None
    prediction: tuple[float, float] | None
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    summary: str
    table: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[ForestRow, ...]:
        """Everything that can be read, from top to bottom."""
        return (*self.rows, *((self.average,) if self.average else ()))
