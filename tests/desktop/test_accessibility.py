"""The accessibility floor over every page and state: one window, gone through page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget

from db.store import create
from desktop.charts.xmr import XmrChart
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.economics.chart_card import BarsCard
from desktop.pages.table import page_table
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.shell import facts_of
from desktop.theme.look import look
from desktop.theme.tokens import THEME_NAMES
from tests.desktop.looking_on import alike, faint, nameless, rest, ringless, small_targets, unreached
from tests.desktop.pages.results.looking import cut, sideways

LAPTOP = (1366, 688)
RECORD = ("Factors", "Profile", "Case for the role", "Staffing", "Notes", "Completeness")
MONEY = ("Pay", "Costs", "Benefits", "Outcomes", "Results", "Saved")
STATES: dict[str, tuple[str, object]] = {
    "portfolio": ("Portfolio", None),
    "compare": ("Compare", (1, 2, 3)),
    "overview": ("Role", (1, "Overview")),
    "data": ("Role", (1, "Data")),
    "data columns": ("Role", (1, "Data", "columns")),
    "impact": ("Role", (1, "Impact")),
    "impact all measures": ("Role", (1, "Impact", ("together",))),
    "impact setting": ("Role", (1, "Impact", ("setting",))),
    "impact too early": ("Role", (3, "Impact")),
    **{f"economics {part}": ("Role", (1, "Economics", part)) for part in MONEY},
    **{f"readiness {part}": ("Role", (1, "Readiness", (part, ""))) for part in RECORD},
    "report": ("Role", (1, "Report")),
    "import": ("Import", None),
    "library": ("Library", None),
    "evidence": ("Evidence", None),
    "help": ("Help", None),
    "file safety": ("File safety", None),
    "set up": ("Set up", None),
    "checkpoints": ("Checkpoints", None),
}
EMPTY: dict[str, tuple[str, object]] = {
    "no role": ("Portfolio", None),
    "no role to compare": ("Compare", ()),
    "role, none": ("Role", None),
    "evidence, none": ("Evidence", None),
    "import, none": ("Import", None),
}


def window_on(path: Path | None) -> tuple[MainWindow, Session]:
    jobs = InlineJobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    session.setParent(window)
    if path is not None:
        session.open(path)
    window.set_facts(facts_of(session))
    window.book.have("file", path is not None)
    return window, session


@pytest.fixture(scope="module")
def windows(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, MainWindow]]:
    folder = tmp_path_factory.mktemp("everyone")
    write_sample_to(folder / "sample.roleworth")
    create(folder / "empty.roleworth").close()
    made = {
        "sample": window_on(folder / "sample.roleworth"),
        "empty": window_on(folder / "empty.roleworth"),
        "none": window_on(None),
    }
    yield {name: window for name, (window, _) in made.items()}
    for window, session in made.values():
        window.close()
        session.close()
        window.deleteLater()
    look().choose("light")
    look().set_scale(1.0)


Go = Callable[[str], MainWindow]


def dress(theme: str, scale: float) -> None:
    """Choose theme and text size; a change styles every widget anew, so the same again does nothing."""
    it = look()
    if it.theme.name != theme:
        it.choose(theme)
    if it.theme.scale != scale:
        it.set_scale(scale)


@pytest.fixture(scope="module")
def go(windows: dict[str, MainWindow]) -> Go:
    """Bring a state to the front of its window, at the size of a small laptop."""

    def show(state: str) -> MainWindow:
        which = "none" if state == "first run" else "empty" if state in EMPTY else "sample"
        page, target = ("Portfolio", None) if state == "first run" else {**STATES, **EMPTY}[state]
        window = windows[which]
        for name, other in windows.items():
            if name != which:
                other.hide()
        window.resize(*LAPTOP)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window, 2000)
        window.show_page(page, target)
        rest(window)
        return window

    return show


ALL = (*STATES, *EMPTY, "first run")


@pytest.mark.parametrize("state", ALL)
def test_everything_has_a_name_of_its_own_is_reached_by_tab_and_large_enough(go: Go, state: str) -> None:
    dress("light", 1.0)
    window = go(state)
    assert nameless(window) == []
    assert alike(window) == []
    assert unreached(window) == []
    assert small_targets(window) == []
    assert faint(window) == []


def test_no_letter_alone_is_a_shortcut(windows: dict[str, MainWindow], go: Go) -> None:
    dress("light", 1.0)
    for state in ("portfolio", "data", "impact", "import"):
        window = go(state)
        keys = [key for action in window.findChildren(QAction) for key in action.shortcuts()]
        keys += [shortcut.key() for shortcut in window.findChildren(QShortcut)]
        assert [key.toString() for key in keys if _is_letter(key)] == []


def _is_letter(key: QKeySequence) -> bool:
    return len(key.toString()) == 1


def test_every_chart_has_its_table(go: Go) -> None:
    window = go("impact")
    for chart in window.findChildren(XmrChart):
        assert chart.table.shown.rows
        assert isinstance(chart.table.parentWidget(), QStackedWidget)
    window = go("economics Results")
    cards = [card for card in window.findChildren(BarsCard) if card.isVisible()]
    assert cards
    for card in cards:
        assert card.table.shown.rows, card.accessibleName()


@pytest.mark.full
@pytest.mark.parametrize("state", ALL)
def test_at_200_percent_nothing_is_cut_and_nothing_scrolls_sideways(go: Go, state: str) -> None:
    dress("light", 2.0)
    window = go(state)
    assert cut(window.stack) == []
    assert sideways(window.stack) == []
    assert (window.width(), window.height()) == LAPTOP


@pytest.mark.full
@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("state", ALL)
def test_words_stand_out_and_the_focus_has_a_ring_in_every_theme(go: Go, state: str, theme: str) -> None:
    dress(theme, 1.0)
    window = go(state)
    held = look().theme
    assert faint(window) == []
    assert ringless(window, {held.hex("focus"), held.hex("rail_ring"), held.hex("rail_on")}) == []
