from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.periods import Period, month
from analysis.vocabulary import Series, Timeline
from desktop.grid.state import Cell
from desktop.pages.data.kept import KeptColumns
from tests.analysis.making import navigator_series

MONTHS = tuple(month(2024, at) for at in range(1, 7))
TIMELINE = Timeline(None)


class Maker:
    """Notes which periods it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Period, ...]] = []

    def __call__(self, series: Series, periods: tuple[Period, ...], timeline: Timeline) -> tuple[Cell, ...]:
        self.asked.append(periods)
        return tuple(Cell(period.label) for period in periods)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def kept(maker: Maker) -> KeptColumns:
    made = KeptColumns()
    made.cells(navigator_series(), MONTHS[:4], TIMELINE, maker)
    return made


def test_a_column_that_holds_the_same_is_not_made_again(kept: KeptColumns, maker: Maker) -> None:
    again = kept.cells(navigator_series(), MONTHS[:4], TIMELINE, maker)
    assert maker.asked == [MONTHS[:4]]
    assert again == tuple(Cell(period.label) for period in MONTHS[:4])


def test_periods_added_at_the_foot_are_made_alone(kept: KeptColumns, maker: Maker) -> None:
    longer = kept.cells(navigator_series(), MONTHS, TIMELINE, maker)
    assert maker.asked == [MONTHS[:4], MONTHS[4:]]
    assert longer == tuple(Cell(period.label) for period in MONTHS)


def test_another_value_timeline_or_first_period_makes_the_column_anew(kept: KeptColumns, maker: Maker) -> None:
    own = navigator_series()
    changed = replace(own, values=own.values + 1)
    kept.cells(changed, MONTHS[:4], TIMELINE, maker)
    kept.cells(changed, MONTHS[:4], Timeline(date(2024, 2, 1)), maker)
    kept.cells(changed, MONTHS[1:4], Timeline(date(2024, 2, 1)), maker)
    assert maker.asked[1:] == [MONTHS[:4], MONTHS[:4], MONTHS[1:4]]
    assert kept.cells(changed, (), Timeline(date(2024, 2, 1)), maker) == ()
