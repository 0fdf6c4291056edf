"""Where a table comes from: a file that may be read again, or a block of text that was pasted. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from importers.child import Cancel
from importers.edges import Edges
from importers.entry import inspect
from importers.inspection import Inspection
from importers.pasted import PASTED, inspect_pasted

Say = Callable[[float, str], None]


class Source(Protocol):
    """Something that can be read, and read again."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def note(self) -> str:
        """What else there is to say of it."""

    def inspect(self, say: Say, stop: Cancel, edges: Sequence[Edges] = ()) -> Inspection:
        """Read it. Raises UserProblem when it cannot or must not be read."""


@dataclass(frozen=True)
class FileSource:
    """A spreadsheet on a disk; it may stay open in Excel."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def note(self) -> str:
        """Whether Excel has it open now: Excel leaves a file of its own beside it."""
        is_open = self.path.with_name(f"~${self.path.name}").exists()
        return "open in Excel, read only" if is_open else ""

    def inspect(self, say: Say, stop: Cancel, edges: Sequence[Edges] = ()) -> Inspection:
        """Read the file in a child process."""
        return inspect(self.path, progress=say, cancel=stop, edges=edges)


@dataclass(frozen=True)
class PastedSource:
    """A block of cells with its headings, as the clipboard held it. It is never written to a file."""

    text: str = field(repr=False)

    @property
    def name(self) -> str:
        """What the list of imports calls it."""
        return PASTED

    @property
    def note(self) -> str:
        """Nothing more to say."""
        return ""

    def inspect(self, say: Say, stop: Cancel, edges: Sequence[Edges] = ()) -> Inspection:
        """Read the text where it is."""
        return inspect_pasted(self.text, progress=say, edges=edges)


def sources_of(target: object) -> tuple[Source, ...]:
    """What another page or a drop handed over, as sources; nothing for anything else."""
    if isinstance(target, FileSource | PastedSource):
        return (target,)
    if isinstance(target, str | Path):
        return (FileSource(Path(target)),)
    if isinstance(target, list | tuple) and target and all(isinstance(one, str | Path) for one in target):
        return tuple(FileSource(Path(one)) for one in target)
    return ()
