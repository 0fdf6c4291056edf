"""What was done, said above the steps until it is dealt with: imported, undone, refused, costs to plan."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from analysis.problems import UserProblem
from desktop.cost_proposals import CostProposal
from desktop.pages.importing.costs_card import CostsCard
from desktop.pages.importing.doing import Doing, Done
from desktop.pages.importing.listing import emptied
from desktop.theme.marks import Kind
from desktop.widgets import Notice, column

SEE, OPEN_DATA, UNDO, CLOSE = "See what changed", "Open Data", "Undo this import", "Close"
TABS = {SEE: "Impact", OPEN_DATA: "Data"}


class Outcomes(QWidget):
    """One notice at a time; the cost lines that a ledger proposes stand on a card of the first step."""

    tab_asked = Signal(str)

    def __init__(self, doing: Doing, costs: CostsCard) -> None:
        super().__init__()
        self._doing = doing
        self._done: Done | None = None
        self.notice: Notice | None = None
        self.costs = costs
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column(self._notices, gap=8))
        self.costs.chosen.connect(self._plan)
        self.costs.left.connect(self.costs.hide)
        doing.undone.connect(self._undone)
        doing.costed.connect(self._costed)

    def clear(self) -> None:
        """Say nothing any more."""
        emptied(self._notices)
        self.notice = None
        self.costs.hide()

    def show_done(self, done: Done) -> None:
        """Say what an import did, and offer what can be done next."""
        self._done = done
        fact, detail = done.words()
        actions = (SEE, OPEN_DATA, UNDO) if done.import_ids else (OPEN_DATA,)
        self._say(Notice(Kind.OK, fact, detail, actions, primary=True))
        self.costs.offer(done.costs)

    def focus_first(self) -> None:
        """Go to the next thing to do after what was said last: the button that began it is gone."""
        if self.notice is not None:
            self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: UserProblem) -> None:
        """Say what went wrong, what is safe and what to do."""
        self._say(Notice(Kind.FIX, problem.message, problem.hint, (CLOSE,)))

    def show_listed(self, path: Path) -> None:
        """Say where a list was saved."""
        self._say(Notice(Kind.OK, f"The list is in {path.name}", str(path.parent), (CLOSE,)))

    def _undone(self, label: str) -> None:
        self.costs.hide()
        self._say(Notice(Kind.OK, f"Taken back: {label}", "Redo brings it back.", (CLOSE,)))

    def _costed(self, label: str) -> None:
        self.costs.hide()
        self._say(Notice(Kind.OK, f"Done: {label}", "They are in Economics, Costs. Undo takes them back.", (CLOSE,)))

    def _plan(self, lines: list[CostProposal]) -> None:
        if self._done is not None and lines:
            self._doing.add_costs(self._done.role_id, lines, self._done.file)

    def _say(self, notice: Notice) -> None:
        emptied(self._notices)
        self.notice = notice
        notice.answered.connect(self._answered)
        self._notices.addWidget(notice)
        notice.show()
        notice.announce()

    def _answered(self, answer: str) -> None:
        if answer in TABS:
            self.tab_asked.emit(TABS[answer])
        elif answer == UNDO and self._done is not None:
            self._doing.undo(self._done.import_ids)
        else:
            emptied(self._notices)
            self.notice = None
