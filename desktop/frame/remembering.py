"""What is kept of the window between two sittings: its place and size, colours, text size, and the files opened last.

It lies with the system's own settings, never in an evaluation file, and holds no data of one.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from desktop.theme.look import look
from desktop.theme.tokens import THEME_NAMES

MOST_RECENT = 8


def settings() -> QSettings:
    """Where it is kept."""
    return QSettings("Roleworth", "Roleworth")


def remember_window(window: QMainWindow) -> None:
    """Keep place, size, colours and text size."""
    kept = settings()
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("colours", look().chosen or "")
    kept.setValue("text size", look().theme.scale)


def restore_window(window: QMainWindow) -> bool:
    """Bring back what was kept; False where nothing usable was. Qt moves a window that lies off every screen."""
    kept = settings()
    colours, size, place = str(kept.value("colours", "") or ""), kept.value("text size", 1.0), kept.value("geometry")
    if colours in THEME_NAMES:
        look().choose(colours)
    try:
        look().set_scale(float(str(size)))
    except ValueError:
        look().set_scale(1.0)
    return isinstance(place, QByteArray) and window.restoreGeometry(place)


def remember_file(path: Path) -> None:
    """Put a file first among those opened last."""
    kept = settings()
    names = [str(path), *(name for name in _names(kept) if name != str(path))]
    kept.setValue("recent", names[:MOST_RECENT])
    kept.setValue("file", str(path))


def recent_files() -> tuple[Path, ...]:
    """The files opened last that are still there, the newest first."""
    return tuple(path for name in _names(settings()) if (path := Path(name)).exists())


def last_file() -> Path | None:
    """The file that was open last, if it is still there."""
    name = str(settings().value("file", "") or "")
    return Path(name) if name and Path(name).exists() else None


def _names(kept: QSettings) -> list[str]:
    held = kept.value("recent", [])
    return [held] if isinstance(held, str) else [str(name) for name in held] if isinstance(held, list) else []
