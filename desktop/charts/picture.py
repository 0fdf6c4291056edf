"""What a chart over time shows, without Qt: every number placed and every word already written.

Positions are indices of points (0 is the first period); half positions lie between two periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.theme.marks import Verdict


class Dash(StrEnum):
    """How a line is drawn: solid, dashed (a limit), dotted (frozen and extended, or left out), chained (a target)."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    CHAINED = "chained"


@dataclass(frozen=True)
class Point:
    """One period. `value` None: nothing to draw, unless `low` and `high` bound a suppressed value.

    `hollow`: phase-in or provisional, left out of the test. `read_out` is what is said when a person steps here.
    """

    label: str
    value: float | None
    read_out: tuple[str, ...]
    verdict: Verdict = Verdict.COMMON
    hollow: bool = False
    set_aside: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """A mean, a limit or a fitted line: colour token, dash, and the label written at its right end, if any."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ink: str = "limit"
    dash: Dash = Dash.SOLID
    label: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Shade:
    """The ground between two lines: the difference that a fitted trend makes. It always has words in the legend."""

    xs: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    ink: str = "s1"


@dataclass(frozen=True)
class Track:
    """One of several series: its values by position, None where there is none, and its place (1 to 4).

    The place decides colour, mark and dash together. The first place is the role's own.
    """

    name: str
    values: tuple[float | None, ...]
    place: int


@dataclass(frozen=True)
class Flag:
    """A numbered event: the same number stands in the list below and in the cautions."""

    number: int
    at: float
    words: str


@dataclass(frozen=True)
class Band:
    """A stretch of periods on tinted ground: the phase-in."""

    start: float
    end: float
    words: str = "phase-in"


@dataclass(frozen=True)
class Sample:
    """One entry of the legend: a mark (verdict, hollow), a track by its place, ground, or a line (ink, dash)."""

    words: str
    verdict: Verdict | None = None
    hollow: bool = False
    ink: str = "limit"
    dash: Dash = Dash.SOLID
    track: int = 0
    shade: bool = False


@dataclass(frozen=True)
class XmrPicture:
    """A whole chart. `summary` is the sentence a screen reader hears; `table` the same data with a header row first.

    `low` and `high` bound the axis; `tick_words` writes a tick's value, one for each of `ticks`. Where there are
    `tracks`, the points are the first of several series and take its colour.
    """

    title: str
    subtitle: str
    points: tuple[Point, ...]
    low: float
    high: float
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    launch: float | None = None
    launch_label: str = ""
    before_label: str = ""
    after_label: str = ""
    after_at: float | None = None
    band: Band | None = None
    flags: tuple[Flag, ...] = ()
    legend: tuple[Sample, ...] = ()
    source: str = ""
    summary: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    shades: tuple[Shade, ...] = ()
    tracks: tuple[Track, ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader hears of the whole; the title once, also where the summary names it too."""
        return f"Chart: {self.title}. {self.summary.replace(f'{self.title}, ', '', 1)}".strip()

    @property
    def readable(self) -> tuple[int, ...]:
        """The points that can be stepped to: those with a value or with bounds."""
        return tuple(i for i, p in enumerate(self.points) if p.value is not None or p.low is not None)

    def height(self, index: int) -> float:
        """Where the read-out of a point stands."""
        point = self.points[index]
        if point.value is not None:
            return point.value
        return ((point.low or 0.0) + (point.high or 0.0)) / 2
