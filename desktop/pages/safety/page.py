"""File safety: the page that wires cards to jobs. Every look and every write happens off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from analysis.periods import date_label
from analysis.problems import UserProblem
from db.backup import Backup
from db.backup_names import is_backup
from db.checks import FileCheck
from db.salvage import Salvage, quarantine
from db.sqlite import LostBeginning
from db.store import Store
from db.whereabouts import Place
from desktop.asking import ask_folder
from desktop.frame.page import Page
from desktop.jobs import Progress
from desktop.pages.safety.asked import About, Asking
from desktop.pages.safety.reading import checked, read_safety, saved
from desktop.pages.safety.removing import Removing
from desktop.pages.safety.restoring import Restoring
from desktop.pages.safety.state import (
    SafetyRead,
    backup_table,
    check_lines,
    local_time,
    place_line,
)
from desktop.pages.safety.view import CHECKED, NO_BACKUP, SafetyView
from desktop.safety import backup_folder, choose
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.marks import Shape
from desktop.widgets import column

LOCALLY, THERE = "Work on a local copy", "Work on it there"


class SafetyPage(Page):
    """Backups, restoring, checking. `open_with` a path shows a file that is damaged and is not open, or a backup."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._damaged: Path | None = None
        self._read_state: SafetyRead | None = None
        self._found: FileCheck | UserProblem | None = None
        self.view = SafetyView()
        self.asking = Asking(session, self, lambda: self.about, self._refused)
        self.restoring = Restoring(session, self.view, self.asking, self._read)
        self.removing = Removing(session, self.view, self)
        self.setLayout(column(self.view, gap=0))
        self._connect()
        self._read()

    def _connect(self) -> None:
        view, session = self.view, self._session
        for signal, slot in (
            (view.backups.now.clicked, self._back_up),
            (view.backups.choose.clicked, self.ask_folder),
            (view.check.check.clicked, self.check),
            (view.check.save.clicked, self._salvage),
            (view.check.aside.clicked, self._set_aside),
            (view.file.take_over.clicked, self._take_over),
            (view.file.local.clicked, self._work_locally),
            (session.opened, self._opened),
            (session.refreshed, self._read),
            (self.removing.looked_at_copies, self._read),
        ):
            signal.connect(slot)
        view.backups.table.row_chosen.connect(self.look_into)

    @property
    def path(self) -> Path | None:
        """The file the page is about: the damaged one, else the open one."""
        store = self._session.store
        return self._damaged or (store.path if store is not None else None)

    @property
    def about(self) -> About:
        """What the page is about: a damaged file, or the one that is open, each time that it is opened."""
        return self._damaged, self._session.store

    def header(self) -> HeaderState:
        """What the page is about."""
        return HeaderState("File safety", (self.path.name,) if self.path else ("no evaluation file is open",))

    def open_with(self, target: object) -> None:
        """A damaged file, to be looked over at once; a backup, to be looked into; the open file; a place not safe."""
        if isinstance(target, Path) and is_backup(target):
            self.restoring.look_into_opened(target)
        elif isinstance(target, Store):
            if self._damaged is not None:
                self._turn_to(None)
            self._read()
        elif isinstance(target, Path):
            self._turn_to(target)
            self._read()
            self.check()
        elif isinstance(target, Place):
            fact = f"This file lies in {target.words}. Work on a copy on this computer instead?"
            detail = (
                "Files have been lost there. A verified copy goes back to its place with every backup and at the end."
            )
            self.view.put(fact, detail, (LOCALLY, THERE), self._place_chosen)

    def entered(self) -> None:
        """Show what there is now."""
        self._read()

    def _opened(self) -> None:
        self._turn_to(None)
        self._read()
        self.restoring.opened()

    def _turn_to(self, damaged: Path | None) -> None:
        """Be about a damaged file, else about the open one: nothing that was found or asked of another holds."""
        self._damaged, self._found = damaged, None
        self.view.ask(None)
        self.view.check.words.setText(CHECKED)
        self.view.check.lines.show_lines(())
        self.view.remove.lines.show_lines(())
        self.restoring.turned()
        self.header_changed.emit()

    def _read(self) -> None:
        if self.path is None:
            self._draw(None)
            return
        path = self.path
        if self._read_state is None or self._read_state.path != path:
            self._draw(None)
            self.view.file.where.setText(str(path))
            self.view.file.lines.show_lines([(Shape.NO_ANSWER, "text2", "Looking where it lies.")])
        self.asking.ask("Look for backups", partial(read_safety, path), self._draw)

    def _draw(self, read: SafetyRead | None) -> None:
        self._read_state = read
        view, store = self.view, self._session.store
        is_open = store is not None and self._damaged is None
        can_write = is_open and store is not None and not store.read_only
        found = read.backups if read else ()
        view.backups.say_none(NO_BACKUP if read is None or read.not_listed is None else read.not_listed.sentence())
        is_short = not found or (read is not None and read.not_listed is not None)
        view.backups.none.setVisible(is_short and (read is not None or self.path is None))
        view.backups.table.setVisible(bool(found))
        view.backups.table.set_state(backup_table(found, read.file if read else ""))
        verified = self._verified(found)
        view.backups.verified.setText(verified)
        view.backups.verified.setVisible(bool(verified))
        view.backups.folder.setText(f"They go to {read.folder}" if read else "")
        view.backups.now.setEnabled(can_write)
        view.backups.choose.setEnabled(self.path is not None)
        view.check.check.setEnabled(self.path is not None)
        self._draw_ways_out()
        self.removing.have(is_open=is_open)
        view.file.where.setText(str(read.path) if read else "No evaluation file is open.")
        lines = [place_line(read.place)] if read else []
        if is_open and store is not None and store.read_only:
            lines.append((Shape.LOOK, "check", f"Open for reading only: {store.why_read_only}."))
        view.file.lines.show_lines(lines)
        view.file.take_over.setVisible(is_open and store is not None and store.read_only and store.is_held_elsewhere)
        view.file.local.setVisible(is_open and read is not None and not read.place.is_safe)
        self.restoring.have(read)

    def _draw_ways_out(self) -> None:
        """What can be done for the file, as far as it was looked over: of a lost beginning nothing can be saved."""
        found, is_damaged = self._found, self._damaged is not None
        is_faulty = not found.is_sound if isinstance(found, FileCheck) else is_damaged
        self.view.check.save.setVisible(is_faulty and not isinstance(found, LostBeginning))
        self.view.check.aside.setVisible(is_faulty and is_damaged)

    def _verified(self, found: tuple[Backup, ...]) -> str:
        when = self._session.backed_up_at
        if when is not None and self._damaged is None:
            return f"The newest was verified on {date_label(when.date())} at {when:%H:%M}, bit by bit."
        return f"The newest was made {local_time(found[0].made_at)}." if found else ""

    def look_into(self, key: str) -> None:
        """Show what a backup holds."""
        self.restoring.look_into(Path(key))

    def _back_up(self) -> None:
        self.view.say("")
        self._session.back_up("asked for")

    def ask_folder(self) -> None:
        """Choose where backups go."""
        chosen = ask_folder(self, "Where backups go", backup_folder(self.path) if self.path else None)
        if chosen is not None:
            self.put_backups_in(chosen)

    def put_backups_in(self, folder: Path) -> None:
        """Keep the place for backups and make one there at once, so that it is known to work."""
        if self.path is None:
            return
        path = self.path

        def work(_progress: Progress) -> str:
            choose(path, "backups", str(folder))
            return f"Backups go to {folder} from now on; those made before stay where they are."

        self._session.jobs.write(work, self._folder_chosen, self._refused, "Choose a place for backups")

    def _folder_chosen(self, words: str) -> None:
        self.view.say(words)
        if self._session.store is not None and self._damaged is None:
            self._session.back_up("place chosen")
        self._read()

    def check(self) -> None:
        """Look the whole file over."""
        if self.path is None:
            return
        self.view.check.words.setText("Looking the file over…")
        self.asking.ask("Check the file", partial(checked, self.path), self._checked, self._not_checked)

    def _checked(self, looked: tuple[FileCheck, UserProblem | None]) -> None:
        found, problem = looked
        self._found = found
        words = "Nothing was changed." if not found.is_sound else "Looked over just now."
        self.view.check.words.setText(f"{words} {problem.message}" if problem is not None else words)
        self.view.check.lines.show_lines(check_lines(found))
        self._draw_ways_out()
        if not found.is_sound and self.path is not None:
            self.restoring.offer_newest(self.path)

    def _not_checked(self, problem: UserProblem) -> None:
        self.view.check.words.setText(problem.hint)
        self.view.check.lines.show_lines([(Shape.BAD, "fix", problem.message)])
        self._found = problem
        self._draw_ways_out()
        if isinstance(problem, LostBeginning):
            self.restoring.offer_newest(problem.path)

    def _salvage(self) -> None:
        if self.path is None:
            return
        path = self.path
        self._session.jobs.write(lambda _progress: saved(path), self._salvaged, self._refused, "Save what can be read")

    def _salvaged(self, done: tuple[Salvage, UserProblem | None]) -> None:
        report, problem = done
        words = f"Saved to {report.path.name}: {report.words} The damaged file is unchanged."
        self.view.say(f"{words} {problem.message}" if problem is not None else words)
        lost = [(Shape.LOOK, "check", row.words) for row in [*report.lost, *report.doubtful]]
        self._session.open(report.path)
        self.view.check.lines.show_lines(lost)

    def _set_aside(self) -> None:
        if self._damaged is not None:
            path = self._damaged
            self._session.jobs.write(
                lambda _progress: quarantine(path), self._was_set_aside, self._refused, "Put aside"
            )

    def _was_set_aside(self, where: Path) -> None:
        self.view.say(f"The damaged file is kept as {where.name}. Nothing of it was changed.")
        self._turn_to(None)
        self._read()

    def _take_over(self) -> None:
        store = self._session.store
        if store is not None:
            fact = f"Take {store.path.name} over? {store.why_read_only[:1].upper()}{store.why_read_only[1:]}."
            detail = "Do so only when they have finished: what they change afterwards is refused, not saved."
            self.view.put(fact, detail, ("Take it over", "Leave it"), self._taken)

    def _taken(self, answer: str) -> None:
        self.view.ask(None)
        store = self._session.store
        if answer == "Take it over" and store is not None:
            self._session.open(store.path, take_over=True)

    def _place_chosen(self, answer: str) -> None:
        self.view.ask(None)
        if self.path is None:
            return
        path = self.path
        if answer == LOCALLY:
            self._session.work_locally(path)
        else:
            self._session.jobs.write(
                lambda _progress: choose(path, "place", "there"), self._place_kept, self._refused, "Keep the choice"
            )

    def _place_kept(self, _nothing: None) -> None:
        self.view.say("It stays where it is. You will not be asked about this file again.")

    def _work_locally(self) -> None:
        if self.path is not None:
            self._session.work_locally(self.path)

    def _refused(self, problem: UserProblem) -> None:
        self.view.say(problem.sentence())
