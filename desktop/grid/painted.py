"""A table that paints all of its cells in one call."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from desktop.grid.edits import Area
from desktop.grid.headers import strips_of
from desktop.grid.model import GridModel
from desktop.grid.painting import Shown, paint_block
from desktop.theme.look import look


class PaintedTable(QTableView):
    """Qt would ask its delegate cell by cell, and each call from Qt waits anew for work beside the window."""

    @property
    def area(self) -> Area:
        """The chosen block."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that stand in what is to be painted."""
        model, box, at = self.model(), event.rect(), self.currentIndex()
        assert isinstance(model, GridModel)  # noqa: S101 - a grid is given no other model
        rows = strips_of(self.verticalHeader(), box.top(), box.bottom())
        columns = strips_of(self.horizontalHeader(), box.left(), box.right())
        painter = QPainter(self.viewport())
        shown = Shown(rows, columns, model.cell, model.state, self.area, (at.row(), at.column()))
        paint_block(painter, look().theme, shown)
        painter.end()
