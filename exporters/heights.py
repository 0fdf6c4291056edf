"""How tall a row must be so that all of its wrapped text can be seen."""

from __future__ import annotations

from collections.abc import Iterable

LINE_POINTS = 15.75
TALLEST = 409.0
BOLD = 1.1


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """Lines a text takes in a column of that many characters, wrapped at spaces; long words are broken."""
    room = max(int(width / (BOLD if bold else 1.0)) - 2, 4)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: int) -> int:
    count, used = 1, 0
    for word in paragraph.split(" "):
        length = len(word)
        if used and used + 1 + length > room:
            count, used = count + 1, 0
        count += max(0, (length - 1) // room)
        used += length % room + (1 if used else 0)
    return count


def height_of(texts: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """The height in points of a row of texts with the widths of their columns; no more than a row can be."""
    most = max((lines_needed(text, width, bold=bold) for text, width in texts), default=1)
    return min(TALLEST, LINE_POINTS * most + 1)
