"""The chart over time as a page uses it: picture, read-out by keys, table twin, legend and events, copy and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from desktop.charts.export import chart_image
from desktop.charts.legend import Legend
from desktop.charts.picture import XmrPicture
from desktop.copying import copy_picture
from desktop.states import ColumnSpec, TableState, as_rows
from desktop.theme.look import look
from desktop.widgets.card import column, row, rule
from desktop.widgets.ringed import RingedFrame
from desktop.widgets.table import DataTable
from desktop.widgets.text import announce, label
from exporters.block_text import to_tsv

if TYPE_CHECKING:
    from desktop.charts.plot import XmrPlot

KEYS = "Left and Right read the points, T shows a table, C copies, A adds an event, B sets the baseline."
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ChartFace(QFrame):
    """Everything the picture shows, without keys: what is on screen and, at another size, what is exported."""

    def __init__(self, picture: XmrPicture) -> None:
        super().__init__()
        self.setObjectName("face")
        self._picture = picture
        self.title = label(picture.title, "h2", wrap=True)
        self.subtitle = label(picture.subtitle, "small", wrap=True)
        self.legend = Legend(picture.legend)
        self._events = label("", "small", wrap=True)
        self._source = label(picture.source, "small")
        self.plot: XmrPlot | None = None
        self._hole = QVBoxLayout()
        self.setLayout(column(column(self.title, self.subtitle, gap=1), gap=5, margins=(14, 10, 12, 8)))
        box = self.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 - `column` has just made it
        box.addLayout(self._hole, 1)
        box.addWidget(self.legend)
        box.addWidget(rule())
        foot = row(gap=12)
        foot.addWidget(self._events, 1)
        foot.addWidget(self._source)
        box.addLayout(foot)
        self.set_picture(picture)

    def set_picture(self, picture: XmrPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.title.setText(picture.title)
        self.subtitle.setText(picture.subtitle)
        self.legend.set_samples(picture.legend)
        self._events.setText("     ".join(f"{flag.number}\u2002{flag.words}" for flag in picture.flags))
        self._source.setText(picture.source)
        self.rebuild()

    def rebuild(self) -> None:
        """Make the plot anew in the theme that is on: its colours are fixed when it is made."""
        from desktop.charts.plot import XmrPlot

        old = self.plot
        self.plot = XmrPlot(self._picture, look().theme, self.devicePixelRatioF())
        self.plot.setMinimumHeight(160)
        self._hole.addWidget(self.plot)
        self.plot.show()
        if old is not None:
            self._hole.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._hole.activate()


class XmrChart(RingedFrame):
    """A chart that keys can read. Left and Right step, T shows the table, C copies; A and B ask the page.

    `event_asked` and `baseline_asked` carry the label of the point stepped to, or an empty text; `menu_asked` where
    the menu should open. `leaving` gives the picture as it may leave the app: what C copies is always taken from it.
    """

    event_asked = Signal(str)
    baseline_asked = Signal(str)
    stepped = Signal(int)
    menu_asked = Signal(object)

    def __init__(self, picture: XmrPicture) -> None:
        super().__init__()
        self._picture = picture
        self._at: int | None = None
        self._stale = False
        self.leaving: Callable[[], XmrPicture] = lambda: self._picture
        self.face = ChartFace(picture)
        self.table = DataTable(f"{picture.title}, as a table", _table_state(picture))
        self.table.leaving = self._leaving_table
        self._stack = QStackedWidget()
        self._stack.addWidget(self.face)
        self._stack.addWidget(self.table)
        self.setLayout(column(self._stack, margins=(2, 2, 2, 2)))
        look().theme_changed.connect(self._retheme)
        self.table.installEventFilter(self)
        self._describe()

    def showEvent(self, event: QShowEvent) -> None:
        """Come into view in the theme that is on."""
        super().showEvent(event)
        if self._stale:
            self._retheme()

    def set_picture(self, picture: XmrPicture) -> None:
        """Show another picture; the read-out goes."""
        self._picture = picture
        self._at = None
        self.face.set_picture(picture)
        self.table.set_state(_table_state(picture))
        self._describe()

    def _leaving_table(self) -> TableState:
        """What Ctrl+C in the table copies: the same protected picture as C."""
        return _table_state(self.leaving())

    @property
    def read_out(self) -> tuple[str, ...]:
        """The words of the point stepped to."""
        return () if self._at is None else self._picture.points[self._at].read_out

    @property
    def point_label(self) -> str:
        """The period of the point stepped to, in the chart or its table; empty where no one has stepped."""
        return self.table.current_key if self.shows_table else self._label()

    @property
    def shows_table(self) -> bool:
        """True while the table stands in place of the chart."""
        return self._stack.currentWidget() is self.table

    def toggle_table(self) -> None:
        """Show the same data as a table, or the chart again."""
        to_table = not self.shows_table
        self._stack.setCurrentWidget(self.table if to_table else self.face)
        (self.table if to_table else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Move the read-out by so many points, and have it said."""
        readable = self._picture.readable
        if not readable:
            return
        begin = -1 if by > 0 else len(readable)
        place = readable.index(self._at) if self._at in readable else begin
        self._read(readable[min(max(place + by, 0), len(readable) - 1)])

    def copy(self) -> None:
        """Copy picture, table and sentence as they may leave the app: each program takes the one it can."""
        picture = self.leaving()
        copy_picture(chart_image(picture), f"{picture.summary}\n\n{to_tsv(picture.table)}".strip())
        announce(self, "Copied: picture, table and sentence")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of this widget; pass on the rest."""
        key = Qt.Key(event.key())
        answers = {
            Qt.Key.Key_T: self.toggle_table,
            Qt.Key.Key_C: self.copy,
            Qt.Key.Key_A: self._ask_event,
            Qt.Key.Key_B: self._ask_baseline,
            Qt.Key.Key_Escape: self._clear,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._picture.readable:
            self._read(self._picture.readable[0 if key == Qt.Key.Key_Home else -1])
        elif key in answers:
            answers[key]()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """T on the table brings the chart back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_T:
            self.toggle_table()
            return True
        return False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chart, by the right button or the menu key."""
        self.menu_asked.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Watch for what concerns this object; let the rest pass."""
        super().mousePressEvent(event)
        plot = self.face.plot
        if plot is not None and not self.shows_table and self._picture.readable:
            self._read(plot.nearest(plot.mapFrom(self, event.position()).x()))

    def _describe(self) -> None:
        self.setAccessibleName(self._picture.spoken)
        self.setAccessibleDescription(KEYS)

    def _read(self, index: int) -> None:
        self._at = index
        if self.face.plot is not None:
            self.face.plot.show_read_out(index)
        announce(self, ". ".join(self.read_out))
        self.stepped.emit(index)

    def _clear(self) -> None:
        self._at = None
        if self.face.plot is not None:
            self.face.plot.show_read_out(None)

    def _ask_event(self) -> None:
        self.event_asked.emit(self._label())

    def _ask_baseline(self) -> None:
        self.baseline_asked.emit(self._label())

    def _label(self) -> str:
        return "" if self._at is None else self._picture.points[self._at].label

    def _retheme(self) -> None:
        """In the theme that is on: at once if it is seen, else when it is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self.face.rebuild()
        if self._at is not None and self.face.plot is not None:
            self.face.plot.show_read_out(self._at)


def _table_state(picture: XmrPicture) -> TableState:
    if not picture.table:
        return TableState((ColumnSpec("Period"),), ())
    head, *body = picture.table
    columns = tuple(ColumnSpec(name, number=at > 0) for at, name in enumerate(head))
    return TableState(columns, as_rows(body), tuple(line[0] for line in body))
