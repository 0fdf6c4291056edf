"""The widgets of the library: shelf and search, table with details beside it or cards, and two forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.pages.facts_form import FactsForm
from desktop.pages.fitting import DOT, LineCard, emptied
from desktop.pages.library import rates, unit_costs
from desktop.pages.library.entries import IN_FILE, ROLES
from desktop.pages.library.forms import ENTRY_SPECS, MEASURE_SPECS
from desktop.pages.library.state import Entry, LibraryState, Shelf, library_state
from desktop.states import TableCell, TableState
from desktop.theme.look import look
from desktop.widgets import Button, Card, DataTable, Field, Segmented, column, label, row, scrolling
from desktop.widgets.scrolled import QWIDGETSIZE_MAX
from desktop.widgets.text import announce

SIDE_WIDTH = 340
SEARCH_LEAST, ASIDE = 190, 16
"""Pixels the search needs to show its example, and those between the parts of the first line."""
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
EMPTY = {
    IN_FILE: "No measure is in use in this file yet. Add one from Measures, or set up a role.",
    unit_costs.OUT_OF_DATE: "Nothing in use is out of date.",
}
"""What an empty shelf says."""
ADDS = {
    ROLES: "Add an entry of your own",
    unit_costs.UNIT_COSTS: "Add a unit cost of your own",
    rates.RATES: "Add a year",
}
"""What can be added to which shelf."""
FORMS = ("Starting point form", "Measure form", "Unit cost form", "Rate form", "Rate form")


class EntryCard(Card):
    """All that is known of one entry, and buttons for what can be done with it. `asked` carries the action."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Choose a row")
        self.title.setWordWrap(True)
        self.words = label("", wrap=True, rich=True)
        self._buttons = column(gap=6)
        self.add(self._buttons, self.words, None)
        self.buttons: dict[str, Button] = {}

    def show_entry(self, entry: Entry | None, labels: Mapping[str, str], nothing: str) -> None:
        """Show an entry, or why there is none."""
        self.title.setText(entry.cells[0] if entry else "")
        self.title.setVisible(entry is not None)
        pairs = entry.facts if entry else ()
        listed = "".join(f"<p><b>{escape(c)}</b><br>{escape(words)}</p>" for c, words in pairs)
        self.words.setText(listed if entry else escape(nothing))
        said = ". ".join(f"{caption}: {words}" for caption, words in pairs)
        self.words.setAccessibleName(said if entry else nothing)
        for button in self.buttons.values():
            button.hide()
            self._buttons.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for at, action in enumerate(entry.actions if entry else ()):
            if labels.get(action):
                self._add_button(action, labels[action], is_first=at == 0)

    def _add_button(self, action: str, text: str, *, is_first: bool) -> None:
        button = Button(text) if is_first else Button(text, "link")
        button.setAccessibleName(f"{text}: {self.title.text()}")
        button.clicked.connect(lambda: self.asked.emit(action))
        self.buttons[action] = button
        self._buttons.addWidget(button)


