"""Reads a file in a child process, so that a hostile or broken file can cost a child but never the app.

The child bounds its own memory and processor time (`importers.limits`: proved on Linux, not verified on Windows and
macOS); the clock of the parent ends it everywhere. A child that dies, hangs or is cancelled becomes a `UserProblem`;
nothing it read is kept. A frozen app must call `run_if_child(sys.argv)` before it imports anything heavy.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Protocol

from analysis.problems import UserProblem
from importers.child_main import HEADER
from importers.edges import Edges
from importers.guard import NOTHING_SAVED, refuse, too_large
from importers.inspection import Inspection
from importers.limits import resident

FLAG = "--roleworth-read-child"
Progress = Callable[[float, str], None]
Frame = tuple[str, object]
_START = "import sys; sys.path[:0] = {path!r}; from importers.child_main import serve; serve()"
_TICK = 0.05


class Cancel(Protocol):
    """Anything that can say it was set, such as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether the person wants to stop."""


@dataclass(frozen=True)
class Limits:
    """What a reading may cost: seconds by the clock, bytes of address space."""

    seconds: int = 60
    memory: int = 1_500_000_000


WORKBOOK = Limits(60, 1_500_000_000)
TEXT = Limits(120, 2_500_000_000)


def run_if_child(arguments: list[str]) -> bool:
    """For a frozen app: serve and return True when this process was started as a reading child."""
    if FLAG not in arguments:
        return False
    from importers.child_main import serve

    serve()
    return True


def read_in_child(
    path: Path,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    limits: Limits | None = None,
    edges: Sequence[Edges] = (),
) -> Inspection:
    """Inspect a file in a child process. Raises UserProblem for every way it can fail."""
    allowed = limits or (TEXT if path.suffix.lower() in (".csv", ".txt", ".tsv") else WORKBOOK)
    child = _started(path, allowed, edges)
    try:
        return _answer(child, path.name, allowed, progress, cancel)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [
        sys.executable,
        "-I",
        "-S",
        "-c",
        _START.format(path=[entry for entry in sys.path if entry] + [str(_root())]),
    ]


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


def _started(path: Path, limits: Limits, edges: Sequence[Edges]) -> subprocess.Popen[bytes]:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
    )
    request = pickle.dumps((str(path), limits.memory, limits.seconds, tuple(edges)))
    if child.stdin is not None:
        try:
            child.stdin.write(request)
            child.stdin.flush()
        except BrokenPipeError:
            child.kill()
    return child


def _answer(
    child: subprocess.Popen[bytes], name: str, limits: Limits, progress: Progress | None, cancel: Cancel | None
) -> Inspection:
    frames: Queue[Frame | None] = Queue()
    threading.Thread(target=_pump, args=(child.stdout, frames), daemon=True).start()
    deadline = time.monotonic() + limits.seconds
    while True:
        if cancel is not None and cancel.is_set():
            raise refuse(name, "was not read: reading it was cancelled.", "Choose it again whenever you like.")
        if time.monotonic() > deadline:
            raise too_large(name, f"reading it took longer than {limits.seconds} seconds")
        if resident(child.pid) > limits.memory:
            raise too_large(name, "it needs more memory than is allowed")
        try:
            frame = frames.get(timeout=_TICK)
        except Empty:
            continue
        if frame is None:
            raise _died(child, name)
        if frame[0] == "progress":
            _tell(progress, frame[1])
            continue
        return _settled(frame, name)


def _pump(pipe: IO[bytes] | None, frames: Queue[Frame | None]) -> None:
    """Move frames from the pipe to the queue until the child closes it."""
    while pipe is not None and (frame := _frame(pipe)) is not None:
        frames.put(frame)
    frames.put(None)


def _frame(pipe: IO[bytes]) -> Frame | None:
    try:
        header = pipe.read(HEADER.size)
        if len(header) < HEADER.size:
            return None
        body = pipe.read(HEADER.unpack(header)[0])
        with _uncollected():
            frame: Frame = pickle.loads(body)  # noqa: S301 - written by our own child process
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        return None
    return frame


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage is looked for while a large finding is unpacked: there is none, and looking takes half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _tell(progress: Progress | None, content: object) -> None:
    if progress is not None and isinstance(content, tuple):
        progress(float(content[0]), str(content[1]))


def _settled(frame: Frame, name: str) -> Inspection:
    kind, content = frame
    if isinstance(content, Inspection):
        return content
    if kind == "problem" and isinstance(content, tuple):
        raise UserProblem(str(content[0]), str(content[1]))
    raise too_large(name, "it needs more memory than is allowed")


def _died(child: subprocess.Popen[bytes], name: str) -> UserProblem:
    """What a child's end means: killed by a limit or a crash of the reader (negative), else a fault while reading."""
    code = child.wait()
    why = "the reader stopped" if code < 0 else "it holds something that cannot be read"
    text = f"{name} could not be read: {why}. It may be damaged or too large."
    return UserProblem(text, f"Open it in Excel, save it under a new name and try again. {NOTHING_SAVED}")
