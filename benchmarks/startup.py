"""Process start to first painted window, against a bare window that imports PySide6 and sqlmodel and opens a file.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.timing import pairs, report
from desktop.sample import write_sample_to

BARE = """
import sys, sqlmodel
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Window(QMainWindow):
    def paintEvent(self, event):
        print("painted", flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
engine = sqlmodel.create_engine("sqlite:///" + sys.argv[1])
with engine.connect() as connection:
    connection.exec_driver_sql("SELECT count(*) FROM observation").scalar()
window = Window()
window.setCentralWidget(QTableView())
window.show()
app.exec()
"""
OURS = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app import Starter
from desktop.jobs import Jobs
application = QApplication([])
starter = Starter(Jobs(), Path(sys.argv[1]))
def painted():
    print("painted", flush=True)
    if sys.argv[2] == "paint":
        os._exit(0)
    starter.session().opened.connect(opened)
def opened():
    print("opened", flush=True)
    os._exit(0)
starter.window.painted.connect(painted)
starter.show()
application.exec()
"""


def first_line(script: str, *arguments: str, line: str = "painted") -> float:
    """Seconds from process start until the script prints a line."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    with child:
        for said in child.stdout or ():
            if said.strip() == line:
                took = time.perf_counter() - began
                child.kill()
                return took
    text = f"the script never said {line}"
    raise RuntimeError(text)


def main() -> int:
    """Print the ratios; exit 1 when the first is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.roleworth"
        write_sample_to(path)
        held = pairs(lambda: first_line(OURS, str(path), "paint"), lambda: first_line(BARE, str(path)), 9)
        kept = report("first painted window", held, 1.3)
        opened = pairs(
            lambda: first_line(OURS, str(path), "file", line="opened"), lambda: first_line(BARE, str(path)), 5
        )
        report("file opened behind it", opened, 3.0)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
