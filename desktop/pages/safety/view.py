"""The cards of file safety: this file, its backups, a check, removing a text for good."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.pages.fitting import FittingTable, Pair
from desktop.theme.marks import Kind
from desktop.widgets import Button, Card, Field, Notice, column, label, row, scrolling
from desktop.widgets.card import Part
from desktop.widgets.lines import LinesBox
from desktop.widgets.text import announce

PAIR_WIDTH = 900
BESIDE, AS_NEW = "Restore beside this file", "Restore as a file of its own…"
NO_BACKUP = "There is no backup yet."
CHECKED = "Pages, references, every row, the history and the program's own rules."


def _buttons(*buttons: Button) -> Part:
    return row(*buttons, None, gap=8)


class FileCard(Card):
    """Where the file lies, who has it, and taking it over."""

    def __init__(self) -> None:
        super().__init__("This file")
        self.where = label("", "small", wrap=True)
        self.lines = LinesBox()
        self.take_over = Button("Take it over", tip="Only when nobody else has it open any more")
        self.local = Button("Work on a local copy", tip="Copies the file to this computer and opens the copy")
        self.add(self.where, self.lines, _buttons(self.take_over, self.local))


class BackupCard(Card):
    """The backups there are, and where they go."""

    def __init__(self) -> None:
        super().__init__("Backups")
        self.verified = label("", wrap=True)
        self.folder = label("", "small", wrap=True)
        self.now = Button("Back up now", "primary")
        self.choose = Button("Choose another place…")
        self.none = label(NO_BACKUP, "small", wrap=True)
        self.table = FittingTable("Backups, newest first")
        self.elsewhere = Button("Choose a backup elsewhere…", tip="On another disk, or from another computer")
        self.add(self.verified, self.folder, _buttons(self.now, self.choose), self.none, self.table)
        self.add(_buttons(self.elsewhere))
        self.add(None)

    def say_none(self, words: str) -> None:
        """Why there is nothing in the list; that it could not be read is said when it comes to that."""
        if words not in (self.none.text(), NO_BACKUP):
            announce(self.none, words)
        self.none.setText(words)


class PreviewCard(Card):
    """What the chosen backup would bring back, and bringing it back beside the file of today."""

    def __init__(self) -> None:
        super().__init__("What a backup holds")
        self.words = label("Choose a backup to see what it holds.", wrap=True)
        self.counts = FittingTable("What the backup holds beside today")
        self.restore = Button(BESIDE, tip="Nothing is overwritten")
        self.delete = Button("Delete this backup", "quiet")
        self.add(self.words, self.counts, _buttons(self.restore, self.delete))
        self.add(None)


class CheckCard(Card):
    """Looking the whole file over, and what can be done when it is damaged."""

    def __init__(self) -> None:
        super().__init__("Check the file")
        self.words = label(CHECKED, "small", wrap=True)
        self.check = Button("Check now")
        self.save = Button("Save what can be read")
        self.aside = Button("Put the damaged file aside", "quiet")
        self.lines = LinesBox()
        self.add(self.words, _buttons(self.check, self.save, self.aside), self.lines)
        self.add(None)


class RemoveCard(Card):
    """Removing a text for good: looked for first, removed only when asked again."""

    def __init__(self) -> None:
        super().__init__("Remove a text for good")
        self.words = label(
            "For something that should never have been stored, such as a name or a number of a person. It is taken out "
            "of the record and of its history. That it was done stays in the history; it cannot be undone.",
            "small",
            wrap=True,
        )
        self.text = Field("The text to remove")
        self.look = Button("Look for it")
        self.remove = Button("Remove it for good")
        self.lines = LinesBox()
        self.add(self.words, self.text, _buttons(self.look, self.remove), self.lines)
        self.add(None)


class SafetyView(QWidget):
    """The cards, two by two where there is room, under the last thing that was said."""

    def __init__(self) -> None:
        super().__init__()
        self.file, self.backups, self.preview = FileCard(), BackupCard(), PreviewCard()
        self.check, self.remove = CheckCard(), RemoveCard()
        self.said = label("", "strong", wrap=True)
        self.said.hide()
        self.notices = column(gap=8)
        self._notice: Notice | None = None
        body = column(
            self.said,
            self.notices,
            self.file,
            Pair(self.backups, self.preview, least=PAIR_WIDTH, shares=(3, 2)),
            Pair(self.check, self.remove, least=PAIR_WIDTH),
            None,
            gap=10,
        )
        self.area = scrolling(body)
        self.setLayout(column(self.area, gap=0))

    def say(self, words: str) -> None:
        """Say what was done, or what could not be done."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        if words:
            announce(self.said, words)

    def put(self, fact: str, detail: str, answers: tuple[str, str], answered: Callable[[str], None]) -> Notice:
        """Put a question with two answers; `answered` gets the one that was given. Returns the question."""
        notice = Notice(Kind.CHECK, fact, detail, answers)
        notice.answered.connect(answered)
        self.ask(notice)
        return notice

    def take_back(self, notice: Notice | None) -> None:
        """Take a question back that holds no more, unless another stands in its place by now."""
        if notice is not None and notice is self._notice:
            self.ask(None)

    def ask(self, notice: Notice | None) -> None:
        """Show one question above the cards, in place of the last one."""
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        if notice is not None:
            self.notices.addWidget(notice)
            notice.announce()
