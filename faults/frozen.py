"""How long the window stands still at most while the disk is slow, full or failing, or others have the file.

    python -m faults.frozen SCENARIO FOLDER

is the process with the window: the real one, with the app's own threads, off-screen. It goes through everything once on
another file, so that every page is there, says `ready`, waits for a line, goes through everything again on the file
that the fault is for, and prints one JSON document: the longest gap between two beats of its thread in each step, and
what was said. Faults of calls are put in by strace, attached in between (`frames`).

What the thread was ready to do while other programs had the processors is taken off a gap (`/proc`, Linux): that is the
machine's load and not the app's doing. `watched` shows what strace itself adds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from faults.figures import Figures

if TYPE_CHECKING:
    from analysis.problems import UserProblem
    from desktop.shell import Shell

LONGEST_MS = 200
PATIENCE = 60.0
"""Seconds a step may take before it is called undone: longer than SQLite and we wait for anything."""
BEAT_MS = 2
SLOW = ("inject=pread64,pwrite64:delay_exit=2000", "inject=fsync,fdatasync:delay_exit=400000")

SCHEDULED = Path("/proc/self/schedstat")
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Scenario:
    """A fault of the world: which calls go wrong, or who has the file, or what has become of it."""

    fault: str
    words: str
    rules: tuple[str, ...] = ()


SCENARIOS = {
    "quiet": Scenario("F6", "nothing goes wrong"),
    "watched": Scenario("F4", "nothing goes wrong and strace looks on", ("trace=fsync,fdatasync",)),
    "full": Scenario("F3", "every write to the file fails: no room", ("inject=pwrite64:error=ENOSPC:when=40+",)),
    "fails": Scenario("F4", "every sync fails", ("inject=fsync,fdatasync:error=EIO:when=3+",)),
    "slow": Scenario("F8", "each sync takes 0.4 s, each page 2 ms, as on a slow network", SLOW),
    "stalls": Scenario("F8", "one sync takes 10 s", ("inject=fdatasync:delay_exit=10000000:when=2",)),
    "read-only": Scenario("F5", "the file is opened for reading only"),
    "held": Scenario("F6", "another program holds the file for 4 s at each step"),
    "elsewhere": Scenario("F7", "another instance has the file; then it is taken over"),
    "damaged": Scenario("F9", "a fifth of the pages is zero"),
    "replaced": Scenario("F19", "stopped for 3 s, and another file in its place meanwhile"),
}
SEVERAL = ("pages", "restore", "close")
"""Steps that rest in between: each thing that is done in them is timed by itself."""
STEPS = ("open", "pages", "type", "undo", "check", "back up", "export", "restore", "close")

HOLD = """
import sqlite3, sys, time
with open(sys.argv[3], "w"):
    held = sqlite3.connect(sys.argv[1], isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
open(sys.argv[3] + " ready", "w").close()
time.sleep(float(sys.argv[2]))
"""
HAVE = """
import sys
from pathlib import Path
from db.store import open_store
store = open_store(Path(sys.argv[1]))
open(sys.argv[3] + " ready", "w").close()
sys.stdin.read()
"""
STOP = """
import os, shutil, signal, sys, time
path, pid = sys.argv[1], int(sys.argv[2])
os.kill(pid, signal.SIGSTOP)
shutil.copyfile(path, path + ".other")
os.replace(path + ".other", path)
time.sleep(3)
open(sys.argv[3] + " ready", "w").close()
os.kill(pid, signal.SIGCONT)
"""


class Window:
    """The window, its heart, and what is done with it."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop.frame.window import MainWindow
        from desktop.jobs import Jobs
        from desktop.pages.table import page_table
        from desktop.session import Session
        from desktop.shell import Shell
        from desktop.theme.look import look

        self._app = QApplication.instance() or QApplication([])
        look()
        self._folder, jobs = folder, Jobs()
        session = Session(jobs)
        self.shell: Shell = Shell(MainWindow(page_table(lambda: session), jobs), session)
        self.said: list[str] = []
        jobs.problem.connect(self._tell)
        jobs.crashed.connect(lambda fault: self.said.append(f"CRASH {fault!r}"))
        self.shell.window.resize(1366, 720)
        self.shell.window.show()
        self.longest, self._last = 0.0, 0.0

    def _tell(self, problem: UserProblem) -> None:
        self.said.append(problem.message)

    def wait(self, until: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Let the window live until something holds; every gap between two beats is looked at."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        loop, timer, end = QEventLoop(), QTimer(), time.perf_counter() + seconds

        def beat() -> None:
            now = time.perf_counter() - _kept_waiting()
            self.longest, self._last = max(self.longest, now - self._last), now
            if until() or time.perf_counter() > end:
                loop.quit()

        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(beat)
        timer.start(BEAT_MS)
        self._last = time.perf_counter() - _kept_waiting()
        loop.exec()
        return until()

    def do(self, step: Callable[[], object]) -> bool:
        """Do something, and rest. What it takes of this thread before it comes back is a frame too."""
        began = time.perf_counter() - _kept_waiting()
        try:
            step()
        finally:
            self.longest = max(self.longest, time.perf_counter() - _kept_waiting() - began)
        return self.rest()

    def rest(self) -> bool:
        """Wait until nothing is under way and nothing more is asked for."""
        jobs, end = self.shell.window.jobs, time.perf_counter() + PATIENCE
        while self.wait(lambda: jobs.count == 0, end - time.perf_counter()):
            self.wait(lambda: False, 0.1)
            if jobs.count == 0:
                return True
        return False

    def steps(self, path: Path, *, read_only: bool = False) -> dict[str, Callable[[], object]]:
        """Everything there is to do with a file, in order."""
        session = self.shell.session
        return {
            "open": lambda: session.open(path, read_only=read_only),
            "pages": self._pages,
            "type": self._type,
            "undo": session.undo,
            "check": self._check,
            "back up": lambda: session.back_up("by hand"),
            "export": self._export,
            "restore": self._restore,
            "close": lambda: self.shell.window.close() or self.wait(lambda: not self.shell.window.isVisible()),
        }

    def _pages(self) -> None:
        for show in self.shows().values():
            self.do(show)

    def shows(self) -> dict[str, Callable[[], object]]:
        """Every tab of the first two roles, to be shown one by one."""
        from desktop.shell import TAB_NAMES

        roles, show = self.shell.session.facts.roles[:2], self.shell.window.show_page
        return {f"{tab} of {role.id}": partial(show, "Role", (role.id, tab)) for role in roles for tab in TAB_NAMES}

    def _type(self) -> None:
        from db.operations.roles import add_role

        self.shell.session.change(add_role, name=f"Newcomer {time.monotonic_ns()}")

    def _check(self) -> None:
        from desktop.pages.safety.page import SafetyPage

        self.shell.window.show_page("File safety")
        page = self.shell.window.page
        if isinstance(page, SafetyPage):
            page.check()

    def _restore(self) -> None:
        from desktop.pages.safety.page import SafetyPage
        from desktop.safety import all_backups

        page = self.shell.window.page
        if isinstance(page, SafetyPage) and page.path is not None and (held := all_backups(page.path)):
            page.look_into(str(held[0].path))
            self.rest()
            page.view.preview.restore.click()

    def _export(self) -> None:
        from desktop.cli.opening import answers_of
        from exporters.choices import Choices
        from exporters.workbook import write_workbook

        store, target = self.shell.session.need_store(), self._folder / "summary.xlsx"
        jobs = self.shell.window.jobs
        jobs.read(lambda _progress: write_workbook(answers_of(store), Choices(), target), lambda _written: None)


def _kept_waiting() -> float:
    """Seconds in which this process's first thread was ready and others had the processors."""
    return int(SCHEDULED.read_text(encoding="ascii").split()[1]) / 1e9


def act(name: str, folder: Path) -> NoReturn:
    """Be the process with the window; ends it."""
    from PySide6.QtWidgets import QApplication

    from desktop.sample import write_sample_to

    app, window = QApplication([]), Window(folder)
    warm, path = folder / "warm.roleworth", folder / "northvale.roleworth"
    write_sample_to(warm)
    shutil.copyfile(warm, path)
    if name == "damaged":
        _damage(path)
    for step, do in window.steps(warm).items():
        if step != "close":
            do()
            window.rest()
    window.said.clear()
    print("ready", flush=True)
    sys.stdin.readline()
    found = dict(_steps(window, name, path))
    print(json.dumps({"longest": found, "said": list(dict.fromkeys(window.said))}), flush=True)
    app.exit()
    os._exit(0)  # threads that wait for a stalled disk are no part of what is looked at


def _steps(window: Window, name: str, path: Path) -> Iterator[tuple[str, float]]:
    others: list[subprocess.Popen[bytes]] = []
    if name == "elsewhere":
        others.append(_other(window, HAVE, path, ""))
    for step, do in window.steps(path, read_only=name == "read-only").items():
        if name == "held" and step in ("open", "type", "undo", "back up"):
            others.append(_other(window, HOLD, path, "4"))
        if name == "replaced" and step == "type":
            others.append(_other(window, STOP, path, str(os.getpid())))
        window.longest = 0.0
        try:
            done = (do() or window.rest()) if step in SEVERAL else window.do(do)
        except Exception as fault:  # noqa: BLE001 - no file is open, say: it is told, and the next step is tried
            window.said.append(f"{step}: {fault}")
            done = window.rest()
        if not done:
            window.said.append(f"{step} did not come to its end in {PATIENCE:.0f} s")
        yield step, window.longest * 1000
        if name == "elsewhere" and step == "pages":
            window.longest = 0.0
            window.shell.session.open(path, take_over=True)
            window.rest()
            yield "take over", window.longest * 1000
    for other in others:
        other.kill()
        other.wait()


def _other(window: Window, script: str, path: Path, given: str) -> subprocess.Popen[bytes]:
    """Another process that does something to the file; waits until it has."""
    mark = path.with_name(f"mark {time.monotonic_ns()}")
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(path), given, str(mark)], stdin=subprocess.PIPE, cwd=ROOT
    )
    window.wait(mark.with_name(f"{mark.name} ready").exists)
    return other


