"""All roles of the file as one workbook, protected, where a person says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.answers import FileAnswer, RoleAnswer
from db.history import imports
from desktop.asking import ask_save
from desktop.session import Session
from desktop.workbooks import Workbooks
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.placing import ENDING
from exporters.steps import Cancel, Progress
from exporters.workbook import Written, write_workbook

ChooseTarget = Callable[[QWidget, str], Path | None]


def ask_target(parent: QWidget, stem: str) -> Path | None:
    """The system's own dialogue for where a file goes."""
    return ask_save(parent, "Save the workbook", stem, {"Excel workbook": ENDING})


class PortfolioExport:
    """Asks where the workbook goes and has it written."""

    def __init__(
        self, session: Session, parent: QWidget, workbooks: Workbooks, choose: ChooseTarget = ask_target
    ) -> None:
        self._session, self._parent, self._workbooks, self.choose = session, parent, workbooks, choose

    def ask(self, answers: Sequence[RoleAnswer], choices: Choices) -> None:
        """Ask where it goes, then write the roles for whom and by which periods was chosen."""
        target = self.choose(self._parent, f"{self._session.need_store().path.stem} summary")
        if target is None:
            return
        store, facts, today = self._session.need_store(), self._session.facts, self._session.today

        def write(progress: Progress, cancel: Cancel) -> Written:
            answer = FileAnswer(
                file_name=store.path.name,
                organisation=facts.organisation,
                is_sample=facts.is_sample,
                today=today,
                roles=tuple(answers),
                imports=tuple(imports(store)),
            )
            kept = kept_of(store, (role.role.id for role in answer.roles))
            return write_workbook(answer, choices, target, kept=kept, progress=progress, cancel=cancel)

        self._workbooks.write(target, write)
