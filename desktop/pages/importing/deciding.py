"""Takes what a person chose on any step into the draft. It decides nothing itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from db.operations.imports import Existing
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.match_panel import MatchPanel
from desktop.pages.importing.outlook import Doubt
from desktop.pages.importing.review import ReviewPanel
from desktop.pages.importing.table_panel import TablePanel


class Deciding(QObject):
    """Holds the draft; `changed` comes after every decision, also when another draft is taken."""

    changed = Signal()

    def __init__(self, table: TablePanel, match: MatchPanel, review: ReviewPanel, parent: QObject) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        table.answered.connect(self._answered)
        table.ticked.connect(self._ticked)
        match.matched.connect(self._matched)
        match.whose_chosen.connect(self._answered)
        review.mended.connect(self._mended)
        review.put_back.connect(self._put_back)
        review.existing_chosen.connect(self._existing)

    def take(self, draft: Draft) -> None:
        """Go on from this draft."""
        self.draft = draft
        self.changed.emit()

    def forget(self) -> None:
        """Have no draft."""
        self.draft = None

    def _answered(self, key: str, choice: object) -> None:
        if self.draft is not None and isinstance(choice, int | str):
            self.take(self.draft.answered(key, choice))

    def _ticked(self, part: int, sheet: str, on: bool) -> None:
        if self.draft is not None:
            self.take(self.draft.ticked(part, sheet, on))

    def _matched(self, key: str, choice: str) -> None:
        if self.draft is not None:
            self.take(self.draft.matched(key, choice))

    def _mended(self, doubt: Doubt, text: str) -> None:
        if self.draft is not None:
            self.take(self.draft.mended(doubt.part, doubt.cell, text))

    def _put_back(self, doubt: Doubt) -> None:
        if self.draft is not None:
            self.take(self.draft.put_back(doubt.part, doubt.cell))

    def _existing(self, choice: object) -> None:
        if self.draft is not None and isinstance(choice, Existing) and choice is not self.draft.existing:
            self.take(replace(self.draft, existing=choice))
