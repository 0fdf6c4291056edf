"""The widgets of the Overview tab."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.pages.facts_form import Part
from desktop.pages.overview.events import EventsCard
from desktop.pages.overview.form import FIELDS
from desktop.pages.overview.state import Due, OverviewState
from desktop.pages.record.completeness_view import MissingCard
from desktop.pages.record.form import input_of, is_being_typed
from desktop.states import TableCell, TableState
from desktop.widgets import (
    Button,
    Card,
    CardFlow,
    DataTable,
    EvidenceLadder,
    ShapeMark,
    column,
    label,
    row,
    scrolling,
)
from desktop.widgets.table import fit_height
from desktop.widgets.text import show_in_place


class DueLine(QWidget):
    """One thing that is due. `asked` carries the tab that answers it."""

    asked = Signal(str)

    def __init__(self, due: Due) -> None:
        super().__init__()
        self.due = due
        self.button = Button(due.doing or "Go", "link")
        show_in_place(self.button, wanted=bool(due.doing))
        self.button.setAccessibleName(f"{due.doing}: {due.words}")
        self.button.clicked.connect(self._clicked)
        words = column(label(due.words, "strong", wrap=True), label(due.detail, "small", wrap=True), gap=0)
        whole = row(ShapeMark(due.kind.shape, due.kind.value), gap=6)
        whole.addLayout(words, 1)
        whole.addWidget(self.button)
        self.setLayout(whole)
        self.setAccessibleName(f"{due.kind.word}: {due.words}")

    def _clicked(self) -> None:
        self.asked.emit(self.due.tab)


class MeasureLine(QWidget):
    """One measure in words, for where the table has no room."""

    def __init__(self, cells: tuple[TableCell, ...]) -> None:
        super().__init__()
        name, verdict, change, evidence = cells
        said = row(gap=6)
        if verdict.shape:
            said.addWidget(ShapeMark(verdict.shape, verdict.shape_ink))
        said.addWidget(label(verdict.text, wrap=True), 1)
        figures = label(f"{change.text}\n{change.second}".strip(), wrap=True)
        self.setLayout(
            column(label(name.text, "strong", wrap=True), said, figures, label(evidence.text, "small"), gap=2)
        )


class MeasuresCard(Card):
    """Every measure with what is said of it: a table, or lines of words where it has no room."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("Measures")
        self.table = DataTable("Measures and what is said of them", TableState((), ()))
        self._words = column(gap=10)
        self._lines: list[QWidget] = []
        self._worded: TableState | None = None
        self.none = label("No measure is recorded yet.", "small")
        self.add(self.none, self.table, self._words)
        self.table.opened.connect(self.opened)

    def show_table(self, state: TableState) -> None:
        """Show other measures."""
        self.table.set_state(state)
        fit_height(self.table)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Put into words what was told while nobody looked."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        table, shown = self.table.fitted_width() <= self.width() - 26, self.table.shown
        self.none.setVisible(not shown.rows)
        self.table.setVisible(table and bool(shown.rows))
        if table:
            self._put_in_words(None)
        elif self.isVisible() and self._worded != shown:
            self._put_in_words(shown)

    def _put_in_words(self, state: TableState | None) -> None:
        """Make the lines, five labels for each measure, while there is no room for the table."""
        for old in self._lines:
            self._words.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._worded = state
        self._lines = [MeasureLine(cells) for cells in state.rows] if state is not None else []
        for line in self._lines:
            self._words.addWidget(line)
            show_in_place(line, wanted=True)  # at once: by itself it comes into view one picture later


