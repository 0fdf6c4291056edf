"""Where the cells of a pasted block belong, without Qt: by its own headings where it has them, else from the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.periods import Period
from analysis.vocabulary import MeasureFacts
from analysis.wording import plural
from desktop.grid.edits import Area, Edit, tiled
from desktop.grid.tsv import Block
from desktop.pages.data.drafts import Batch, Place
from desktop.pages.data.state import DataState
from desktop.pages.data.writing import label_of
from importers.grammar import parse_period_text

NOTHING_PASTED = "Nothing was pasted."
AS_A_TABLE = "For a block with headings of its own, choose Paste as a table in the menu of the grid."


@dataclass(frozen=True)
class Placed:
    """The batch a paste makes, or why it makes none. `how` says how its headings were used."""

    batch: Batch | None = None
    problem: str = ""
    how: str = ""


def place_edits(state: DataState, edits: Sequence[Edit], label: str) -> Placed:
    """The edits of a gesture in the grid, by what their cells stand for."""
    places = ((state.place(row, across), text) for row, across, text in edits)
    texts = {place: text for place, text in places if place is not None}
    return Placed(Batch(texts, label_of(state, texts, label)) if texts else None)


def place_block(state: DataState, area: Area, block: Block) -> Placed:
    """Lay a block down: columns by a header row that names measures, rows by a first column that names periods.

    A block that fits the chosen area a whole number of times is repeated over it. Periods past the last are added;
    measures past the last are refused, with the way out where the block has headings of its own. Where the grid is
    flipped the block is taken as flipped too.
    """
    placed = _placed(state, *((area.turned(), _turned(block)) if state.flipped else (area, block)))
    headed = any(cell[:1].isalpha() for cell in block[0])
    return Placed(problem=f"{placed.problem} {AS_A_TABLE}") if placed.problem and headed else placed


def _turned(block: Block) -> Block:
    return [list(line) for line in zip(*block, strict=True)]


def _placed(state: DataState, area: Area, block: Block) -> Placed:
    headed = _measures_named(state.measures, block[0])
    rows = block[1:] if headed else block
    dated = [parse_period_text(line[0]) for line in rows] if len(block[0]) > 1 and not _is_value_column(rows) else []
    if rows and dated and all(dated):
        return _by_period(state, area, rows, [p for p in dated if p], headed)
    if headed:
        return _by_measure(state, area, rows, headed)
    return _from_cursor(state, area, tiled(area, block))


def _is_value_column(rows: Block) -> bool:
    """Bare numbers are values, though `2024` could be a year."""
    return any(line[0].replace(".", "").replace(",", "").isdecimal() for line in rows)


def _measures_named(measures: Sequence[MeasureFacts], heads: Sequence[str]) -> dict[int, int]:
    """Column of the block to column of the grid, where a heading names a measure; empty when none does."""
    names = {}
    for at, measure in reversed(list(enumerate(measures))):
        for name in (measure.name, measure.short_name, measure.label):
            names[_key(name)] = at
    names.pop("", None)
    return {at: names[_key(head)] for at, head in enumerate(heads) if _key(head) in names}


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _by_measure(state: DataState, area: Area, rows: Block, headed: dict[int, int]) -> Placed:
    cells = {(area.top + r, c): line[at] for r, line in enumerate(rows) for at, c in headed.items()}
    return _made(state, cells, f"Headings matched {plural(len(headed), 'measure')}.")


def _by_period(state: DataState, area: Area, rows: Block, dates: list[Period], headed: dict[int, int]) -> Placed:
    width = len(rows[0]) - 1
    across = headed or {at + 1: area.left + at for at in range(width)}
    if (over := max(across.values(), default=0) + 1 - len(state.measures)) > 0:
        return Placed(problem=_too_wide(state, over))
    texts = {
        (period, state.measures[column].id): line[at]
        for period, line in zip(dates, rows, strict=True)
        for at, column in across.items()
    }
    how = f"Rows were matched by their periods, {dates[0].label} to {dates[-1].label}."
    return Placed(_batch(texts), how=how)


def _from_cursor(state: DataState, area: Area, block: Block) -> Placed:
    over = area.left + len(block[0]) - len(state.measures)
    if over > 0:
        return Placed(problem=_too_wide(state, over))
    cells = {(area.top + r, area.left + c): text for r, line in enumerate(block) for c, text in enumerate(line)}
    return _made(state, cells)


def _too_wide(state: DataState, over: int) -> str:
    much = f"{plural(over, 'row')} higher" if state.flipped else f"{plural(over, 'column')} wider"
    return f"The block is {much} than the measures from here. {NOTHING_PASTED}"


def _made(state: DataState, cells: dict[tuple[int, int], str], how: str = "") -> Placed:
    if not state.periods or not state.measures:
        return Placed(problem=f"There are no measures yet. {NOTHING_PASTED}")
    periods = _long_enough(state, max((r for r, _ in cells), default=0))
    return Placed(_batch({(periods[r], state.measures[c].id): text for (r, c), text in cells.items()}), how=how)


def _long_enough(state: DataState, last_row: int) -> list[Period]:
    periods = list(state.periods)
    while len(periods) <= last_row:
        periods.append(periods[-1].next())
    return periods


def _batch(texts: dict[Place, str]) -> Batch:
    return Batch(texts, f"Paste of {plural(len(texts), 'value')}")
