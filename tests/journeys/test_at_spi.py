"""A first role, two years of figures, the chart and the workbook, done as a screen reader would: over AT-SPI alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from ctypes.util import find_library
from datetime import date
from pathlib import Path

import pytest

from db.answers import answer_file
from db.store import create, open_store
from resources import deflator

ROOT = Path(__file__).parent.parent.parent
LIBRARIES = ("xcb-cursor", "xkbcommon-x11", "xcb-icccm", "xcb-keysyms", "xcb-shape")
"""What Qt needs for a window, as `tools/setup.sh` installs where there is a display."""
NEEDED = ("/usr/libexec/at-spi-bus-launcher", "/usr/libexec/at-spi2-registryd", "/usr/bin/python3")


def lacking() -> str:
    """What this machine lacks for a bus of its own, empty where it has all."""
    for name in ("xvfb-run", "dbus-run-session"):
        if shutil.which(name) is None:
            return f"{name} is not installed"
    for path in NEEDED:
        if not Path(path).exists():
            return f"{path} is not there"
    for name in LIBRARIES:
        if find_library(name) is None:
            return f"lib{name} is not installed"
    gi = subprocess.run(["/usr/bin/python3", "-c", "from gi.repository import Gio"], capture_output=True, check=False)
    return "python3-gi is not installed" if gi.returncode else ""


def test_one_whole_task_is_done_over_at_spi(tmp_path: Path) -> None:
    if why := lacking():
        pytest.skip(why)
    evaluation, workbook = tmp_path / "new.roleworth", tmp_path / "summary.xlsx"
    create(evaluation).close()
    home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "tools/at_spi_task.sh", str(evaluation), str(workbook)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **home}, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "said: Chart: A&E attendances" in done.stdout
    store = open_store(evaluation, read_only=True)
    (role,) = answer_file(store, today=date(2025, 6, 12), deflator=deflator()).roles
    store.close()
    assert (role.role.name, role.role.place) == ("Care navigator", "Elm PCN")
    assert len(role.finding.measures[0].points) == 24
    assert workbook.stat().st_size > 10_000
