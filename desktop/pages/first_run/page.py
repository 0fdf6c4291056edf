"""The first page a person sees: the sample, five questions, a spreadsheet, or a file that is there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from db.store import SUFFIX
from desktop.asking import ask_evaluation
from desktop.jobs import Progress
from desktop.pages.first_run.state import DOORS, LEAD, SAFE, TITLE
from desktop.pages.first_run.view import DoorCard
from desktop.pages.importing.asked import CHOOSE
from desktop.places import data_folder
from desktop.sample import sample_path, write_sample_to
from desktop.session import Session
from desktop.theme.icons import set_icon
from desktop.widgets import Button, CardFlow, column, label, row, scrolling

FIRST_FILE = "My roles"
LEADS_TO = {"set up": ("Set up", None), "spreadsheet": ("Import", CHOOSE)}
"""Door to the page it leads to, and what to do there."""
Choose = Callable[[QWidget], Path | None]


def free_path(folder: Path) -> Path:
    """A name for the first file that no file has yet."""
    names = [FIRST_FILE, *(f"{FIRST_FILE} {number}" for number in range(2, 1000))]
    return next(path for name in names if not (path := folder / f"{name}{SUFFIX}").exists())


class FirstRun(QWidget):
    """Three doors. A door that needs a file makes one in the app's own folder, then leads on through `go`."""

    go = Signal(str, object)

    def __init__(self, session: Session, choose: Choose = ask_evaluation) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._choose = session, choose
        self._then: tuple[str, object] | None = None
        self.doors = {door.key: DoorCard(door) for door in DOORS}
        for card in self.doors.values():
            card.asked.connect(self._door)
        self.existing = Button("Open an existing evaluation file", "quiet", icon="book-open")
        self.existing.clicked.connect(self._open_existing)
        lock = QLabel()
        set_icon(lock, "lock-simple", "text2", 16)
        safe = row(lock, gap=8)
        safe.addWidget(label(SAFE, "small", wrap=True), 1)
        foot = row(gap=16)
        foot.addLayout(safe, 1)
        foot.addWidget(self.existing)
        cards = CardFlow(tuple(self.doors.values()), least=290, most_columns=3, gap=16)
        words = column(label(TITLE, "hero", wrap=True), label(LEAD, wrap=True), gap=4)
        self.setLayout(column(scrolling(column(words, 8, cards, 4, foot, None, gap=8), margins=(96, 48, 96, 24))))
        session.opened.connect(self._opened)

    @property
    def primary(self) -> Button:
        """The button of the door that most people need."""
        return next(self.doors[door.key].button for door in DOORS if door.primary)

    def _door(self, key: str) -> None:
        if key == "sample":
            self._then = None
            self._session.jobs.write(_sample, self._session.open, label="Write the sample")
        else:
            self._then = LEADS_TO[key]
            self._session.start(free_path(data_folder()))

    def _open_existing(self) -> None:
        self._then = None
        if (path := self._choose(self)) is not None:
            self._session.open(path)

    def _opened(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            self.go.emit(*then)


def _sample(_progress: Progress) -> Path:
    """The sample's file, written if it is not there yet."""
    path = sample_path()
    if not path.exists():
        write_sample_to(path)
    return path
