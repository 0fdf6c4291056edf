"""Joins the window and the session: what is open, what can be undone, and the commands of the file menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.wording import plural
from db.backup_names import BACKUP
from db.history import ImportRecord
from db.queries.finding import MeasureInUse
from db.store import SUFFIX
from db.whereabouts import Place
from desktop.actions import COPY_SLIDE, TEMPLATE
from desktop.asking import What, ask_evaluation, ask_save
from desktop.frame.palette import Entry
from desktop.frame.remembering import last_file, recent_files, remember_file
from desktop.frame.window import MainWindow
from desktop.pages.ahead import Ahead
from desktop.session import Session
from desktop.states import Fact

BACKUP_EVERY_MS = 30 * 60 * 1000
TAB_NAMES = ("Overview", "Data", "Impact", "Economics", "Readiness", "Report")
LOOK_EVERY_MS = 20 * 1000
"""How often the open file is looked at: one question to the file system, off the GUI thread."""


class Shell(QObject):
    """Answers the commands of the window for the file that is open. Lives as long as the window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.session = session
        self.window = window
        self._recent: tuple[Path, ...] = ()
        self.ahead = Ahead(window.jobs, self)
        self._timer = QTimer(self)
        self._timer.setInterval(BACKUP_EVERY_MS)
        self._timer.timeout.connect(self.half_hour)
        self._timer.start()
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.start()
        self._connect()
        self._show_facts()
        self.recall()

    def _connect(self) -> None:
        session, book = self.session, self.window.book
        session.opened.connect(self._opened)
        session.refreshed.connect(self._show_facts)
        session.damaged.connect(self._look_after)
        session.backup_chosen.connect(self._look_after)
        session.unsafe_place.connect(self._unsafe_place)
        self._watch.timeout.connect(session.look_at_file)
        for command, slot in (
            ("undo", session.undo),
            ("redo", session.redo),
            ("file-new", self.ask_new),
            ("file-open", self.ask_open),
            ("checkpoint", self.checkpoint),
            ("role-add", self.add_role),
            ("import-file", self.import_file),
            (COPY_SLIDE, self.copy_slide),
            (TEMPLATE, self.make_template),
            ("backups", self.file_safety),
        ):
            book.on(command, slot)
        self.window.closing.connect(self.back_up_at_close)
        self.window.asked.connect(self._found)
        self.window.dropped.connect(self._dropped)

    def start(self, path: Path | None) -> None:
        """Show the first page, and open the file named or the last one."""
        self.window.show_page("Portfolio")
        if path is not None:
            self.session.open(path)
        else:
            self.window.jobs.read(lambda _progress: last_file(), self._open_last, label="Look for the last file")

    def _open_last(self, path: Path | None) -> None:
        if path is not None and self.session.store is None:
            self.session.open(path)

    def recall(self) -> None:
        """Look, off the window's thread, which of the files opened last are still there: a drive may not answer."""
        self.window.jobs.read(lambda _progress: recent_files(), self._recalled, label="Look for recent files")

    def _recalled(self, paths: tuple[Path, ...]) -> None:
        self._recent = paths

    def find(self) -> Sequence[Entry]:
        """Roles, their tabs and measures, imports that can be undone, and other files, for Ctrl+K."""
        facts, store = self.session.facts, self.session.store
        roles = [Entry("role", f"{r.name}, {r.place}" if r.place else r.name, "Role", "", r.id) for r in facts.roles]
        now = next((role for role in facts.roles if role.id == self.session.role_id), None)
        tabs = [Entry("role", f"{tab}: {now.name}", "Tab", "", (now.id, tab)) for tab in TAB_NAMES] if now else []
        measures = [Entry("role", _named(m), "Measure", "", (m.role_id, "Data", m.measure_id)) for m in facts.measures]
        standing = [held for held in facts.imports if not held.undone]
        undoing = [Entry("undo-import", undo_words(held), "Import", "", held.id) for held in standing]
        others = [path for path in self._recent if store is None or path != store.path]
        files = [Entry("file", f"Open {path.name}, in {path.parent.name}", "Recent file", "", path) for path in others]
        return [*roles, *tabs, *measures, *undoing, *files]

    def ask_open(self) -> None:
        """Choose an evaluation file."""
        chosen = ask_evaluation(self.window)
        if chosen is not None:
            self.session.open(chosen)

    def ask_new(self) -> None:
        """Choose where a new evaluation file goes."""
        kinds = {"Evaluation file": SUFFIX}
        chosen = ask_save(self.window, "New evaluation file", "My roles", kinds, What.EVALUATION)
        if chosen is not None:
            self.session.start(chosen)

    def checkpoint(self) -> None:
        """Go to the checkpoints: a name for now, and the way back to an earlier one."""
        self.window.show_page("Checkpoints")

    def add_role(self) -> None:
        """Go to the five questions."""
        self.window.show_page("Set up")

    def import_file(self) -> None:
        """Go to the import page."""
        self.window.show_page("Import")

    def copy_slide(self) -> None:
        """Go to the report of the current role and copy its slide."""
        self._report(COPY_SLIDE)

    def make_template(self) -> None:
        """Go to the report of the current role and ask where a blank workbook goes."""
        self._report(TEMPLATE)

    def _report(self, what: str) -> None:
        role_id = self.session.role_id
        if role_id is None:
            self.window.show_page("Role")
        else:
            self.window.show_page("Role", (role_id, "Report", what))

    def file_safety(self) -> None:
        """Go to backups, restoring and checking."""
        self.window.show_page("File safety", self.session.store)

    def _look_after(self, path: Path) -> None:
        """What can be done for a damaged file, or with a backup."""
        self.window.show_page("File safety", path)

    def _unsafe_place(self, place: Place) -> None:
        """Ask once where to work on a file that lies where files get lost."""
        self.window.show_page("File safety", place)

    def back_up_at_close(self) -> None:
        """Back up what was changed since the last backup, in the write lane, before the window goes."""
        if self.session.changed_since_backup and self.session.store is not None:
            self.session.back_up("at close")

    def _opened(self) -> None:
        store = self.session.store
        self.window.set_file(store.path.name if store else "")
        self.window.book.have("file", store is not None)
        if store is not None:
            remember_file(store.path)
            self.ahead.start()
        self.recall()

    def half_hour(self) -> None:
        """Back up what was changed since the last backup; the timer asks for it."""
        if self.session.changed_since_backup and self.session.store is not None:
            self.session.back_up("every half hour")

    def _show_facts(self) -> None:
        session = self.session
        writable = session.store is not None and not session.store.read_only
        undo, redo = (session.facts.undo, session.facts.redo) if writable else ("", "")
        self.window.set_history(undo or None, redo or None)
        self.window.set_facts(facts_of(session))

    def _found(self, kind: str, target: object) -> None:
        if kind == "role":
            self.window.show_page("Role", target)
        elif kind == "file" and isinstance(target, Path):
            self.session.open(target)
        elif kind == "undo-import":
            self.window.show_page("Import", ("undo", target))

    def _dropped(self, paths: list[str]) -> None:
        """An evaluation file is opened, a backup looked into, a spreadsheet brought in."""
        files = [path for path in paths if path.casefold().endswith((SUFFIX, BACKUP))]
        if len(paths) == 1 and files:
            self.session.open(Path(files[0]))
        elif files:
            self.window.problems.show_problem(
                UserProblem(
                    f"{plural(len(paths), 'file')} were dropped, {len(files)} of them with evaluations.",
                    "Nothing was opened or changed. Drop one evaluation file alone, or spreadsheets without one.",
                )
            )
        else:
            self.window.show_page("Import", paths)


