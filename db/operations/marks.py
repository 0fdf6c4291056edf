"""Named marks in the history, and the way back to one."""

from __future__ import annotations

from analysis.problems import UserProblem
from analysis.wording import plural
from db.history import bring_back, checkpoint, take_back
from db.operations.changed import EVERYTHING, Changed
from db.queries.checkpoints import checkpoints
from db.store import Store


def mark(store: Store, *, name: str) -> Changed:
    """Put a named checkpoint into the history; nothing of the record changes."""
    words = name.strip()
    if not words:
        raise UserProblem("A checkpoint needs a name.", "Nothing was changed. Say what has just been finished.")
    checkpoint(store, words)
    return Changed(words, frozenset())


def go_back(store: Store, *, step_id: int) -> Changed:
    """Make the record what it was at a checkpoint: all of the way or none of it.

    Every step since is taken back by itself, newest first, so redo brings each back. Raises UserProblem when there is
    no such checkpoint, or when steps from before it were taken back and others made since.
    """
    held = next((one for one in checkpoints(store) if one.id == step_id), None)
    if held is None:
        raise UserProblem("There is no such checkpoint in this file.", "Nothing was changed.")
    if held.way is None:
        raise UserProblem(
            f"The record can no longer be made what it was at “{held.name}”: steps from before it were taken back, "
            "and others made since.",
            "Nothing was changed. Undo takes back one step at a time; a backup holds the file as it was that day.",
        )
    with store.together():
        for target, label in held.way.undo:
            take_back(store, target, label)
        for target, label in held.way.redo:
            bring_back(store, target, label)
    steps = len(held.way.undo) or len(held.way.redo)
    return Changed(f"Back to {held.name}, {plural(steps, 'step')}", EVERYTHING)
