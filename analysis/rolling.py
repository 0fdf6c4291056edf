"""Values recorded more often than declared, rolled up to the declared periods where every part is there.

Only what adds up is rolled up: counts, money, and shares with their numbers of people. A longer period with a part
missing, set aside or suppressed stays as it was recorded: parts that are listed and not analysed. Weeks do not nest
in months and are never rolled up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import Any

import numpy as np

from analysis.maturity import maturities_of
from analysis.periods import Frequency, Period, add_months, month_end
from analysis.series_parts import NOT_BY_PERIOD
from analysis.vocabulary import Maturity, MeasureKind, Series, State
from analysis.wording import plural

_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
_FINER = {
    Frequency.MONTH: (Frequency.DAY,),
    Frequency.QUARTER: (Frequency.DAY, Frequency.MONTH),
    Frequency.YEAR: (Frequency.DAY, Frequency.MONTH, Frequency.QUARTER),
}
_ADDS_UP = (MeasureKind.COUNT, MeasureKind.MONEY, MeasureKind.PROPORTION)
_SUMMED = ("numerators", "denominators")
JANUARY, APRIL = 1, 4


def rolled_up(series: Series) -> Series:
    """The series with parts replaced by whole declared periods; the very same object where there is nothing to do.

    Quarters are calendar quarters, years run from April unless the series itself holds years from January. A whole is
    provisional when one of its parts is. A value recorded for the whole itself stands, and its parts are left alone.
    """
    wanted = series.measure.frequency
    if wanted not in _FINER or series.measure.kind not in _ADDS_UP:
        return series
    groups: dict[Period, list[int]] = defaultdict(list)
    held = set(series.periods)
    first = _first_month(series)
    for place, period in enumerate(series.periods):
        if period.frequency in _FINER[wanted]:
            whole = _around(period, wanted, first)
            if whole not in held and period.end <= whole.end:
                groups[whole].append(place)
    whole_ones = {whole: places for whole, places in groups.items() if _is_complete(series, whole, places)}
    return _replaced(series, whole_ones) if whole_ones else series


def _first_month(series: Series) -> int:
    """The month a year starts in: as the series' own years do, else April."""
    years = {period.start.month for period in series.periods if period.frequency is Frequency.YEAR}
    return JANUARY if years == {JANUARY} else APRIL


def _around(period: Period, frequency: Frequency, first: int) -> Period:
    span = _MONTHS[frequency]
    start = add_months(period.start, -((period.start.month - first) % span))
    return Period(start, month_end(add_months(start, span - 1)))


def _is_complete(series: Series, whole: Period, places: list[int]) -> bool:
    """Whether the parts cover every day once and each has a value that counts."""
    if len({series.periods[place].frequency for place in places}) != 1:
        return False
    if sum(series.periods[place].days for place in places) != whole.days:
        return False
    parts = series.numerators + series.denominators if series.measure.kind is MeasureKind.PROPORTION else series.values
    return all(
        series.states[place] is State.VALUE and series.set_aside[place] is None and np.isfinite(parts[place])
        for place in places
    )


def _replaced(series: Series, wholes: dict[Period, list[int]]) -> Series:
    gone = {place for places in wholes.values() for place in places}
    rows: list[tuple[Period, int | list[int]]] = [
        (period, place) for place, period in enumerate(series.periods) if place not in gone
    ]
    rows += list(wholes.items())
    rows.sort(key=lambda row: row[0])
    marks = maturities_of(series)
    columns: dict[str, Any] = {}
    for part in fields(series):
        if part.name in NOT_BY_PERIOD:
            continue
        if isinstance(getattr(series, part.name), np.ndarray):
            columns[part.name] = np.array([_number(series, part.name, at) for _, at in rows], dtype=np.float64)
        else:
            columns[part.name] = tuple(_word(series, marks, part.name, at) for _, at in rows)
    columns["periods"] = tuple(period for period, _ in rows)
    return replace(series, **columns)


def _number(series: Series, name: str, at: int | list[int]) -> float:
    held = getattr(series, name)
    if isinstance(at, int):
        return float(held[at])
    if name == "values" and series.measure.kind is MeasureKind.PROPORTION:
        people = float(series.denominators[at].sum())
        return float(series.numerators[at].sum()) / people if people > 0 else float("nan")
    return float(held[at].sum()) if name in (*_SUMMED, "values") else float("nan")


def _word(series: Series, marks: tuple[Maturity, ...], name: str, at: int | list[int]) -> Any:  # noqa: ANN401 - a cell of any of the columns
    if isinstance(at, int):
        return marks[at] if name == "maturities" else getattr(series, name)[at]
    given = [series.sources[place] for place in at]
    unit = series.periods[at[0]].frequency.value
    worst = Maturity.FINAL
    if any(marks[place] is not Maturity.FINAL for place in at):
        worst = Maturity.PROVISIONAL if any(marks[p] is Maturity.PROVISIONAL for p in at) else Maturity.ESTIMATED
    return {
        "states": State.VALUE,
        "maturities": worst,
        "set_aside": None,
        "sources": f"sum of {plural(len(at), unit)}: {given[0]} to {given[-1]}" if given[0] != given[-1] else given[0],
        "definition_versions": max(series.definition_versions[place] for place in at),
        "periods": series.periods[at[0]],
    }[name]
