"""What the frame shows of a file, read off the window's thread when it is opened and after every write. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from db.history import ImportRecord, imports, undo_state
from db.queries.finding import MeasureInUse, measures_in_use
from db.queries.roles import RoleSummary, roles
from db.store import Store
from db.whereabouts import Place, place_of
from desktop.safety import choice


@dataclass(frozen=True)
class FileFacts:
    """What the frame says of the open file: its roles, what can be undone, and every import."""

    roles: tuple[RoleSummary, ...]
    undo: str
    redo: str
    organisation: str
    is_sample: bool
    as_of: str
    imports: tuple[ImportRecord, ...] = ()
    measures: tuple[MeasureInUse, ...] = ()


def unasked_place(store: Store) -> Place | None:
    """Where a file lies, when that is no place to work in and nobody was asked about it yet."""
    place = place_of(store.path)
    return None if store.read_only or place.is_safe or choice(store.path, "place") else place


@dataclass(frozen=True)
class Opened:
    """A file that was opened, and what the frame shows of it."""

    store: Store
    facts: FileFacts


def opened(store: Store) -> Opened:
    """Read, off the window's thread, what the frame shows of a file that has just been opened."""
    try:
        return Opened(store, read_facts(store))
    except Exception:
        store.close()
        raise


def reread(store: Store) -> Opened:
    """What the frame shows of an open file, with the file it was read from: another may be open when it comes."""
    return Opened(store, read_facts(store))


def read_facts(store: Store) -> FileFacts:
    """What the frame shows of a file."""
    state = undo_state(store)
    return FileFacts(
        roles=roles(store),
        undo=state.undo_label,
        redo=state.redo_label,
        organisation=store.setting("organisation"),
        is_sample=store.setting("sample") == "yes",
        as_of=store.setting("as_of"),
        imports=tuple(imports(store)),
        measures=measures_in_use(store),
    )
