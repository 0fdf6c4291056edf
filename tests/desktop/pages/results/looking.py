"""What a page must keep at every size of text: nothing cut, nothing sideways, everything named."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget


def settle() -> None:
    """Let layouts and style sheets come to rest."""
    for _ in range(6):
        QApplication.processEvents()


def cut(page: QWidget) -> list[str]:
    """Visible buttons and labels that are smaller than their words need, and do not show them all under the pointer."""
    every: list[QAbstractButton | QLabel] = [*page.findChildren(QAbstractButton), *page.findChildren(QLabel)]
    shown = [widget for widget in every if widget.isVisible() and widget.text()]
    return [f"{w.text()!r} {w.size().toTuple()} of {w.sizeHint().toTuple()}" for w in shown if _is_cut(w)]


def _is_cut(widget: QAbstractButton | QLabel) -> bool:
    if widget.toolTip() and widget.toolTip() in (widget.text(), widget.accessibleName()):
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height()


def sideways(page: QWidget) -> list[str]:
    """Scroll areas whose content is wider than they are."""
    areas = [(area, area.widget()) for area in page.findChildren(QScrollArea) if area.isVisible()]
    return [area.objectName() for area, inner in areas if inner and inner.width() > area.viewport().width()]


def nameless(page: QWidget) -> list[str]:
    """Widgets that Tab reaches and that have no name for a screen reader; a proxy is named in its widget's stead."""
    reached = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    mute = [w for w in reached if not w.accessibleName() and w.focusProxy() is None]
    return [f"{type(w).__name__} in {type(w.parent()).__name__}" for w in mute if not _has_words(w)]


def _has_words(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and bool(widget.text())
