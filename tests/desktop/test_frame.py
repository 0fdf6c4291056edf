from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from desktop.actions import COMMANDS, ActionBook, Command
from desktop.frame.page import Page
from desktop.frame.palette import Entry, matching
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.theme.look import Look
from desktop.theme.marks import Shape
from desktop.widgets import CardFlow, Fact, HeaderState, PageHeader, column
from desktop.widgets.lines import LinesBox
from tests.desktop.keys import press, type_text


class RolePage(Page):
    made = 0

    def __init__(self) -> None:
        super().__init__()
        RolePage.made += 1
        self.tab = "Data"
        self.settled = 0
        self.target: object = None
        self.side = QLabel("History")

    def header(self) -> HeaderState:
        return HeaderState("Care navigator", ("Elm PCN", "launched 8 Apr 2024"), ("Data", "Impact"), self.tab)

    def details(self) -> QWidget:
        return self.side

    def open_tab(self, name: str) -> None:
        self.tab = name

    def open_with(self, target: object) -> None:
        self.target = target

    def settle(self) -> None:
        self.settled += 1


@pytest.fixture
def window(house: Look, qtbot: QtBot) -> MainWindow:
    RolePage.made = 0

    def find() -> list[Entry]:
        return [Entry("role", "Link worker, Oak PCN", "Role", target=7)]

    made = MainWindow({"Portfolio": Page, "Role": RolePage, "Help": Page}, InlineJobs(), find)
    qtbot.addWidget(made)
    made.resize(1366, 688)
    made.show_page("Portfolio")
    made.show()
    return made


def test_a_page_is_made_when_first_shown_and_only_once(window: MainWindow) -> None:
    assert RolePage.made == 0
    window.show_page("Role")
    window.show_page("Portfolio")
    window.show_page("Role")
    assert RolePage.made == 1


def test_the_header_says_what_the_page_says(window: MainWindow) -> None:
    window.show_page("Role")
    assert window.header.title.text() == "Care navigator"
    assert window.header.facts.text() == "Elm PCN  ·  launched 8 Apr 2024"
    assert window.header.tabs.names == ("Data", "Impact")


def test_a_button_of_a_page_that_is_not_in_front_never_becomes_a_window(window: MainWindow) -> None:
    button = QPushButton("Add a role")
    window.header.lend((button,))
    window.header.lend(())
    button.show()
    assert not button.isWindow()
    assert not button.isVisible()


def test_control_and_the_page_keys_go_round_the_tabs(window: MainWindow) -> None:
    window.show_page("Role")
    for command, tab in (("tab-next", "Impact"), ("tab-next", "Data"), ("tab-previous", "Impact")):
        window.book.run(command)
        assert window.here() == ("Role", tab)
    window.show_page("Portfolio")
    window.book.run("tab-next")
    assert window.here() == ("Portfolio", "")


def test_choosing_a_tab_settles_the_page_first(window: MainWindow) -> None:
    window.show_page("Role")
    page = window.page
    assert isinstance(page, RolePage)
    window.header.tabs.setCurrentIndex(1)
    assert (page.tab, page.settled) == ("Impact", 1)


def test_leaving_a_page_and_closing_settle_what_is_open(window: MainWindow) -> None:
    window.show_page("Role")
    page = window.page
    assert isinstance(page, RolePage)
    window.show_page("Portfolio")
    window.close()
    assert page.settled == 2


def test_the_rail_and_its_keys_open_pages(window: MainWindow, qtbot: QtBot) -> None:
    window.book.run("go-role")
    assert isinstance(window.page, RolePage)
    with qtbot.waitSignal(window.rail.chosen) as told:
        window.rail._group.button(0).click()
    assert told.args == ["Portfolio"]
    assert not isinstance(window.page, RolePage)


def test_the_window_fits_a_small_laptop_and_names_its_file(window: MainWindow) -> None:
    window.set_file("Northvale.roleworth")
    assert window.windowTitle() == "Northvale.roleworth – Roleworth"
    assert (window.minimumWidth(), window.minimumHeight()) == (1024, 480)
    assert window.centralWidget().minimumSizeHint().width() <= 1024


def test_at_200_percent_the_frame_still_fits_the_laptop(window: MainWindow, house: Look) -> None:
    window.show_page("Role")
    house.set_scale(2.0)
    assert window.centralWidget().minimumSizeHint().width() <= 1366
    assert "Find" in window.find_button.text()
    assert "Ctrl+K" not in window.find_button.text()


def test_undo_names_what_it_undoes_and_is_off_without_it(window: MainWindow) -> None:
    undone: list[int] = []
    window.book.on("undo", lambda: undone.append(1))
    assert not window.undo_button.isEnabled()
    window.set_history("Paste of 24 values", None)
    assert window.undo_button.isEnabled()
    assert window.undo_button.toolTip() == "Undo: Paste of 24 values (Ctrl+Z)"
    window.undo_button.click()
    assert undone == [1]
    assert not window.redo_button.isEnabled()


def test_the_palette_runs_an_action_by_its_words(window: MainWindow, qtbot: QtBot) -> None:
    window.book.run("find")
    assert window.palette_box.isVisible()
    type_text(window.palette_box.input, "larger")
    press(window.palette_box.input, Qt.Key.Key_Return)
    assert window.windowTitle() == "Roleworth"
    assert not window.palette_box.isVisible()
    from desktop.theme.look import look

    assert look().theme.scale == pytest.approx(1.1)


