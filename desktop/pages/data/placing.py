"""Where the cells of a pasted block belong, without Qt: by its own headings where it has them, else from the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from analysis.periods import Frequency, Period, month_of, week_starting
from analysis.phases import containing
from analysis.vocabulary import MeasureFacts
from analysis.wording import plural
from desktop.grid.clipboard import Copied
from desktop.grid.edits import Area, Edit, tiled
from desktop.grid.tsv import Block
from desktop.pages.data.drafts import Batch, Place
from desktop.pages.data.entry import WHOLE_KINDS
from desktop.pages.data.state import DataState
from desktop.pages.data.writing import label_of
from importers.grammar import parse_period_text

_SHARE = re.compile(r"\d{1,3} ?/ ?\d+")
NOTHING_PASTED = "Nothing was pasted."
AS_A_TABLE = "For a block with headings of its own, choose Paste as a table in the menu of the grid."


@dataclass(frozen=True)
class Placed:
    """The batch a gesture makes, or why it makes none. `how` says how a block's headings were used.

    What was `laid` down as a block is chosen afterwards, as in a spreadsheet.
    """

    batch: Batch | None = None
    problem: str = ""
    how: str = ""
    laid: bool = False


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


def place_copied(state: DataState, area: Area, block: Copied) -> Placed:
    """Lay down what was copied, with its figures as the cells of its sheet hold them; says where those were rounded."""
    placed = place_block(state, area, block.held.block)
    return replace(placed, how=f"{placed.how} {block.said}".strip())


def _turned(block: Block) -> Block:
    return [list(line) for line in zip(*block, strict=True)]


def _placed(state: DataState, area: Area, block: Block) -> Placed:
    if not state.periods or not state.measures:
        return Placed(problem=f"There are no measures yet. {NOTHING_PASTED}")
    headed = _measures_named(state.measures, block[0])
    rows = [line for line in (block[1:] if headed else block) if any(line)] or block
    if problem := _twice([state.measures[at].name for at in headed.values()]):
        return Placed(problem=problem)
    first = state.measures[min(area.left, len(state.measures) - 1)]
    may_be_dated = len(block[0]) > 1 and not _is_value_column(rows, first)
    dated = [parse_period_text(line[0]) for line in rows] if may_be_dated else []
    dates = [period for period in dated if period]
    if 2 * len(dates) > len(rows):
        problem = _stray(rows, dated, headed=bool(headed)) or _twice([period.label for period in dates])
        left = _unmatched(block[0][1:], headed, 1)
        return Placed(problem=problem) if problem else _by_period(state, area, rows, dates, headed, left)
    if headed:
        return _by_measure(state, area, rows, headed, _unmatched(block[0], headed, 0))
    return _from_cursor(state, area, tiled(area, block))


def _unmatched(heads: Sequence[str], headed: Mapping[int, int], first: int) -> str:
    """The headings that name no measure: their columns are left out."""
    left = [head for at, head in enumerate(heads, first) if headed and head and at not in headed]
    return f" Left out, because no measure here has that name: {', '.join(left)}." if left else ""


def _stray(rows: Block, dated: Sequence[Period | None], *, headed: bool) -> str:
    """Why a block with periods down its side cannot be placed: one of them is none."""
    at = next((at for at, period in enumerate(dated) if period is None), None)
    if at is None:
        return ""
    if at == 0 and not headed:
        heads = ", ".join(filter(None, rows[0][1:4]))
        return f"No measure here has the name of a heading of the block: {heads}. {NOTHING_PASTED}"
    return f"'{rows[at][0]}' stands among the periods of the block and is none. {NOTHING_PASTED} Leave that row out."


def _twice(names: Sequence[str]) -> str:
    again = next((name for name in names if names.count(name) > 1), "")
    return f"{again} stands in the block twice. {NOTHING_PASTED}" if again else ""


def _is_value_column(rows: Block, measure: MeasureFacts) -> bool:
    """Bare numbers are values, though `2024` could be a year; so is `11/12` where a measure takes parts of a whole."""
    texts = [line[0].replace(".", "").replace(",", "") for line in rows]
    parts = measure.kind in WHOLE_KINDS and any(_SHARE.fullmatch(text) for text in texts)
    return parts or any(text.isdecimal() for text in texts)


def _of_one_kind(days: list[Period], measures: Iterable[MeasureFacts]) -> list[Period]:
    """Days that a spreadsheet writes for longer periods (01/04/2024 for the month) as the periods of the measures."""
    frequencies = {measure.frequency for measure in measures}
    starts = [day.start for day in days]
    if any(day.days != 1 for day in days) or len(frequencies) != 1:
        return days
    (frequency,) = frequencies
    if frequency is Frequency.WEEK and len({start.weekday() for start in starts}) == 1:
        return [week_starting(start) for start in starts]
    if all(start.day == 1 for start in starts) or all((start + timedelta(days=1)).day == 1 for start in starts):
        months = [month_of(start) for start in starts]
        if frequency is Frequency.MONTH:
            return months
        if frequency in (Frequency.QUARTER, Frequency.YEAR):
            return [containing(month, frequency) for month in months]
    return days


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


def _by_measure(state: DataState, area: Area, rows: Block, headed: dict[int, int], left: str) -> Placed:
    cells = {(area.top + r, c): line[at] for r, line in enumerate(rows) for at, c in headed.items()}
    return _made(state, cells, f"Headings matched {plural(len(headed), 'measure')}.{left}")


def _by_period(
    state: DataState, area: Area, rows: Block, dates: list[Period], headed: dict[int, int], left: str
) -> Placed:
    width = len(rows[0]) - 1
    across = headed or {at + 1: area.left + at for at in range(width)}
    if (over := max(across.values(), default=0) + 1 - len(state.measures)) > 0:
        return Placed(problem=_too_wide(state, over))
    dates = _of_one_kind(dates, (state.measures[column] for column in across.values()))
    texts = {
        (period, state.measures[column].id): line[at]
        for period, line in zip(dates, rows, strict=True)
        for at, column in across.items()
    }
    how = f"Rows were matched by their periods, {dates[0].label} to {dates[-1].label}.{left}"
    return Placed(_batch(texts), how=f"{how}{_added(state, dates)}", laid=True)


def _added(state: DataState, periods: Sequence[Period]) -> str:
    """What rows a block needs that were not there, in words."""
    new = sorted(set(periods) - state.recorded.row_of.keys())
    if not new:
        return ""
    span = new[0].label if len(new) == 1 else f"{new[0].label} to {new[-1].label}"
    ahead = " That reaches past today." if new[-1].start > state.recorded.today else ""
    return f" {plural(len(new), 'row')} added: {span}.{ahead}"


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
    periods = _long_enough(state, max((r for r, _ in cells), default=0))
    texts = {(periods[r], state.measures[c].id): text for (r, c), text in cells.items()}
    return Placed(_batch(texts), how=f"{how}{_added(state, periods)}".strip(), laid=True)


def _long_enough(state: DataState, last_row: int) -> list[Period]:
    periods = list(state.periods)
    while len(periods) <= last_row:
        periods.append(periods[-1].next())
    return periods


def _batch(texts: dict[Place, str]) -> Batch:
    return Batch(texts, f"Paste of {plural(len(texts), 'value')}")