def _named(held: MeasureInUse) -> str:
    people = f" ({held.population})" if held.population else ""
    return f"{held.name}{people}: {held.role}"


def undo_words(held: ImportRecord) -> str:
    """What the palette offers for an import: `Undo import of activity.csv, 12 Jun 2025 09:41`."""
    when = datetime.fromisoformat(held.imported_at).astimezone()
    return f"Undo import of {held.file_name}, {date_label(when.date())} {when:%H:%M}"


def verified_words(session: Session) -> str:
    """When the newest backup was last verified: the time today, else the day."""
    when = session.backed_up_at
    if when is None:
        return "never"
    return f"{when:%H:%M}" if when.date() == datetime.now(UTC).astimezone().date() else date_label(when.date())


def facts_of(session: Session) -> list[Fact]:
    """What the status bar says of the open file."""
    if session.store is None:
        return [Fact("info", "No evaluation file is open")]
    facts = [Fact("check", f"Saved {session.saved_at:%H:%M}" if session.saved_at else "Saved")]
    if session.store.read_only:
        facts = [Fact("lock-simple", f"Reading only: {session.store.why_read_only}")]
    if session.backed_up_at is not None:
        facts.append(Fact("hard-drive", f"Backup verified {verified_words(session)}"))
    elif not session.store.read_only:
        facts.append(Fact("hard-drive", "No verified backup yet"))
    if session.facts.is_sample:
        facts.append(Fact("info", "SAMPLE, a fictional place"))
    return facts
