"""The one way in: `inspect` reads a file in a child process and says what is in it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from importers.child import Cancel, Progress, read_in_child
from importers.edges import Edges
from importers.inspection import Inspection


def inspect(
    path: Path | str,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    edges: Sequence[Edges] = (),
) -> Inspection:
    """What the importer sees in a spreadsheet. Raises UserProblem when it cannot or must not be read.

    `progress(share, doing)` is called on the caller's thread; `cancel` is looked at twenty times a second.
    `edges` are the tables as a person drew them; a sheet without any is searched as usual.
    """
    return read_in_child(Path(path), progress=progress, cancel=cancel, edges=edges)