class ProfileForm(Card):
    """The leading facts of a role, each saved when it is left. `typed` carries a fact and its text."""

    typed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Details of the role", "saved as you leave a field; all of them under Readiness, Profile")
        self.fields: dict[str, Part] = {spec.key: input_of(spec) for spec in FIELDS}
        self.add(CardFlow(tuple(self.fields.values()), least=250, most_columns=3, gap=12))
        for key, field in self.fields.items():
            field.setObjectName(key)
            field.entered.connect(self._entered)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what is recorded; a field with a fault, or one being typed into, keeps what was typed."""
        for key, field in self.fields.items():
            if not field.fault.text() and not is_being_typed(field):
                field.set_text(texts[key])

    def _entered(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.typed.emit(field.objectName(), text)


class OverviewView(QWidget):
    """What can be said, what is due, what the role is; then its measures, events and details."""

    tab_asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.sentence, self.detail = label("", "h2", wrap=True), label("", "small", wrap=True)
        self.ladder, self.level, self.to_raise = EvidenceLadder(), label("", "strong"), label("", "small", wrap=True)
        self.worth = label("", wrap=True)
        self.measures, self.events, self.form = MeasuresCard(), EventsCard(), ProfileForm()
        self.missing = MissingCard()
        self._due, self._facts = column(gap=8), QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._made: list[QWidget] = []
        self._lay_out()
        self.measures.opened.connect(self._open_measure)
        self.missing.asked.connect(self._ask)

    def _lay_out(self) -> None:
        said = Card("What can be said")
        said.add(self.sentence, self.detail, row(self.ladder, self.level, None, gap=8), self.to_raise, None)
        worth = Card("Was it worth its cost?")
        self.to_money = Button("Costs and benefits", "link")
        self.to_money.clicked.connect(self._open_money)
        worth.add(self.worth, row(self.to_money, None), None)
        due = Card("What is due")
        due.add(self._due, None)
        about = Card("What the role is")
        about.add(self._facts, None)
        left, right = QWidget(), QWidget()
        left.setLayout(column(said, worth, self.missing, None, gap=10))
        right.setLayout(column(due, about, None, gap=10))
        top = CardFlow([left, right], least=420, most_columns=2)
        content = column(top, self.measures, self.events, self.form, None, gap=10)
        self.area = scrolling(content)
        self.setLayout(column(self.area, gap=0))

    def show_state(self, state: OverviewState) -> None:
        """Show the newest state."""
        self.sentence.setText(state.sentence)
        self.detail.setText(state.detail)
        self.detail.setVisible(bool(state.detail))
        self.ladder.set_level(state.level)
        self.level.setText(state.level_words)
        self.to_raise.setText(state.to_raise)
        self.to_raise.setVisible(bool(state.to_raise))
        self.worth.setText(state.worth)
        self.measures.show_table(state.measures)
        self.events.show_events(state.events)
        self.missing.sentence.setText(state.complete)
        self.missing.show_items(state.missing)
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made = [*self._due_lines(state.due), *self._fact_lines(state.facts)]

    def _due_lines(self, due: tuple[Due, ...]) -> list[QWidget]:
        lines: list[QWidget] = [DueLine(one) for one in due] or [_nothing_due()]
        for line in lines:
            if isinstance(line, DueLine):
                line.asked.connect(self._open_tab)
            self._due.addWidget(line)
        return lines

    def _fact_lines(self, facts: tuple[tuple[str, str], ...]) -> list[QWidget]:
        lines: list[QWidget] = []
        for at, (caption, words) in enumerate(facts):
            name, said = label(caption, "small"), label(words[:1].upper() + words[1:], wrap=True)
            self._facts.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(said, at, 1)
            lines += [name, said]
        return lines

    def show_part(self, target: object) -> None:
        """Bring a part into view and put the focus there."""
        parts = {"events": self.events.when, "details": self.form.fields["name"]}
        if (part := parts.get(str(target))) is not None:
            self.area.ensureWidgetVisible(part)
            part.setFocus()

    def _ask(self, tab: str, target: object) -> None:
        if tab == "Overview":
            self.show_part(target)
        else:
            self.tab_asked.emit(tab, target)

    def _open_tab(self, tab: str) -> None:
        self.tab_asked.emit(tab, None)

    def _open_money(self) -> None:
        self.tab_asked.emit("Economics", None)

    def _open_measure(self, key: str) -> None:
        self.tab_asked.emit("Impact", int(key))


def _nothing_due() -> QWidget:
    """What stands where nothing is due."""
    return label("Nothing is due.", "small")
