"""The widgets of the Data tab: value line, grid, key, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QSizePolicy, QSpacerItem, QWidget

from desktop.pages.data.beside import Asking, BesideState
from desktop.pages.data.grid import DataGrid
from desktop.pages.data.whose import Whose
from desktop.states import SparkState
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import AskingBar, Button, Card, Combo, Sparkline, column, label, row, rule, scrolling
from desktop.widgets.flow import Wrapping
from desktop.widgets.keyline import KeyLine
from desktop.widgets.text import ShortenedLabel, announce, set_property

SIDE_WIDTH = 268
BESIDE_FROM = 1180
"""The least width at which the panel stands beside the grid; below it, or at large text, F4 shows it."""
LARGE_TEXT = 1.3
LEAST_NAME = 200


LEAST_SOURCE = 90
"""The width in pixels, at the usual text size, that the words of a source need at least."""


class ValueLine(QWidget):
    """The cell by name, its value to edit, and where it came from. `entered` carries the text on Enter."""

    entered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = ShortenedLabel("strong", LEAST_NAME, Qt.TextElideMode.ElideMiddle)
        self.box = QLineEdit()
        self.box.setAccessibleName("Value")
        self.source = label("", "small", wrap=True)
        self.source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        first = row(self.name, self.box, gap=8)
        first.addWidget(self.source, 1)
        self.setLayout(first)
        self.box.returnPressed.connect(self._pressed)
        look().theme_changed.connect(self._widen)
        self._widen()
        self._shown = ""

    def show_cell(self, name: str, edited: str, source: str) -> None:
        """Show another cell; what is being typed into the box is left alone."""
        self.name.setText(name)
        self.name.setToolTip(name)
        self.source.setText(source)
        self.box.setAccessibleDescription(name)
        if not (self.box.hasFocus() and self.box.isModified()) or edited != self._shown:
            self.box.setText(edited)
        self._shown = edited

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the words of its source, they are left out whole; the details have them too."""
        super().resizeEvent(event)
        room = self.width() - self.name.sizeHint().width() - self.box.width() - 16
        self.source.setVisible(room >= look().theme.px(LEAST_SOURCE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the box its value back."""
        if event.key() == Qt.Key.Key_Escape:
            self.box.setText(self._shown)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        self.entered.emit(self.box.text().strip())

    def _widen(self) -> None:
        self.box.setFixedWidth(look().theme.px(120))


LONG_WORDS = 34
"""Where caption and words are longer than this together, the words stand under the caption, not beside it."""


class _Fact(QWidget):
    """A caption and its words."""

    def __init__(self) -> None:
        super().__init__()
        self._caption, self._words = label("", "small"), label("", "body", wrap=True)
        self._space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._caption)
        self._box.addSpacerItem(self._space)
        self._box.addWidget(self._words)
        self.setLayout(self._box)

    def show_fact(self, caption: str, words: str) -> None:
        """Show another pair: beside one another, or one under the other where the words are long."""
        long = len(caption) + len(words) > LONG_WORDS
        self._caption.setText(caption)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if long else QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(1 if long else 8)
        set_property(self._words, "role", "small" if long else "body")
        self._words.setWordWrap(long)
        self._words.setText(words)
        self.show()


class _Facts(QWidget):
    """Pairs of caption and words, each on its own line."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(gap=3)
        self.setLayout(self._box)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._lines: list[_Fact] = []

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show other pairs, in the lines there are."""
        if facts == self._shown:
            return
        self._shown = facts
        while len(self._lines) < len(facts):
            self._lines.append(_Fact())
            self._box.addWidget(self._lines[-1])
        for line, (caption, words) in zip(self._lines, facts, strict=False):
            line.show_fact(caption, words)
        for line in self._lines[len(facts) :]:
            line.hide()


class SidePanel(QWidget):
    """Last twelve values, what the measure is, and the history of the value. What has no room is scrolled to."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("About this value")
        self.spark = Sparkline(SparkState(()))
        self.first, self.last = label("", "small"), label("", "small")
        self.usual, self.about = _Facts(), _Facts()
        values = Card("Last twelve values", gap=4)
        values.add(self.spark, row(self.first, None, self.last), self.usual, rule(), self.about)
        self.note = label("", "body", wrap=True)
        self.note_button = Button("Add a note", "link", tip="Write a note on this cell (Shift+F2)")
        said = Card("Note", gap=4)
        said.add(self.note, row(self.note_button, None))
        self.history = label("", "small", wrap=True)
        past = Card("History of this value", gap=4)
        past.add(self.history)
        area = scrolling(column(values, said, past, None, gap=8), margins=(0, 0, 0, 0))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("About this value")
        self.setLayout(column(area, gap=0))
        look().theme_changed.connect(self._resize)
        self._resize()

    def show_cell(self, state: BesideState) -> None:
        """Show what is known of a cell."""
        self.spark.set_state(state.spark)
        self.first.setText(state.ends[0])
        self.last.setText(state.ends[1])
        self.usual.show_facts(state.facts)
        self.about.show_facts(state.about)
        self.note.setText(state.note)
        self.note.setVisible(bool(state.note))
        self.note_button.setText("Change the note" if state.note else "Add a note")

    def show_history(self, lines: tuple[str, ...]) -> None:
        """Show what happened to the value, newest first."""
        self.history.setText("\n".join(lines) or "Nothing recorded yet.")

    def _resize(self) -> None:
        self.spark.setFixedHeight(look().theme.px(64))


class ReasonBar(Card):
    """Asks for a reason in words beside the grid. `given` carries it; Esc takes the question back."""

    given = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.question = label("", "strong", wrap=True)
        self.input = QLineEdit()
        self.fault = label("", "error", wrap=True)
        self.do = Button("Set aside", "primary")
        self.cancel = Button("Cancel", "link")
        self.add(self.question, self.input, self.fault, row(self.do, self.cancel, None))
        self.fault.hide()
        self.do.clicked.connect(self._give)
        self.input.returnPressed.connect(self._give)
        self.cancel.clicked.connect(self.closed)

    def ask(self, question: str, doing: str, text: str = "") -> None:
        """Ask another question, with what stands there already."""
        self.question.setText(question)
        self.fault.hide()
        self.input.setText(text)
        self.input.setAccessibleName(question)
        self.do.setText(doing)
        self.do.setAccessibleName(doing)

    def refuse(self, words: str) -> None:
        """Say why the words cannot be kept; they stay."""
        self.fault.setText(words)
        self.fault.show()
        announce(self.input, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.given.emit(self.input.text().strip())


class WhoseChoice(QWidget):
    """Whose values are shown; away where there are only the role's own. `chosen` carries the arm or group."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.combo = Combo("Whose values")
        self.setLayout(row(label("Values of", "caption"), self.combo, None, gap=6))
        self.combo.activated.connect(self._activated)
        self.hide()

    def show_choices(self, choices: Mapping[Whose, str], now: Whose) -> None:
        """Offer these, the one that is shown chosen."""
        self.combo.clear()
        for whose, words in choices.items():
            self.combo.addItem(words, whose)
        self.combo.setCurrentIndex(list(choices).index(now))
        self.setVisible(len(choices) > 1)

    def _activated(self, at: int) -> None:
        self.chosen.emit(self.combo.itemData(at))


class DataView(QWidget):
    """Lays the parts out: side by side where there is room, else the question over the grid and the rest in F4."""

    compact_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.value, self.grid, self.key, self.side = ValueLine(), DataGrid(), KeyLine(), SidePanel()
        self.reason, self.whose = ReasonBar(), WhoseChoice()
        self.asks = {Kind.FIX: AskingBar(kind=Kind.FIX), Kind.CHECK: AskingBar()}
        self._asked: Asking | None = None
        self.said = label("", "small", wrap=True)
        self.columns_button = Button("Columns", "quiet", icon="columns", tip="Add, set up or remove measures")
        self.paste_button = Button("Paste", "quiet", icon="clipboard-text", tip="Paste at the cursor (Ctrl+V)")
        self.flip_button = Button("Flip", "quiet", icon="arrows-clockwise", tip="Swap rows and columns (Ctrl+T)")
        self.marks_button = Button("Mark", "quiet", icon="flag", tip="Set aside, provisional, not collected (menu key)")
        self.event_button = Button("Event", "quiet", icon="calendar-plus", tip="Add or change dated events")
        self.import_button = Button("Import", icon="file-arrow-down", tip="Import a spreadsheet (Ctrl+I)")
        self.compact = False
        self._lay_out()
        look().theme_changed.connect(self._arrange)

    def _lay_out(self) -> None:
        cells = (self.columns_button, self.event_button, self.flip_button, self.marks_button, self.paste_button)
        tools = Wrapping(*cells, self.import_button, gap=3)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addWidget(self.value, 1)
        self._top.addLayout(tools)
        paper = Card(margins=(1, 1, 1, 1))
        paper.add(self.grid)
        self._questions = QWidget()
        self._questions.setLayout(column(self.reason, *self.asks.values(), gap=8))
        self._left = column(self._top, self.whose, gap=8)
        self._left.addWidget(paper, 1)
        self._left.addWidget(self.said)
        self._left.addWidget(self.key)
        self._holder = QWidget()
        self._beside = column(self._questions, self.side, gap=8)
        self._holder.setLayout(self._beside)
        body = row(gap=12, margins=(16, 8, 14, 8))
        body.addLayout(self._left, 1)
        body.addWidget(self._holder)
        self.setLayout(body)
        for part in (*self.asks.values(), self.reason, self.said):
            part.hide()
        self._holder.setFixedWidth(SIDE_WIDTH)

    def toggle_side(self) -> bool:
        """Hide or show what stands beside the grid; False where there is no room for it and F4 shows it elsewhere."""
        if not self.compact:
            self.side.setVisible(not self.side.isVisible())
            self._fit_beside()
        return not self.compact

    def _fit_beside(self) -> None:
        """What stands beside the grid takes room only where there is something in it; a question over it, the key's."""
        asks = [*self.asks.values(), self.reason]
        filled = self.side.isVisibleTo(self._holder) or any(part.isVisibleTo(self._questions) for part in asks)
        self._holder.setVisible(not self.compact and filled)
        self.key.setVisible(not self.compact or self._asked is None)

    def show_asking(self, asking: Asking | None) -> None:
        """Ask a question, or none."""
        if asking == self._asked:
            return
        self._asked = asking
        for kind, bar in self.asks.items():
            bar.setVisible(asking is not None and asking.kind is kind)
        if asking is not None:
            self.asks[asking.kind].ask(asking.question, asking.safe, asking.answers)
        self._fit_beside()

    def say(self, words: str) -> None:
        """Say what came of a gesture, under the grid: no row moves for it."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        if words:
            announce(self.said, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside one another where there is room for it."""
        compact = look().theme.scale > LARGE_TEXT or self.width() < BESIDE_FROM
        if compact == self.compact:
            return
        self.compact = compact
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)
        self._holder.setVisible(not compact)
        if compact:
            self._beside.removeWidget(self.side)
            self._left.insertWidget(2, self._questions)
        else:
            self._beside.insertWidget(0, self._questions)
            self._beside.addWidget(self.side)
            self.side.show()
        self._fit_beside()
        self.compact_changed.emit()
