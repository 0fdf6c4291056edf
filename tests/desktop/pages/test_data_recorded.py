from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject

from analysis.periods import month
from analysis.vocabulary import Timeline
from db.answers import RoleAnswer
from desktop.pages.data.drafts import Batch, Drafts
from desktop.pages.data.entries import Entries
from desktop.pages.data.recorded import column_of, recorded
from desktop.session import Session
from tests.analysis.making import navigator_series
from tests.desktop.pages.sample import role_named

MONTHS = tuple(month(2024, at) for at in range(1, 7))
TIMELINE = Timeline(None)
TODAY = date(2025, 6, 12)


@pytest.fixture
def answer(session: Session) -> RoleAnswer:
    answers: list[RoleAnswer] = []
    session.answer(role_named(session, "Care navigator"), answers.append)
    return answers[0]


def with_value(answer: RoleAnswer, value: float) -> RoleAnswer:
    """The answer with another newest value of its first measure."""
    own = answer.series[0]
    values = own.values.copy()
    values[-1] = value
    return replace(answer, series=(replace(own, values=values), *answer.series[1:]))


def test_a_column_that_holds_the_same_is_not_made_again() -> None:
    held = column_of(None, navigator_series(), MONTHS[:4], TIMELINE)
    assert column_of(held, navigator_series(), MONTHS[:4], TIMELINE) is held


def test_periods_added_at_the_foot_are_made_alone() -> None:
    held = column_of(None, navigator_series(), MONTHS[:4], TIMELINE)
    longer = column_of(held, navigator_series(), MONTHS, TIMELINE)
    assert all(one is other for one, other in zip(longer.cells, held.cells, strict=False))
    assert len(longer.cells) == len(MONTHS)


@pytest.mark.parametrize(
    "other",
    [{"values": navigator_series().values + 1}, {"measure": replace(navigator_series().measure, decimals=2)}],
)
def test_another_value_or_definition_makes_the_column_anew(other: dict[str, Any]) -> None:
    held = column_of(None, navigator_series(), MONTHS[:4], TIMELINE)
    assert column_of(held, replace(navigator_series(), **other), MONTHS[:4], TIMELINE) is not held


def test_another_launch_makes_the_column_anew() -> None:
    held = column_of(None, navigator_series(), MONTHS[:4], TIMELINE)
    assert column_of(held, navigator_series(), MONTHS[:4], Timeline(date(2024, 2, 1))) is not held


def test_one_changed_value_changes_one_line_and_leaves_the_others_as_they_are(answer: RoleAnswer) -> None:
    before = recorded(answer, TODAY)
    after = recorded(with_value(answer, 7), TODAY, before=before)
    changed = [row for row, line in enumerate(after.grid.cells) if line is not before.grid.cells[row]]
    assert changed == [before.row_of[answer.series[0].periods[-1]]]
    assert after.grid.cells[changed[0]][0] == replace(before.grid.cells[changed[0]][0], text="7", edited="7")
    assert after.grid.rows is before.grid.rows
    assert after.columns[1] is before.columns[1]


def test_what_was_shown_before_never_changes_what_is_shown_now(answer: RoleAnswer) -> None:
    place = (answer.series[0].periods[-1], answer.series[0].measure.id)
    before = recorded(with_value(answer, 7), TODAY, doubts={place: "Really?"}, notes={place: "Typed twice"})
    assert recorded(answer, TODAY, before=before).grid == recorded(answer, TODAY).grid
    longer = recorded(answer, TODAY, earlier_months=12)
    assert recorded(answer, TODAY, before=longer).grid == recorded(answer, TODAY).grid


def test_drafts_past_the_record_have_rows_of_their_own_and_one_more(answer: RoleAnswer) -> None:
    own = recorded(answer, TODAY)
    further = own.reaching([month(2025, 9)])
    assert further.periods[-4:] == tuple(month(2025, at) for at in (7, 8, 9, 10))
    assert own.reaching([month(2025, 5)]) is own


def test_what_was_written_is_laid_out_anew_once_the_record_is_read_and_not_before(session: Session) -> None:
    owner, told = QObject(), list[int]()
    entries = Entries(session, owner)
    entries.changed.connect(lambda: told.append(1))
    batch = Batch({(MONTHS[0], 1): "12"}, "Type 12")
    entries.drafts = Drafts((batch,))
    session.writes += 1
    entries.settled(batch, None)
    assert (told, entries.drafts.moving) == ([], (batch,))
    entries.covered(session.writes)
    assert entries.drafts.moving == ()
