"""Reads a file in a child process, so that a hostile or broken file can cost a child but never the app.

The child bounds its own memory and processor time (`importers.limits`: proved on Linux, not verified on Windows and
macOS); the clock of the parent ends it everywhere. A child that dies, hangs or is cancelled becomes a `UserProblem`;
nothing it read is kept. A frozen app must call `run_if_child(sys.argv)` before it imports anything heavy.
"""

from __future__ import annotations

import atexit
import gc
import io
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
from typing import IO, Any, Protocol, TypeVar

from analysis.problems import UserProblem
from importers.child_main import HEADER, INSPECTION
from importers.edges import Edges
from importers.guard import NOTHING_SAVED, refuse, too_large
from importers.inspection import Inspection
from importers.limits import resident

FLAG = "--roleworth-read-child"
Progress = Callable[[float, str], None]
Frame = tuple[str, object]
Found = TypeVar("Found")
READY_FLAG = "--roleworth-ready-child"
_START = "import sys; sys.path[:0] = {path!r}; from importers.child_main import serve; serve(ready={ready})"
_KNOWN = ("importers.", "analysis.", "datetime", "pathlib")
"""Where the classes of a finding live; nothing else is made from what a child sends."""
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
    if FLAG not in arguments and READY_FLAG not in arguments:
        return False
    from importers.child_main import serve

    serve(ready=READY_FLAG in arguments)
    return True


class _Ready:
    """The one child that stands ready, if any: starting a process and loading what reads takes a fifth of a second."""

    def __init__(self) -> None:
        self._held: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def keep(self) -> None:
        """Start one unless one stands ready."""
        with self._lock:
            self._drop_dead()
            if self._held is None:
                self._held = _process(ready=True)

    def take(self) -> subprocess.Popen[bytes] | None:
        """Hand over the one that stands ready; None where there is none, or it has ended."""
        with self._lock:
            self._drop_dead()
            held, self._held = self._held, None
            return held

    def _drop_dead(self) -> None:
        if self._held is not None and self._held.poll() is not None:
            _close(self._held)
            self._held = None

    @property
    def process_id(self) -> int | None:
        """The number of the process that stands ready; None where there is none."""
        held = self._held
        return held.pid if held is not None and held.poll() is None else None

    def end(self) -> None:
        """Let the one that stands ready go."""
        held = self.take()
        if held is not None:
            held.kill()
            _close(held)


_ready = _Ready()
atexit.register(_ready.end)


def keep_ready() -> None:
    """Have a reading child stand ready for the next file, as the import page does while it is in front."""
    _ready.keep()


def is_ready() -> bool:
    """Whether a reading child stands ready."""
    return _ready.process_id is not None


def end_ready() -> None:
    """Let the reading child that stands ready go; without one nothing happens."""
    _ready.end()


def read_in_child(
    path: Path,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    limits: Limits | None = None,
    edges: Sequence[Edges] = (),
) -> Inspection:
    """Inspect a file in a child process. Raises UserProblem for every way it can fail."""
    return found_in_child(INSPECTION, Inspection, path, progress=progress, cancel=cancel, limits=limits, edges=edges)


def found_in_child(
    what: str,
    kind: type[Found],
    path: Path,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    limits: Limits | None = None,
    edges: Sequence[Edges] = (),
) -> Found:
    """What a reading of `importers.child_main` makes of a file. Raises UserProblem for every way it can fail."""
    allowed = limits or (TEXT if path.suffix.lower() in (".csv", ".txt", ".tsv") else WORKBOOK)
    child = _started(what, path, allowed, edges)
    try:
        found = _answer(child, path.name, allowed, progress, cancel)
    finally:
        child.kill()
        _close(child)
    if not isinstance(found, kind):
        raise _not_found(path.name)
    return found


def _close(child: subprocess.Popen[bytes]) -> None:
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _command(*, ready: bool) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, READY_FLAG if ready else FLAG]
    return [
        sys.executable,
        "-I",
        "-S",
        "-c",
        _START.format(path=[entry for entry in sys.path if entry] + [str(_root())], ready=ready),
    ]


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


def _process(*, ready: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _command(ready=ready),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _started(what: str, path: Path, limits: Limits, edges: Sequence[Edges]) -> subprocess.Popen[bytes]:
    child = _ready.take() or _process(ready=False)
    request = pickle.dumps((what, str(path), limits.memory, limits.seconds, tuple(edges)))
    if child.stdin is not None:
        try:
            child.stdin.write(request)
            child.stdin.flush()
        except BrokenPipeError:
            child.kill()
    return child


def _answer(
    child: subprocess.Popen[bytes], name: str, limits: Limits, progress: Progress | None, cancel: Cancel | None
) -> object:
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


class _Finding(pickle.Unpickler):
    """Makes the classes of a finding and nothing else: a child that a file has taken over can send no code to run."""

    def find_class(self, module_name: str, global_name: str) -> Any:  # noqa: ANN401 - a class of a finding
        """A class of the importers or of the analysis. Raises UnpicklingError for anything else."""
        held = super().find_class(module_name, global_name) if module_name.startswith(_KNOWN) else None
        if not isinstance(held, type):
            text = f"{module_name}.{global_name} is no part of a finding"
            raise pickle.UnpicklingError(text)
        return held


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
            frame: Frame = _Finding(io.BytesIO(body)).load()
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


def _settled(frame: Frame, name: str) -> object:
    kind, content = frame
    if kind == "done":
        return content
    if kind == "problem" and isinstance(content, tuple):
        raise UserProblem(str(content[0]), str(content[1]))
    raise too_large(name, "it needs more memory than is allowed")


def _died(child: subprocess.Popen[bytes], name: str) -> UserProblem:
    """What a child's end means: killed by a limit or a crash of the reader (negative), else a fault while reading."""
    return _not_found(name, "the reader stopped" if child.wait() < 0 else "it holds something that cannot be read")


def _not_found(name: str, why: str = "it holds something that cannot be read") -> UserProblem:
    text = f"{name} could not be read: {why}. It may be damaged or too large."
    return UserProblem(text, f"Open it in Excel, save it under a new name and try again. {NOTHING_SAVED}")
