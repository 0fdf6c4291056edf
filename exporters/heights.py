"""How tall a row must be so that all of its wrapped text can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

LINE_POINTS = 15.75
ONE_LINE = LINE_POINTS + 1
TALLEST = 409.0
BOLD = 1.1
REMEMBERED = 4096


def room_of(width: float, *, bold: bool = False) -> int:
    """How many characters stand on one line of a column of that width."""
    return max(int(width / (BOLD if bold else 1.0)) - 2, 4)


@lru_cache(maxsize=REMEMBERED)
def lines_needed(text: str, room: int) -> int:
    """Lines a text takes where so many characters stand on one, wrapped at spaces; long words are broken."""
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: int) -> int:
    """Line by line: each ends at the last space that leaves it short enough."""
    if paragraph.startswith(" ") or "  " in paragraph:
        return _lines_by_word(paragraph, room)
    count, start = 1, 0
    while len(paragraph) - start > room:
        stop = paragraph.rfind(" ", start, start + room + 1)
        if stop < 0 or (stop - start == room and " " not in paragraph[start:stop]):
            return _lines_by_word(paragraph, room)
        count, start = count + 1, stop + 1
    return count


def _lines_by_word(paragraph: str, room: int) -> int:
    """The same where a word fills a line or more, or spaces follow each other."""
    count, used = 1, 0
    for word in paragraph.split(" "):
        length = len(word)
        if used and used + 1 + length > room:
            count, used = count + 1, 0
        count += max(0, (length - 1) // room)
        used += length % room + (1 if used else 0)
    return count


def heights_of(rows: Iterable[Sequence[object]], widths: Sequence[float]) -> list[float]:
    """The heights of rows of cells, of which only the texts matter."""
    rooms = [room_of(width) for width in widths]
    return [_height(cells, rooms) for cells in rows]


def _height(cells: Sequence[object], rooms: Sequence[int]) -> float:
    pairs = zip(cells, rooms, strict=True)
    long = [(c, room) for c, room in pairs if isinstance(c, str) and (len(c) > room or "\n" in c)]
    return points_of(max([lines_needed(text, room) for text, room in long])) if long else ONE_LINE


def points_of(lines: int) -> float:
    """The height in points of a row of so many lines; no more than a row can be."""
    return min(TALLEST, LINE_POINTS * lines + 1)


def height_of(texts: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """The height in points of a row of texts with the widths of their columns; no more than a row can be."""
    most = 1
    for text, width in texts:
        room = room_of(width, bold=bold)
        if len(text) > room or "\n" in text:
            most = max(most, lines_needed(text, room))
    return points_of(most)
