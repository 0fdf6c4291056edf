"""The last step: the sheet as it is, what needs a person, and what will happen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QWidget

from analysis.wording import plural
from db.operations.imports import Existing
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.issue_list import IssueList, mending_of
from desktop.pages.importing.outlook import (
    CHECK,
    DIFFERENT,
    FIX,
    MENDABLE,
    MENDED,
    REMARK,
    Doubt,
    Outlook,
    total_words,
)
from desktop.pages.importing.sheet import EMPTY, sheet_picture, sheet_words
from desktop.pages.importing.sheet_view import SheetView, key_of
from desktop.states import Count
from desktop.theme.look import look
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Button, Card, Counts, column, label, row, scrolling
from desktop.widgets.keyline import KeyLine

LARGE_TEXT = 1.3
CHOICES = ((Existing.KEEP, "Keep mine"), (Existing.REPLACE, "Replace where different"), (Existing.STOP, "Stop"))
TITLES = {
    FIX: "To fix",
    CHECK: "To check",
    DIFFERENT: "Different from what is held",
    MENDED: "Mended",
    REMARK: "Said about the sheet",
}
HELP = "Enter takes the proposal, typing puts another value in, Delete leaves it blank."


class ReviewPanel(QWidget):
    """Counts that filter, the sheet at left, the list at right, the choice about values held.

    `mended` carries a line and the text for its cell; `put_back` a line that shall be as the sheet has it.
    """

    mended = Signal(object, str)
    put_back = Signal(object)
    existing_chosen = Signal(object)
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.counts = Counts((), "Which cells are listed")
        self.range = label("", "small")
        self.sheet = SheetView()
        self.key = KeyLine()
        self.sheet_card = Card("Your sheet")
        self.caption = label("", "small", wrap=True)
        self.issues = IssueList("To fix and to check")
        self.listed = Card("To fix and to check", " ")
        self.nothing = label("", wrap=True)
        self.take, self.blank = Button("Take the proposal"), Button("Leave blank", "link")
        self.link = Button("Keep", "link")
        self.save_list = Button("Save this list as Excel", "quiet", icon="file-text")
        self.existing = QButtonGroup(self)
        self._radios = {choice: QRadioButton(words) for choice, words in CHOICES}
        self._outlook: Outlook | None = None
        self._draft: Draft | None = None
        self._shown: tuple[int, str] | None = None
        self._lay_out()
        self._connect()
        self.restack()

    def _lay_out(self) -> None:
        self.sheet_card.add(self.caption, self.sheet, self.key)
        self.listed.add_action(self.save_list)
        self.mending = row(self.take, self.blank, self.link, None, gap=8)
        self.listed.add(self.issues, self.nothing, label(HELP, "small", wrap=True), self.mending)
        held = Card()
        self.choices = row(label("Values already here", "strong"), gap=12)
        for at, (choice, radio) in enumerate(self._radios.items()):
            self.existing.addButton(radio, at)
            radio.setAccessibleName(f"Values already here: {radio.text()}")
            radio.setProperty("choice", choice.value)
            self.choices.addWidget(radio)
        self.choices.addStretch(1)
        held.add(self.choices)
        left, right = column(self.sheet_card, gap=8), column(gap=8)
        right.addWidget(self.listed, 1)
        right.addWidget(held)
        self.middle = row(gap=10)
        self.middle.addLayout(left, 5)
        self.middle.addLayout(right, 6)
        self.top = row(self.counts, gap=8)
        self.top.addWidget(self.range, 1, Qt.AlignmentFlag.AlignRight)
        whole = column(self.top, gap=8)
        whole.addLayout(self.middle, 1)
        self.setLayout(column(scrolling(whole, margins=(16, 10, 16, 8)), gap=0))

    def _connect(self) -> None:
        self.counts.chosen.connect(self._show_list)
        self.issues.line_chosen.connect(self._line_chosen)
        self.issues.mended.connect(self.mended)
        self.issues.put_back.connect(self.put_back)
        self.take.clicked.connect(self.issues.take_proposal)
        self.blank.clicked.connect(self.issues.leave_blank)
        self.link.clicked.connect(self.issues.follow_link)
        self.save_list.clicked.connect(self.list_asked)
        self.existing.idToggled.connect(self._existing)
        look().theme_changed.connect(self.restack)

    def first(self) -> QWidget | None:
        """Where the focus begins: the list, where there is something in it."""
        return self.issues if self.issues.doubts else None

    def show_draft(self, draft: Draft, outlook: Outlook | None) -> None:
        """Show what would come of the draft."""
        if outlook is None:
            return
        is_first = self._outlook is None
        self._draft, self._outlook = draft, outlook
        self.counts.set_counts(counts_of(outlook))
        self.range.setText(total_words(outlook))
        self._radios[draft.existing].setChecked(True)
        different = outlook.foreseen.different
        self._radios[Existing.REPLACE].setText(f"Replace where different ({different:,})")
        self._show_list()
        self._show_sheet(*self._place(draft))
        if is_first and self.issues.doubts:
            self.issues.choose(0)

    def _place(self, draft: Draft) -> tuple[int, str]:
        """The sheet to show: the one that was shown, else the first with a doubt, else the first with a table."""
        held = [(number, sheet.name) for number, sheet in draft.sheets()]
        if self._shown is not None and self._shown in held:
            return self._shown
        return held[0] if held else (0, draft.inspection.sheets[0].name if draft.inspection.sheets else "")

    def _show_sheet(self, number: int, name: str) -> None:
        if self._draft is None:
            return
        self._shown = (number, name)
        picture = sheet_picture(self._draft, number, name, self._outlook) if name else EMPTY
        self.sheet.set_picture(picture)
        self.key.set_items(key_of(picture))
        file = f"{self._draft.parts[number].inspection.file}: " if len(self._draft.parts) > 1 else ""
        self.caption.setText(f"{file}{sheet_words(name)} · {picture.caption}")

    def _show_list(self, _key: str = "") -> None:
        if self._outlook is None:
            return
        level = self.counts.current
        doubts = self._outlook.listed(level)
        self.issues.show_doubts(doubts)
        self.issues.setAccessibleName(TITLES.get(level, "To fix and to check"))
        self.listed.title.setText(TITLES.get(level, "To fix and to check"))
        self.listed.facts.setText(f"{len(doubts):,} shown")
        self.nothing.setText("" if doubts else "Nothing here needs you.")
        self.nothing.setVisible(not doubts)
        self.save_list.setEnabled(bool(doubts))
        self._line_chosen(self.issues.current)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The lines listed now."""
        return self.issues.doubts

    def _line_chosen(self, doubt: Doubt | None) -> None:
        way = mending_of(doubt) if doubt is not None else None
        self.take.setEnabled(bool(way and way.proposal))
        self.take.setText(f"Put in {way.proposal}" if way and way.proposal else "Take the proposal")
        self.blank.setEnabled(doubt is not None and doubt.level in MENDABLE)
        self.link.setVisible(bool(way and way.link and way.link != self.blank.text().lower()))
        if way and way.link:
            self.link.setText(way.link.capitalize())
            self.link.setAccessibleName(way.link.capitalize())
        if doubt is None or self._draft is None:
            return
        sheet = doubt.cell.rpartition("!")[0]
        names = [s.name for s in self._draft.parts[doubt.part].whole.sheets]
        name = sheet if sheet in names else names[0] if len(names) == 1 else ""
        if name and (doubt.part, name) != self._shown:
            self._show_sheet(doubt.part, name)
        self.sheet.show_cell(doubt.cell.rpartition("!")[2])

    def _existing(self, at: int, down: bool) -> None:
        if down:
            self.existing_chosen.emit(CHOICES[at][0])

    def restack(self) -> None:
        """At large text the sheet gives its room to the list, and rows become columns."""
        large = look().theme.scale > LARGE_TEXT
        self.sheet_card.setVisible(not large)
        self.middle.setStretch(0, 0 if large else 5)
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for layout in (self.top, self.choices, self.mending):
            layout.setDirection(way)
        self.issues.setMinimumHeight(look().theme.px(150))


def counts_of(outlook: Outlook) -> tuple[Count, ...]:
    """The counts that filter; what there is none of is left out, apart from ready, to fix and to check."""
    seen = (
        Count("ready", len(outlook.ready), "ready", Kind.OK),
        Count(FIX, outlook.count(FIX), "to fix", Kind.FIX),
        Count(CHECK, outlook.count(CHECK), "to check", Kind.CHECK),
    )
    dropped = len(outlook.dropped)
    more = (
        Count(DIFFERENT, outlook.foreseen.different, "different", Kind.NOTE),
        Count("same", outlook.foreseen.unchanged, "already here", Kind.NEUTRAL, Shape.SAME),
        Count(MENDED, outlook.count(MENDED), "mended", Kind.NEUTRAL, Shape.FINE),
        Count(REMARK, outlook.count(REMARK), plural(outlook.count(REMARK), "remark").split(" ")[1], Kind.NOTE),
        Count("dropped", dropped, f"{plural(dropped, 'column').split(' ')[1]} dropped (privacy)", Kind.NEUTRAL),
    )
    return (*seen, *(count for count in more if count.number))
