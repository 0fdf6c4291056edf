"""A shelf of the library and how it is narrowed by words, without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.wording import plural
from desktop.states import ColumnSpec, TableCell, TableState

ADD, SET_UP, FILL, REWORD, CHANGE, REMOVE = "add", "set up", "fill", "reword", "change", "remove"
OWN_FIGURE, CHANGE_COST, REMOVE_COST = "own figure", "change unit cost", "remove unit cost"
OWN_VALUE, CHANGE_VALUE, REMOVE_VALUE = "own value", "change own value", "remove own value"
"""What can be done with an entry."""


@dataclass(frozen=True)
class Entry:
    """One thing on a shelf: its cells, all its facts as (caption, words), and what can be done with it."""

    key: str
    cells: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    actions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything that can be searched."""
        return " ".join((*self.cells, *(words for _, words in self.facts))).lower()


@dataclass(frozen=True)
class Shelf:
    """One part of the library with where it comes from."""

    name: str
    source: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LibraryState:
    """What is shown of a shelf: the rows found, and how many."""

    source: str
    count: str
    table: TableState
    entries: tuple[Entry, ...]


def library_state(shelf: Shelf, text: str = "") -> LibraryState:
    """A shelf narrowed to the entries that hold every word."""
    words = text.lower().split()
    kept = tuple(entry for entry in shelf.entries if all(word in entry.text for word in words))
    specs = tuple(ColumnSpec(name, stretch=at == 0) for at, name in enumerate(shelf.columns))
    rows = tuple(tuple(TableCell(c, strong=at == 0) for at, c in enumerate(entry.cells)) for entry in kept)
    whole = plural(len(shelf.entries), "entry", "entries")
    count = whole if len(kept) == len(shelf.entries) else f"{len(kept)} of {whole}"
    return LibraryState(shelf.source, count, TableState(specs, rows, tuple(entry.key for entry in kept)), kept)
