"""F16: chance sits at the window: clicks, keys, wheels and text by the thousand, each run given again by its seed.

Runs of many seeds are in `seeds.py`; this is the process of one of them.

    python -m faults.monkey SEED EVENTS FOLDER [inline]

prints one JSON document: how many events, and every exception, Qt warning and fault of the file there was. Work is done
by the workers of the app, so that chance also has what is not there yet and what comes after its page has gone; with
`inline` it is done at once, and a seed gives the very same run again.
"""

from __future__ import annotations

import faulthandler
import json
import random
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.shell import Shell

CHECK_EVERY = 1000
WATCH_EVERY = 20
DEAD_AFTER = 120
"""Seconds after which a window that has not come back from 20 events is dead: the run ends and says where it stood."""
ONCE_MORE_MS = 200
"""Until the window is asked again to close: it stays once where a last write was refused, so that this can be read."""
GOES_ON = 0.95
"""How likely it is that an event goes to a child of a widget and not to itself."""
SILENT = ("This plugin does not support", "propagateSizeHints")
"""What the off-screen plugin says of itself."""

TEXTS = ("12", "-3", "1,204", "<5", "2024-04", "Apr 2025", "x" * 300, "=1+1", "£1,000.50", "\u202eabc", "0", "nil", " ")
KEYS: tuple[str, ...] = (
    "Tab",
    "Backtab",
    "Return",
    "Escape",
    "Space",
    "Delete",
    "Backspace",
    "F1",
    "F2",
    "F4",
    "F5",
    "F6",
    "Home",
    "End",
)
KEYS += (
    "Left",
    "Right",
    "Up",
    "Down",
    "PageUp",
    "PageDown",
    "A",
    "B",
    "C",
    "T",
    "E",
    "1",
    "0",
    "Z",
    "Y",
    "D",
    "R",
    "I",
)


class Witness:
    """Keeps everything that must not happen, with the event it happened at."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.event = 0
        self.last = ""

    def note(self, words: str) -> None:
        """Keep one thing, once."""
        line = f"event {self.event} ({self.last}): {words}"
        if len(self.seen) < 20 and not any(words in held for held in self.seen):
            self.seen.append(line)

    def exception(self, kind: type[BaseException], fault: BaseException, trace: Any) -> None:  # noqa: ANN401 - as the hook
        """What nobody caught."""
        self.note("".join(traceback.format_exception(kind, fault, trace, limit=-5)))

    def message(self, _kind: object, _context: object, text: str) -> None:
        """What Qt complains of."""
        if not any(part in text for part in SILENT):
            self.note(f"Qt: {text}")

    def crashed(self, fault: BaseException) -> None:
        """What a job ended with that no person should see."""
        self.exception(type(fault), fault, fault.__traceback__)


def play(seed: int, events: int, folder: Path, *, inline: bool = False) -> None:
    """Let chance work on a fresh copy of the sample, and print what was seen; the process is to end as the app ends."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    faulthandler.enable()
    app, witness, chance = QApplication([]), Witness(), random.Random(seed)
    sys.excepthook = witness.exception
    qInstallMessageHandler(witness.message)
    shell = _shell(folder, chance, inline=inline)
    shell.window.jobs.crashed.connect(witness.crashed)
    _Chance(app, shell, witness, chance, events).run()
    faulthandler.cancel_dump_traceback_later()
    shell.window.close()
    app.processEvents()
    _check(shell, witness)
    shell.session.close()
    sys.excepthook = sys.__excepthook__
    print(json.dumps({"seed": seed, "events": witness.event, "seen": witness.seen}), flush=True)


class _Chance:
    """One event in each turn of Qt's own loop, which paints, deletes and collects between them as it always does.

    The next turn is asked for before the event, so that chance goes on inside a dialog or a menu that has a loop of its
    own, and closes it some day.
    """

    def __init__(self, app: QApplication, shell: Shell, witness: Witness, chance: random.Random, events: int) -> None:
        self._app, self._shell, self._witness, self._chance, self._left = app, shell, witness, chance, events

    def run(self) -> None:
        """All events, one by one."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self._turn)
        self._app.exec()

    def _turn(self) -> None:
        from PySide6.QtCore import QTimer

        if not self._left:
            QTimer.singleShot(ONCE_MORE_MS, self._turn)
            self._app.quit()
            return
        self._left -= 1
        witness = self._witness
        QTimer.singleShot(0, self._turn)
        if witness.event % WATCH_EVERY == 0:
            faulthandler.dump_traceback_later(DEAD_AFTER, exit=True)
        witness.event += 1
        witness.last = _one_event(self._shell, self._chance)
        if witness.event % CHECK_EVERY == 0:
            _check(self._shell, witness)


def _shell(folder: Path, chance: random.Random, *, inline: bool) -> Shell:
    from desktop.frame.window import MainWindow
    from desktop.jobs import InlineJobs, Jobs
    from desktop.pages.table import page_table
    from desktop.sample import write_sample_to
    from desktop.session import Session
    from desktop.shell import Shell

    path = folder / "monkey.roleworth"
    if not path.exists():
        write_sample_to(path)
    jobs = InlineJobs() if inline else Jobs()
    session = Session(jobs, today=lambda: date(2026, 11, 21))
    shell = Shell(MainWindow(page_table(lambda: session), jobs), session)
    _stand_in_for_dialogs(folder, chance)
    shell.window.resize(1366, 720)
    shell.window.show()
    shell.start(path)
    return shell


def _stand_in_for_dialogs(folder: Path, chance: random.Random) -> None:
    """The system's file dialogs answer by chance: nothing, a sheet, the file, a backup of it, a new name."""
    from PySide6.QtWidgets import QFileDialog

    sheet = folder / "sheet.csv"
    sheet.write_text("Month,Falls\nApr-23,14\nMay-23,15\nJun-23,\nJul-23,17\n", encoding="utf-8")

    def opened(*_: object) -> tuple[str, str]:
        backup = next(iter(sorted(folder.rglob("*.backup"))), sheet)
        return chance.choice(("", "", str(sheet), str(folder / "monkey.roleworth"), str(backup))), ""

    def saved(*given: Any) -> tuple[str, str]:  # noqa: ANN401 - as Qt gives it
        ending = Path(str(given[2])).suffix if len(given) > 2 else ".out"
        return chance.choice(("", str(folder / f"out {chance.randrange(5)}{ending}"))), ""

    def several(*_: object) -> tuple[list[str], str]:
        return chance.choice(([], [str(sheet)])), ""

    QFileDialog.getOpenFileName = staticmethod(opened)  # type: ignore[assignment]  # stands in for the system's own
    QFileDialog.getOpenFileNames = staticmethod(several)  # type: ignore[assignment]
    QFileDialog.getSaveFileName = staticmethod(saved)  # type: ignore[assignment]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_: "")  # type: ignore[assignment]


