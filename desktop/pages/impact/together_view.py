"""All measures together, in place of the chart: the icon table, small charts, gaps between groups."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.charts.picture import XmrPicture
from desktop.charts.small import SmallChart
from desktop.charts.xmr import XmrChart
from desktop.pages.fitting import FittingTable
from desktop.pages.impact.explain_view import ExplanationCard
from desktop.pages.impact.together import TogetherState
from desktop.widgets import Button, Card, CardFlow, column, label, scrolling

GAP_HEIGHT = 300
NOT_OUT = "Differences between groups are not copied: with the total they could give a small number back."


def withheld(picture: XmrPicture) -> XmrPicture:
    """A chart of which nothing but its title may leave."""
    bare = tuple(replace(point, value=None, low=None, high=None, read_out=()) for point in picture.points)
    return replace(picture, points=bare, lines=(), legend=(), subtitle=NOT_OUT, summary=NOT_OUT, table=())


class TogetherView(QWidget):
    """Shows a `TogetherState`. `opened` carries the measure to open; `left` goes back to the chart."""

    opened = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._state: TogetherState | None = None
        self.back = Button("Back to the chart", icon="arrow-left")
        self.back.clicked.connect(self.left)
        self.how = Button("How is this made?", "link", icon="info")
        self.how.setAccessibleDescription("All measures together")
        self.how.clicked.connect(self._explain)
        self.explanation = ExplanationCard("Back to all measures")
        self.explanation.left.connect(self._told)
        self.icons = FittingTable("All measures: variation and assurance")
        self.icons.opened.connect(self._row_opened)
        self.several = label("", "small", wrap=True)
        table = Card("All measures together")
        table.add_action(self.how)
        table.add_action(self.back)
        table.add(self.icons, self.several)
        self.small = CardFlow((), least=250, most_columns=4)
        self.gap_heading = label("The gap between groups of people", "h2", wrap=True)
        self._gaps = column(gap=8)
        self.charts: list[XmrChart] = []
        box = column(table, self.small, self.gap_heading, self._gaps, None, gap=8)
        self.area = scrolling(box, margins=(0, 0, 6, 0))
        self.explanation.hide()
        self.setLayout(column(self.area, self.explanation, gap=0))

    def show_state(self, state: TogetherState) -> None:
        """Show another role, or newer figures."""
        if state == self._state:
            return
        self._state = state
        self.explanation.show_state(state.how)
        self.icons.set_state(state.icons)
        self.several.setText(state.several)
        self.several.setVisible(bool(state.several))
        names = {int(key): cells[0].text for key, cells in zip(state.icons.keys, state.icons.rows, strict=True)}
        cards = [SmallChart(one.measure_id, names[one.measure_id], one.picture, one.words) for one in state.small]
        for card in cards:
            card.opened.connect(self.opened)
        self.small.set_cards(cards)
        self._show_gaps(state.gaps)

    def _show_gaps(self, gaps: tuple[XmrPicture, ...]) -> None:
        self.gap_heading.setVisible(bool(gaps))
        for old in self.charts:
            self._gaps.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.charts = []
        for picture in gaps:
            chart = XmrChart(picture)
            chart.leaving = partial(withheld, picture)
            chart.setMinimumHeight(GAP_HEIGHT)
            self._gaps.addWidget(chart)
            self.charts.append(chart)

    def _explain(self) -> None:
        self.area.hide()
        self.explanation.show()
        self.explanation.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self) -> None:
        self.explanation.hide()
        self.area.show()
        self.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_opened(self, key: str) -> None:
        self.opened.emit(int(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the chart."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
