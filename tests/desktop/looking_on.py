"""What every screen must keep for everyone, looked at in the window as it stands: names, keys, rings, ink, targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop.grid.view import EntryGrid

TEXT_CONTRAST = 4.5
LEAST_TARGET = 24
MOST_STOPS = 400
MOST_TURNS = 60


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def rest(window: QWidget) -> None:
    """Let a page come to rest: until nothing in the window has moved for two turns of the event loop."""
    held, still = _places(window), 0
    for _ in range(MOST_TURNS):
        QApplication.processEvents()
        now = _places(window)
        still = still + 1 if now == held else 0
        held = now
        if still == 2:
            return
    text = f"{called(window)} was still moving after {MOST_TURNS} turns"
    raise AssertionError(text)


def _places(window: QWidget) -> list[object]:
    """Where every widget that is shown stands."""
    return [widget.geometry().getRect() for widget in window.findChildren(QWidget) if widget.isVisible()]


def called(widget: QWidget) -> str:
    """A widget as a failure names it."""
    text = widget.accessibleName() or getattr(widget, "text", str)()
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {str(text)[:60]!r} in {type(parent).__name__}"


def stops(window: QWidget) -> list[QWidget]:
    """Widgets that Tab should reach: shown, switched on, and standing for nobody else."""
    every = [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.window() is window]
    return [w for w in every if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]


def nameless(window: QWidget) -> list[str]:
    """Stops without a name, a role or (where they hold one) a value for a screen reader.

    On Unix Qt says the value of a combo box as its name as well: there the name it was given is looked at.
    """
    found = []
    for widget in stops(window):
        said = QAccessible.queryAccessibleInterface(widget)
        name = said.text(QAccessible.Text.Name)
        if not name:
            found.append(f"no name: {called(widget)}")
        if said.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client) and not name:
            found.append(f"no role: {called(widget)}")
        if isinstance(widget, QComboBox) and widget.accessibleName() in ("", widget.currentText()):
            found.append(f"its value for a name: {called(widget)}")
        if isinstance(widget, QLineEdit) and said.text(QAccessible.Text.Value) != widget.text():
            found.append(f"no value: {called(widget)}")
    return found


def alike(window: QWidget) -> list[str]:
    """Stops of one kind that a screen reader calls the same: by ear nobody could tell which is which."""
    told: Counter[tuple[str, str, str]] = Counter()
    for widget in stops(window):
        said = QAccessible.queryAccessibleInterface(widget)
        name = widget.accessibleName() or said.text(QAccessible.Text.Name)
        told[type(widget).__name__, name, said.text(QAccessible.Text.Description)] += 1
    return [f"{times} times: {kind} {name!r}" for (kind, name, _), times in told.items() if times > 1]


def tab_round(window: QWidget) -> tuple[list[QWidget], bool]:
    """Every stop that Tab reaches from the first on, and whether it came back to it. The entry grid is left by F6."""
    first = stops(window)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(MOST_STOPS):
        held: QWidget | None = window.focusWidget()
        holder = first if held is None else held
        if seen and holder is seen[0]:
            return seen, True
        seen.append(holder)
        QTest.keyClick(holder, Qt.Key.Key_F6 if isinstance(holder, EntryGrid) else Qt.Key.Key_Tab)
    return seen, False


def unreached(window: QWidget) -> list[str]:
    """Stops that a whole round of Tab does not reach; of joined buttons the chosen one stands for all.

    What comes into view on the way, such as the button for the row that has the focus, is reached in the next round.
    """
    wanted = stops(window)
    seen, came_back = tab_round(window)
    missing = [w for w in wanted if w not in seen and not _stands_for(w, seen)]
    return [f"never reached: {called(w)}" for w in missing] + ([] if came_back else ["Tab does not come back"])


def _stands_for(widget: QWidget, seen: list[QWidget]) -> bool:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive():
        return any(button in seen for button in group.buttons())
    return isinstance(widget, QLineEdit) and isinstance(widget.parent(), QComboBox)


def small_targets(window: QWidget) -> list[str]:
    """Buttons, boxes and inputs that are smaller than a finger or a shaking hand needs."""
    kinds = QAbstractButton | QComboBox | QLineEdit
    shown = [w for w in stops(window) if isinstance(w, kinds) and not isinstance(w.parent(), QComboBox)]
    small = [w for w in shown if min(w.width(), w.height()) < LEAST_TARGET]
    return [f"{w.width()} x {w.height()}: {called(w)}" for w in small]


def image_of(widget: QWidget) -> np.ndarray:
    """What a widget looks like, as rows of red, green and blue from 0 to 255."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    held = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return held[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(float)


def luminance(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance by WCAG 2."""
    share = pixels / 255
    linear = np.where(share <= 0.03928, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    held: np.ndarray = linear @ np.array([0.2126, 0.7152, 0.0722])
    return held


def faint(window: QWidget) -> list[str]:
    """Words whose strongest pixel does not stand out 4.5 to 1 from the paper they are drawn on."""
    light = luminance(image_of(window))
    found = []
    for widget, box in _worded(window):
        part = light[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
        if part.size == 0:
            continue
        values, counts = np.unique(np.round(part, 4), return_counts=True)
        paper = float(values[counts.argmax()])
        ends = (float(part.min()), float(part.max()))
        best = max((max(paper, end) + 0.05) / (min(paper, end) + 0.05) for end in ends)
        if best < TEXT_CONTRAST:
            found.append(f"{best:.1f} to 1: {called(widget)}")
    return found


def _worded(window: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    """Shown labels and buttons with words, each with the part of the window that shows it whole."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible() or not widget.isEnabled():
            continue
        if not widget.text().strip() or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        yield widget, QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def ringless(window: QWidget, inks: set[str]) -> list[str]:
    """Of each kind of stop one: those on which the focus draws no ring of 2 px in the colours of focus."""
    found, seen = [], set()
    for widget in stops(window):
        kind = (type(widget).__name__, str(widget.property("kind")))
        if kind in seen or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        seen.add(kind)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        around = _around(widget)
        with_ring = _ring_pixels(window, around, inks)
        if with_ring < 2 * min(around.width(), 60):
            found.append(f"{with_ring} ring pixels: {called(widget)}")
    return found


def _around(widget: QWidget) -> QRect:
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return box.adjusted(-6, -6, 6, 6).intersected(window.rect())


def _ring_pixels(window: QWidget, box: QRect, inks: set[str]) -> int:
    pixels = image_of(window)[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
    total = 0
    for ink in inks:
        colour = QColor(ink)
        wanted = np.array([colour.red(), colour.green(), colour.blue()])
        total += int((np.abs(pixels - wanted).max(axis=2) <= 6).sum())
    return total
