"""Asking for words beside the grid: why a value is right or set aside, or a note. Whoever asked hears the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from desktop.pages.data.view import ReasonBar
from importers.free_text import refuse_identifiers

Take = Callable[[str], None]


class Asker(QObject):
    """Holds the question that is open. Words with identifiers of people are refused where they stand."""

    def __init__(self, bar: ReasonBar, back: QWidget) -> None:
        super().__init__(bar)
        self._bar, self._back = bar, back
        self._then: Take | None = None
        self._may_be_empty = False
        bar.given.connect(self._given)
        bar.closed.connect(self.close)

    def ask(self, question: str, doing: str, then: Take, *, text: str = "", may_be_empty: bool = False) -> None:
        """Ask; `then` gets the words. `text` is what stands there already."""
        self._then, self._may_be_empty = then, may_be_empty
        self._bar.ask(question, doing, text)
        self._bar.show()
        self._bar.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Take the question back."""
        self._then = None
        if not self._bar.isHidden():
            self._bar.hide()
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _given(self, words: str) -> None:
        then = self._then
        if then is None or not (words or self._may_be_empty):
            return
        try:
            refuse_identifiers(words)
        except UserProblem as problem:
            self._bar.refuse(problem.sentence())
            return
        self.close()
        then(words)
