"""A chart with its sentence and its table twin in one card, or the sentence of what is missing alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.charts.curves import CurvesChart, CurvesPicture
from desktop.charts.tornado import TornadoChart, TornadoPicture
from desktop.pages.economics.chart_twins import table_of
from desktop.pages.fitting import FittingTable
from desktop.states import TableState
from desktop.widgets import Button, Card, column, label


class ChartCard(Card):
    """Shows one chart or its table; the button between them says which comes next."""

    def __init__(self, title: str, facts: str, chart: QWidget) -> None:
        super().__init__(title, facts)
        self.switch = Button("Table", "quiet", icon="table")
        self.switch.setAccessibleName(f"Table: {title}")
        self.switch.clicked.connect(self._toggle)
        self.add_action(self.switch)
        self.chart = chart
        self.table = FittingTable(f"{title}, as a table")
        holder = QWidget()
        holder.setLayout(column(self.table, None, gap=0))
        self.stack = QStackedWidget()
        self.stack.addWidget(chart)
        self.stack.addWidget(holder)
        self.sentence = label("", "small", wrap=True)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(0)

    def show_twin(self, twin: TableState | None, sentence: str) -> None:
        """Show the chart with another twin and sentence; without a twin the sentence says what is missing."""
        for part in (self.stack, self.switch, self.facts):
            part.setVisible(twin is not None)
        self.sentence.setText(sentence)
        if twin is not None:
            self.table.set_state(twin)

    def _toggle(self) -> None:
        at = 1 - self.stack.currentIndex()
        self.stack.setCurrentIndex(at)
        words = "Chart" if at else "Table"
        self.switch.setText(f"\u2009{words}")
        self.switch.setAccessibleName(f"{words}: {self.title.text()}")


class CurvesCard(ChartCard):
    """A card of curves."""

    def __init__(self, title: str, facts: str = "") -> None:
        self.curves = CurvesChart()
        super().__init__(title, facts, self.curves)

    def show_picture(self, picture: CurvesPicture | None, missing: str) -> None:
        """Show other curves, or what is missing for them."""
        if picture is None:
            self.show_twin(None, missing)
            return
        self.curves.set_picture(picture)
        self.show_twin(table_of(picture.table[0], picture.table[1:]), picture.summary)


class BarsCard(ChartCard):
    """A card of bars to both sides."""

    def __init__(self, title: str, facts: str = "") -> None:
        self.bars = TornadoChart(TornadoPicture((), 0.0, "", "", title=title))
        super().__init__(title, facts, self.bars)
