"""What is kept of the window between two sittings: its place and size, colours, text size, the files opened last and
the folders that were gone to.

It lies with the settings of this computer's user, never in an evaluation file, and holds no data of one: what was
chosen in a list of roles is kept as digests of the words, which are compared with the words of the file when it is
opened again.

One small file, replaced as a whole and not waited for: Qt's own settings sync theirs with the disk on the thread of the
window, which then stands still for as long as a slow disk takes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import blake2s
from pathlib import Path

from PySide6.QtCore import QByteArray, QStandardPaths
from PySide6.QtWidgets import QMainWindow

from desktop.theme.look import look
from desktop.theme.tokens import THEME_NAMES

MOST_RECENT = 8
MOST_CHOICES = 20
"""Files whose choices are kept; the oldest go first."""


def settings_path() -> Path:
    """Where it is kept."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "Roleworth" / "window.json"


def _held() -> dict[str, object]:
    """What was kept; nothing where it cannot be read."""
    try:
        held = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _keep(facts: Mapping[str, object]) -> None:
    """Keep these facts beside the others. Where that cannot be done the window comes up as it did before."""
    target = settings_path()
    working = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(0o700, parents=True, exist_ok=True)
        working.touch(0o600)
        working.write_text(json.dumps(_held() | dict(facts), indent=1), encoding="utf-8")
        os.replace(working, target)  # noqa: PTH105 - atomic on every system
    except OSError:
        return


def remember_window(window: QMainWindow) -> None:
    """Keep place, size, colours and text size."""
    place = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    _keep({"geometry": place, "colours": look().chosen or "", "text size": look().theme.scale})


def restore_window(window: QMainWindow) -> bool:
    """Bring back what was kept; False where nothing usable was. Qt moves a window that lies off every screen."""
    kept = _held()
    colours, size, place = kept.get("colours"), kept.get("text size"), kept.get("geometry")
    if colours in THEME_NAMES:
        look().choose(str(colours))
    look().set_scale(size if isinstance(size, float) else 1.0)
    return isinstance(place, str) and window.restoreGeometry(QByteArray.fromBase64(place.encode()))


def remember_file(path: Path) -> None:
    """Put a file first among those opened last."""
    names = [str(path), *(name for name in _names() if name != str(path))]
    _keep({"recent": names[:MOST_RECENT], "file": str(path)})


def recent_files() -> tuple[Path, ...]:
    """The files opened last that are still there, the newest first. Asks every drive: not for the window's thread."""
    return tuple(path for name in _names() if (path := Path(name)).exists())


def last_file() -> Path | None:
    """The file that was open last, if it is still there. Asks its drive: not for the window's thread."""
    name = str(_held().get("file", ""))
    return Path(name) if name and Path(name).exists() else None


def folder_of(what: str) -> Path | None:
    """The folder that was gone to last for something, there or not; None where there was none."""
    name = _folders().get(what)
    return Path(name) if isinstance(name, str) and name else None


def folder_of_file() -> Path | None:
    """The folder of the file that was open last, there or not."""
    name = _held().get("file")
    return Path(name).parent if isinstance(name, str) and name else None


def remember_folder(what: str, folder: Path) -> None:
    """Keep the folder that was gone to for something."""
    if folder_of(what) != folder:
        _keep({"folders": _folders() | {what: str(folder)}})


def _folders() -> dict[str, object]:
    held = _held().get("folders", {})
    return held if isinstance(held, dict) else {}


def digest(words: str) -> str:
    """What is kept of words of a file: enough to know them again, none of the words."""
    return blake2s(words.encode(), digest_size=8).hexdigest()


def remember_choices(path: Path, chosen: Mapping[str, str]) -> None:
    """Keep what was chosen in the list of roles of a file."""
    held = {key: value for key, value in _choices().items() if key != digest(str(path))}
    held[digest(str(path))] = dict(chosen)
    _keep({"choices": dict(list(held.items())[-MOST_CHOICES:])})


def choices_of(path: Path) -> dict[str, str]:
    """What was chosen last in the list of roles of a file; empty where nothing usable was kept."""
    held = _choices().get(digest(str(path)), {})
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _choices() -> dict[str, object]:
    held = _held().get("choices", {})
    return held if isinstance(held, dict) else {}


def _names() -> list[str]:
    held = _held().get("recent", [])
    return [str(name) for name in held] if isinstance(held, list) else []