def _check(shell: Shell, witness: Witness) -> None:
    from db.checks import check_file

    if shell.session.store is not None:
        for fault in check_file(shell.session.store.path).faults:
            witness.note(f"file: {fault}")


def _one_event(shell: Shell, chance: random.Random) -> str:
    from PySide6.QtWidgets import QApplication

    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if over is not None and chance.random() < 0.2:
        over.close()
        return "close"
    target = _somebody(over or shell.window, chance)
    act = chance.choices(ACTS, weights=(40, 6, 6, 25, 10, 5, 4, 4))[0]
    act(target, shell, chance)
    return f"{act.__name__} on {type(target).__name__} {target.objectName() or target.accessibleName()}"


def _somebody(top: QWidget, chance: random.Random) -> QWidget:
    """Somebody in the window, found by going down from it child by child."""
    from PySide6.QtWidgets import QWidget

    here = top
    while here is top or chance.random() < GOES_ON:
        there = [
            held
            for held in here.children()
            if isinstance(held, QWidget) and held.isVisible() and held.isEnabled() and held.width() > 1
        ]
        if not there:
            break
        here = chance.choice(there)
    return here


def _place(target: QWidget, chance: random.Random) -> Any:  # noqa: ANN401 - a point of Qt
    from PySide6.QtCore import QPoint

    return QPoint(chance.randrange(max(1, target.width())), chance.randrange(max(1, target.height())))


def click(target: QWidget, _shell: Shell, chance: random.Random) -> None:
    """Press and let go."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    modifiers = chance.choice((Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,))
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, _place(target, chance))


def double_click(target: QWidget, _shell: Shell, chance: random.Random) -> None:
    """Twice."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _place(target, chance))


def drag(target: QWidget, _shell: Shell, chance: random.Random) -> None:
    """Press here, let go there."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(target, Qt.MouseButton.LeftButton, none, _place(target, chance))
    QTest.mouseMove(target, _place(target, chance))
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, none, _place(target, chance))


def key(target: QWidget, _shell: Shell, chance: random.Random) -> None:
    """A key, with or without others held."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    held = chance.choices(
        (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier),
        weights=(6, 2, 1),
    )[0]
    receiver = QApplication.focusWidget() or target
    QTest.keyClick(receiver, getattr(Qt.Key, f"Key_{chance.choice(KEYS)}"), held)


def words(target: QWidget, _shell: Shell, chance: random.Random) -> None:
    """Something typed where the focus is (QTest's own keyClicks aborts on letters that are not Latin)."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    for letter in chance.choice(TEXTS):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(QApplication.focusWidget() or target, event)


def command(_target: QWidget, shell: Shell, chance: random.Random) -> None:
    """Anything the palette offers."""
    offered = shell.window.book.available()
    if offered:
        shell.window.book.run(chance.choice(offered).id)


def size(_target: QWidget, shell: Shell, chance: random.Random) -> None:
    """Another size of the window."""
    shell.window.resize(chance.randrange(1024, 1920), chance.randrange(600, 1080))


def page(_target: QWidget, shell: Shell, chance: random.Random) -> None:
    """Another page, or a role."""
    from desktop.pages.table import PAGES

    roles = shell.session.facts.roles
    if roles and chance.random() < 0.5:
        shell.window.show_page("Role", chance.choice(roles).id)
    else:
        shell.window.show_page(chance.choice(list(PAGES)))


ACTS: tuple[Callable[[QWidget, Shell, random.Random], None], ...] = (
    click,
    double_click,
    drag,
    key,
    words,
    command,
    size,
    page,
)


if __name__ == "__main__":
    play(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), inline="inline" in sys.argv[4:])
