"""F14 in the window: how long it stands still while the tabs of a role of a large file are shown for the first time.

    python -m faults.first_showing FILE FOLDER

is the process with the window: the real one, off-screen, that has shown nothing before. It prints one JSON document:
the longest frame of each tab of the first two roles, in milliseconds. Whoever opens a file reads for two seconds before
they go to a tab: until then what tabs are made of has been imported (`desktop/pages/ahead.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from faults.figures import Figures
from faults.frozen import LONGEST_MS, ROOT, Window


def first_tabs(path: Path) -> Figures:
    """The longest frame of each tab; `wrong` where it was over 200 ms."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        done = subprocess.run(
            [sys.executable, "-m", "faults.first_showing", str(path), folder],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
        )
    longest: dict[str, float] = json.loads(done.stdout)
    figures = Figures("F14", "the tabs of its first two roles, shown for the first time", attempts=len(longest))
    figures.count([("wrong", f"{tab}: {ms:.0f} ms") for tab, ms in longest.items() if ms > LONGEST_MS], "first showing")
    most = max(longest, key=lambda tab: longest[tab])
    figures.note = f"longest frame {longest[most]:.0f} ms ({most})"
    figures.told += [f"{tab} {ms:.0f} ms" for tab, ms in longest.items()]
    figures.seconds = time.monotonic() - began
    return figures


def act(path: Path, folder: Path) -> NoReturn:
    """Be the process with the window; ends it."""
    from PySide6.QtWidgets import QApplication

    app, window = QApplication([]), Window(folder)
    found = {}
    window.rest()
    window.do(lambda: window.shell.session.open(path, read_only=True))
    window.wait(lambda: window.shell.ahead.is_done)
    found["open"], window.longest = window.longest * 1000, 0.0
    for tab, show in window.shows().items():
        window.do(show)
        found[tab], window.longest = window.longest * 1000, 0.0
    print(json.dumps(found), flush=True)
    app.exit()
    os._exit(0)  # what is left of the threads is no part of what is looked at


if __name__ == "__main__":
    act(Path(sys.argv[1]), Path(sys.argv[2]))
