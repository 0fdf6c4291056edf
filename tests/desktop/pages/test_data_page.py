from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from analysis.periods import month
from analysis.problems import UserProblem
from analysis.vocabulary import Maturity, State
from db.answers import answer_role
from db.queries.series import doubts
from desktop.grid.clipboard import Copied
from desktop.grid.state import CellMark
from desktop.jobs import Jobs
from desktop.pages.data.page import DataTab
from desktop.pages.importing.sources import PastedSource
from desktop.session import Session
from resources import deflator
from tests.desktop.keys import CTRL, press, type_text
from tests.desktop.pages.sample import data_tab, held, role_named, shown_tab, value_of

K = Qt.Key
ROLE = "Care navigator"


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    with data_tab(qtbot, session, ROLE) as shown:
        yield shown


def go(tab: DataTab, measure: str, label: str) -> None:
    state = tab._state
    assert state is not None
    row = [period.label for period in state.periods].index(label)
    column = [one.name for one in state.measures].index(measure)
    tab.view.grid.setCurrentIndex(tab.view.grid.model().index(row, column))


def write(tab: DataTab, text: str, end: K = K.Key_Return) -> None:
    grid = tab.view.grid
    type_text(grid, text[0])
    editor = grid._cells.editor
    assert isinstance(editor, QLineEdit)
    type_text(editor, text[1:])
    press(editor, end)


def marks(tab: DataTab) -> frozenset[CellMark]:
    at = tab.view.grid.currentIndex()
    return tab.view.grid.shown.cells[at.row()][at.column()].marks


def shown_text(tab: DataTab) -> str:
    at = tab.view.grid.currentIndex()
    return tab.view.grid.shown.cells[at.row()][at.column()].text


