"""Headings: which rows are the header, the path of headings over a column, labels beside a row, units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from importers.axes import filled_across
from importers.grids import Grid, shown

MOST_ROWS = 4
_BANNER = 60
_FOOT = re.compile(r"(?<=[A-Za-z)%])[¹²³⁴⁵⁶⁷⁸⁹†‡§]+|\s?\[note \d+\]|(?<=[a-z])\s\d$")
CODE_HEADING = re.compile(
    r"(?i:\b(?:code|id|ods|ons|gss|uid|ref|reference|identifier)\b)|(?<=[a-z])(?:Code|ID|Id)$",
)
ORGANISATION_HEADING = re.compile(
    r"org(?:anisation|anization)?\b|provider|trust|area|authority|ward|practice|site|place|region|\bicb\b|\bccg\b|"
    r"locality|\bpcn\b|council|hospital|team|service|borough|district|geography|label",
    re.IGNORECASE,
)
MEASURE_HEADINGS = ("indicator", "metric", "measure", "kpi", "statistic", "variable", "measure name", "indicator name")
UNIT_HEADINGS = ("unit", "units", "unit of measure", "value type", "value_type", "measure type")
PLAIN_VALUE = re.compile(r"^(?:value|values|count|number|n|amount|figure|observation|obs_value|data)$", re.IGNORECASE)
FOOTER = re.compile(
    r"^(?:notes?\b|footnotes?\b|sources?\b|please note|released?\b|copyright|©|\* |† ?|\d+\.? [A-Z]|[RP] [-=:]|"
    r"contact\b|published\b|last updated)",
    re.IGNORECASE,
)


def header_rows(grid: Grid, top: int, columns: list[int]) -> list[int]:
    """The rows above `top` that head the columns, uppermost first."""
    row = top - 1
    while row >= 0 and top - row <= 3 and not _words(grid, row, columns):
        if any(cell != "" for cell in grid.rows[row]):
            break
        row -= 1
    found: list[int] = []
    while row >= grid.header_top and len(found) < MOST_ROWS:
        words = _words(grid, row, columns)
        if not words or _is_banner(words, columns):
            break
        found.insert(0, row)
        row -= 1
    return found


def _words(grid: Grid, row: int, columns: Iterable[int]) -> list[str]:
    return [text for column in columns if (text := grid.text(row, column))]


def _is_banner(words: list[str], columns: list[int]) -> bool:
    """One long text over many columns is a title, not a heading."""
    return len(words) == 1 and len(columns) > 1 and (len(words[0]) > _BANNER or bool(FOOTER.match(words[0])))


@lru_cache(maxsize=20_000)
def clean_heading(text: str) -> str:
    """A heading in one line without footnote marks."""
    return _FOOT.sub("", " ".join(text.split())).strip()


def column_paths(grid: Grid, rows: list[int], columns: list[int], empty: set[int]) -> dict[int, str]:
    """`Incomplete pathways > No. > 52 weeks` for each column: groups filled right up to the next or an empty column."""
    parts: dict[int, list[str]] = {column: [] for column in columns}
    for depth, row in enumerate(rows):
        cells = filled_across(grid, row)
        texts = [
            clean_heading(shown(cells[c])) if c < len(cells) else ""
            for c in range((max(columns) if columns else 0) + 1)
        ]
        if _only_numbers_in_order(texts, columns):
            continue
        label = ""
        for column in range(min(columns, default=0), len(texts)):
            last_row = depth == len(rows) - 1
            label = texts[column] or ("" if column in empty or last_row else label)
            if column in parts and label and label not in parts[column]:
                parts[column].append(label)
    return {column: " > ".join(part) for column, part in parts.items()}


def _only_numbers_in_order(texts: list[str], columns: list[int]) -> bool:
    """A row of column numbers, 1 2 3 ..., says nothing."""
    numbers = [texts[column] for column in columns if column < len(texts) and texts[column]]
    return (
        len(numbers) >= 3 and numbers == [str(int(numbers[0]) + i) for i in range(len(numbers))]
        if (numbers and all(number.isdecimal() for number in numbers))
        else False
    )


def distinct_names(names: dict[int, str], letters: dict[int, str]) -> tuple[dict[int, str], list[int], list[int]]:
    """Names made distinct with (2), (3); columns whose name repeats, and columns without any name."""
    seen: dict[str, int] = {}
    given: dict[int, str] = {}
    repeated: list[int] = []
    unnamed: list[int] = []
    for column, name in names.items():
        if not name:
            unnamed.append(column)
        text = name or f"Column {letters[column]}"
        seen[text] = seen.get(text, 0) + 1
        if seen[text] > 1:
            repeated.append(column)
        given[column] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return given, repeated, unnamed


def title_above(grid: Grid, row: int, within: tuple[int, int] | None = None) -> str:
    """The texts of the rows above, nearest last, for hints about years, units and what the table is about.

    `within` are the first and last column of the table: of several texts in a row, as over tables side by side, those
    over it count, unless none is; one text alone stands over everything.
    """
    texts: list[str] = []
    for above in grid.rows[max(0, row - 12) : row]:
        held = [(at, text) for at, cell in enumerate(above) if isinstance(cell, str) and (text := cell.strip())]
        over = [text for at, text in held if within and within[0] <= at <= within[1]]
        texts += over or [text for _, text in held]
    return " | ".join(text[:200] for text in texts[:30])


def short_title(title: str) -> str:
    """The first line that reads like the name of a table, without its number: `Table 1: Rates` gives `Rates`."""
    lines = [_TABLE_NUMBER.sub("", line).strip() for line in title.split(" | ")]
    named = [line for line in lines if 3 < len(line) <= 160 and not FOOTER.match(line) and not line.endswith(":")]
    return clean_heading(named[0])[:120] if named else ""


_MONEY_UNITS = (
    (re.compile(r"£ ?bn\b|£ ?billions?|\(bn\)", re.IGNORECASE), "£bn", 1e9),
    (re.compile(r"£ ?m(?:n|illions?)?\b", re.IGNORECASE), "£m", 1e6),
    (re.compile(r"£ ?(?:'?000s?|k\b|thousands?)", re.IGNORECASE), "£000", 1e3),
    (re.compile(r"£|\bGBP\b"), "£", 1.0),
)
_COUNT_UNITS = (
    (re.compile(r"\bthousands?\b|\('?000s?\)", re.IGNORECASE), "thousands", 1e3),
    (re.compile(r"\bmillions?\b|\(mil\)|\(m\)", re.IGNORECASE), "millions", 1e6),
)
_TABLE_NUMBER = re.compile(r"^(?:table|figure|sheet|tab) ?[\w.]{1,4}\s*[:.\-–]\s*|^\(?\d+[a-z]?[.)]\s+", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?\b|\bproportion\b", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"\((weeks?|days?|hours?|minutes?|months?|years?|patients?|people|fte|wte|per [\d,]+[^)]*)\)", re.IGNORECASE
)


def unit_of(
    heading: str, *, percents: bool, pounds: bool, texts_percent: bool, largest: float
) -> tuple[str, str, float]:
    """Unit as the sheet has it, the base unit, and the factor from one to the other."""
    for pattern, unit, scale in _MONEY_UNITS:
        if pattern.search(heading):
            return unit, "£", scale
    if percents and largest <= 1.5:
        return "fraction (show as %)", "%", 100.0
    if texts_percent or _PERCENT.search(heading):
        return "%", "%", 1.0
    if pounds:
        return "£", "£", 1.0
    for pattern, unit, scale in _COUNT_UNITS:
        if pattern.search(heading):
            return unit, "", scale
    if found := _IN_WORDS.search(heading):
        return found.group(1).lower(), found.group(1).lower(), 1.0
    return "", "", 1.0
