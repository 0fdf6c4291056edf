"""Which file: the system's own dialogs, each beginning in the folder that was used last for the same thing.

A name gets its ending and keeps its dots: `Elm 2.1` becomes `Elm 2.1.xlsx`. The system asks before it replaces a file
by the name that was given; where the ending was added, or several files are written, it cannot know. Then the dialog
comes back and says which file is there already, and nothing is replaced unless the same name is given again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from db.backup_names import BACKUP
from db.store import SUFFIX
from desktop.frame.remembering import folder_of, folder_of_file, remember_folder

EVALUATIONS = f"Evaluation files and their backups (*{SUFFIX} *{BACKUP})"
BACKUPS = f"Backups (*{BACKUP})"


class What(StrEnum):
    """What is opened or saved: each has a folder of its own that is remembered."""

    EVALUATION = "evaluation files"
    BACKUP = "backups"
    SHEET = "spreadsheets"
    RESULT = "results"
    PACK = "evidence packs"


Replaced = Callable[[Path], Path | None]
"""The file that would be replaced without having been named, if there is one."""


def nothing_else(_path: Path) -> None:
    """Only the file that is named is written."""


def ask_save(
    parent: QWidget,
    title: str,
    stem: str,
    kinds: Mapping[str, str],
    what: What = What.RESULT,
    *,
    replaced: Replaced = nothing_else,
) -> Path | None:
    """Where to save; `kinds` are words to endings (`Excel workbook` to `.xlsx`), the first is proposed."""
    filters = {f"{words} (*{ending})": ending for words, ending in kinds.items()}
    ending = next(iter(kinds.values()))
    wanted, told = _beginning(what) / f"{stem}{ending}", None
    while True:
        given, kind = QFileDialog.getSaveFileName(parent, title, str(wanted), ";;".join(filters))
        if not given:
            return None
        path = with_ending(Path(given), tuple(kinds.values()), filters.get(kind, ending))
        there = replaced(path) or (path if path != Path(given) and _is_there(path) else None)
        if there is None or path == told:
            remember_folder(what, path.parent)
            return path
        title = f"{there.name} is there already: save again to replace it, or give another name"
        wanted = told = path


def ask_open(parent: QWidget, title: str, kinds: str, what: What) -> Path | None:
    """Which file to open."""
    given, _ = QFileDialog.getOpenFileName(parent, title, str(_beginning(what)), kinds)
    return _noted(what, Path(given)) if given else None


def ask_open_several(parent: QWidget, title: str, kinds: str, what: What) -> list[Path]:
    """Which files to open; none where the person left."""
    given, _ = QFileDialog.getOpenFileNames(parent, title, str(_beginning(what)), kinds)
    return [_noted(what, Path(name)) for name in given]


def ask_folder(parent: QWidget, title: str, now: Path | None) -> Path | None:
    """Which folder, beginning at the one it is now."""
    given = QFileDialog.getExistingDirectory(parent, title, str(now or ""))
    return Path(given) if given else None


def ask_evaluation(parent: QWidget) -> Path | None:
    """Which evaluation file to open, or which backup to look into."""
    return ask_open(parent, "Open an evaluation file", EVALUATIONS, What.EVALUATION)


def with_ending(path: Path, endings: tuple[str, ...], otherwise: str) -> Path:
    """A path whose name ends in one of the endings; what comes after a dot in the name is otherwise left alone."""
    if path.suffix.lower() in endings:
        return path
    return path.with_name(f"{path.name}{otherwise}")


def _beginning(what: What) -> Path:
    """The folder used last; the person's documents where it is gone or there was none."""
    last = folder_of(what) or (folder_of_file() if what is What.EVALUATION else None)
    if last is not None and _is_there(last):
        return last
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _noted(what: What, path: Path) -> Path:
    remember_folder(what, path.parent)
    return path


def _is_there(path: Path) -> bool:
    """False also where the system cannot even be asked: such a name is refused by whoever writes to it."""
    try:
        return path.exists()
    except OSError:
        return False
