"""From the texts of a gesture to the record: read, kept in the grid until they can be written, and written in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from analysis.problems import UserProblem
from analysis.wording import plural
from db.operations.changed import Changed
from db.operations.observations import record_observations
from desktop.jobs import Progress
from desktop.pages.data.drafts import Batch, Drafts, Place, Refused
from desktop.pages.data.entry import Typed
from desktop.pages.data.placing import Placed
from desktop.pages.data.recorded import Recorded
from desktop.pages.data.writing import Writing, writing_of
from desktop.session import Session

AT_ONCE = 300
"""So many texts are read between two pictures of the window; more are read off its thread."""


@dataclass(frozen=True)
class Prepared:
    """A placed batch with the reading of its texts, and what is to be written; None where nothing is."""

    recorded: Recorded
    placed: Placed
    read: Mapping[Place, Typed] = field(default_factory=dict)
    writing: Writing | None = None


def prepare(recorded: Recorded, placed: Placed) -> Prepared:
    """Read a batch against what is recorded. Pure, so that a large one can be read on any thread."""
    batch = placed.batch
    if batch is None:
        return Prepared(recorded, placed)
    read = batch.read({measure.id: measure for measure in recorded.measures})
    if any(typed.fault for typed in read.values()):
        _ = Refused(batch, read).layer
        return Prepared(recorded, placed, read)
    _ = batch.layer
    return Prepared(recorded, placed, read, writing_of(recorded, batch, read))


@dataclass(frozen=True)
class _Asked:
    recorded: Recorded
    make: Callable[[], Placed]

    def prepared(self) -> Prepared:
        """Place and read the texts."""
        return prepare(self.recorded, self.make())

    def work(self, _progress: Progress) -> tuple[_Asked, Prepared]:
        """The same as work off this thread."""
        return self, self.prepared()


class Entries(QObject):
    """What has been typed and is not in the record, and the way there, one gesture after the other.

    `changed` when the drafts differ, `said` what came of a gesture in words, `laid` the places of a block.
    """

    changed = Signal()
    said = Signal(str)
    laid = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.drafts = Drafts()
        self._settled: list[tuple[int, Batch]] = []
        self._as_of = 0
        self._asked: deque[_Asked] = deque()
        self._told = ""
        session.refreshed.connect(self._untell)

    def put(self, recorded: Recorded, make: Callable[[], Placed], count: int) -> None:
        """Take up the texts of a gesture; `make` says where they belong. Many are read off this thread, in order."""
        asked = _Asked(recorded, make)
        if count <= AT_ONCE and not self._asked:
            self._take(asked.prepared())
            return
        self._asked.append(asked)
        if len(self._asked) == 1:
            self.said.emit(f"{plural(count, 'value')} are being read.")
            self._read_next()

    def finish(self) -> None:
        """Take up now whatever is still being read: before another role, and at the end."""
        while self._asked:
            self._take(self._asked.popleft().prepared())

    def forget(self) -> None:
        """Another role, arm or group: what is on its way arrives, what was refused is let go."""
        self.finish()
        self.drafts = Drafts()
        self._settled.clear()

    def drop(self, place: Place) -> None:
        """Let a refused batch go; the record stays as it was."""
        held = self.drafts.refused_at(place)
        if held is not None:
            self.drafts = self.drafts.dropped(held.faulty[0])
            self.changed.emit()

    def covered(self, as_of: int) -> None:
        """The record is shown as it was after so many writes: the batches among them give way to it."""
        self._as_of = max(self._as_of, as_of)
        for written, batch in self._settled:
            if written <= self._as_of:
                self.drafts = self.drafts.settled(batch)
        self._settled = [(written, batch) for written, batch in self._settled if written > self._as_of]

    def _read_next(self) -> None:
        if self._asked:
            asked = self._asked[0]
            self._session.jobs.read(asked.work, self._deliver, label="Read a block of values")

    def _deliver(self, read: tuple[_Asked, Prepared]) -> None:
        asked, prepared = read
        if self._asked and self._asked[0] is asked:
            self._asked.popleft()
            self._take(prepared)
            self._read_next()

    def _take(self, prepared: Prepared) -> None:
        """Write a batch if every text of it can be kept; else keep it in the grid, marked, until it is put right."""
        placed, asked = prepared.placed, prepared.placed.batch
        self.said.emit(placed.problem or placed.how)
        if asked is None:
            return
        drafts, batch = self.drafts.take_up(asked)
        if batch is not asked:
            prepared = prepare(prepared.recorded, Placed(batch))
        kept = prepared.writing is not None
        self.drafts = drafts.sent(batch) if kept else drafts.refuse(Refused(batch, prepared.read))
        self.changed.emit()
        if placed.laid:
            self.laid.emit(asked.texts.keys())
        if prepared.writing is not None:
            self._write(batch, prepared.writing, placed.how)

    def _write(self, batch: Batch, writing: Writing, how: str) -> None:
        if len(batch.texts) > AT_ONCE:
            self.said.emit(f"{batch.label}: being saved.")
        sent = _Sent(self, batch, how)
        self._session.change(
            record_observations,
            sent.done,
            sent.failed,
            entries=writing.entries,
            cleared=writing.cleared,
            label=writing.label,
        )

    def settled(self, batch: Batch, problem: UserProblem | None, how: str = "") -> None:
        """A batch has been written, and gives way once the record has been read; or it could not be written.

        Until then the cells show what they showed: 24,000 of them are not laid out again for nothing.
        """
        shown = self.drafts
        if problem is None:
            self._settled.append((self._session.writes, batch))
            self.covered(self._as_of)
            if len(batch.texts) > 1:
                self.tell(batch.label, how)
        else:
            self.drafts = self.drafts.settled(batch)
            self.said.emit(problem.sentence())
        if self.drafts is not shown:
            self.changed.emit()

    def tell(self, label: str, words: str = "") -> None:
        """Say what the step of this name did, as long as it is the newest; one typed value is seen where it stands."""
        self._told = label
        self.said.emit(words or f"{label}. Undo takes it back.")

    def _untell(self) -> None:
        """What was said of a gesture no longer holds once another step is the newest."""
        if self._told and self._session.facts.undo != self._told:
            self._told = ""
            self.said.emit("")


class _Sent:
    """A batch on its way: hands what became of it to the entries, once."""

    def __init__(self, entries: Entries, batch: Batch, how: str) -> None:
        self.on_behalf_of = entries
        self._entries, self._batch, self._how = entries, batch, how

    def done(self, _changed: Changed) -> None:
        """It has been written."""
        self._entries.settled(self._batch, None, self._how)

    def failed(self, problem: UserProblem) -> None:
        """It could not be written."""
        self._entries.settled(self._batch, problem)
