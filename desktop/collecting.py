"""Python's collection of garbage, done between events on the window's thread and nowhere else.

Left to itself it runs wherever memory is asked for: in the middle of a painting, or in a thread that works out results.
A page or notice that nothing holds any more would be deleted there, and Qt ends the process (signal 11).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250


class Collector(QObject):
    """Takes the collection over until `stop`; as often as Python would, but at a moment when nothing is half done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Collect the oldest generation whose turn it is."""
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (held, most) in enumerate(counts) if held > most]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Leave the collection to Python again."""
        self._timer.stop()
        gc.enable()
