"""The import page: reads in the background, keeps the draft, and writes once, as one step that can be undone."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from analysis.problems import UserProblem
from analysis.wording import plural
from db.backup import make_backup
from db.history import imports, undo_import
from db.operations.changed import EVERYTHING, Changed
from db.operations.imports import Existing, Outcome
from db.operations.roles import add_role
from db.queries.series import measures
from db.store import Store
from desktop.frame.page import Page
from desktop.importing import Bringing, bring_in_collected, foresee_collected, recipe_for
from desktop.jobs import Job, Progress
from desktop.pages.importing.draft import STEPS, Draft, Outlook, begin, reread
from desktop.pages.importing.panels import FilePanel, MatchPanel, PrivacyPanel, TablePanel
from desktop.pages.importing.review import ReviewPanel
from desktop.places import new_file_path
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import Button, Notice, Steps, column, row
from exporters.listing import write_listing
from importers.entry import inspect
from importers.grammar import parse_period_text
from importers.plans import propose

KINDS = "Spreadsheets (*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.tsv);;All files (*)"
NEW_ROLE = "A new role"
HEADINGS = ("Cell", "You have", "Problem", "Proposal")


class ImportPage(Page):
    """Five steps over one draft. Nothing is saved before the last button; Back loses nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.draft: Draft | None = None
        self.outlook: Outlook | None = None
        self.path: Path | None = None
        self.cancelled = threading.Event()
        self._job: Job | None = None
        self._done: list[Outcome] = []
        self._waiting = False
        self.steps = Steps(STEPS)
        self.reread_button = Button("Re-read file F5", "quiet", icon="clock-counter-clockwise")
        self.reread_button.setShortcut("F5")
        self.file, self.table, self.privacy = FilePanel(), TablePanel(), PrivacyPanel()
        self.match, self.review = MatchPanel(), ReviewPanel()
        self.panels = QStackedWidget()
        self.next, self.back = Button("Next", "primary"), Button("Back")
        self.notices = column(gap=0, margins=(16, 8, 16, 0))
        self._lay_out()
        self._connect()
        self._go(0)

    def _lay_out(self) -> None:
        for panel in (self.file, self.table, self.privacy, self.match, self.review):
            self.panels.addWidget(panel)
        self.foot = QWidget()
        self.foot.setObjectName("page")
        self.foot.setLayout(row(None, self.back, self.next, margins=(16, 6, 16, 10)))
        whole = column(gap=0)
        whole.addLayout(self.notices)
        whole.addWidget(self.panels, 1)
        whole.addWidget(self.foot)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.steps.asked.connect(self._go)
        self.next.clicked.connect(self._next)
        self.back.clicked.connect(self._back)
        self.reread_button.clicked.connect(self._read_again)
        self.file.browse_asked.connect(self.browse)
        self.file.chosen.connect(self.read)
        self.file.undo_asked.connect(self._undo)
        self.file.progress.cancelled.connect(self.cancelled.set)
        self.table.answered.connect(self._answered)
        self.match.matched.connect(self._matched)
        self.match.role_chosen.connect(self._role_chosen)
        self.review.mended.connect(self._mended)
        self.review.existing_chosen.connect(self._existing)
        self.review.list_asked.connect(self._save_list)
        self.review.import_asked.connect(self._import)
        self.review.back_asked.connect(self._back)
        self.review.cancel_asked.connect(self._start_over)
        self.session.opened.connect(self._file_opened)
        look().theme_changed.connect(self.review.restack)

    def header(self) -> HeaderState:
        """The file and the role it goes into."""
        if self.draft is None:
            return HeaderState("Import")
        into = self.match.role.currentText()
        return HeaderState("Import", (self.draft.inspection.file, f"into {into}"))

    def header_buttons(self) -> tuple[QWidget, ...]:
        """Read the file again."""
        return (self.reread_button,)

    def under_header(self) -> QWidget | None:
        """The five steps."""
        return self.steps

    def entered(self) -> None:
        """Show the roles there are and what was imported before."""
        self._list_roles()
        self._list_imports()

    def open_with(self, target: object) -> None:
        """A path to read."""
        if isinstance(target, str | Path):
            self.read(str(target))

    def browse(self) -> None:
        """Choose a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose a spreadsheet", "", KINDS)
        if chosen:
            self.read(chosen)

    def read(self, path: str) -> None:
        """Read a file in the background; the old draft stays until the new one is there."""
        self.path = Path(path)
        self.cancelled.clear()
        self.file.show_problem("")
        self.file.progress.begin(f"Reading {self.path.name}")
        store, role_id, old = self.session.store, self._role_id(), self.draft
        wanted, stop = self.path, self.cancelled

        def work(_progress: Progress) -> Draft:
            found = inspect(wanted, cancel=stop)
            known = measures(store, role_id) if store is not None and role_id is not None else ()
            recipe = recipe_for(store, propose(found, known).fingerprint, role_id) if store is not None else None
            if old is not None and old.inspection.file == found.file:
                return reread(old, found, recipe)
            return begin(found, known, recipe)

        self._job = self.session.jobs.read(work, self._read, self._not_read, label="Read a spreadsheet")

    def _read(self, draft: Draft) -> None:
        self.file.progress.end()
        again = self.draft is not None and self.draft.inspection.file == draft.inspection.file
        self.draft = draft
        self.match.name.set_text("" if self._role_id() is not None else draft.inspection.file.rpartition(".")[0])
        self._show_draft()
        self._go(max(self.steps.current, 1) if again else 1)

    def _not_read(self, problem: UserProblem) -> None:
        self.file.progress.end()
        self.file.show_problem(problem.sentence())
        self._go(0)

    def _read_again(self) -> None:
        if self.path is not None:
            self.read(str(self.path))

    def _show_draft(self) -> None:
        if self.draft is None:
            return
        self.table.show_draft(self.draft)
        self.privacy.show_inspection(self.draft.inspection)
        self.match.show_draft(self.draft)
        self.header_changed.emit()

    def _answered(self, key: str, choice: int) -> None:
        if self.draft is not None:
            self.draft = self.draft.answered(key, choice)
            self._show_draft()

    def _matched(self, key: str, choice: str) -> None:
        if self.draft is not None:
            self.draft = self.draft.matched(key, choice)

    def _mended(self, cell: str, text: str) -> None:
        if self.draft is not None:
            self.draft = self.draft.mended(cell, text)
            self._look_ahead()

    def _existing(self, choice: Existing) -> None:
        if self.draft is not None and choice is not self.draft.existing:
            self.draft = replace(self.draft, existing=choice)
            if self.outlook is not None:
                self.review.show_outlook(self.draft, self.outlook)

    def _look_ahead(self) -> None:
        """Collect under the decisions so far, off this thread, and compare with what is held."""
        if self.draft is None:
            return
        draft, store, role_id = self.draft, self.session.store, self._role_id()

        def work(_progress: Progress) -> tuple[Draft, Outlook]:
            return draft, outlook_of(draft, store, role_id)

        self.session.jobs.read(work, self._looked, self._not_read, label="Review")

    def _looked(self, found: tuple[Draft, Outlook]) -> None:
        draft, self.outlook = found
        if draft is self.draft:
            self.review.show_outlook(draft, self.outlook)
            self.review.restack()

    def _go(self, step: int) -> None:
        if self.draft is None:
            step = 0
        self.steps.set_current(step)
        self.panels.setCurrentIndex(step)
        self.foot.setVisible(0 < step < len(STEPS) - 1)
        self.reread_button.setEnabled(self.path is not None)
        if step == len(STEPS) - 1:
            self._look_ahead()
        self.header_changed.emit()

    def _next(self) -> None:
        if self.steps.current == STEPS.index("Match") and not self._role_is_given():
            return
        self._go(min(self.steps.current + 1, len(STEPS) - 1))

    def _back(self) -> None:
        self._go(max(self.steps.current - 1, 0))

    def _start_over(self) -> None:
        self.draft, self.outlook, self.path = None, None, None
        self.entered()
        self._go(0)

    def _file_opened(self) -> None:
        """Another file is open: begin again, unless it was made for the import that is waiting."""
        if self._waiting:
            self._waiting = False
            self._list_roles()
            self._import()
        else:
            self._start_over()

    def _list_roles(self) -> None:
        roles = self.session.facts.roles
        names = [f"{r.name}, {r.place}" if r.place else r.name for r in roles]
        self.match.role.clear()
        self.match.role.addItems([*names, NEW_ROLE])
        at = next((i for i, r in enumerate(roles) if r.id == self.session.role_id), len(roles))
        self.match.role.setCurrentIndex(at)
        self._role_chosen(at)

    def _role_chosen(self, at: int) -> None:
        is_new = at >= len(self.session.facts.roles)
        self.match.name.setVisible(is_new)
        self.match.launch.setVisible(is_new)
        store, role_id = self.session.store, self._role_id()
        if self.draft is not None and store is not None:
            known = measures(store, role_id) if role_id is not None else ()
            self.draft = replace(begin(self.draft.inspection, known, None), answers=self.draft.answers)
            self._show_draft()

    def _role_id(self) -> int | None:
        roles, at = self.session.facts.roles, self.match.role.currentIndex()
        return roles[at].id if 0 <= at < len(roles) else None

    def _role_is_given(self) -> bool:
        if self._role_id() is not None:
            return True
        self.match.name.show_fault("" if self.match.name.text else "Give the role a name, for example Care navigator.")
        launch = self.match.launch.text
        fault = "" if not launch or parse_period_text(launch) else "Write the date as 8 Apr 2024, or leave it blank."
        self.match.launch.show_fault(fault)
        return bool(self.match.name.text) and not fault

    def _launch(self) -> date | None:
        found = parse_period_text(self.match.launch.text) if self.match.launch.text else None
        return found.start if found else None

    def _import(self) -> None:
        """Back up, write once, and say what was done. Without an open file, make one first."""
        if self.draft is None or self.outlook is None:
            return
        if self.session.store is None:
            self._waiting = True
            self.session.start(new_file_path())
            return
        draft, collected, role_id = self.draft, self.outlook.collected, self._role_id()
        name, launch = self.match.name.text, self._launch()
        recipe = draft.inspection.file.rpartition(".")[0] if self.review.save_recipe.isChecked() else ""
        bringing = Bringing(existing=draft.existing, save_recipe=recipe)
        done: list[Outcome] = []

        def operation(store: Store) -> Changed:
            make_backup(store, reason="before import")
            into = role_id if role_id is not None else new_role(store, name, launch)
            held = bring_in_collected(store, role_id=into, plan=draft.plan, collected=collected, bringing=bringing)
            done.append(held)
            return Changed(done[0].changed.label, EVERYTHING, into)

        self._done = done
        self.session.change(operation, self._imported, self._not_imported)

    def _imported(self, changed: Changed) -> None:
        outcome = self._done[0]
        if changed.new_id is not None:
            self.session.choose_role(changed.new_id)
        counts = f"{outcome.replaced:,} replaced, {outcome.unchanged:,} here already"
        words = f"{plural(outcome.added, 'value')} imported, {counts}."
        detail = f"{plural(outcome.kept, 'value')} of yours kept where the sheet differs." if outcome.kept else "Saved."
        notice = Notice(Kind.OK, words, detail, ("Open Data", "Undo this import"), primary=True)
        notice.answered.connect(self._answer_done)
        self._say(notice)
        self._start_over()

    def _not_imported(self, problem: UserProblem) -> None:
        self._say(Notice(Kind.FIX, problem.message, problem.hint, ("Close",)))

    def _say(self, notice: Notice) -> None:
        while (item := self.notices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.notices.addWidget(notice)
        notice.announce()

    def _answer_done(self, answer: str) -> None:
        outcome = self._done[0]
        if answer == "Open Data":
            self.go.emit("Role", (self.session.role_id, "Data"))
        elif outcome.import_id is not None:
            self._undo(outcome.import_id)

    def _undo(self, import_id: int) -> None:
        def operation(store: Store) -> Changed:
            return Changed(undo_import(store, import_id), EVERYTHING)

        self.session.change(operation, self._undone, self._not_imported)

    def _undone(self, changed: Changed) -> None:
        self._say(Notice(Kind.OK, f"Taken back: {changed.label}", "Redo brings it back.", ("Close",)))
        self._list_imports()

    def _list_imports(self) -> None:
        store = self.session.store
        if store is None:
            self.file.show_imports([])
        else:
            self.session.jobs.read(lambda _progress: imports(store), self.file.show_imports, label="List imports")

    def _save_list(self) -> None:
        if self.outlook is None or self.draft is None:
            return
        name = f"{self.draft.inspection.file.rpartition('.')[0]} to fix.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "Save this list as Excel", name, "Excel (*.xlsx)")
        if chosen:
            rows = [(i.cell, i.raw, i.message, " or ".join(i.proposals)) for i in self.outlook.issues("")]
            title = f"Cells to mend in {self.draft.inspection.file}"
            self.session.jobs.read(
                lambda _progress: write_listing(Path(chosen), title, HEADINGS, rows), self._listed, self._not_imported
            )

    def _listed(self, path: Path) -> None:
        self._say(Notice(Kind.OK, f"The list is in {path.name}", str(path.parent), ("Close",)))


def outlook_of(draft: Draft, store: Store | None, role_id: int | None) -> Outlook:
    """What a draft would do to the record of a role; a new role holds nothing yet."""
    from db.operations.imports import Foreseen

    collected = draft.collected()
    if store is None or role_id is None:
        return Outlook(collected, Foreseen(len(collected.ready), 0, 0))
    return Outlook(collected, foresee_collected(store, role_id=role_id, collected=collected))


def new_role(store: Store, name: str, launch: date | None) -> int:
    """Set up the role a spreadsheet brings with it."""
    lifecycle = "running" if launch else "planned"
    return add_role(store, name=name, launch=launch, lifecycle=lifecycle).new_id or 0
