"""Results over places: packs out and in, the forest plot, what was left out, factors beside effects."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.charts.forest import ForestChart
from desktop.charts.forest_picture import ForestPicture
from desktop.pages.evidence.sites import BESIDE, PackLine, SitesState
from desktop.pages.fitting import FittingTable
from desktop.pages.impact.explain_view import ExplanationCard
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Button, Card, Combo, Notice, column, label, row
from desktop.widgets.lines import LinesBox

EVERY = "Every role of this file"
OUT = (
    "A pack holds results, definitions, profile, dose, setting and the factors at launch, as JSON with its SHA-256. "
    "Small numbers are hidden in it and nobody's hours go out."
)
WAITING = "Working out the results…"


class PackRow(QWidget):
    """One pack that is kept; `removed` carries its id."""

    removed = Signal(int)

    def __init__(self, pack: PackLine) -> None:
        super().__init__()
        self._id = pack.id
        self.remove = Button("Remove", "link")
        self.remove.setAccessibleName(f"Remove {pack.name}")
        self.remove.clicked.connect(self._remove)
        line = row(gap=8)
        line.addLayout(column(label(pack.name, "strong", wrap=True), label(pack.words, "small", wrap=True), gap=1), 1)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def _remove(self) -> None:
        self.removed.emit(self._id)


class SitesCards(QWidget):
    """Two cards: packs, and one measure over places. Says what was asked for and decides nothing.

    `saved` carries the role to save (None for every one), `removed` a pack's id, `chosen` the key of a measure.
    """

    saved = Signal(object)
    brought = Signal()
    removed = Signal(int)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state: SitesState | None = None
        self.chart: ForestChart | None = None
        self.leaving: Callable[[], ForestPicture | None] = lambda: None
        self.role = Combo("Which roles the pack holds", (EVERY,))
        self.save = Button("Save an evidence pack", icon="file-arrow-up")
        self.bring = Button("Bring in a pack", icon="file-arrow-down")
        self.notices = column(gap=6)
        self.packs = Card("Evidence packs")
        self._rows = column(gap=6)
        self._none = label("No pack of another team is held yet.", "small", wrap=True)
        self.packs.add(label(OUT, "small", wrap=True), self.notices, self._none, self._rows)
        self.packs.add(row(self.bring, None), row(self.role, self.save, None))
        self.over = Card("One measure over several places")
        self.how = Button("How is this made?", "link", icon="info")
        self.how.clicked.connect(self._explain)
        self.over.add_action(self.how)
        self.explanation = ExplanationCard("Back to the places")
        self.explanation.left.connect(self._told)
        self.explanation.hide()
        self.measure = Combo("Measure over places")
        self.nothing = label(WAITING, wrap=True)
        self._hole = column(gap=6)
        self.left_heading = label("Left out, and why", "strong")
        self.left_out = LinesBox()
        self.beside_heading = label("Factors at launch beside the changes", "strong")
        self.beside = label(BESIDE, "small", wrap=True)
        self.factors = FittingTable("Factors at launch beside changes")
        self.over.add(row(self.measure, None), self.nothing, self._hole, self.left_heading, self.left_out)
        self.over.add(self.beside_heading, self.beside, self.factors)
        for part in (self.how, self.measure, self.left_heading, self.left_out, *self._set_beside):
            part.hide()
        self.setLayout(column(self.packs, self.over, self.explanation, gap=10))
        self.save.clicked.connect(self._save)
        self.bring.clicked.connect(self.brought)
        self.measure.activated.connect(self._choose)

    def show_roles(self, roles: tuple[tuple[int, str], ...]) -> None:
        """Offer these roles for a pack."""
        held = self.role.currentData()
        self.role.clear()
        self.role.addItem(EVERY, None)
        for role_id, name in roles:
            self.role.addItem(name, role_id)
        self.role.setCurrentIndex(max(0, self.role.findData(held)))
        if roles:
            self.save.enable()
        else:
            self.save.disable("There is no role to report on.")

    def show_state(self, state: SitesState) -> None:
        """Show packs and pooled results."""
        if state == self._state:
            return
        if self._state is None or state.packs != self._state.packs:
            self._show_packs(state.packs)
        self._state = state
        self.explanation.show_state(state.how)
        self.how.setVisible(bool(state.choices))
        self.measure.clear()
        for key, words in state.choices:
            self.measure.addItem(words, key)
        self.measure.setCurrentIndex(self.measure.findData(state.chosen))
        self.measure.setVisible(bool(state.choices))
        self.nothing.setText(state.nothing)
        self.nothing.setVisible(bool(state.nothing))
        self._show_chart(state.picture)
        self.left_out.show_lines([(Shape.NO_ANSWER, "text2", text) for text in state.left_out])
        for part in (self.left_heading, self.left_out):
            part.setVisible(bool(state.left_out))
        self.factors.set_state(state.factors)
        for one in self._set_beside:
            one.setVisible(bool(state.factors.rows))

    @property
    def _set_beside(self) -> tuple[QWidget, ...]:
        return self.beside_heading, self.beside, self.factors

    def say(self, kind: Kind, fact: str, detail: str = "") -> None:
        """Say what came of it, in the card."""
        while (item := self.notices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        notice = Notice(kind, fact, detail)
        self.notices.addWidget(notice)
        notice.announce()

    def _show_packs(self, packs: tuple[PackLine, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._none.setVisible(not packs)
        for pack in packs:
            made = PackRow(pack)
            made.removed.connect(self.removed)
            self._rows.addWidget(made)

    def _show_chart(self, picture: ForestPicture | None) -> None:
        if self.chart is not None:
            self.chart.setVisible(picture is not None)
        if picture is None:
            return
        if self.chart is None:
            self.chart = ForestChart(picture)
            self.chart.leaving = self._leaving
            self._hole.addWidget(self.chart)
        else:
            self.chart.set_picture(picture)

    def _leaving(self) -> ForestPicture | None:
        return self.leaving()

    def _explain(self) -> None:
        self.over.hide()
        self.explanation.show()
        self.explanation.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self) -> None:
        self.explanation.hide()
        self.over.show()
        self.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.saved.emit(self.role.currentData())

    def _choose(self, at: int) -> None:
        self.chosen.emit(str(self.measure.itemData(at)))
