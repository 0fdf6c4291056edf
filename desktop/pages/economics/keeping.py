"""What happens on the list of saved appraisals: saving, opening, comparing, removing, copying."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication

from analysis.economics.saved import Snapshot, compare, snapshot
from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.operations.appraisals import remove_appraisal, save_appraisal
from db.operations.changed import Changed
from db.queries.appraisals import Saved, saved_appraisals, vintages
from db.store import Store
from desktop.jobs import Progress
from desktop.pages.economics.leaving import Compared, LeavingComparison, comparison_leaving
from desktop.pages.economics.saved import NOW, comparison_table, opened_table, saved_table, when
from desktop.pages.economics.saved_view import SavedView
from desktop.registering import EarlierAhead, keep_export
from desktop.session import Session
from desktop.states import TableState


def _beside(store: Store, answer: RoleAnswer, _progress: Progress) -> tuple[RoleAnswer, Snapshot, tuple[Saved, ...]]:
    return answer, snapshot(answer.economics, vintages(store)), saved_appraisals(store, answer.role.id)


class Keeping:
    """The saved appraisals of the role that is shown."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.view = SavedView()
        self._earlier = EarlierAhead(session, self.view)
        self.view.shown.table.leaving = self._leaving_table
        self._answer: RoleAnswer | None = None
        self._now: Snapshot | None = None
        self._saved: tuple[Saved, ...] = ()
        self._compared: Compared | None = None
        self.view.save_asked.connect(self._save)
        self.view.opened.connect(self._open)
        self.view.compared.connect(self._compare)
        self.view.removed.connect(self._remove)
        self.view.copy_asked.connect(self._copy)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show the saved appraisals of a role beside what is shown of it now."""
        if self._answer is None or self._answer.role.id != answer.role.id:
            self.view.put_away()
            self.view.name.set_text("")
        self._answer, self._now = answer, None
        self._read()

    def _read(self) -> None:
        """Read what is saved, and put what is shown now into the same form, off the window's thread."""
        if self._answer is not None:
            store, answer = self.session.need_store(), self._answer
            work = partial(_beside, store, answer)
            self.session.jobs.read(work, self._take, label="Read saved appraisals", newest=True)

    def _take(self, found: tuple[RoleAnswer, Snapshot, tuple[Saved, ...]]) -> None:
        answer, now, saved = found
        if answer is not self._answer:
            return
        self._now, self._saved = now, saved
        self.view.show_saved(saved_table(saved, now), [one.name for one in saved])

    def _save(self, name: str) -> None:
        if self._answer is not None and self._now is not None:
            self.session.change(
                save_appraisal, self._kept, self._not_kept, role_id=self._answer.role.id, name=name, held=self._now
            )

    def _kept(self, _changed: Changed) -> None:
        self.view.name.set_text("")
        self._read()

    def _not_kept(self, problem: UserProblem) -> None:
        self.view.name.show_fault(problem.sentence())

    def _of(self, key: str) -> Saved | None:
        return next((one for one in self._saved if str(one.id) == key), None)

    def _open(self, key: str) -> None:
        one = self._of(key)
        if one is not None:
            self._compared = None
            words = f"Saved on {when(one.saved_at)}. It is shown as it was and cannot be changed."
            self.view.show_below(f"{one.name}, as it was", words, opened_table(one), may_leave=False)

    def _compare(self, key: str, against: str) -> None:
        one = self._of(key)
        kept = next((x for x in self._saved if x.name == against), None) if against != NOW else None
        other = kept.held if kept else self._now if against == NOW else None
        if one is None or other is None:
            return
        found = compare(one.held, other)
        self._compared = Compared(found, one.name, against, (one, kept) if kept else (one,))
        self._earlier.ask()
        title = f"{one.name} against {'what is shown now' if against == NOW else against}"
        self.view.show_below(title, found.sentence, comparison_table(found, one.name, against), may_leave=True)

    def _remove(self, key: str) -> None:
        one = self._of(key)
        if one is not None:
            self.view.put_away()
            self.session.change(remove_appraisal, self._kept, saved_id=one.id)

    def _copy(self) -> None:
        leaving = self._leaving()
        if leaving is not None:
            QGuiApplication.clipboard().setText(leaving.text)

    def _leaving_table(self) -> TableState | None:
        """The lower table as it may leave: a comparison protected, one that is opened not at all."""
        leaving = self._leaving()
        return leaving.table if leaving else None

    def _leaving(self) -> LeavingComparison | None:
        """The comparison as it may leave. Whoever asks for it copies it, so it goes into the list of exports."""
        if self._compared is None or self._answer is None:
            return None
        try:
            leaving = comparison_leaving(self._compared, self._answer, self._earlier.held())
        except UserProblem as problem:
            self.view.say(problem.sentence())
            return None
        keep_export(self.session, leaving.facts, self._not_listed)
        self.view.say(f"{self._compared.found.sentence} {leaving.said}")
        return leaving

    def _not_listed(self, problem: UserProblem) -> None:
        self.view.say(problem.sentence())
