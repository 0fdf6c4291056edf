"""What the import page does to the record: one write for the import, its undo at any time, cost lines from a ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from analysis.problems import UserProblem
from analysis.wording import plural
from db.history import edited_since, undo_imports
from db.operations.changed import EVERYTHING, Changed
from db.operations.imports import Outcome
from db.operations.money import add_cost_lines
from db.operations.roles import add_role
from db.store import Store
from desktop.cost_proposals import CostProposal, proposals
from desktop.importing import Bringing, bring_in_collected
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.outlook import Outlook
from desktop.safety import back_up
from desktop.session import Session


@dataclass(frozen=True)
class Into:
    """Which role an import goes into: one of the file by its id, or a new one."""

    role_id: int | None
    name: str = ""
    launch: date | None = None


@dataclass(frozen=True)
class Done:
    """What an import did, file by file, and the cost lines that could be planned from it."""

    outcomes: tuple[Outcome, ...]
    role_id: int
    costs: tuple[CostProposal, ...]
    file: str

    def words(self) -> tuple[str, str]:
        """What happened, and what is safe."""
        added, replaced, unchanged, kept = (
            sum(getattr(one, name) for one in self.outcomes) for name in ("added", "replaced", "unchanged", "kept")
        )
        fact = f"{plural(added, 'value')} imported, {replaced:,} replaced, {unchanged:,} here already."
        return fact, f"{plural(kept, 'value')} of yours kept where the sheet differs." if kept else "Saved."

    @property
    def import_ids(self) -> tuple[int, ...]:
        """The imports that changed something, newest first."""
        return tuple(one.import_id for one in reversed(self.outcomes) if one.import_id is not None)


class Doing(QObject):
    """Hands operations to the session. Each signal comes on the GUI thread."""

    written = Signal(int)
    imported = Signal(object)
    undone = Signal(str)
    blocked = Signal(object, object)
    costed = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._stop = threading.Event()
        self._done: Done | None = None

    def cancel(self) -> None:
        """Stop what is being written; nothing of it stays."""
        self._stop.set()

    def bring_in(self, outlook: Outlook, into: Into, recipe: str) -> None:
        """Back up, then write all files or none, each as one step that can be undone at any time."""
        self._stop.clear()
        draft = outlook.draft
        made: list[Done] = []

        def operation(store: Store) -> Changed:
            back_up(store, "before import")
            self._told(0)
            with store.together():
                role_id = into.role_id if into.role_id is not None else new_role(store, into.name, into.launch)
                outcomes = _bring_all(store, role_id, outlook, recipe, self._told)
                self._told(len(outlook.ready))
            made.append(Done(outcomes, role_id, _costs(draft, outlook, into.launch), draft.inspection.file))
            return Changed(outcomes[0].changed.label, EVERYTHING, role_id)

        def done(_changed: Changed) -> None:
            self._done = made[0]
            self.imported.emit(made[0])

        self.session.change(operation, done, self.failed.emit)

    def _told(self, written: int) -> None:
        """On the write lane: say how many values are in, and stop where a person wants an end."""
        if self._stop.is_set():
            raise UserProblem("The import was cancelled.", "Nothing of it was saved.")
        self.written.emit(written)

    def undo(self, import_ids: Sequence[int]) -> None:
        """Back up, then take imports back, all or none; cells edited since are listed and nothing is changed."""
        ids = tuple(import_ids)

        def operation(store: Store) -> Changed:
            for import_id in ids:
                if cells := edited_since(store, import_id):
                    raise BlockedUndo(cells)
            back_up(store, "before an import was undone")
            return Changed(", ".join(undo_imports(store, ids)), EVERYTHING)

        self.session.change(operation, self._undone, self._not_undone)

    def add_costs(self, role_id: int, lines: Sequence[CostProposal], file: str) -> None:
        """Plan the chosen lines of a ledger as costs, as one step."""
        facts: list[dict[str, Any]] = [line.facts() for line in lines]
        self.session.change(add_cost_lines, self._costed, self.failed.emit, role_id=role_id, lines=facts, source=file)

    def _undone(self, changed: Changed) -> None:
        self.undone.emit(changed.label)

    def _costed(self, changed: Changed) -> None:
        self.costed.emit(changed.label)

    def _not_undone(self, problem: UserProblem) -> None:
        if isinstance(problem, BlockedUndo):
            self.blocked.emit(problem, problem.cells)
        else:
            self.failed.emit(problem)


class BlockedUndo(UserProblem):
    """An import that cannot be undone yet, with the cells that were edited since."""

    def __init__(self, cells: Sequence[object]) -> None:
        super().__init__(
            f"This import cannot be undone yet: {plural(len(cells), 'value')} edited since.",
            "They are listed below. Undo those edits first. Nothing was changed.",
        )
        self.cells = tuple(cells)


def _bring_all(
    store: Store, role_id: int, outlook: Outlook, recipe: str, told: Callable[[int], None]
) -> tuple[Outcome, ...]:
    """Write every file, each with its recipe: files of one shape share one, kept under the first one's name."""
    draft, written = outlook.draft, 0
    outcomes = []
    kept: set[str] = set()
    for number, collected in outlook.collected.items():
        plan = draft.settled(number)
        name = recipe if not kept else Path(collected.file).stem
        saved = name if recipe and plan.fingerprint not in kept else ""
        kept.add(plan.fingerprint)
        bringing = Bringing(existing=draft.existing, save_recipe=saved)
        outcomes.append(
            bring_in_collected(
                store,
                role_id=role_id,
                plan=plan,
                collected=collected,
                bringing=bringing,
                told=partial(_further, told, written),
            )
        )
        written += len(collected.ready)
    return tuple(outcomes)


def _further(told: Callable[[int], None], before: int, written: int) -> None:
    told(before + written)


def _costs(draft: Draft, outlook: Outlook, launch: date | None) -> tuple[CostProposal, ...]:
    return tuple(
        line
        for number, collected in outlook.collected.items()
        for line in proposals(draft.parts[number].inspection, collected, launch)
    )


def new_role(store: Store, name: str, launch: date | None) -> int:
    """Set up the role a spreadsheet brings with it."""
    lifecycle = "running" if launch else "planned"
    return add_role(store, name=name, launch=launch, lifecycle=lifecycle).new_id or 0
