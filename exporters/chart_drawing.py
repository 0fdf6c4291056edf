"""A declared chart as a drawing (SVG): the same cells, names and words as the native chart of the workbook.

Pure text, so that the command line can write it without a window; the app turns it into a picture where one is wanted.
Drawn from protected sheets only. Lengths are pixels of a sheet 960 wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

from analysis.axis import label_every, nice_ticks, tick_decimals
from analysis.wording import number, percent, pounds
from exporters.chart_writer import BLUE, GREY, ORANGE, TURQUOISE
from exporters.declared import Cell, Chart, Formula, Line, Sheet

WIDTH, HEIGHT, ROW = 960.0, 540.0, 44.0
LEFT, RIGHT, TOP, FOOT = 110.0, 30.0, 64.0, 96.0
FONT = "Arial, Helvetica, sans-serif"
GRID, INK = "#D9D9D9", "#1A1A1A"
LETTER, LEGEND_STEP = 7.2, 34.0
LARGEST, SMALLEST, TITLE_LETTER = 18, 10, 0.58
AIR = 0.06

_STYLES = {
    "values": (BLUE, 1.75, "", "circle"),
    "left out": ("none", 0.0, "", "square"),
    "mean": (GREY, 1.5, "", ""),
    "after mean": (ORANGE, 2.25, "", ""),
    "limit": (GREY, 1.25, "6 4", ""),
    "expected": (ORANGE, 2.0, "6 4", ""),
    "fitted": (GREY, 2.0, "", ""),
    "launch": ("none", 0.0, "", "launch"),
}
_FILLS = {"cost": (BLUE, BLUE), "cash": (ORANGE, ORANGE), "capacity": ("#FFFFFF", GREY)}


@dataclass(frozen=True)
class _Frame:
    """The ends of the value axis, and how many places there are along the other."""

    low: float
    high: float
    count: int
    height: float = HEIGHT

    def x(self, place: float) -> float:
        """The middle of a place, from 0."""
        return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / max(self.count, 1)

    def y(self, value: float) -> float:
        """A value, up."""
        return self.height - FOOT - (value - self.low) / (self.high - self.low) * (self.height - TOP - FOOT)

    def across(self, value: float) -> float:
        """A value, to the right: a forest lies on its side."""
        return LEFT + (value - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)


def drawing_of(sheet: Sheet) -> str:
    """The chart of a sheet as SVG with its title and its finding. Raises ValueError for a sheet without one."""
    chart = sheet.chart
    if chart is None:
        text = f"no chart: {sheet.name}"
        raise ValueError(text)
    height = max(HEIGHT, ROW * len(sheet.rows) + TOP + FOOT) if chart.kind == "forest" else HEIGHT
    body = _forest(sheet, chart, height) if chart.kind == "forest" else _upright(sheet, chart)
    size = f'width="{WIDTH:g}" height="{height:g}" viewBox="0 0 {WIDTH:g} {height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family={quoteattr(FONT)} fill="{INK}">',
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt_text)}</desc>",
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#FFFFFF"/>',
        _text(LEFT / 4, 30, chart.title, size=_fitting(chart.title), weight="bold"),
        *body,
        _text(LEFT / 4, height - 10, sheet.source, size=12),
        "</svg>",
    ]
    return "".join(parts)


def _upright(sheet: Sheet, chart: Chart) -> Iterator[str]:
    """Lines or columns over the rows of the table."""
    drawn = {line.key: _values(sheet, line.key) for line in chart.lines}
    frame = _frame(chart, [v for held in drawn.values() for v in held if v is not None], len(sheet.rows))
    yield from _values_axis(chart, frame)
    yield from _categories(sheet, chart, frame)
    for place, line in enumerate(chart.lines):
        if chart.kind == "columns":
            yield from _columns(frame, line, drawn[line.key], place, len(chart.lines))
        else:
            yield from _line(frame, line, drawn[line.key])
    yield from _legend(chart, frame.height)


def _frame(chart: Chart, values: Sequence[float], count: int) -> _Frame:
    held = [*values, *([0.0] if chart.kind == "columns" or not values else [])]
    low = min(held) if chart.low is None else chart.low
    high = max(held) if chart.high is None else chart.high
    air = (high - low or abs(high) or 1.0) * AIR
    down = low if chart.low is not None or low == 0 else low - air
    return _Frame(down, high if chart.high is not None else high + air, count)


def _values(sheet: Sheet, key: str) -> list[float | None]:
    place = [column.key for column in sheet.columns].index(key)
    return [_value(row[place]) for row in sheet.rows]


def _value(cell: Cell) -> float | None:
    held = cell.value if isinstance(cell, Formula) else cell
    return float(held) if isinstance(held, int | float) and isfinite(held) else None


def _values_axis(chart: Chart, frame: _Frame) -> Iterator[str]:
    ticks = nice_ticks(frame.low, frame.high, 5)
    for tick in ticks:
        yield _stroke(LEFT, frame.y(tick), WIDTH - RIGHT, frame.y(tick), GRID, 0.75)
        yield _text(LEFT - 8, frame.y(tick) + 4, _words(chart, tick, ticks), anchor="end")
    middle = (TOP + frame.height - FOOT) / 2
    yield _text(22, middle, chart.value_title, anchor="middle", turned=True)


def _words(chart: Chart, tick: float, ticks: Sequence[float]) -> str:
    if chart.shares or chart.kind == "forest":
        return percent(tick)
    return pounds(tick) if chart.value_title.startswith("£") else number(tick, tick_decimals(ticks))


def _categories(sheet: Sheet, chart: Chart, frame: _Frame) -> Iterator[str]:
    place = [column.key for column in sheet.columns].index(chart.category)
    names = [str(row[place]) for row in sheet.rows]
    base = frame.height - FOOT
    yield _stroke(LEFT, base, WIDTH - RIGHT, base, GREY, 1.0)
    room = int((WIDTH - LEFT - RIGHT) / max(len(names), 1) / LETTER)
    every = label_every(len(names)) if chart.kind in ("lines", "xmr") else max(1, len(names) // 16)
    for at in range(0, len(names), every):
        most = max(4, room * every)
        short = names[at] if len(names[at]) <= most else f"{names[at][: most - 1]}…"
        yield _text(frame.x(at), base + 18, short, anchor="middle")


def _line(frame: _Frame, line: Line, values: Sequence[float | None]) -> Iterator[str]:
    """A line broken where a value is missing, with its marks."""
    ink, width, dash, mark = _STYLES[line.style]
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((frame.x(place), frame.y(value)))
    for run in runs if width else ():
        if len(run) > 1:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            yield f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="{width:g}"{dashed}/>'
    for x, y in (point for run in runs for point in run) if mark else ():
        yield from _mark(mark, x, y, frame.height - FOOT)


def _mark(mark: str, x: float, y: float, base: float) -> Iterator[str]:
    if mark == "circle":
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{BLUE}"/>'
    elif mark == "square":
        yield f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{TURQUOISE}" stroke="{BLUE}"/>'
    else:
        yield _stroke(x, y, x, base, ORANGE, 1.5)
        yield f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" fill="{ORANGE}"/>'


def _columns(frame: _Frame, line: Line, values: Sequence[float | None], place: int, of: int) -> Iterator[str]:
    fill, edge = _FILLS[line.style]
    width = (WIDTH - LEFT - RIGHT) / max(frame.count, 1) * 0.7 / of
    for at, value in enumerate(values):
        if value is not None:
            x = frame.x(at) + (place - of / 2) * width
            top, foot = sorted((frame.y(value), frame.y(0.0)))
            box = f'x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{foot - top:.1f}"'
            yield f'<rect {box} fill="{fill}" stroke="{edge}"/>'


def _forest(sheet: Sheet, chart: Chart, height: float) -> Iterator[str]:
    """Estimates as points with their intervals, each under its name; no change is the darker line."""
    below, above = (_values(sheet, key) for key in chart.spread or ("", ""))
    middles = _values(sheet, chart.category)
    ends = [(m - (b or 0), m + (a or 0)) for m, b, a in zip(middles, below, above, strict=True) if m is not None]
    low = min([0.0, *(end[0] for end in ends)]) if chart.low is None else chart.low
    high = max([0.0, *(end[1] for end in ends)]) if chart.high is None else chart.high
    frame = _Frame(low, high if high > low else low + 1.0, len(middles), height)
    ticks = nice_ticks(frame.low, frame.high, 6)
    for tick in ticks:
        ink = GREY if tick == 0 else GRID
        yield _stroke(frame.across(tick), TOP, frame.across(tick), height - FOOT, ink, 1.5 if tick == 0 else 0.75)
        yield _text(frame.across(tick), height - FOOT + 18, _words(chart, tick, ticks), anchor="middle")
    yield _text((LEFT + WIDTH) / 2, height - FOOT + 44, chart.value_title, anchor="middle")
    step = (height - TOP - FOOT) / max(len(middles), 1)
    for place, (middle, less, more) in enumerate(zip(middles, below, above, strict=True)):
        if middle is not None:
            y, x = TOP + (place + 0.65) * step, frame.across(middle)
            yield _stroke(frame.across(middle - (less or 0)), y, frame.across(middle + (more or 0)), y, BLUE, 1.75)
            yield f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{BLUE}"/>'
            yield _text(x, y - 10, str(sheet.rows[place][0]), anchor="middle")


def _fitting(title: str) -> int:
    """The size of a title that has to stand on one line."""
    return max(SMALLEST, min(LARGEST, int((WIDTH - LEFT) / max(len(title), 1) / TITLE_LETTER)))


def _legend(chart: Chart, height: float) -> Iterator[str]:
    """What each line or column is, under the chart, on as many lines as it takes."""
    wide = sum(len(line.name) * LETTER + LEGEND_STEP for line in chart.lines)
    first = max(LEFT / 4, (WIDTH - wide) / 2)
    x, y = first, height - FOOT + (44 if wide > WIDTH - LEFT / 2 else 52)
    for line in chart.lines:
        if x > first and x + len(line.name) * LETTER + LEGEND_STEP > WIDTH:
            x, y = first, y + 20
        if chart.kind == "columns":
            fill, edge = _FILLS[line.style]
            yield f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="16" height="10" fill="{fill}" stroke="{edge}"/>'
        else:
            ink, width, dash, mark = _STYLES[line.style]
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            if width:
                yield _stroke(x, y - 5, x + 18, y - 5, ink, width, dashed)
            if mark:
                yield from _mark(mark, x + 9, y - 5, y - 5)
        yield _text(x + 24, y, line.name)
        x += len(line.name) * LETTER + LEGEND_STEP


def _stroke(x: float, y: float, to_x: float, to_y: float, ink: str, width: float, more: str = "") -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{ink}" stroke-width="{width:g}"{more}/>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    anchor: str = "start",
    weight: str = "normal",
    turned: bool = False,
) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    look = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}{turn}>{escape(words)}</text>'
