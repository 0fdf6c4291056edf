"""Where problems are shown: above the page, in plain words, until dealt with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from desktop.faults import fault_report, keep_report
from desktop.frame.helping import NAMED_PLACE
from desktop.problem_codes import FAULT, code_of
from desktop.theme.marks import Kind
from desktop.widgets.card import column
from desktop.widgets.notices import Notice

COPY, CLOSE, MEANING = "Copy the report", "Close", "About "


class ProblemPanel(QWidget):
    """Notices above the page. A problem says what to do; a fault of the program offers its report, which holds no data.

    `meaning_asked` carries the code of a message whose entry in the help was asked for.
    """

    meaning_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = column(gap=8, margins=(16, 8, 16, 0))
        self.setLayout(self._box)
        self.notices: list[Notice] = []
        self._reports: dict[Notice, str] = {}
        self._words: Notice | None = None
        self.hide()

    def show_problem(self, problem: UserProblem) -> None:
        """Say what went wrong, what is safe and what to do."""
        code = code_of(problem)
        self._add(Notice(Kind.FIX, problem.message, problem.hint, (CLOSE, f"{MEANING}{code}")), code)

    def show_crash(self, fault: BaseException) -> None:
        """Say once that the program failed and that saved work is safe, and keep and offer the report.

        While one such notice stands, further faults are only logged: a fault in painting comes with every frame.
        """
        report = fault_report(fault)
        kept = keep_report(report, fault_folder())
        if self._reports:
            return
        fact = "Something in Roleworth itself went wrong, and what you asked for was not done."
        safe = "Everything saved before is safe in your file."
        where = f" A report without any of your figures or words is in {kept.name}." if kept else ""
        notice = Notice(Kind.FIX, fact, f"{safe}{where}", (COPY, CLOSE, f"{MEANING}{FAULT}"))
        self._reports[notice] = report
        self._add(notice, FAULT)

    def show_words(self, kind: Kind, fact: str, detail: str, *, closes: bool = True) -> None:
        """Say one thing more in place of the last that was said like this; until closed, or taken back."""
        self.take_words()
        self._words = Notice(kind, fact, detail, (CLOSE,) if closes else ())
        self._stand(self._words)

    def take_words(self) -> None:
        """Take back what was said last by `show_words`."""
        if self._words is not None:
            self._remove(self._words)

    def _add(self, notice: Notice, code: str) -> None:
        notice.setProperty(NAMED_PLACE, f"messages#{code}")
        self._stand(notice)

    def _stand(self, notice: Notice) -> None:
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
        if text.startswith(MEANING):
            self.meaning_asked.emit(text.removeprefix(MEANING))
            return
        self._remove(notice)

    def _remove(self, notice: Notice) -> None:
        if notice is self._words:
            self._words = None
        self.notices.remove(notice)
        self._reports.pop(notice, None)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self.notices))


def fault_folder() -> Path:
    """Where the log of faults is kept: the app's own folder. Imported when first needed, as it knows the record."""
    from desktop.places import data_folder

    return data_folder()
