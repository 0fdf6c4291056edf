"""Where problems are shown: above the page, in plain words, until dealt with."""

from __future__ import annotations

import traceback

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from desktop.theme.marks import Kind
from desktop.widgets.card import column
from desktop.widgets.notices import Notice

COPY, CLOSE = "Copy the report", "Close"


class ProblemPanel(QWidget):
    """Notices above the page. A problem says what to do; a crash offers its report, which a person may send on."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(gap=8, margins=(16, 8, 16, 0))
        self.setLayout(self._box)
        self.notices: list[Notice] = []
        self._reports: dict[Notice, str] = {}
        self.hide()

    def show_problem(self, problem: UserProblem) -> None:
        """Say what went wrong, what is safe and what to do."""
        self._add(Notice(Kind.FIX, problem.message, problem.hint, (CLOSE,)))

    def show_crash(self, fault: BaseException) -> None:
        """Say that the program failed, that saved work is safe, and offer the report."""
        fact = "Something in Roleworth itself went wrong, and what you asked for was not done."
        notice = Notice(Kind.FIX, fact, "Everything saved before is safe in your file.", (COPY, CLOSE))
        self._reports[notice] = "".join(traceback.format_exception(fault))
        self._add(notice)

    def _add(self, notice: Notice) -> None:
        notice.answered.connect(self._answered)
        self.notices.append(notice)
        self._box.addWidget(notice)
        self.show()
        notice.announce()

    def _answered(self, text: str) -> None:
        notice = self.sender()
        if not isinstance(notice, Notice):
            return
        if text == COPY:
            QGuiApplication.clipboard().setText(self._reports[notice])
            return
        self.notices.remove(notice)
        self._reports.pop(notice, None)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self.notices))
