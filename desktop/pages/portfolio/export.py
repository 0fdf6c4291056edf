"""All roles of the file as one workbook, protected; what came of it is said in the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from analysis.problems import UserProblem
from db.answers import FileAnswer, RoleAnswer
from db.history import imports
from desktop.jobs import Progress
from desktop.registering import keep_export
from desktop.session import Session
from desktop.theme.marks import Kind
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.workbook import Written, write_workbook

ENDING = ".xlsx"
ChooseTarget = Callable[[QWidget, str], Path | None]


def ask_target(parent: QWidget, name: str) -> Path | None:
    """The system's own dialogue for where a file goes."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save the workbook", name, f"Excel workbook (*{ENDING})")
    return Path(chosen).with_suffix(ENDING) if chosen else None


class PortfolioExport(QObject):
    """Writes the workbook off the GUI thread; `said` carries kind, fact and detail of what came of it."""

    said = Signal(object, str, str)

    def __init__(self, session: Session, parent: QWidget, choose: ChooseTarget = ask_target) -> None:
        super().__init__(parent)
        self._session, self._parent, self.choose = session, parent, choose

    def ask(self, answers: Sequence[RoleAnswer], choices: Choices) -> None:
        """Ask where it goes, then write the roles for whom and by which periods was chosen."""
        target = self.choose(self._parent, f"{self._session.need_store().path.stem} summary{ENDING}")
        if target is None:
            return
        session, store = self._session, self._session.need_store()
        facts, today = session.facts, session.today

        def work(progress: Progress) -> Written:
            answer = FileAnswer(
                file_name=store.path.name,
                organisation=facts.organisation,
                is_sample=facts.is_sample,
                today=today,
                roles=tuple(answers),
                imports=tuple(imports(store)),
            )
            kept = kept_of(store, (role.role.id for role in answer.roles))
            return write_workbook(answer, choices, target, kept=kept, progress=progress.step)

        self.said.emit(Kind.NOTE, f"Writing {target.name}", "")
        session.jobs.read(work, self._written, self._failed, label="Write the workbook")

    def _written(self, written: Written) -> None:
        keep_export(self._session, written.facts, self._failed)
        self.said.emit(Kind.OK, written.sentence, f"{len(written.checks)} checks passed. {written.path.parent}")

    def _failed(self, problem: UserProblem) -> None:
        self.said.emit(Kind.FIX, problem.message, problem.hint)
