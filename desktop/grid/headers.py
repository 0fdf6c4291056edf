"""The painted headings of the grid: measure over unit, period beside phase."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from analysis.vocabulary import Phase
from desktop.grid.model import GridModel
from desktop.grid.painting import INSET, RULE
from desktop.theme.look import look
from desktop.theme.tokens import Theme

_PHASE_EDGE = {Phase.PHASE_IN: "line", Phase.AFTER: "launch", Phase.AFTER_END: "line"}
_RIGHT = Qt.AlignmentFlag.AlignRight


def two_lines(name: str, width: float, measure: QFontMetricsF) -> list[str]:
    """A name on one line if it fits, else broken after the word that makes both lines most alike; never elided."""
    words = name.split()
    if len(words) == 1 or measure.horizontalAdvance(name) <= width:
        return [name]
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(measure.horizontalAdvance(part) for part in cut)))


def _model(header: QHeaderView) -> GridModel:
    model = header.model()
    assert isinstance(model, GridModel)  # noqa: S101 - the grid gives its headers no other model
    return model


class _Header(QHeaderView):
    """What both headings share: fixed sections and the current one marked."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.current = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def mark(self, section: int) -> None:
        """Mark the section the cursor is in."""
        if section != self.current:
            self.current = section
            self.viewport().update()


class MeasureHeader(_Header):
    """Name on up to two lines, unit under it, right-aligned like its numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        name, unit = QFontMetricsF(theme.font("column")), QFontMetricsF(theme.font("small"))
        return QSize(super().sizeHint().width(), round(2 * name.height() + unit.height() + 9))

    def fitted(self, column: int) -> float:
        """The width at which name and unit are whole."""
        theme, spec = look().theme, _model(self).state.columns[column]
        name, unit = QFontMetricsF(theme.font("column")), QFontMetricsF(theme.font("small"))
        lines = two_lines(spec.name, 0, name)
        return max(unit.horizontalAdvance(spec.unit), *map(name.horizontalAdvance, lines)) + 2 * INSET + 2

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading."""
        theme, spec = look().theme, _model(self).state.columns[logicalIndex]
        box = QRectF(rect)
        here = logicalIndex == self.current
        painter.save()
        painter.fillRect(box, theme.colour("header"))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(rect.right(), rect.top() + 1, rect.right(), rect.bottom())
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
        if here:
            painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), theme.colour("accent"))
        self._paint_words(painter, theme, box.adjusted(INSET, 0, -INSET, -4), spec.name, spec.unit, here=here)
        painter.restore()

    def _paint_words(self, painter: QPainter, theme: Theme, box: QRectF, name: str, unit: str, *, here: bool) -> None:
        font = theme.font("column")
        measure, small = QFontMetricsF(font), QFontMetricsF(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("small"))
        painter.drawText(box, _RIGHT | Qt.AlignmentFlag.AlignBottom, unit)
        painter.setPen(theme.colour("accent" if here else "text"))
        painter.setFont(font)
        above = box.adjusted(0, 0, 0, -small.height() if unit else 0)
        for line in reversed(two_lines(name, box.width(), measure)):
            painter.drawText(above, _RIGHT | Qt.AlignmentFlag.AlignBottom, line)
            above.adjust(0, 0, 0, -measure.height())


class PeriodHeader(_Header):
    """Period at the right, its phase once at the left, and the edge that runs on after launch."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        words, labels = QFontMetricsF(theme.font("caption")), QFontMetricsF(theme.font("strong"))
        rows = _model(self).state.rows
        label = max((labels.horizontalAdvance(row.label) for row in rows), default=0.0)
        phase = max((words.horizontalAdvance(_title(row.phase)) for row in rows if row.phase), default=0.0)
        return QSize(round(label + phase + 3 * INSET), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading."""
        theme, state = look().theme, _model(self).state
        row = state.rows[logicalIndex]
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, theme.colour("header"))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), theme.colour("line"))
        if row.phase in _PHASE_EDGE:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), theme.colour(_PHASE_EDGE[row.phase]))
        if state.launch_row == logicalIndex + 1:
            painter.fillRect(QRectF(box.left(), box.bottom() - RULE, box.width(), RULE), theme.colour("launch"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.phase and state.begins_phase(logicalIndex):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text2" if row.phase is Phase.BEFORE else "launch"))
            painter.drawText(box.adjusted(INSET, 0, 0, -1), Qt.AlignmentFlag.AlignLeft | middle, _title(row.phase))
        painter.setFont(theme.font("body", bold=logicalIndex == self.current))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(0, 0, -INSET, -1), _RIGHT | middle, row.label)
        painter.restore()


def _title(phase: Phase | None) -> str:
    return phase.value.capitalize() if phase else ""
