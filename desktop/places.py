"""Where evaluation files are kept unless a person chooses: the app's own folder on this computer. Qt-free."""

from __future__ import annotations

from pathlib import Path

from db.store import SUFFIX


def data_folder() -> Path:
    """The app's own folder for evaluation files: local to this computer, never a synced one.

    Where it is made, nobody but its owner can look into it.
    """
    from platformdirs import user_data_path

    folder = user_data_path("Roleworth", appauthor=False)
    folder.mkdir(0o700, parents=True, exist_ok=True)
    return folder


def new_file_path() -> Path:
    """A name for a new evaluation file that nothing has yet: `My roles`, `My roles (2)`..."""
    folder, number = data_folder(), 1
    while (path := folder / f"My roles{'' if number == 1 else f' ({number})'}{SUFFIX}").exists():
        number += 1
    return path
