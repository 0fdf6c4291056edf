"""Ctrl+K over roles, tabs, measures, actions and files; what the window keeps; files dropped on it; the key map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db.backup import make_backup
from desktop.frame.palette import Entry, matching, own_entry
from desktop.frame.remembering import last_file, recent_files, remember_file, remember_window, restore_window
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.checkpoints.page import CheckpointsPage
from desktop.pages.data.page import DataTab
from desktop.pages.role.page import TABS
from desktop.pages.safety.page import SafetyPage
from desktop.pages.table import page_table
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.shell import TAB_NAMES, Shell
from desktop.theme.look import Look
from tests.desktop.keys import press, type_text


@pytest.fixture
def shell(qtbot: QtBot, house: Look, settings_of_its_own: None, tmp_path: Path) -> Iterator[Shell]:
    jobs = InlineJobs()
    session = Session(jobs, today=lambda: date(2026, 11, 21))
    shells: list[Shell] = []
    window = MainWindow(page_table(lambda: session), jobs, lambda: shells[0].find() if shells else ())
    qtbot.addWidget(window)
    shells.append(Shell(window, session))
    write_sample_to(tmp_path / "northvale.roleworth")
    session.open(tmp_path / "northvale.roleworth")
    window.resize(1366, 688)
    window.show()
    yield shells[0]
    session.close()


def find(shell: Shell, words: str) -> str:
    """Type words into Ctrl+K and press Enter; returns what stood first."""
    shell.window.book.run("find")
    box = shell.window.palette_box
    type_text(box.input, words)
    first = box.list.item(0).text()
    press(box.input, Qt.Key.Key_Return)
    return first


def test_the_box_is_no_higher_than_what_it_found(shell: Shell) -> None:
    shell.window.book.run("find")
    box = shell.window.palette_box
    everything = box.height()
    type_text(box.input, "referrals declined")
    assert box.height() < everything <= shell.window.height() - box.y()
    box.close_quietly()


def test_letters_from_the_starts_of_words_find_what_they_stand_for() -> None:
    entries = [Entry("1", "Open caseload", "Measure"), Entry("2", "Emergency admissions", "Measure")]
    assert [entry.id for entry in matching(entries, "emadm")] == ["2"]
    assert matching(entries, "zebra") == []


def test_the_letters_of_a_word_begin_at_its_start_and_keep_their_order() -> None:
    entries = [Entry("1", "Falls per 1,000 bed-days", "Measure")]
    assert matching(entries, "bdy 1k") == []
    assert matching(entries, "bdy 10") == entries
    assert matching(entries, "alls") == entries, "held as it stands"
    assert matching(entries, "als") == []


def test_letters_that_nothing_holds_are_told_at_once_however_often_a_name_repeats_them() -> None:
    """A search that tries every way to skip letters has 10^9 of them here, and does not come back."""
    assert matching([Entry("1", "a" * 40, "Measure")], "a" * 20 + "b") == []


def test_the_closest_stand_first() -> None:
    names = ("Undo removal", "Remove measure", "Removal", "Go to remote data")
    found = [entry.text for entry in matching([Entry(name, name, "") for name in names], "remo")]
    assert found == ["Remove measure", "Removal", "Undo removal", "Go to remote data"]


def test_a_measure_is_found_and_shown_under_its_role(shell: Shell) -> None:
    assert find(shell, "referrals declined").startswith("Referrals declined")
    (tab,) = shell.window.findChildren(DataTab)
    place = tab.place()
    assert tab.isVisible()
    assert place is not None
    state = tab._state
    assert state is not None
    assert state.name(place).startswith("Referrals declined, ")


def test_the_tabs_of_the_current_role_are_found(shell: Shell) -> None:
    assert tuple(TABS) == TAB_NAMES
    find(shell, "economics care")
    assert shell.window.header.tabs.names[shell.window.header.tabs.currentIndex()] == "Economics"


def test_what_can_be_done_in_the_grid_is_found_with_its_key_and_done(shell: Shell) -> None:
    shell.window.show_page("Role", (shell.session.role_id, "Data"))
    (tab,) = shell.window.findChildren(DataTab)
    assert find(shell, "flip").endswith("Ctrl+T")
    assert tab._state is not None
    assert tab._state.flipped
    shell.window.show_page("Portfolio")
    assert not [entry for entry in shell.window._entries() if entry.text.startswith("Flip")]


def test_an_action_without_a_key_is_an_entry_without_one() -> None:
    assert (own_entry(QAction("A&&E\tF2")).text, own_entry(QAction("A&&E\tF2")).key) == ("A&E", "F2")
    assert own_entry(QAction("Plain")).key == ""


def test_the_files_opened_last_are_found_newest_first_and_missing_ones_left_out(shell: Shell, tmp_path: Path) -> None:
    for name in ("older", "newer", "gone"):
        (tmp_path / f"{name}.roleworth").touch()
        remember_file(tmp_path / f"{name}.roleworth")
    (tmp_path / "gone.roleworth").unlink()
    shell.recall()
    names = [path.name for path in recent_files()]
    assert names == ["newer.roleworth", "older.roleworth", "northvale.roleworth"]
    offered = [entry.text for entry in shell.find() if entry.group == "Recent file"]
    assert [text.split(",")[0] for text in offered] == ["Open newer.roleworth", "Open older.roleworth"]
    assert last_file() is None


def test_place_colours_and_text_size_come_back(qtbot: QtBot, house: Look) -> None:
    first, second = QMainWindow(), QMainWindow()
    for window in (first, second):
        qtbot.addWidget(window)
    assert not restore_window(second)
    first.resize(700, 500)
    first.show()
    house.choose("dark")
    house.set_scale(1.5)
    remember_window(first)
    house.choose(None)
    house.set_scale(1.0)
    assert restore_window(second)
    assert (second.width(), second.height()) == (700, 500)
    assert (house.chosen, house.theme.scale) == ("dark", 1.5)


def test_evaluation_files_dropped_among_others_are_refused_in_words(shell: Shell) -> None:
    shell.window.dropped.emit(["/a/one.roleworth", "/a/two.xlsx"])
    (notice,) = shell.window.problems.notices
    assert "2 files were dropped, 1 of them with evaluations." in notice.accessibleName()


def test_an_evaluation_file_is_opened_by_dropping_it_whatever_the_case_of_its_ending(
    shell: Shell, tmp_path: Path
) -> None:
    other = tmp_path / "OTHER.ROLEWORTH"
    write_sample_to(other)
    shell.window.dropped.emit([str(other)])
    assert shell.session.need_store().path == other


def test_a_backup_that_is_dropped_is_looked_into_and_not_opened(shell: Shell, tmp_path: Path) -> None:
    held = shell.session.need_store()
    made = make_backup(held, reason="by hand", folder=tmp_path / "stick")
    shell.window.dropped.emit([str(made.path)])
    page = shell.window.page
    assert isinstance(page, SafetyPage)
    assert page.restoring.seen is not None
    assert page.restoring.seen.backup.path == made.path
    assert shell.session.store is held


def test_ctrl_s_names_a_moment_and_a_question_stands_before_going_back(shell: Shell) -> None:
    from db.operations.roles import change_role

    role_id = shell.session.role_id
    shell.window.book.run("checkpoint")
    page = shell.window.page
    assert isinstance(page, CheckpointsPage)
    assert page.name.text == "Checkpoint of 12 Jun 2025"
    page.name.input.setText("Agreed with finance")
    press(page.name.input, Qt.Key.Key_Return)
    assert page.said.text() == "“Agreed with finance” is in the list."
    assert not page.back.isEnabled()
    shell.session.change(change_role, role_id=role_id, name="Another name")
    page.table.table.selectRow(0)
    assert [cell.text for cell in page.table.shown.rows[0]][-1] == "1 step"
    page.back.click()
    assert page.asking.isVisible()
    assert "Another name" in [role.name for role in shell.session.facts.roles]
    page.asking.buttons[0].click()
    assert "Another name" not in [role.name for role in shell.session.facts.roles]
    assert page.said.text() == "Back to Agreed with finance, 1 step."
    shell.session.redo()
    assert "Another name" in [role.name for role in shell.session.facts.roles]


def test_a_checkpoint_without_a_name_or_with_an_identifier_is_refused_at_its_field(shell: Shell) -> None:
    shell.window.book.run("checkpoint")
    page = shell.window.page
    assert isinstance(page, CheckpointsPage)
    for words, fault in (("", "needs a name"), ("943 476 5919", "identifier of a person")):
        page.name.input.setText(words)
        page.make.click()
        assert fault in page.name.fault.text()
    assert page.none.isVisible()


def test_settings_that_are_damaged_or_cannot_be_kept_are_begun_anew(
    qtbot: QtBot, house: Look, settings_of_its_own: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    for text in ("{", "[]", '{"geometry": 7, "text size": "x", "recent": 3, "file": "", "choices": []}'):
        (tmp_path / "settings").mkdir(exist_ok=True)
        (tmp_path / "settings" / "window.json").write_text(text, encoding="utf-8")
        assert not restore_window(window)
        assert (last_file(), recent_files()) == (None, ())
    monkeypatch.setattr("desktop.frame.remembering.settings_path", lambda: tmp_path / "settings" / "window.json" / "x")
    remember_file(tmp_path)
    assert last_file() is None
