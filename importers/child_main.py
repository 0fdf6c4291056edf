"""The reading child: reads one request from standard input, writes frames to standard output, and ends.

It imports what reading needs and nothing else: no Qt, no numpy, no SQL. A frame is a length and a pickle of
(kind, content): ("progress", (share, doing)), ("done", what was found) or ("problem", (message, hint)).
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from analysis.problems import UserProblem
from importers.limits import limit_this_process

if TYPE_CHECKING:
    from importers.edges import Edges

HEADER = struct.Struct(">Q")
INSPECTION, UNIT_COSTS = "inspection", "unit costs"
"""What may be asked for."""


def serve(*, ready: bool = False) -> None:
    """Answer the one request on standard input; a child that is kept `ready` has loaded what it needs by then.

    Without a request (the parent has gone) it ends.
    """
    replies = _claim_output()
    if ready:
        import importers.examine  # noqa: F401 - loaded ahead of the request
    try:
        what, path, memory, seconds, edges = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent process
    except EOFError:
        return
    limit_this_process(memory, seconds)
    gc.disable()  # the process ends with its answer; collecting would take a third of the time of a large file

    def progress(share: float, doing: str) -> None:
        _send(replies, "progress", (share, doing))

    try:
        _send(replies, "done", _found(what, Path(path), progress, edges))
    except UserProblem as problem:
        _send(replies, "problem", (problem.message, problem.hint))
    except MemoryError:
        _send(replies, "memory", None)


def _found(what: str, path: Path, progress: Callable[[float, str], None], edges: tuple[Edges, ...]) -> object:
    if what == UNIT_COSTS:
        from importers.unit_costs import read_unit_costs

        return read_unit_costs(path)
    from importers.examine import examine

    return examine(path, progress, edges=edges)


def _claim_output() -> BinaryIO:
    """Keep standard output for frames: whatever a library prints goes to standard error."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


def _send(replies: BinaryIO, kind: str, content: object) -> None:
    body = pickle.dumps((kind, content), protocol=pickle.HIGHEST_PROTOCOL)
    replies.write(HEADER.pack(len(body)))
    replies.write(body)
    replies.flush()


if __name__ == "__main__":
    serve()
