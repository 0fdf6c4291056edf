"""The painted headings of the grid: a measure with its unit, a period with its phase, across or down."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOption, QWidget

from analysis.vocabulary import Phase
from desktop.grid.model import GridModel
from desktop.grid.painting import INSET, Strip, paint_launch
from desktop.grid.state import GridRow, begins_phase
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


def strips_of(heads: QHeaderView, first: int, last: int) -> list[Strip]:
    """The rows or columns that reach into a stretch of the window."""
    begin, end = heads.visualIndexAt(first), heads.visualIndexAt(last)
    if begin < 0:
        return []
    through = heads.count() if end < 0 else end + 1
    return [Strip(at, heads.sectionViewportPosition(at), heads.sectionSize(at)) for at in range(begin, through)]


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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings that stand in what is to be painted in one go, as the grid does its cells."""
        box, painter = event.rect(), QPainter(self.viewport())
        across = self.orientation() is Qt.Orientation.Horizontal
        strips = strips_of(self, box.left(), box.right()) if across else strips_of(self, box.top(), box.bottom())
        past = strips[-1].end if strips else 0
        empty = QStyleOption()
        empty.rect = box.adjusted(past - box.left(), 0, 0, 0) if across else box.adjusted(0, past - box.top(), 0, 0)
        if empty.rect.isValid():
            self.style().drawControl(QStyle.ControlElement.CE_HeaderEmptyArea, empty, painter, self)
        for strip in strips:
            whole = self.viewport().rect()
            along = (
                (strip.start, 0, strip.length, whole.height())
                if across
                else (0, strip.start, whole.width(), strip.length)
            )
            self.paintSection(painter, QRect(*along), strip.at)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme, rect: QRect, phase: Phase | None, *, across: bool) -> None:
        """Paper, hairline to the next heading, edge towards the cells, and the edge that runs on after launch."""
        box = QRectF(rect)
        painter.fillRect(box, theme.colour("header"))
        painter.setPen(theme.pen("hair"))
        if across:
            painter.drawLine(rect.right(), rect.top() + 1, rect.right(), rect.bottom())
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
        else:
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
            painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), theme.colour("line"))
        if phase in _PHASE_EDGE:
            edge = QRectF(box.left(), box.top(), box.width() if across else 4, 4 if across else box.height())
            painter.fillRect(edge, theme.colour(_PHASE_EDGE[phase]))

    @staticmethod
    def _paint_phase(painter: QPainter, theme: Theme, box: QRectF, phase: Phase, side: Qt.AlignmentFlag) -> None:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2" if phase is Phase.BEFORE else "launch"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | side, _title(phase))


class ColumnHeader(_Header):
    """Name on up to two lines, unit under it, right-aligned like its numbers; over a period its phase, once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        name, unit = QFontMetricsF(theme.font("column")), QFontMetricsF(theme.font("small"))
        return QSize(self.length(), round(2 * name.height() + unit.height() + 9))

    def fitted(self, column: int) -> float:
        """The width at which name, unit and phase are whole."""
        theme, columns = look().theme, _model(self).state.columns
        spec = columns[column]
        name, unit = QFontMetricsF(theme.font("column")), QFontMetricsF(theme.font("small"))
        phase = QFontMetricsF(theme.font("caption")).horizontalAdvance(_title(spec.phase))
        lines = two_lines(spec.name, 0, name) if spec.unit else [spec.name]
        words = max(unit.horizontalAdvance(spec.unit), *map(name.horizontalAdvance, lines))
        return max(words, phase if begins_phase(columns, column) else 0) + 2 * INSET + 2

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading."""
        theme, state = look().theme, _model(self).state
        spec, box = state.columns[logicalIndex], QRectF(rect)
        here = logicalIndex == self.current
        painter.save()
        self._paint_ground(painter, theme, rect, spec.phase, across=True)
        paint_launch(painter, theme, box, below=False, beside=state.launch_column == logicalIndex + 1)
        if here:
            painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), theme.colour("accent"))
        inner = box.adjusted(INSET, 0, -INSET, -4)
        if spec.phase and begins_phase(state.columns, logicalIndex):
            self._paint_phase(painter, theme, inner.adjusted(0, 6, 0, 0), spec.phase, Qt.AlignmentFlag.AlignTop)
        self._paint_words(painter, theme, inner, spec.name, spec.unit, here=here)
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


class RowHeader(_Header):
    """Period at the right with its phase once at the left; or a measure at the left with its unit at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._measured: tuple[tuple[GridRow, ...], Theme] | None = None
        self._width = 0

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need; asked for many times over while cells change, measured once."""
        if not isinstance(self.model(), GridModel):  # the grid is being taken apart, and its model went first
            return super().sizeHint()
        measured = (_model(self).state.rows, look().theme)
        if self._measured is None or any(a is not b for a, b in zip(self._measured, measured, strict=True)):
            self._measured, self._width = measured, self._fitted(*measured)
        return QSize(self._width, self.length())

    @staticmethod
    def _fitted(rows: tuple[GridRow, ...], theme: Theme) -> int:
        words, labels = QFontMetricsF(theme.font("caption")), QFontMetricsF(theme.font("strong"))
        units = QFontMetricsF(theme.font("small"))
        label = max((labels.horizontalAdvance(row.label) for row in rows), default=0.0)
        unit = max((units.horizontalAdvance(row.unit) for row in rows), default=0.0)
        phase = max((words.horizontalAdvance(_title(row.phase)) for row in rows if row.phase), default=0.0)
        return round(label + max(phase, unit) + 3 * INSET)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one heading."""
        theme, state = look().theme, _model(self).state
        row, box = state.rows[logicalIndex], QRectF(rect)
        painter.save()
        self._paint_ground(painter, theme, rect, row.phase, across=False)
        paint_launch(painter, theme, box, below=state.launch_row == logicalIndex + 1, beside=False)
        middle, inner = Qt.AlignmentFlag.AlignVCenter, box.adjusted(INSET, 0, -INSET, -1)
        if row.phase and begins_phase(state.rows, logicalIndex):
            self._paint_phase(painter, theme, inner, row.phase, middle)
        if row.unit:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(inner, _RIGHT | middle, row.unit)
        painter.setFont(theme.font("body", bold=logicalIndex == self.current))
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, (Qt.AlignmentFlag.AlignLeft if row.unit else _RIGHT) | middle, row.label)
        painter.restore()


def _title(phase: Phase | None) -> str:
    return phase.value.capitalize() if phase else ""
