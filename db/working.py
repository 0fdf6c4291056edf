"""Working files beside their target: named after the computer and the program that makes them, gone when it has died.

A folder may be shared with other computers, and nobody here can ask whether a program there still lives: what they are
making is never touched.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import shutil
from pathlib import Path

MARK = ".roleworth-"
"""How the name of anything begins that is not finished yet."""


def working_name(folder: Path, ending: str = "") -> Path:
    """A name in a folder that nobody else uses, with what died on this computer cleared away. Raises OSError."""
    _clear_the_dead(folder)
    return folder / f"{_ours()}{os.getpid()}-{secrets.token_hex(4)}{ending}"


def _ours() -> str:
    """How the names of this computer begin; its own name may be long, or say who owns it."""
    computer = hashlib.blake2b(platform.node().encode(errors="surrogateescape"), digest_size=4).hexdigest()
    return f"{MARK}{computer}-"


def _clear_the_dead(folder: Path) -> None:
    """Remove what programs of this computer were writing when they were killed.

    On Windows nobody can be asked whether he lives without harm, so nothing is removed there.
    """
    begins = _ours()
    for left in folder.glob(f"{begins}*"):
        number = left.name.removeprefix(begins).partition("-")[0]
        if os.name == "posix" and number.isdecimal() and not _lives(int(number)):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
