"""The import page: five steps over one draft. Nothing is saved before the last button; Back loses nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from analysis.problems import UserProblem
from db.queries.recipes import SavedRecipe, recipes
from desktop.asking import What, ask_open, ask_open_several
from desktop.frame.page import Page
from desktop.grid.clipboard import copied
from desktop.importing import read_recipe
from desktop.jobs import Progress
from desktop.pages.importing.asked import CHOOSE
from desktop.pages.importing.deciding import Deciding
from desktop.pages.importing.doing import Doing, Done
from desktop.pages.importing.draft import FILE, MATCH, REVIEW, STEPS, TABLE, Draft
from desktop.pages.importing.file_panel import FilePanel
from desktop.pages.importing.foot import Foot
from desktop.pages.importing.listed import save_list
from desktop.pages.importing.match_panel import MatchPanel
from desktop.pages.importing.outcomes import Outcomes
from desktop.pages.importing.outlook import Outlook, look_ahead
from desktop.pages.importing.privacy_panel import PrivacyPanel
from desktop.pages.importing.reader import Reader
from desktop.pages.importing.reading import Wanted, known_of
from desktop.pages.importing.review import ReviewPanel
from desktop.pages.importing.sources import PastedSource, Source, sources_of
from desktop.pages.importing.table_panel import TablePanel
from desktop.pages.importing.target import Target
from desktop.places import new_file_path
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets import Button, ProgressLine, Steps, column
from desktop.widgets.text import announce
from importers.edges import Edges
from importers.recipes import Recipe

KINDS = "Spreadsheets (*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.tsv);;All files (*)"


class ImportPage(Page):
    """Keeps the draft and moves between the steps; panels show it, `Doing` writes, `Outcomes` says what was done."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.outlook: Outlook | None = None
        self._waiting = False
        self._recipes: tuple[SavedRecipe, ...] = ()
        self.steps = Steps(STEPS)
        self.reread_button = Button("Re-read file F5", "quiet", icon="clock-counter-clockwise")
        self.reread_button.setShortcut("F5")
        self.progress, self.foot = ProgressLine(), Foot()
        self.reader, self.doing = Reader(session, self.progress, self), Doing(session, self)
        self.file, self.table, self.privacy = FilePanel(), TablePanel(), PrivacyPanel()
        self.outcomes = Outcomes(self.doing, self.file.costs)
        self.match, self.review = MatchPanel(), ReviewPanel()
        self.target = Target(session, self.match)
        self.deciding = Deciding(self.table, self.match, self.review, self)
        self.shown = (self.file, self.table, self.privacy, self.match, self.review)
        self.panels = QStackedWidget()
        for panel in self.shown:
            self.panels.addWidget(panel)
        whole = column(column(self.outcomes, self.progress, gap=8, margins=(16, 8, 16, 0)), gap=0)
        whole.addWidget(self.panels, 1)
        whole.addWidget(self.foot)
        self.setLayout(whole)
        self._connect()
        self._go(FILE)

    def _connect(self) -> None:
        self.steps.asked.connect(self._go)
        self.foot.next.clicked.connect(self._next)
        self.foot.back.clicked.connect(self._back)
        self.foot.cancel.clicked.connect(self._start_over)
        self.foot.go.clicked.connect(self._import)
        self.reread_button.clicked.connect(self._read_again)
        self.progress.cancelled.connect(self._cancel)
        self.file.browse_asked.connect(self.browse)
        self.file.again_asked.connect(self._read_again)
        self.file.paste_read.connect(self.read_text)
        self.file.recipe_asked.connect(self._next_file)
        self.file.undo_asked.connect(self._undo)
        self.table.edges_set.connect(self._set_edges)
        self.table.edges_reset.connect(self._reset_edges)
        self.match.role_chosen.connect(self._role_chosen)
        self.match.done.connect(self._next)
        self.review.list_asked.connect(self._save_list)
        self.deciding.changed.connect(self._show)
        self.reader.read.connect(self._was_read)
        self.reader.refused.connect(self._not_read)
        self.doing.imported.connect(self._imported)
        self.doing.written.connect(self._written)
        self.doing.blocked.connect(self._blocked)
        self.doing.failed.connect(self._failed)
        self.outcomes.tab_asked.connect(self._open_tab)
        self.session.opened.connect(self._file_opened)
        self.session.refreshed.connect(self._changed)

    @property
    def draft(self) -> Draft | None:
        """The import that is being decided."""
        return self.deciding.draft

    # ---- what the frame asks

    def dress(self) -> None:
        """Each step has another theme put on when it is shown."""
        look().dressing.hold(self, self.panels)
        look().dressing.add(self.outcomes, self.progress, self.foot, *self.shown)

    def header(self) -> HeaderState:
        """The file and the role it goes into."""
        if self.draft is None:
            return HeaderState("Import")
        notes = tuple(filter(None, (self.draft.sources[0].note,)))
        return HeaderState("Import", (self.draft.name, *notes, f"into {self.match.role.currentText()}"))

    def header_buttons(self) -> tuple[QWidget, ...]:
        """Read the file again."""
        return (self.reread_button,)

    def under_header(self) -> QWidget | None:
        """The five steps."""
        return self.steps

    def entered(self) -> None:
        """Show the roles there are and what was imported before; a draft under way stays as it is."""
        self._list()
        if self.steps.current == FILE:
            self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready to read."""
        super().showEvent(event)
        self.reader.stand_by(wanted=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing will be read for now."""
        super().hideEvent(event)
        self.reader.stand_by(wanted=False)

    def open_with(self, target: object) -> None:
        """Paths or a pasted block to read, a role to bring something into, or an import to undo."""
        if self.is_put_away:
            self._list()
        if target == CHOOSE:
            QTimer.singleShot(0, self, self.browse)
        elif sources := sources_of(target):
            self._read(sources)
        elif isinstance(target, int):
            self._choose_role(target)
        elif isinstance(target, tuple) and len(target) == 2 and target[0] == "undo":
            self._go(FILE)
            self._undo(int(target[1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V on the first step takes the table that is on the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.steps.current == FILE:
            self.file.ask_for_paste()
            self.file.block.input.setPlainText(copied().whole)
        else:
            super().keyPressEvent(event)

    # ---- reading

    def browse(self) -> None:
        """Choose files."""
        chosen = ask_open_several(self, "Choose a spreadsheet", KINDS, What.SHEET)
        if chosen:
            self._read(sources_of(chosen))

    def read(self, path: str) -> None:
        """Read one file."""
        self._read(sources_of(path))

    def read_text(self, text: str) -> None:
        """Read a pasted block."""
        self._read((PastedSource(text),))

    def _next_file(self, recipe_id: int) -> None:
        """Choose next month's file and put the answers of a recipe on it."""
        chosen = ask_open(self, "Choose the next file", KINDS, What.SHEET)
        held = next((one for one in self._recipes if one.id == recipe_id), None)
        if chosen is not None and held is not None:
            self._read(sources_of(chosen), recipe=read_recipe(held))

    def _read(self, sources: tuple[Source, ...], *, recipe: Recipe | None = None) -> None:
        """Read in the background; the old draft stays until the new one is there."""
        again = self.draft is not None and sources == self.draft.sources
        old, edges = (self.draft, self.draft.edges) if again and self.draft else (None, ())
        self.reader.recipe = recipe
        self._start_reading(
            Wanted(sources, self.session.store, self.target.role_id, self.target.words, old, recipe, edges)
        )

    def _start_reading(self, wanted: Wanted) -> None:
        self.file.show_problem(None)
        self.reread_button.setEnabled(True)
        self.reader.start(wanted)

    def _cancel(self) -> None:
        """Stop what is under way: reading ends at once, an import before its next file."""
        self.reader.cancel()
        self.doing.cancel()

    def _read_again(self) -> None:
        if self.reader.sources:
            self._read(self.reader.sources, recipe=self.reader.recipe)

    def _set_edges(self, frame: Edges) -> None:
        if self.draft is not None:
            others = tuple(edges for edges in self.draft.edges if edges.sheet != frame.sheet)
            self._read_within((*others, frame))

    def _reset_edges(self, sheet: str) -> None:
        if self.draft is not None:
            self._read_within(tuple(edges for edges in self.draft.edges if edges.sheet != sheet))

    def _read_within(self, edges: tuple[Edges, ...]) -> None:
        if self.draft is not None:
            old, store = self.draft, self.session.store
            self._start_reading(Wanted(old.sources, store, self.target.role_id, self.target.words, old, None, edges))

    def _was_read(self, draft: Draft) -> None:
        again = self.draft is not None and self.draft.sources == draft.sources
        self.outlook = self.outlook if again else None
        if not again:
            self.outcomes.clear()
            self.match.name.set_text(
                "" if self.target.role_id is not None else draft.inspection.file.rpartition(".")[0]
            )
        self.deciding.take(draft)
        self._go(max(self.steps.current, TABLE) if again else self._step_for(draft))

    def _step_for(self, draft: Draft) -> int:
        """Straight to the review where a recipe fits as it is."""
        asked = any(q.key not in draft.plan.answers for q in draft.questions() if not q.key.startswith("period of "))
        settled = draft.plan.recipe and not draft.plan.changes and not asked
        people = any(part.inspection.personal_data for part in draft.parts)
        return REVIEW if settled and not people and self.target.role_id is not None else TABLE

    def _not_read(self, problem: UserProblem) -> None:
        self.file.show_problem(problem)
        self._go(FILE)

    # ---- deciding

    def _show(self) -> None:
        """Show the draft everywhere, and look ahead at what it would do."""
        if self.draft is None:
            return
        held = self.outlook if self.outlook is not None and self.outlook.draft is self.draft else None
        for panel in (self.table, self.privacy, self.match):
            panel.show_draft(self.draft, held)
        self.header_changed.emit()
        if held is None:
            draft, store, role_id = self.draft, self.session.store, self.target.role_id
            self.foot.wait()

            def work(_progress: Progress) -> Outlook:
                return look_ahead(draft, store, role_id)

            self.session.jobs.read(work, self._looked, self._not_read, label="Review")

    def _looked(self, outlook: Outlook) -> None:
        if self.draft is not None and outlook.draft is self.draft:
            self.outlook = outlook
            self.table.show_draft(self.draft, outlook)
            self.review.show_draft(self.draft, outlook)
            self.foot.show_outlook(outlook)

    # ---- moving

    def _go(self, step: int) -> None:
        step = step if self.draft is not None else FILE
        moved = step != self.steps.current
        holder = QApplication.focusWidget()
        inside = holder is not None and self.isAncestorOf(holder) and holder.isVisible()
        self.steps.set_current(step)
        self.panels.setCurrentIndex(step)
        self.foot.show_step(step)
        self.reread_button.setEnabled(bool(self.reader.sources))
        if moved or not inside:
            self._focus()
            announce(self, f"Step {step + 1}, {STEPS[step]}")
        self.header_changed.emit()

    def _focus(self) -> None:
        """Put the focus on what comes first on this step."""
        first = self.shown[self.steps.current].first() or self.foot.primary
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        if self.steps.current == MATCH and (fault := self.match.fault()) is not None:
            fault.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._go(min(self.steps.current + 1, REVIEW))

    def _back(self) -> None:
        self._go(max(self.steps.current - 1, FILE))

    def _start_over(self) -> None:
        self._cancel()
        self.reader.forget()
        self.deciding.forget()
        self.outlook = None
        self._list()
        self._go(FILE)

    def _file_opened(self) -> None:
        """Another file is open: begin again, unless it was made for the import that is waiting."""
        self._list()
        if self._waiting:
            self._waiting = False
            self._import()
        else:
            self._start_over()

    # ---- roles, recipes and earlier imports

    def _changed(self) -> None:
        """Lists that nobody looks at are filled when the page is asked for."""
        if not self.is_put_away:
            self._list()

    def _list(self) -> None:
        self.target.list_roles(keep=self.draft is not None)
        self.file.show_imports(self.session.facts.imports)
        store = self.session.store
        if store is None:
            self._list_recipes(())
        else:
            self.session.jobs.read(lambda _: recipes(store), self._list_recipes, label="List recipes", newest=True)

    def _list_recipes(self, held: tuple[SavedRecipe, ...]) -> None:
        self._recipes = held
        self.file.show_recipes(held)

    def _choose_role(self, role_id: int) -> None:
        if self.target.choose(role_id):
            self._role_chosen()

    def _role_chosen(self, _at: int = 0) -> None:
        self.match.show_new()
        if self.draft is not None:
            known = known_of(self.session.store, self.target.role_id)
            self.deciding.take(self.draft.into(self.target.words, known))

    # ---- doing

    def _import(self) -> None:
        """Write once, and say what was done. Without an open file, make one first."""
        if self.outlook is None or self.match.fault() is not None:
            return
        if self.session.store is None:
            self._waiting = True
            self.session.start(new_file_path())
            return
        recipe = Path(self.outlook.draft.inspection.file).stem if self.foot.remember.isChecked() else ""
        self.progress.begin(f"Importing {self.outlook.draft.name}")
        self.doing.bring_in(self.outlook, self.target.into(), recipe)

    def _written(self, count: int) -> None:
        """How many values are in so far; they stay only when all of them are."""
        if self.outlook is not None:
            self.progress.step(count, len(self.outlook.ready), f"Importing {self.outlook.draft.name}")

    def _imported(self, done: Done) -> None:
        self.session.choose_role(done.role_id)
        self._start_over()
        self.outcomes.show_done(done)
        self.outcomes.focus_first()

    def _failed(self, problem: UserProblem) -> None:
        self.progress.end()
        self.outcomes.show_problem(problem)

    def _open_tab(self, name: str) -> None:
        self.go.emit("Role", (self.session.role_id, name))

    def _undo(self, import_id: int) -> None:
        self.file.show_edited(())
        self.doing.undo((import_id,))

    def _blocked(self, problem: UserProblem, cells: object) -> None:
        self.outcomes.show_problem(problem)
        if isinstance(cells, tuple):
            self.file.show_edited(cells)

    def _save_list(self) -> None:
        if self.draft is not None:
            save_list(self, self.session, self.draft.name, self.review.doubts, self.outcomes)