def _damage(path: Path) -> None:
    held = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(held), 4096 * 5):
        held[at : at + 4096] = bytes(4096)
    path.write_bytes(held)


def frames(names: list[str] | None = None) -> Iterator[Figures]:
    """The longest frame of each scenario; `wrong` where it was over 200 ms or the program failed."""
    for name in names or SCENARIOS:
        scenario, began = SCENARIOS[name], time.monotonic()
        figures = Figures(scenario.fault, f"the window while {scenario.words}")
        with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
            longest, said = _watched(name, scenario, Path(folder))
        faults = [("wrong", words) for words in said if words.startswith("CRASH")]
        faults += [("wrong", f"{step}: {ms:.0f} ms") for step, ms in longest.items() if ms > LONGEST_MS]
        figures.count(faults, name)
        most = max(longest, key=lambda step: longest[step])
        figures.note = f"longest frame {longest[most]:.0f} ms ({most})"
        figures.told += [f"{step} {ms:.0f} ms" for step, ms in longest.items()] + said
        figures.seconds = time.monotonic() - began
        yield figures


def _watched(name: str, scenario: Scenario, folder: Path) -> tuple[dict[str, float], list[str]]:
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), str(folder))
    with subprocess.Popen(
        [sys.executable, "-m", "faults.frozen", name, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
    ) as window:
        if window.stdin is None or window.stdout is None or window.stdout.readline() != "ready\n":
            text = "the window did not come up"
            raise OSError(text)
        tracer = _tracer(window.pid, scenario.rules) if scenario.rules else None
        window.stdin.write("\n")
        window.stdin.flush()
        told = window.stdout.readline()
    if tracer is not None:
        tracer.wait()
    found = json.loads(told)
    return found["longest"], found["said"]


def _tracer(pid: int, rules: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Attach strace. It goes before other programs where that is allowed: a window stopped by a strace that waits for
    a processor stands still for no doing of its own, and no clock of its own tells so.
    """
    from faults.forked import wait_for_tracer

    command = ["nice", "-n", "-10", "strace", "-f", "-qq", "-o", os.devnull, "-p", str(pid)]
    for rule in rules:
        command += ["-e", rule]
    tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for_tracer(pid, tracer)
    return tracer


if __name__ == "__main__":
    act(sys.argv[1], Path(sys.argv[2]))
