from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("pyqtgraph", "scipy", "openpyxl", "xlsxwriter", "python_calamine", "alembic", "qtawesome", "pandas")
SCRIPT = f"""
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.frame.page import Page
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
window = MainWindow(dict.fromkeys(("Portfolio", "Role", "Help"), Page), InlineJobs())
import desktop.grid.view, desktop.charts.xmr, desktop.charts.tornado
window.show_page("Portfolio")
from PySide6.QtCore import QObject, QEvent
from PySide6.QtGui import QPaintEvent
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = [name for name in {HEAVY!r} if name in sys.modules] or ["none"]
        return False
watch = Watch(); watch.seen = []
window.installEventFilter(watch)
window.painted.connect(app.quit)
window.show()
app.exec()
print(",".join(watch.seen), "qtawesome" in sys.modules)
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    done = run(SCRIPT)
    assert done.stdout.split() == ["none", "True"], done.stderr


def test_the_empty_package_costs_nothing() -> None:
    script = "import sys, desktop; print([name for name in sys.modules if name.startswith('PySide6')])"
    done = run(script)
    assert done.stdout.strip() == "[]"


def test_states_and_pictures_know_no_qt() -> None:
    names = "desktop.states, desktop.theme.marks, desktop.grid.edits, desktop.charts.picture, analysis.axis"
    script = f"import sys, {names}; print([name for name in sys.modules if name.startswith('PySide6')])"
    done = run(script)
    assert done.stdout.strip() == "[]"


def test_calls_that_return_none_keep_its_reference_count(qtbot: QtBot) -> None:
    thing = QObject()
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100