class LibraryView(QWidget):
    """`asked` carries an action and its entry; `added` asks for an own entry, `bring_asked` for a workbook."""

    asked = Signal(str, object)
    added = Signal(str)
    bring_asked = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.choice = Segmented(names, "Shelf")
        self.search = Field("Search", placeholder="falls, PAM, navigator")
        self.source = label("", "small", wrap=True)
        self.said = label("", "small", wrap=True)
        self.count = label("", "strong")
        self.add_button = Button(ADDS[ROLES])
        self.bring_button = Button("Bring in a workbook", icon="download-simple")
        self.table = DataTable("Library", TableState((), ()))
        self.table.counts_people = False
        self.detail = EntryCard()
        self.entry_form, self.measure_form = FactsForm(ENTRY_SPECS, "Keep"), FactsForm(MEASURE_SPECS, "Keep")
        self.cost_form = FactsForm(unit_costs.SPECS, "Keep")
        self.rate_form, self.year_form = FactsForm(rates.VALUE_SPECS, "Keep"), FactsForm(rates.SPECS, "Keep")
        for form, name in zip(self._each_form, FORMS, strict=True):
            form.setAccessibleName(name)
        self.cards = QWidget()
        self._cards_box = QVBoxLayout(self.cards)
        self._cards_box.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(column(self.cards, None), margins=(0, 0, 8, 0))
        self._shelves: dict[str, Shelf] = {}
        self._labels: Mapping[str, str] = {}
        self._state: LibraryState | None = None
        self._built: LibraryState | None = None
        self._entry: Entry | None = None
        self._as_table, self._can_add = True, False
        self._lay_out()
        self.choice.chosen.connect(self._narrow)
        self.search.input.textChanged.connect(self._narrow)
        self.table.row_chosen.connect(self._row_chosen)
        self.detail.asked.connect(self._ask)
        self.add_button.clicked.connect(self._add)
        self.bring_button.clicked.connect(self.bring_asked)
        self.back.clicked.connect(self._show_cards)

    def _lay_out(self) -> None:
        found = row(gap=ASIDE)
        found.addWidget(self.search, 1)
        found.addWidget(self.count)
        self._buttons_line = row(self.bring_button, self.add_button, gap=ASIDE)
        self._first = row(self.choice, gap=ASIDE)
        self._first.addLayout(found, 1)
        self.top = row(gap=ASIDE)
        self.top.addLayout(self._first, 1)
        self.top.addLayout(self._buttons_line)
        for line, part in ((self._first, self.choice), (found, self.count)):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
        for button in (self.bring_button, self.add_button):
            self._buttons_line.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        self.paper = Card(margins=(1, 1, 1, 1))
        self.paper.body.addWidget(self.table)
        self.back = Button("Back to the list", "link")
        self.back.hide()
        self._side = scrolling(column(self.back, self.detail, None), margins=(0, 0, 0, 0))
        both = row(gap=12)
        both.addWidget(self.paper, 1)
        both.addWidget(self._side)
        both.addWidget(self._area, 1)
        self._shelf = QWidget()
        self._shelf.setLayout(both)
        self._forms = scrolling(column(*self._each_form, None), margins=(0, 0, 8, 0))
        self._forms.hide()
        self.said.hide()
        for form in self._each_form:
            form.left.connect(self.close_forms)
        whole = column(self.top, self.source, self.said, gap=8)
        whole.addWidget(self._shelf, 1)
        whole.addWidget(self._forms, 1)
        self.setLayout(column(scrolling(whole), gap=0))

    def say(self, words: str) -> None:
        """Say what became of what was asked."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        announce(self.said, words)

    def show_shelves(
        self, shelves: Sequence[Shelf], labels: Mapping[str, str], *, wanted: str = "", can_add: bool
    ) -> None:
        """Show the shelves anew; `wanted` is the key of the entry to choose, `labels` the words of each action."""
        self._shelves = {shelf.name: shelf for shelf in shelves}
        self._labels = labels
        self._can_add = can_add
        held = wanted or self._chosen_key()
        self._narrow()
        keys = [entry.key for entry in self._state.entries] if self._state else []
        if held in keys:
            self.table.selectRow(keys.index(held))

    def _chosen_key(self) -> str:
        entry = self._entry
        return entry.key if entry else ""

    def _narrow(self) -> None:
        """Show what is searched for on the shelf chosen; nothing until the shelves have been read."""
        name = self.choice.current
        if name not in self._shelves:
            return
        state = library_state(self._shelves[name], self.search.text)
        self._state = state
        self.source.setText(state.source)
        self.count.setText(state.count)
        self.add_button.setVisible(name in ADDS and self._can_add)
        self.add_button.setText(ADDS.get(name, ""))
        self.add_button.setAccessibleName(self.add_button.text())
        self.bring_button.setVisible(name == unit_costs.UNIT_COSTS and self._can_add)
        self.fit_top()
        self.table.set_state(state.table)
        if state.entries:
            self.table.selectRow(0)
        else:
            self._show_entry(None)
        self.show_as_table(self._as_table)

    def _row_chosen(self, key: str) -> None:
        entries = self._state.entries if self._state else ()
        self._show_entry(next((entry for entry in entries if entry.key == key), None))

    def _show_entry(self, entry: Entry | None) -> None:
        self._entry = entry
        self.detail.show_entry(entry, self._labels, self._nothing)

    @property
    def _nothing(self) -> str:
        shelf = self._shelves[self.choice.current]
        return "Nothing holds these words." if shelf.entries else EMPTY.get(shelf.name, "Nothing is here yet.")

    def _ask(self, action: str) -> None:
        if self._entry is not None:
            self.asked.emit(action, self._entry)

    def open_entry(self, title: str, texts: Mapping[str, str]) -> None:
        """Open the form of a starting point."""
        self._open(self.entry_form, title, texts)

    def open_measure(self, title: str, texts: Mapping[str, str]) -> None:
        """Open the form of a measure."""
        self._open(self.measure_form, title, texts)

    def open_cost(self, title: str, texts: Mapping[str, str]) -> None:
        """Open the form of a unit cost."""
        self._open(self.cost_form, title, texts)

    def open_rate(self, title: str, texts: Mapping[str, str]) -> None:
        """Open the form of a figure in place of a shipped one."""
        self._open(self.rate_form, title, texts)

    def open_year(self, title: str) -> None:
        """Open the form of a figure for a year that is not shipped."""
        self._open(self.year_form, title, {})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again whether the buttons fit beside the search."""
        super().resizeEvent(event)
        self.fit_top()

    def fit_top(self) -> None:
        """The buttons stand under shelves and search where the search would not have its words in view."""
        parts = self.choice.sizeHint().width(), self.count.sizeHint().width(), look().theme.px(SEARCH_LEAST)
        first = sum(parts) + ASIDE * (len(parts) + 2)
        buttons = [button for button in (self.bring_button, self.add_button) if not button.isHidden()]
        both = first + sum(button.sizeHint().width() + ASIDE for button in buttons)
        self._first.setDirection(_ACROSS if first <= self.width() else _DOWN)
        is_wide = both <= self.width() or not buttons
        self.top.setDirection(_ACROSS if is_wide else _DOWN)
        self.top.setAlignment(self._buttons_line, Qt.AlignmentFlag(0) if is_wide else Qt.AlignmentFlag.AlignLeft)

    @property
    def _each_form(self) -> tuple[FactsForm, ...]:
        return self.entry_form, self.measure_form, self.cost_form, self.rate_form, self.year_form

    def _add(self) -> None:
        self.added.emit(self.choice.current)

    def _open(self, form: FactsForm, title: str, texts: Mapping[str, str]) -> None:
        self.close_forms()
        self._shelf.hide()
        self._forms.show()
        form.open_with(title, texts)

    def close_forms(self) -> None:
        """Show the shelf again."""
        for form in self._each_form:
            form.hide()
        self._forms.hide()
        self._shelf.show()

    def show_as_table(self, fits: bool) -> None:
        """Show the shelf as a table with details beside it, or as cards."""
        self._as_table = fits
        self.paper.setVisible(fits)
        self._side.setVisible(fits)
        self._side.setMinimumWidth(SIDE_WIDTH if fits else 1)
        self._side.setMaximumWidth(SIDE_WIDTH if fits else QWIDGETSIZE_MAX)
        self.back.setVisible(not fits)
        self._area.setVisible(not fits)
        for part in (self._area, self._side, self._forms):
            part.set_whole(not fits)
        if fits and self._built is not None:
            emptied(self._cards_box)
            self._built = None
        elif not fits and self._built != self._state:
            self._build()

    def _build(self) -> None:
        emptied(self._cards_box)
        self._built = self._state
        if self._state is None:
            return
        if not self._state.entries:
            self._cards_box.addWidget(label(self._nothing, wrap=True))
        names = [spec.name for spec in self._state.table.columns][1:]
        for entry in self._state.entries:
            pairs = [*zip(names, entry.cells[1:], strict=True), *entry.facts[:1]]
            facts = DOT.join(f"{caption}: {words}" for caption, words in pairs)
            card = LineCard(entry.key, TableCell(entry.cells[0]), facts)
            card.opened.connect(self._card_opened)
            card.chosen.connect(self._row_chosen)
            self._cards_box.addWidget(card)

    def _card_opened(self, key: str) -> None:
        self._row_chosen(key)
        self._area.hide()
        self._side.show()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cards(self) -> None:
        self._side.hide()
        self._area.show()
