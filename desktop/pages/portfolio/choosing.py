"""What narrows the list and brings it in order: the facets, the order and its other way, and what is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from analysis.wording import number
from desktop.pages.portfolio.facets import FACETS
from desktop.pages.portfolio.shapes import FacetState, Filters, Order, PortfolioState
from desktop.pages.portfolio.sorting import SORTINGS, sorting_of
from desktop.widgets import Button, Combo, column, label
from desktop.widgets.flow import Wrapping

FEWEST, MOST = 2, 4
"""How many roles can be compared side by side."""


class FacetChoice(Combo):
    """One facet, closed as wide as what is chosen, open as wide as its widest choice. `value` is without its count."""

    def __init__(self, name: str, everything: str) -> None:
        super().__init__(name, (everything,))
        self.everything = everything
        self._shown: FacetState | None = None
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The size that what is chosen needs."""
        hint, words = super().sizeHint(), QFontMetrics(self.font())
        widest = max(words.horizontalAdvance(self.itemText(at)) for at in range(self.count()))
        return QSize(hint.width() - widest + words.horizontalAdvance(self.currentText()), hint.height())

    def minimumSizeHint(self) -> QSize:
        """No narrower than what is chosen."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Open it wide enough for every choice."""
        self.view().setMinimumWidth(super().sizeHint().width() + 24)
        super().showPopup()

    @property
    def value(self) -> str:
        """The choice, empty for all."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """Choose as a person would."""
        self.setCurrentIndex(max(self.findData(value), 0))

    def show_state(self, state: FacetState) -> None:
        """Offer these choices with their counts; tells nobody."""
        if state == self._shown:
            return
        self._shown = state
        with QSignalBlocker(self):
            self.clear()
            self.addItem(state.everything, "")
            for value, count in state.choices:
                self.addItem(f"{value} ({number(count)})", value)
            self.choose(state.chosen)
        self.updateGeometry()


class ChoosingBar(QWidget):
    """Facets, how many roles they leave, and the order. `changed` when a person chose something else.

    What comes and goes by itself has no place in it: the table below would move under the pointer.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facets = {facet.key: FacetChoice(facet.name, facet.everything) for facet in FACETS}
        self.count = label("", "strong", wrap=False)
        self.order = Combo("Sorted by")
        for sorting in SORTINGS:
            self.order.addItem(f"By {sorting.name[:1].lower()}{sorting.name[1:]}", sorting.key)
        self.way = Button(SORTINGS[0].ways[0], "quiet", icon="arrows-clockwise")
        self.caution = label("", "small", wrap=True)
        self._down = False
        line = QWidget()
        line.setLayout(Wrapping(*self.facets.values(), self.order, self.way, self.count))
        self.setLayout(column(line, self.caution, gap=4))
        for facet in self.facets.values():
            facet.currentIndexChanged.connect(self._chosen)
        self.order.currentIndexChanged.connect(self._order_chosen)
        self.way.clicked.connect(self._turn)

    @property
    def filters(self) -> Filters:
        """What is chosen in the facets."""
        return Filters(**{key: facet.value for key, facet in self.facets.items()})

    @property
    def sorted_by(self) -> Order:
        """The order that is chosen."""
        return Order(str(self.order.currentData()), down=self._down)

    def choose_order(self, order: Order) -> None:
        """Choose another order, as a person would."""
        self.set_order(order)
        self.changed.emit()

    def set_order(self, order: Order) -> None:
        """Show an order as chosen; tells nobody."""
        self._down = order.down
        with QSignalBlocker(self.order):
            self.order.setCurrentIndex(max(self.order.findData(order.key), 0))

    def clear(self) -> None:
        """Open every facet; tells nobody."""
        for key, facet in self.facets.items():
            facet.show_state(FacetState(key, facet.everything, ()))

    def show_state(self, state: PortfolioState) -> None:
        """Show counts, how many roles are left, and what the order means."""
        for facet in state.facets:
            self.facets[facet.key].show_state(facet)
        self.count.setText(state.count)
        order = self.sorted_by
        self.way.setText(f"\u2009{sorting_of(order.key).ways[order.down]}")
        self.way.setAccessibleName(f"{state.order}: turn round")
        self.way.setToolTip("Sort the other way round")
        self.caution.setText(f"{state.order}. {state.order_caution}")
        self.caution.setVisible(bool(state.order_caution))

    def _chosen(self) -> None:
        self.changed.emit()

    def _order_chosen(self) -> None:
        self._down = False
        self.changed.emit()

    def _turn(self) -> None:
        self.choose_order(Order(self.sorted_by.key, down=not self._down))


def compare_words(marked: Sequence[str]) -> tuple[str, str]:
    """What the button to compare says, and why it is off, empty where it is on."""
    count = len(marked)
    if count < FEWEST:
        return "Compare", "Mark two to four roles with Space or their box first."
    if count > MOST:
        return f"Compare {count} roles", f"At most four roles stand side by side: {count} are marked."
    return f"Compare {count} roles", ""
