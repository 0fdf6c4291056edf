"""What a backup holds, and bringing it back: beside the file of today, or as a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from analysis.problems import UserProblem
from db.backup import Backup, delete_backup
from db.backup_names import stem_of
from db.restoring import Preview, preview, restore_beside
from db.restoring import restore as restore_to
from db.salvage import unused_name
from db.store import SUFFIX, Store
from desktop.asking import BACKUPS, What, ask_open, ask_save
from desktop.jobs import Progress
from desktop.pages.safety.asked import Asking
from desktop.pages.safety.reading import is_in_place, newest_of
from desktop.pages.safety.removing import KEEP
from desktop.pages.safety.state import (
    GONE,
    KEPT_BESIDE,
    SafetyRead,
    count_table,
    counts_name,
    goes_beside,
    preview_words,
    restored_words,
)
from desktop.pages.safety.view import AS_NEW, BESIDE, SafetyView
from desktop.safety import back_up, carry_choices
from desktop.session import Session
from desktop.states import TableState
from desktop.widgets import Notice
from desktop.widgets.text import announce

DELETE, WHAT = "Delete it", "Restore"
Done = tuple[Path, str]
"""Where a backup was restored to, and what to say of the rest."""


class Restoring(QObject):
    """Answers the card that shows a backup. `deleted` is called when one is gone."""

    def __init__(self, session: Session, view: SafetyView, asking: Asking, deleted: Callable[[], None]) -> None:
        super().__init__(view)
        self.seen: Preview | None = None
        self._session, self._view, self._asking, self._when_deleted = session, view, asking, deleted
        self._read: SafetyRead | None = None
        self._question: Notice | None = None
        self._dropped: Path | None = None
        self._done: Done | None = None
        self._not_beside: Path | None = None
        card = view.preview
        card.restore.clicked.connect(self._restore)
        card.delete.clicked.connect(self._ask_delete)
        view.backups.elsewhere.clicked.connect(self.ask_backup)

    def have(self, read: SafetyRead | None) -> None:
        """What the page has read of its file."""
        self._read = read
        self._draw()

    def forget(self) -> None:
        """No backup is chosen any more."""
        self._choose(None)

    def _choose(self, seen: Preview | None) -> None:
        """What was asked of the backup before, and what became of restoring it, holds no more."""
        self._view.take_back(self._question)
        self.seen, self._not_beside = seen, None
        self._draw()

    def turned(self) -> None:
        """The page is about another file: none is chosen, and what was dropped meanwhile is looked into again."""
        self.forget()
        if self._dropped is not None:
            self.look_into_opened(self._dropped)

    def opened(self) -> None:
        """Another file is open: say so where it is the one that was restored."""
        done, self._done = self._done, None
        store = self._asking.store
        if done is not None and store is not None and store.path == done[0]:
            self._view.say(f"Restored to {done[0].name}, which is open now. {done[1]}")

    def look_into_opened(self, path: Path) -> None:
        """Show what a backup holds that was to be opened as if it were a file to work on."""
        self.look_into(path, dropped=True)

    def look_into(self, path: Path, *, dropped: bool = False) -> None:
        """Show what a backup holds; of one that was `dropped` as a file to work on, that it is none is said with it."""
        self._dropped = path if dropped else None
        self._view.take_back(self._question)
        work = partial(preview, path, self._asking.store)
        self._asking.ask("Look into it", work, self._previewed, self._not_previewed)

    def ask_backup(self) -> None:
        """Choose a backup that is not listed: on another disk, or of a computer that is no more."""
        chosen = ask_open(self._view, "Choose a backup", BACKUPS, What.BACKUP)
        if chosen is not None:
            self.look_into(chosen)

    def offer_newest(self, path: Path) -> None:
        """Show what the newest backup that is still what it was would bring back, where none is chosen."""
        if self.seen is None:
            self._asking.ask("Look for the newest verified backup", partial(newest_of, path), self._offered)

    def _offered(self, seen: Preview | None) -> None:
        if seen is not None and self.seen is None:
            self._previewed(seen)

    def _previewed(self, seen: Preview) -> None:
        self._choose(seen)
        if self._dropped == seen.backup.path:
            self._dropped = None
            name = seen.backup.path.name
            self._view.say(f"{name} is a backup, and stays as it is. Restore it to work with what it holds.")
        announce(self._view.preview.words, preview_words(seen))
        QTimer.singleShot(0, self._view, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """At large text it stands below the list; by now it has its place."""
        self._view.area.ensureWidgetVisible(self._view.preview.words)

    def _not_previewed(self, problem: UserProblem) -> None:
        """What was looked into before is not what would be restored now."""
        self._dropped = None
        self.forget()
        self._refused(problem)

    def _draw(self) -> None:
        card, seen = self._view.preview, self.seen
        card.words.setText(preview_words(seen) if seen else "Choose a backup to see what it holds.")
        card.counts.set_state(count_table(seen) if seen else TableState((), ()))
        card.counts.table.setAccessibleName(counts_name(seen))
        way = BESIDE if self._goes_beside() else AS_NEW
        card.restore.setText(way)
        card.restore.setAccessibleName(way)
        card.restore.setEnabled(True)
        for part in (card.counts, card.restore, card.delete):
            part.setVisible(seen is not None)

    def _goes_beside(self) -> bool:
        """Whether the backup can be put beside the file the page is about, as far as was tried."""
        read, seen = self._read, self.seen
        if seen is None or read is None or read.path != self._asking.path or self._not_beside == seen.backup.path:
            return False
        return goes_beside(read, seen)

    def _restore(self) -> None:
        if self.seen is None:
            return
        backup = self.seen.backup.path
        if self._read is not None and self._goes_beside():
            work, tried = _beside(backup, self._read.path, self._asking.store), _Tried(self, backup)
            self._view.preview.restore.setEnabled(False)
            self._session.jobs.write(work, self._restored, tried.failed, WHAT)
            return
        kinds = {"Evaluation file": SUFFIX}
        target = ask_save(self._view, "Restore as", f"{stem_of(backup.name)} restored", kinds, What.EVALUATION)
        if target is not None:
            self._view.preview.restore.setEnabled(False)
            self._session.jobs.write(_as_new(backup, target), self._restored, self._not_restored, WHAT)

    def _restored(self, done: Done) -> None:
        target, words = self._done = done
        self._draw()
        self._view.say(f"Restored to {target.name}. {words}")
        self._session.open(target)

    def _not_restored(self, problem: UserProblem) -> None:
        self._draw()
        self._refused(problem)

    def not_beside(self, backup: Path, problem: UserProblem) -> None:
        """Say why a backup could not be put beside its file, and offer to put it elsewhere."""
        self._not_beside = backup
        self._not_restored(problem)

    def _ask_delete(self) -> None:
        if self.seen is not None:
            backup, detail = self.seen.backup, "The other backups are kept."
            fact, answered = f"Delete {backup.path.name} for good?", partial(self._delete, backup)
            self._question = self._view.put(fact, detail, (DELETE, KEEP), answered)

    def _delete(self, backup: Backup, answer: str) -> None:
        self._view.ask(None)
        if answer == DELETE:
            self._session.jobs.write(_deletion(backup), self._deleted, self._refused, "Delete")

    def _deleted(self, backup: Backup) -> None:
        if self.seen is not None and self.seen.backup.path == backup.path:
            self.forget()
        self._view.say("The backup was deleted.")
        self._when_deleted()

    def _refused(self, problem: UserProblem) -> None:
        self._view.say(problem.sentence())


class _Tried:
    """A backup that is being put beside its file: where that fails, another place is offered for that one."""

    def __init__(self, restoring: Restoring, backup: Path) -> None:
        self.on_behalf_of = restoring
        self._backup = backup

    def failed(self, problem: UserProblem) -> None:
        """Hand it on with the backup."""
        self.on_behalf_of.not_beside(self._backup, problem)


def _beside(backup: Path, path: Path, store: Store | None) -> Callable[[Progress], Done]:
    def work(_progress: Progress) -> Done:
        if store is not None and not store.read_only:
            done = restore_beside(store, backup, back_up)
            target, words = done.path, restored_words(done)
        else:
            target = restore_to(backup, unused_name(path, "restored"))
            words = KEPT_BESIDE if is_in_place(path) else GONE
        try:
            carry_choices(path, target)
        except UserProblem:
            words = f"{words} Its own backups go to a folder beside it: choose their place again."
        return target, words

    return work


def _as_new(backup: Path, target: Path) -> Callable[[Progress], Done]:
    def work(_progress: Progress) -> Done:
        return restore_to(backup, target), "The backup stays as it is."

    return work


def _deletion(backup: Backup) -> Callable[[Progress], Backup]:
    def work(_progress: Progress) -> Backup:
        delete_backup(backup)
        return backup

    return work
