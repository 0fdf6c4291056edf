"""A pasted table: the text of the clipboard goes the way of a file, without ever becoming one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from importers.edges import Edges
from importers.examine import examine_contents
from importers.guard import Contents, refuse
from importers.inspection import Inspection

PASTED = "Pasted table"
LONGEST = 5_000_000


def inspect_pasted(
    text: str, *, progress: Callable[[float, str], None] | None = None, edges: Sequence[Edges] = ()
) -> Inspection:
    """What the importer sees in a pasted table, searched for people as a file is. Nothing is written anywhere.

    Raises UserProblem for a text that holds nothing, is too long, or must not be read.
    """
    if not text.strip():
        raise refuse(PASTED, "is empty.", "Copy the cells with their headings and paste them again.")
    if len(text) > LONGEST:
        raise refuse(PASTED, f"is longer than {LONGEST // 1_000_000} million characters.", "Save it as a file instead.")
    data = text.encode()
    contents = Contents(PASTED, "text", data, hashlib.sha256(data).hexdigest())
    return examine_contents(contents, Path(PASTED), progress or _silent, edges=edges)


def _silent(_share: float, _doing: str) -> None:
    """No progress is wanted."""
