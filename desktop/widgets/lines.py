"""Lines that are remade when they change: each behind a shape, or each a paragraph of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.marks import Shape
from desktop.widgets.card import row
from desktop.widgets.chip import ShapeMark
from desktop.widgets.text import label


class _Remade(QWidget):
    """Widgets one under the other, thrown away when others take their place."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)

    def _put(self, lines: Sequence[QWidget]) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._box.addWidget(line)
            line.show()  # at once: by itself it comes into view one picture later, and moves what stands below


class LinesBox(_Remade):
    """Lines of a shape and words."""

    def __init__(self) -> None:
        super().__init__(gap=3)
        self._shown: tuple[tuple[Shape, str, str], ...] = ()

    def show_lines(self, lines: Sequence[tuple[Shape, str, str]]) -> None:
        """Show lines of (shape, its colour token, words)."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        self._put([_marked(*line) for line in lines])


class Paragraphs(_Remade):
    """Sentences with room between them, in a role of the style sheet."""

    def __init__(self, role: str = "body", *, gap: int = 5) -> None:
        super().__init__(gap)
        self._role = role
        self._shown: tuple[str, ...] = ()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these sentences; without any, nothing."""
        if tuple(lines) != self._shown:
            self._shown = tuple(lines)
            self._put([label(words, self._role, wrap=True) for words in lines])
        self.setVisible(bool(lines))

    def text(self) -> str:
        """All that is said, a sentence a line."""
        return "\n".join(self._shown)


def _marked(shape: Shape, ink: str, words: str) -> QWidget:
    holder = QWidget()
    line = row(ShapeMark(shape, ink, 9), gap=5)
    line.addWidget(label(words, "small", wrap=True), 1)
    holder.setLayout(line)
    return holder