def test_the_palette_closes_though_what_had_the_focus_is_gone(window: MainWindow) -> None:
    button = QPushButton("Soon gone", window)
    button.show()
    button.setFocus()
    window.palette_box.open()
    shiboken6.delete(button)
    window.palette_box.close_quietly()
    assert not window.palette_box.isVisible()


def test_the_palette_opens_a_role(window: MainWindow, qtbot: QtBot) -> None:
    window.book.run("find")
    type_text(window.palette_box.input, "oak link")
    with qtbot.waitSignal(window.asked) as told:
        press(window.palette_box.input, Qt.Key.Key_Return)
    assert told.args == ["role", 7]


def test_escape_closes_the_palette_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.find_button.setFocus()
    window.book.run("find")
    press(window.palette_box.input, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert window.focusWidget() is window.find_button


def test_entries_that_begin_with_the_word_come_first() -> None:
    entries = [Entry("1", "Add a role", "Role"), Entry("2", "Role", "Go")]
    assert [entry.id for entry in matching(entries, "role")] == ["2", "1"]
    assert matching(entries, "zebra") == []


def test_f4_shows_what_the_page_lends(window: MainWindow) -> None:
    window.show_page("Role")
    window.book.run("details")
    page = window.page
    assert isinstance(page, RolePage)
    assert window.details.isVisible()
    assert page.side.isVisible()
    window.show_page("Portfolio")
    assert not page.side.isVisible()


def test_facts_stand_in_the_status_bar_in_order(window: MainWindow) -> None:
    window.set_facts((Fact("check", "Saved 09:41"), Fact("hard-drive", "Backup checked 09:12")))
    assert window.facts.accessibleDescription() == "Saved 09:41. Backup checked 09:12"


def test_a_problem_stays_until_dealt_with(window: MainWindow) -> None:
    window.jobs.problem.emit(UserProblem("The disk is full.", "Nothing was changed."))
    notice = window.problems.notices[0]
    assert notice.isVisible()
    assert notice.accessibleName() == "Fix: The disk is full."
    notice.buttons[0].click()
    assert not window.problems.isVisible()


def test_a_crash_offers_its_report(window: MainWindow) -> None:
    window.problems.show_crash(ZeroDivisionError("bang"))
    window.problems.notices[0].buttons[0].click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_no_two_commands_share_a_key_or_an_id() -> None:
    keys = [command.shortcut for command in COMMANDS if command.shortcut and not command.local]
    assert len(keys) == len(set(keys))
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_a_command_is_on_only_when_answered_and_its_needs_are_met(qtbot: QtBot) -> None:
    owner = QLineEdit()
    qtbot.addWidget(owner)
    book = ActionBook(owner, [Command("save", "Save A&E", "Ctrl+S", needs=frozenset({"file"}))])
    book.set_facts({"file"})
    assert book.available() == []
    book.on("save", owner.clear)
    assert [command.id for command in book.available()] == ["save"]
    book.set_facts(())
    assert book.available() == []
    assert book.words("save") == "Save A&E"


def test_the_key_map_lists_every_key_once() -> None:
    rows = [(command.group, command.shortcut, command.text) for command in COMMANDS if command.shortcut]
    owner = QWidget()
    assert ActionBook(owner).key_map() == rows


def test_a_long_name_gives_way_and_never_widens_the_window(qtbot: QtBot) -> None:
    header = PageHeader()
    qtbot.addWidget(header)
    name = "Community and voluntary sector link worker for people with several long-term conditions, northern half"
    header.set_state(HeaderState(name))
    assert header.minimumSizeHint().width() < 400
    assert (header.title.text(), header.title.toolTip()) == (name, name)


def test_a_window_of_english_words_is_never_turned_round(house: Look, qtbot: QtBot) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = MainWindow({"Portfolio": Page}, InlineJobs())
        qtbot.addWidget(window)
        window.show_page("Portfolio")
        page = window.page
        assert page is not None
        assert page.layoutDirection() == window.palette_box.layoutDirection() == Qt.LayoutDirection.LeftToRight
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_what_is_put_into_a_shown_page_is_in_view_with_its_next_picture(house: Look, qtbot: QtBot) -> None:
    flow, lines = CardFlow(()), LinesBox()
    for box in (flow, lines):
        qtbot.addWidget(box)
        box.show()
    card = QLabel("card")
    flow.set_cards([card])
    lines.show_lines([(Shape.FINE, "ok", "held")])
    assert card.isVisible()
    assert all(part.isVisible() for part in lines.findChildren(QLabel))


class _Wrapping(Page):
    """A page whose text asks for more height once it has its width."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.below = QLabel(""), QLabel("below")
        self.words.setWordWrap(True)
        self.setLayout(column(self.words, self.below, None))


def test_nothing_is_painted_before_it_stands_in_its_place(house: Look, qtbot: QtBot) -> None:
    window = MainWindow({"Portfolio": _Wrapping}, InlineJobs())
    qtbot.addWidget(window)
    window.resize(1024, 600)
    window.show_page("Portfolio")
    window.show()
    page = window.page
    assert isinstance(page, _Wrapping)
    qtbot.waitExposed(window)
    places = list[int]()
    page.below.installEventFilter(watcher := _Paints(places))
    page.words.setText("a sentence that is repeated " * 40)
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
    qtbot.waitUntil(lambda: bool(places))
    qtbot.wait(1)
    assert set(places) == {page.below.y()}
    assert page.below.y() > page.words.fontMetrics().height() * 2
    del watcher


class _Paints(QObject):
    """Notes where a widget stands each time it is painted."""

    def __init__(self, places: list[int]) -> None:
        super().__init__()
        self._places = places

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._places.append(watched.y())
        return False
