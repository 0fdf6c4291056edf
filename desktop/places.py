"""Where evaluation files are kept unless a person chooses: the app's own folder on this computer. Qt-free."""

from __future__ import annotations

from pathlib import Path

from db.store import SUFFIX


def data_folder() -> Path:
    """The app's own folder for evaluation files: local to this computer, never a synced one."""
    from platformdirs import user_data_path

    return user_data_path("Roleworth", appauthor=False, ensure_exists=True)


def new_file_path() -> Path:
    """A name for a new evaluation file that nothing has yet: `My roles`, `My roles (2)`..."""
    folder, number = data_folder(), 1
    while (path := folder / f"My roles{'' if number == 1 else f' ({number})'}{SUFFIX}").exists():
        number += 1
    return path
