"""What a backup holds, and bringing it back: beside the file of today, or as a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from analysis.problems import UserProblem
from db.backup import delete_backup, newest_verified
from db.backup_names import stem_of
from db.restoring import Preview, preview, restore_beside
from db.restoring import restore as restore_to
from db.salvage import unused_name
from db.store import SUFFIX, Store
from desktop.asking import BACKUPS, What, ask_open, ask_save
from desktop.jobs import Progress
from desktop.pages.safety.asked import Asking
from desktop.pages.safety.removing import KEEP
from desktop.pages.safety.state import (
    KEPT_BESIDE,
    SafetyRead,
    count_table,
    preview_words,
    restored_words,
)
from desktop.pages.safety.view import AS_NEW, BESIDE, SafetyView
from desktop.safety import all_backups, back_up
from desktop.session import Session
from desktop.states import TableState

DELETE = "Delete it"
Done = tuple[Path, str]
"""Where a backup was restored to, and what to say of the rest."""


class Restoring(QObject):
    """Answers the card that shows a backup. `deleted` is called when one is gone."""

    def __init__(self, session: Session, view: SafetyView, asking: Asking, deleted: Callable[[], None]) -> None:
        super().__init__(view)
        self.seen: Preview | None = None
        self._session, self._view, self._asking, self._when_deleted = session, view, asking, deleted
        self._store: Store | None = None
        self._read: SafetyRead | None = None
        card = view.preview
        card.restore.clicked.connect(self._restore)
        card.delete.clicked.connect(self._ask_delete)
        view.backups.elsewhere.clicked.connect(self.ask_backup)

    def have(self, read: SafetyRead | None, store: Store | None) -> None:
        """What the page has read of its file, and the store where that file is open."""
        self._read, self._store = read, store
        self._draw()

    def forget(self) -> None:
        """No backup is chosen any more."""
        self.seen = None
        self._draw()

    def look_into_opened(self, path: Path) -> None:
        """Show what a backup holds that was to be opened as if it were a file to work on."""
        self._view.say(f"{path.name} is a backup, and stays as it is. Restore it to work with what it holds.")
        self.look_into(path)

    def look_into(self, path: Path) -> None:
        """Show what a backup holds."""
        self._asking.ask("Look into it", partial(preview, path, self._store), self._previewed, self._not_previewed)

    def ask_backup(self) -> None:
        """Choose a backup that is not listed: on another disk, or of a computer that is no more."""
        chosen = ask_open(self._view, "Choose a backup", BACKUPS, What.BACKUP)
        if chosen is not None:
            self.look_into(chosen)

    def offer_newest(self, path: Path) -> None:
        """Show what the newest backup that is still what it was would bring back, where none is chosen."""
        if self.seen is not None:
            return

        def work() -> Preview | None:
            held = newest_verified(all_backups(path))
            return preview(held.path) if held is not None else None

        self._asking.ask("Look for the newest verified backup", work, self._offered)

    def _offered(self, seen: Preview | None) -> None:
        if seen is not None and self.seen is None:
            self._previewed(seen)

    def _previewed(self, seen: Preview) -> None:
        self.seen = seen
        self._draw()
        QTimer.singleShot(0, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """At large text it stands below the list; by now it has its place."""
        self._view.area.ensureWidgetVisible(self._view.preview.words)

    def _not_previewed(self, problem: UserProblem) -> None:
        """What was looked into before is not what would be restored now."""
        self.forget()
        self._refused(problem)

    def _draw(self) -> None:
        card, seen = self._view.preview, self.seen
        card.words.setText(preview_words(seen) if seen else "Choose a backup to see what it holds.")
        card.counts.set_state(count_table(seen) if seen else TableState((), ()))
        card.restore.setText(BESIDE if self._goes_beside() else AS_NEW)
        for part in (card.counts, card.restore, card.delete):
            part.setVisible(seen is not None)

    def _goes_beside(self) -> bool:
        """Whether the backup is one of the file the page is about, which lies where something can be put beside it."""
        read, seen = self._read, self.seen
        return seen is not None and read is not None and read.folder_is_there and read.file in ("", seen.file)

    def _restore(self) -> None:
        if self.seen is None:
            return
        backup = self.seen.backup.path
        if self._read is not None and self._goes_beside():
            self._session.jobs.write(_beside(backup, self._read.path, self._store), self._restored, self._refused, WHAT)
            return
        kinds = {"Evaluation file": SUFFIX}
        target = ask_save(self._view, "Restore as", f"{stem_of(backup.name)} restored", kinds, What.EVALUATION)
        if target is not None:
            self._session.jobs.write(_as_new(backup, target), self._restored, self._refused, WHAT)

    def _restored(self, done: Done) -> None:
        target, words = done
        self._view.say(f"Restored to {target.name}, which is open now. {words}")
        self._session.open(target)

    def _ask_delete(self) -> None:
        if self.seen is not None:
            name = self.seen.backup.path.name
            self._view.put(f"Delete {name} for good?", "The other backups are kept.", (DELETE, KEEP), self._delete)

    def _delete(self, answer: str) -> None:
        self._view.ask(None)
        if answer != DELETE or self.seen is None:
            return
        backup = self.seen.backup
        self._session.jobs.write(lambda _progress: delete_backup(backup), self._deleted, self._refused, "Delete")

    def _deleted(self, _nothing: None) -> None:
        self.forget()
        self._view.say("The backup was deleted.")
        self._when_deleted()

    def _refused(self, problem: UserProblem) -> None:
        self._view.say(problem.sentence())


WHAT = "Restore"


def _beside(backup: Path, path: Path, store: Store | None) -> Callable[[Progress], Done]:
    def work(_progress: Progress) -> Done:
        if store is not None and not store.read_only:
            done = restore_beside(store, backup, back_up)
            return done.path, restored_words(done)
        return restore_to(backup, unused_name(path, "restored")), KEPT_BESIDE

    return work


def _as_new(backup: Path, target: Path) -> Callable[[Progress], Done]:
    def work(_progress: Progress) -> Done:
        return restore_to(backup, target), "The backup stays as it is."

    return work
