"""A process of our own that does the acts, begun by a fork so that starting it costs nothing, and what it said.

A kill is a real SIGKILL. Faults of single calls are put in by strace, attached before the first act.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import UserProblem

ROOT = Path(__file__).parent.parent
Work = Callable[[Callable[[str], None]], None]
PROBLEM = "problem "
FAULT = "fault "
BROKEN = 5
"""How a child ends that could not even begin: it never goes on as a second parent."""


@dataclass(frozen=True)
class Said:
    """The lines a process said before its end, and how it ended (a signal below zero)."""

    lines: tuple[str, ...]
    status: int


def has_strace() -> bool:
    """Whether single calls can be made to fail or be recorded on this machine."""
    return shutil.which("strace") is not None


class Forked:
    """A child that does `work`, which is given `say`. It waits until `go` is called."""

    def __init__(self, work: Work) -> None:
        self._said, said = os.pipe()
        go, self._go = os.pipe()
        silent = os.open(os.devnull, os.O_WRONLY)  # here: no call of the child before its work may be one that fails
        self.pid = os.fork()
        if self.pid == 0:
            status = BROKEN
            try:
                os.close(self._said)
                os.close(self._go)
                os.dup2(silent, 2)
                status = _child(work, said, go)
            finally:
                os._exit(status)
        for each in (said, go, silent):
            os.close(each)

    def go(self) -> None:
        """Let it begin; one that has ended already says so by its end."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._go, b"g")
        os.close(self._go)

    def wait_for_a_word(self) -> None:
        """Wait until it has said something, or has ended."""
        select.select([self._said], [], [], 60)

    def kill(self) -> None:
        """End it as `kill -9` does; one that has ended already stays so."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Said:
        """Wait for its end and hand over what it said."""
        held = b""
        while part := os.read(self._said, 65536):
            held += part
        os.close(self._said)
        _, status = os.waitpid(self.pid, 0)
        lines = held.decode(errors="replace").split("\n")[:-1]
        return Said(tuple(lines), os.waitstatus_to_exitcode(status))


def _child(work: Work, said: int, go: int) -> int:
    def say(line: str) -> None:
        os.writev(said, [f"{line}\n".encode()])  # not write: that call is made to fail

    os.readv(go, [bytearray(1)])  # not read: as above
    try:
        work(say)
    except UserProblem as problem:
        say(f"{PROBLEM}{problem.message}".replace("\n", " "))
        return 3
    except BaseException as fault:  # noqa: BLE001 - a child says what ended it, whatever that was
        say(f"{FAULT}{fault!r} at {_where(fault)}".replace("\n", " "))
        return 4
    return 0


def _where(fault: BaseException) -> str:
    """The lines of ours that a fault came through, the last first."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith(str(ROOT))]
    return " ".join(
        f"{Path(f.filename).relative_to(ROOT)}:{f.lineno}" for f in reversed(frames) if ".venv" not in f.filename
    )


def killed_after(work: Work, seconds: float) -> Said:
    """Let it work for so long after its first word, then kill it."""
    child = Forked(work)
    child.go()
    child.wait_for_a_word()
    time.sleep(seconds)
    child.kill()
    return child.end()


def traced(work: Work, rules: list[str], log: Path | None = None) -> Said:
    """Let it work under strace with rules such as `inject=fdatasync:error=EIO:when=3`."""
    child = Forked(work)
    command = ["strace", "-f", "-qq", "-o", str(log or os.devnull), "-p", str(child.pid)]
    for rule in rules:
        command += ["-e", rule] if not rule.startswith("-") else rule.split()
    tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_tracer(child.pid, tracer)
        child.go()
        said = child.end()
    finally:
        child.kill()
        tracer.wait()
    return said


def wait_for_tracer(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    """Wait until strace has attached itself. Raises OSError when it could not."""
    status, until = Path(f"/proc/{pid}/status"), time.monotonic() + 20
    while "TracerPid:\t0" in status.read_text(encoding="ascii"):
        if tracer.poll() is not None or time.monotonic() > until:
            text = "strace could not be attached to a process of our own"
            raise OSError(text)
        time.sleep(0.005)
    time.sleep(0.03)
