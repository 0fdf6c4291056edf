"""Finds lines that are the sum of the others, whatever they are called, so that nobody adds them up twice."""

from __future__ import annotations

from importers.found import FoundSeries, FoundTable

_LEAST_PERIODS, _LEAST_PARTS = 3, 2
_MOST_LINES = 400
_SLACK = 0.005


def mark_totals(table: FoundTable) -> list[FoundSeries]:
    """Mark every series that equals the sum of the others of its kind at three or more positions; returns those."""
    found = []
    for group in _groups(table):
        for series in group:
            if not series.total and _is_sum(series, [other for other in group if other is not series]):
                series.total = True
                found.append(series)
    return found


def _groups(table: FoundTable) -> list[list[FoundSeries]]:
    """Series that could be added: the same measure over organisations, or different measures of one unit."""
    if table.labels or len(table.series) > _MOST_LINES:
        return []
    groups: dict[tuple[str, str, tuple[int, ...]], list[FoundSeries]] = {}
    for series in table.series:
        if series.base_unit != "%" and not series.total:
            shape = (series.at[0] if series.at else -1, len(series.at))
            measure = series.measure if series.organisation or series.code else ""
            groups.setdefault((series.unit, measure, shape), []).append(series)
    return [group for group in groups.values() if len(group) > _LEAST_PARTS]


def _is_sum(series: FoundSeries, parts: list[FoundSeries]) -> bool:
    """Every position where all lines have a number adds up within the rounding of its parts."""
    compared = 0
    for index, value in enumerate(series.values):
        held = [part.values[index] for part in parts]
        if value is None or any(one is None for one in held):
            continue
        total = sum(one for one in held if one is not None)
        slack = 0.0 if _whole([*held, value]) else _SLACK * max(abs(value), 1.0)
        if abs(total - value) > slack:
            return False
        compared += value != 0
    return compared >= _LEAST_PERIODS


def _whole(values: list[float | None]) -> bool:
    return all(value is None or float(value).is_integer() for value in values)
