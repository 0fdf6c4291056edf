"""The Impact tab laid out: choices over the chart, three cards beside it, under it at large text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QStackedWidget, QWidget

from desktop.charts.xmr import XmrChart
from desktop.pages.impact.cards import CautionsCard, ChangeCard, EvidenceCard
from desktop.pages.impact.event_form import EventForm
from desktop.pages.impact.explain_view import ExplanationCard
from desktop.pages.impact.menu import ChartMenu
from desktop.pages.impact.state import VIEWS, ImpactState
from desktop.pages.impact.together_view import TogetherView
from desktop.theme.look import look
from desktop.widgets import Button, Combo, Segmented, column, label, row, scrolling
from desktop.widgets.flow import Wrapping
from desktop.widgets.scrolled import QWIDGETSIZE_MAX, Scrolled
from desktop.widgets.text import announce

LARGE_TEXT = 1.3
SIDE_WIDTH = 338
CHART_LEAST = 330
FOOT = 10
"""Pixels left free under a chart."""
_DOWN, _ACROSS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class ImpactView(QWidget):
    """Shows an `ImpactState`; says what was asked for and decides nothing. `asked` carries what the menu names."""

    measure_chosen = Signal(int)
    view_chosen = Signal(str)
    event_asked = Signal(str)
    baseline_asked = Signal(str)
    asked = Signal(str)

    def __init__(self, first: ImpactState) -> None:
        super().__init__()
        self.setObjectName("page")
        self._state = first
        self._under = self._listed = False
        self.measure = Combo("Measure")
        self.views = Segmented(VIEWS, "View of the chart")
        self.table_button = Button("Table", "quiet", icon="table")
        self.copy_button = Button("Copy", "quiet", icon="copy")
        self.event_button = Button("Event", "quiet", icon="calendar-plus")
        self.setting_button = Button("Compare", "quiet", icon="scales", tip="Comparators, targets and limits")
        self.together_button = Button("All measures", "quiet", icon="squares-four")
        self.more_button = Button("More", "quiet", icon="list", tip="Everything the chart can do")
        self.menu = ChartMenu(self)
        self.why_off = label("", "small", wrap=True)
        self.said = label("", "small", wrap=True)
        self.said.hide()
        self.form = EventForm()
        self.chart = XmrChart(first.picture)
        self.too_few = label("", wrap=True)
        self.explanation = ExplanationCard()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.explanation)
        self.together = TogetherView()
        self.stack.addWidget(self.together)
        self.change, self.evidence, self.cautions = ChangeCard(), EvidenceCard(), CautionsCard()
        self._lay_out()
        self._connect()
        self.show_state(first)

    def _lay_out(self) -> None:
        self.top = row(self.measure, self.views, gap=8)
        self.top.addStretch(1)
        tools = (self.table_button, self.copy_button, self.event_button)
        self.tools = Wrapping(*tools, self.setting_button, self.together_button, self.more_button, gap=4)
        self.second = row(gap=8)
        self.second.addLayout(self.tools)
        self.second.addWidget(self.why_off, 20)
        self.second.addStretch(1)
        left = column(self.top, self.second, self.form, self.said, self.too_few, gap=4)
        left.addWidget(self.stack, 1)
        cards = column(self.change, self.evidence, self.cautions, None, gap=8)
        self.cards = QWidget()
        self.cards.setLayout(cards)
        self.side = scrolling(column(self.cards), margins=(0, 0, 6, 0))
        self.side.setFixedWidth(SIDE_WIDTH)
        self.both = row(gap=12, margins=(16, 8, 8, 10))
        self.both.addLayout(left, 1)
        self.both.addWidget(self.side)
        self.content = QWidget()
        self.content.setObjectName("page")
        self.content.setMinimumWidth(1)
        self.content.setLayout(self.both)
        self.outer = scrolling(column(), margins=(0, 0, 0, 0))
        self.outer.takeWidget()
        self.outer.hide()
        self.whole = column(self.content, self.outer, gap=0)
        self.setLayout(self.whole)

    def _connect(self) -> None:
        self.measure.activated.connect(self._measure_activated)
        self.views.chosen.connect(self.view_chosen)
        self.table_button.clicked.connect(self.chart.toggle_table)
        self.copy_button.clicked.connect(self.chart.copy)
        self.event_button.clicked.connect(self._event)
        self.setting_button.clicked.connect(partial(self.menu.choose, "setting"))
        self.together_button.clicked.connect(partial(self.menu.choose, "together"))
        self.more_button.clicked.connect(self._open_menu)
        self.menu.chosen.connect(self._menu_chosen)
        self.chart.menu_asked.connect(self.menu.open_at)
        self.together.left.connect(self.show_chart)
        self.together.opened.connect(self._open_measure)
        self.chart.event_asked.connect(self.event_asked)
        self.chart.baseline_asked.connect(self.baseline_asked)
        self.change.how_asked.connect(self.explain)
        self.explanation.left.connect(self._back)
        self.stack.currentChanged.connect(self._one_bar)
        look().theme_changed.connect(self._fit)

    def show_state(self, state: ImpactState) -> None:
        """Show another state; the chart is drawn anew only where it differs."""
        redraw = state.picture != self._state.picture
        self._state = state
        with QSignalBlocker(self.measure):
            self.measure.clear()
            for measure_id, words in state.measures:
                self.measure.addItem(words, measure_id)
            self.measure.setCurrentIndex(self.measure.findData(state.measure_id))
        self._show_views(state)
        if redraw:
            self.chart.set_picture(state.picture)
        self._list_only(bool(state.table_only))
        self.too_few.setText(state.table_only)
        self.too_few.setVisible(bool(state.table_only))
        self.table_button.setEnabled(not state.table_only)
        self.change.show_state(state.change)
        self.evidence.show_state(state.evidence)
        self.cautions.show_cautions(state.cautions)
        self.explanation.show_state(state.explanation)
        self._fit()

    def _list_only(self, listed: bool) -> None:
        """Below 7 points the table stands alone; the focus stays where it was."""
        if listed == self._listed:
            return
        self._listed = listed
        if listed != self.chart.shows_table:
            holder = self.focusWidget()
            self.chart.toggle_table()
            if holder is not None:
                holder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_views(self, state: ImpactState) -> None:
        reasons = dict(state.off)
        for view in VIEWS:
            button = self.views.button(view)
            button.setEnabled(view not in reasons)
            button.setToolTip(reasons.get(view, ""))
            button.setAccessibleDescription(reasons.get(view, "View of the chart"))
        with QSignalBlocker(self.views):
            self.views.choose(state.view)
        self.why_off.setText(" ".join(reasons.values()))
        self.why_off.setVisible(bool(reasons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cards beside or under the chart."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside the chart the cards scroll by themselves; under it, or in a narrow window, the whole page scrolls."""
        large = look().theme.scale > LARGE_TEXT
        under = large or self.top.minimumSize().width() + SIDE_WIDTH + 40 > self.width()
        self.top.setDirection(_DOWN if large else _ACROSS)
        self.second.setDirection(_DOWN if large or not self._reasons_fit() else _ACROSS)
        if under != self._under:
            self._under = under
            self._rearrange(under)
        self.stack.setMinimumHeight(look().theme.px(CHART_LEAST) if under else 240)
        self._one_bar()

    def _reasons_fit(self) -> bool:
        """Whether why a view is off can stand on one line beside the buttons."""
        words = self.why_off.fontMetrics().horizontalAdvance(self.why_off.text())
        return words + self.tools.sizeHint().width() + SIDE_WIDTH + 60 <= self.width()

    def _one_bar(self) -> None:
        """Where the whole page scrolls, what stands in place of the chart does not scroll in it a second time.

        The chart itself is no higher there than what can be seen of it at once, below its tools.
        """
        shown = self.stack.currentWidget()
        for area in self.stack.findChildren(Scrolled):
            area.set_whole(self._under and shown.isAncestorOf(area))
        seen = max(self.stack.minimumHeight(), self.height() - self.stack.y() - FOOT)
        self.stack.setMaximumHeight(seen if self._under and shown is self.chart else QWIDGETSIZE_MAX)

    def _rearrange(self, under: bool) -> None:
        """Move the cards between their own scroll area and the page's."""
        if under:
            self.side.hide()
            self.both.setDirection(_DOWN)
            self.both.addWidget(self.cards)
            self.outer.setWidget(self.content)
            self.outer.show()
        else:
            self.outer.takeWidget()
            self.outer.hide()
            self.whole.insertWidget(0, self.content, 1)
            self.both.setDirection(_ACROSS)
            self._side_box().addWidget(self.cards)
            self.side.show()
        self.cards.show()
        self.content.show()

    def _side_box(self) -> QLayout:
        inner = self.side.widget()
        box = inner.layout() if inner is not None else None
        assert box is not None  # noqa: S101 - `scrolling` has put it there
        return box

    def _measure_activated(self, at: int) -> None:
        self.measure_chosen.emit(int(self.measure.itemData(at)))

    def _event(self) -> None:
        self.event_asked.emit("")

    def say(self, words: str) -> None:
        """Say what came of something, over the chart."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        if words:
            announce(self, words)

    def show_part(self, part: QWidget) -> None:
        """Show something in place of the chart, until `show_chart`."""
        if self.stack.indexOf(part) < 0:
            self.stack.addWidget(part)
        self.stack.setCurrentWidget(part)

    def show_chart(self) -> None:
        """Show the chart again, the focus on it."""
        self.stack.setCurrentWidget(self.chart)
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_measure(self, measure_id: int) -> None:
        self.show_chart()
        self.measure_chosen.emit(measure_id)

    def _open_menu(self) -> None:
        self.menu.open_at(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _menu_chosen(self, key: str) -> None:
        own = {"table": self.chart.toggle_table, "copy": self.chart.copy, "event": self._event, "how": self.explain}
        if key in own:
            own[key]()
        else:
            self.asked.emit(key)

    def explain(self) -> None:
        """Show how the figure is made in place of the chart."""
        self.stack.setCurrentWidget(self.explanation)
        self.explanation.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.chart)
        self.change.how.setFocus(Qt.FocusReason.OtherFocusReason)
