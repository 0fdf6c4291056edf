"""What is kept of the window between two sittings: its place and size, colours, text size, and the files opened last.

It lies with the system's own settings, never in an evaluation file, and holds no data of one: what was chosen in a list
of roles is kept as digests of the words, which are compared with the words of the file when it is opened again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2s
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from desktop.theme.look import look
from desktop.theme.tokens import THEME_NAMES

MOST_RECENT = 8
MOST_CHOICES = 20
"""Files whose choices are kept; the oldest go first."""


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


def digest(words: str) -> str:
    """What is kept of words of a file: enough to know them again, none of the words."""
    return blake2s(words.encode(), digest_size=8).hexdigest()


def remember_choices(path: Path, chosen: Mapping[str, str]) -> None:
    """Keep what was chosen in the list of roles of a file."""
    held = {key: value for key, value in _choices().items() if key != digest(str(path))}
    held[digest(str(path))] = dict(chosen)
    newest = dict(list(held.items())[-MOST_CHOICES:])
    settings().setValue("choices", json.dumps(newest))


def choices_of(path: Path) -> dict[str, str]:
    """What was chosen last in the list of roles of a file; empty where nothing usable was kept."""
    held = _choices().get(digest(str(path)), {})
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _choices() -> dict[str, object]:
    try:
        held = json.loads(str(settings().value("choices", "{}") or "{}"))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _names(kept: QSettings) -> list[str]:
    held = kept.value("recent", [])
    return [held] if isinstance(held, str) else [str(name) for name in held] if isinstance(held, list) else []
