"""Values by group of people: the group is added, typed into, compared, and never mixed with everyone's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from db.answers import RoleAnswer, answer_role
from db.queries.series import series
from desktop.pages.data.page import DataTab
from desktop.pages.data.whose import OWN, Whose, whose_of
from desktop.session import Session
from resources import deflator
from tests.desktop.pages.sample import role_named

ROLE = "Care navigator"
FIFTH = Whose(group_id=2)


def answered(session: Session) -> RoleAnswer:
    role_id = role_named(session, ROLE)
    return answer_role(session.need_store(), role_id, today=session.today, deflator=deflator())


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    made = DataTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 600)
    made.show_answer(answered(session))
    made.show()
    yield made
    made.close()


def add(tab: DataTab, name: str, dimension: str = "deprivation") -> None:
    card = tab.columns.groups
    card.name.set_text(name)
    card.dimension.set_text(dimension)
    card.do.click()
    tab.show_answer(answered(tab.session))


def type_value(tab: DataTab, whose: Whose, text: str) -> None:
    tab._show_whose(whose)
    grid = tab.view.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    tab.view.value.entered.emit(text)


def test_without_a_group_there_is_nothing_to_choose(tab: DataTab, session: Session) -> None:
    assert list(whose_of(answered(session))) == [OWN]
    assert not tab.view.whose.isVisibleTo(tab)


def test_a_value_typed_for_a_group_stays_with_the_group(tab: DataTab, session: Session) -> None:
    before = series(session.need_store(), role_named(session, ROLE))
    add(tab, "most deprived fifth")
    assert list(whose_of(answered(session)).values())[1] == "Group: most deprived fifth (deprivation)"
    assert tab.view.whose.isVisibleTo(tab)
    type_value(tab, FIFTH, "61")
    assert tab._state is not None
    assert tab._state.measures[0].name == "most deprived fifth: A&E attendances"
    store, role_id = session.need_store(), role_named(session, ROLE)
    held = series(store, role_id, group_id=2)[0]
    assert held.values.tolist() == [61.0]
    after = series(store, role_id)
    assert all(np.array_equal(a.values, b.values, equal_nan=True) for a, b in zip(before, after, strict=True))
    session.undo()
    assert len(series(store, role_id, group_id=2)[0]) == 0


def test_two_groups_that_differ_by_one_thing_have_a_gap_and_others_none(tab: DataTab, session: Session) -> None:
    add(tab, "most deprived fifth")
    add(tab, "least deprived fifth")
    add(tab, "women", "sex")
    for group_id, text in ((2, "61"), (3, "40"), (4, "99")):
        type_value(tab, Whose(group_id=group_id), text)
    (gap,) = answered(session).gaps
    assert (gap.first, gap.second) == ("most deprived fifth", "least deprived fifth")


def test_a_group_without_a_name_with_a_taken_one_or_pointing_to_a_person_is_refused(tab: DataTab) -> None:
    add(tab, "")
    assert "name" in tab.columns.groups.name.fault.text()
    add(tab, "of 943 476 5919")
    assert "identifier of a person" in tab.columns.groups.name.fault.text()
    add(tab, "most deprived fifth")
    add(tab, "most deprived fifth")
    assert "on record already" in tab.columns.groups.name.fault.text()