def paste(tab: DataTab, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(tab.view.grid, K.Key_V, CTRL)


def test_a_typed_value_is_recorded_under_its_name_and_undone_at_once(tab: DataTab, session: Session) -> None:
    go(tab, "A&E attendances", "Apr 24")
    write(tab, "212")
    assert value_of(held(session, ROLE, "A&E attendances"), "2024-04") == 212
    assert session.facts.undo == "Type 212 for A&E attendances, Apr 24"
    assert tab.view.grid.shown.place(tab.view.grid.currentIndex().row(), 0).startswith("May 24")
    session.undo()
    go(tab, "A&E attendances", "Apr 24")
    assert shown_text(tab) == "178"
    session.redo()
    assert shown_text(tab) == "212"
    assert tab.entries.drafts.layers() == ()


def test_an_entry_past_the_last_month_adds_a_row(tab: DataTab, session: Session) -> None:
    go(tab, "A&E attendances", "Jun 25")
    write(tab, "190")
    assert value_of(held(session, ROLE, "A&E attendances"), "2025-06") == 190
    assert tab.view.grid.shown.rows[-1].label == "Jul 25"
    assert tab.view.grid.currentIndex().row() == len(tab.view.grid.shown.rows) - 1


def test_del_and_blank_clear_and_zero_and_not_collected_are_kept(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "Mar 25")
    press(tab.view.grid, K.Key_Delete)
    assert value_of(held(session, ROLE, "GP contacts"), "2025-03") is None
    go(tab, "GP contacts", "Feb 25")
    press(tab.view.grid, K.Key_0, CTRL)
    gp = held(session, ROLE, "GP contacts")
    assert gp.states[[period.label for period in gp.periods].index("Feb 25")] is State.NOT_COLLECTED
    go(tab, "GP contacts", "Jan 25")
    write(tab, "0")
    assert value_of(held(session, ROLE, "GP contacts"), "2025-01") == 0


def test_what_cannot_be_is_refused_at_its_cell_and_kept_there(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "Mar 25")
    write(tab, "12-", K.Key_Up)
    go(tab, "GP contacts", "Mar 25")
    assert (shown_text(tab), set(marks(tab))) == ("12-", {CellMark.FIX})
    assert value_of(held(session, ROLE, "GP contacts"), "2025-03") == 168
    bar = next(bar for bar in tab.view.asks.values() if bar.isVisible())
    assert "GP contacts, Mar 25: 12- (not a number)" in bar.accessibleName()
    press(bar.buttons[0], K.Key_Space)
    assert value_of(held(session, ROLE, "GP contacts"), "2025-03") == 12


def test_esc_leaves_a_refused_entry_as_it_was(tab: DataTab, session: Session) -> None:
    go(tab, "Patient activation score", "Mar 25")
    write(tab, "512", K.Key_Up)
    assert tab.entries.drafts.refused
    press(tab.view.grid, K.Key_Escape)
    go(tab, "Patient activation score", "Mar 25")
    assert shown_text(tab) == "55.3"
    assert not any(bar.isVisible() for bar in tab.view.asks.values())


def test_a_paste_with_quoted_cells_is_one_step(tab: DataTab, session: Session) -> None:
    go(tab, "Emergency admissions", "Jan 25")
    paste(tab, '"1,031"\t201\r\n32\t"£"\r\n')
    assert value_of(held(session, ROLE, "Emergency admissions"), "2025-01") == 17
    paste(tab, '"41"\t201\r\n32\t"1,202"\r\n')
    assert value_of(held(session, ROLE, "GP contacts"), "2025-02") == 1202
    assert session.facts.undo == "Paste of 4 values"
    session.undo()
    assert value_of(held(session, ROLE, "Emergency admissions"), "2025-01") == 17


def test_a_paste_with_one_impossible_value_writes_nothing_until_it_is_put_right(tab: DataTab, session: Session) -> None:
    go(tab, "A&E attendances", "Mar 25")
    paste(tab, "201\nabc\n203\n")
    series = held(session, ROLE, "A&E attendances")
    assert [value_of(series, code) for code in ("2025-03", "2025-04", "2025-05")] == [183, 194, 196]
    go(tab, "A&E attendances", "Apr 25")
    assert marks(tab) == {CellMark.FIX}
    write(tab, "202")
    series = held(session, ROLE, "A&E attendances")
    assert [value_of(series, code) for code in ("2025-03", "2025-04", "2025-05")] == [201, 202, 203]
    assert session.facts.undo == "Paste of 3 values"


def test_a_block_wider_than_the_grid_says_so(tab: DataTab, session: Session) -> None:
    go(tab, "Role cost", "Mar 25")
    paste(tab, "1\t2\n")
    assert tab.view.said.text() == "The block is 1 column wider than the measures from here. Nothing was pasted."
    assert session.facts.undo.startswith("Rate")


def test_an_unusual_value_is_kept_and_asked_about(tab: DataTab, session: Session) -> None:
    go(tab, "Contacts by the role", "May 25")
    write(tab, "1340", K.Key_Up)
    go(tab, "Contacts by the role", "May 25")
    assert CellMark.CHECK in marks(tab)
    bar = next(bar for bar in tab.view.asks.values() if bar.isVisible())
    assert "11 times the usual" in bar.accessibleName()
    assert [button.accessibleName() for button in bar.buttons] == [
        "Change to 134",
        "Keep, say why",
        "Follow up later",
    ]
    press(bar.buttons[0], K.Key_Space)
    assert value_of(held(session, ROLE, "Contacts by the role"), "2025-05") == 134
    assert doubts(session.need_store(), role_named(session, ROLE)) == {}


def test_an_unusual_value_can_be_kept_with_a_reason(tab: DataTab, session: Session) -> None:
    go(tab, "Contacts by the role", "May 25")
    write(tab, "1340", K.Key_Up)
    go(tab, "Contacts by the role", "May 25")
    bar = next(bar for bar in tab.view.asks.values() if bar.isVisible())
    press(bar.buttons[1], K.Key_Space)
    type_text(tab.view.reason.input, "Open day")
    press(tab.view.reason.input, K.Key_Return)
    assert session.facts.undo == "Keep the value: Open day"
    assert CellMark.CHECK not in marks(tab)
    assert "Open day" in tab.view.side.history.text()


def test_following_up_later_leaves_the_mark(tab: DataTab, session: Session) -> None:
    go(tab, "Contacts by the role", "May 25")
    write(tab, "1340", K.Key_Up)
    go(tab, "Contacts by the role", "May 25")
    bar = next(bar for bar in tab.view.asks.values() if bar.isVisible())
    press(bar.buttons[2], K.Key_Space)
    assert not bar.isVisible()
    assert CellMark.CHECK in marks(tab)
    assert len(doubts(session.need_store(), role_named(session, ROLE))) == 1


def test_a_value_is_set_aside_with_a_reason_and_taken_back(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "Mar 25")
    tab.cells.menu.action("set aside").trigger()
    assert tab.view.reason.input.hasFocus()
    press(tab.view.reason.input, K.Key_Return)
    assert held(session, ROLE, "GP contacts").set_aside[-3] is None
    type_text(tab.view.reason.input, "Flu clinic counted twice")
    press(tab.view.reason.input, K.Key_Return)
    assert held(session, ROLE, "GP contacts").set_aside[-3] == "Flu clinic counted twice"
    assert CellMark.SET_ASIDE in marks(tab)
    assert tab.view.value.source.text() == "Source: typed, set aside: Flu clinic counted twice"
    tab.cells.menu.action("take back").trigger()
    assert CellMark.SET_ASIDE not in marks(tab)


def test_values_are_marked_final_and_back(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "May 25")
    assert CellMark.PROVISIONAL in marks(tab)
    tab.cells.menu.action("final").trigger()
    assert held(session, ROLE, "GP contacts").maturities[-1] is Maturity.FINAL
    assert CellMark.PROVISIONAL not in marks(tab)
    tab.cells.menu.action("by rule").trigger()
    assert CellMark.PROVISIONAL in marks(tab)


def test_the_value_line_edits_the_cell(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "Mar 25")
    box = tab.view.value.box
    assert box.text() == "168"
    box.setFocus()
    box.selectAll()
    type_text(box, "170")
    press(box, K.Key_Return)
    assert value_of(held(session, ROLE, "GP contacts"), "2025-03") == 170
    assert tab.view.grid.hasFocus()


def test_below_the_room_it_needs_the_panel_goes_under_f4(tab: DataTab) -> None:
    assert tab.details() is None
    page = tab.window()
    page.resize(1000, 560)
    assert tab.details() is tab.view.side
    page.resize(1284, 560)
    assert tab.details() is None
    assert tab.view.side.isVisible()


def test_measures_are_added_set_up_and_removed(tab: DataTab, session: Session) -> None:
    tab.view.columns_button.click()
    columns = tab.columns
    assert columns.isVisible()
    columns.own.name.input.setText("Home visits")
    columns.own.do.click()
    card = next(card for card in columns.cards.values() if card.state.name == "Home visits")
    card.provisional.input.setText("two")
    card.provisional.input.editingFinished.emit()
    assert "whole number" in card.provisional.fault.text()
    card.provisional.input.setText("2")
    card.provisional.input.editingFinished.emit()
    assert held(session, ROLE, "Home visits").measure.provisional_periods == 2
    card.primary.click()
    assert held(session, ROLE, "Home visits").measure.is_primary
    columns.back.click()
    assert tab.view.grid.shown.columns[-1].name == "Home visits"
    columns.cards[card.measure_id].remove.click()
    assert all(column.name != "Home visits" for column in tab.view.grid.shown.columns)


def test_a_measure_that_is_removed_twice_at_once_goes_once_and_the_second_is_told(
    tab: DataTab, session: Session
) -> None:
    tab.view.columns_button.click()
    columns = tab.columns
    card = next(iter(columns.cards.values()))
    card.removed.emit(card.measure_id)
    assert columns.said.text().startswith("Remove measure ")
    assert columns.said.text().endswith(": done. Undo brings it back with all its values.")
    card.removed.emit(card.measure_id)  # it lingers until Qt takes it away
    assert columns.said.text().endswith(" is not a measure of this role any more. Nothing was changed.")
    session.undo()
    assert card.measure_id in columns.cards


def test_a_measure_that_could_not_be_removed_is_not_called_removed(
    tab: DataTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserProblem("No room for a backup.", "Make room there.")

    monkeypatch.setattr("desktop.session.back_up", full)
    tab.view.columns_button.click()
    next(iter(tab.columns.cards.values())).remove.click()
    assert tab.columns.said.text() == "No room for a backup. Make room there."


def test_a_library_measure_comes_with_its_definition(tab: DataTab, session: Session) -> None:
    tab.focus_on("columns")
    library = tab.columns.library
    library.choice.setCurrentIndex(next(at for at, row in enumerate(library.rows) if row["name"] == "Complaints"))
    assert library.definition.text()
    library.do.click()
    assert (
        held(session, ROLE, "Complaints").measure.definition == library.rows[0]["definition"]
        or held(session, ROLE, "Complaints").measure.definition
    )


def test_typed_values_are_seen_at_once_while_the_write_is_under_way(qtbot: QtBot, session: Session) -> None:
    page, shown = shown_tab(session, ROLE, "Data")
    qtbot.addWidget(page)
    assert isinstance(shown, DataTab)
    inline, slow = session.jobs, Jobs(page)
    session.jobs = slow
    go(shown, "GP contacts", "Mar 25")
    write(shown, "171")
    write(shown, "172")
    go(shown, "GP contacts", "Mar 25")
    assert shown_text(shown) == "171"
    qtbot.waitUntil(lambda: slow.count == 0 and not shown.entries.drafts.layers())
    assert shown_text(shown) == "171"
    series = held(session, ROLE, "GP contacts")
    assert [value_of(series, code) for code in ("2025-03", "2025-04")] == [171, 172]
    slow.close()
    qtbot.waitUntil(lambda: slow.count == 0)
    session.jobs = inline


def test_another_page_can_ask_for_a_measure_or_a_period(tab: DataTab, session: Session) -> None:
    measure = held(session, ROLE, "GP contacts").measure
    tab.focus_on((month(2024, 5), measure.id))
    assert tab.place() == (month(2024, 5), measure.id)
    tab.focus_on(month(2025, 1))
    assert tab.place() == (month(2025, 1), measure.id)
    tab.focus_on("columns")
    assert tab.columns.isVisible()


def test_a_large_block_is_read_off_the_window_s_thread_and_what_is_typed_after_it_waits_its_turn(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.data.entries.AT_ONCE", 1)
    page, shown = shown_tab(session, ROLE, "Data")
    qtbot.addWidget(page)
    assert isinstance(shown, DataTab)
    inline, slow = session.jobs, Jobs(page)
    session.jobs = slow
    go(shown, "GP contacts", "Mar 25")
    shown.view.grid.block_pasted.emit(Copied("171\n172"))
    assert not shown.entries.drafts.moving
    assert shown.view.said.text() == "2 values are being read."
    write(shown, "173")
    assert not shown.entries.drafts.moving
    shown.settle()
    assert [list(batch.texts.values()) for batch in shown.entries.drafts.moving] == [["171", "172"], ["173"]]
    qtbot.waitUntil(lambda: slow.count == 0 and not shown.entries.drafts.layers())
    session.jobs = inline
    contacts = held(session, ROLE, "GP contacts")
    assert [value_of(contacts, code) for code in ("2025-03", "2025-04")] == [173, 172]
    slow.close()


def test_a_block_with_headings_of_its_own_is_pointed_to_import_and_goes_there(tab: DataTab) -> None:
    go(tab, "Role cost", "Mar 25")
    paste(tab, "Calls\tLetters\n1\t2\n")
    assert tab.view.said.text().endswith("choose Paste as a table in the menu of the grid.")
    asked: list[tuple[str, object]] = []
    tab.go.connect(lambda page, target: asked.append((page, target)))
    tab.cells.menu.action("paste table").trigger()
    assert asked == [("Import", PastedSource("Calls\tLetters\n1\t2\n"))]


def test_a_cell_asked_for_before_the_figures_are_there_is_gone_to_once_they_are(session: Session) -> None:
    waiting: list[Callable[[], object]] = []
    made = DataTab(session)
    answer = answer_role(session.need_store(), 1, today=session.today, deflator=deflator())
    read = session.jobs.read

    def later(*given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever a job takes
        waiting.append(lambda: read(*given, **named))

    session.jobs.read = later  # type: ignore[method-assign, assignment]  # a job that takes its time
    made.show_answer(answer)
    made.focus_on((month(2024, 2), answer.series[0].measure.id))
    session.jobs.read = read  # type: ignore[method-assign]  # as before
    for job in waiting:
        job()
    assert made.place() == (month(2024, 2), answer.series[0].measure.id)
    made.deleteLater()
