"""A fault of the program as a report that holds no data: kinds of errors and places in the program, never their words.

The words of an error can repeat a value, a name or a path, so they are left out of the report and of the log. Qt-free.
"""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

LOG = logging.getLogger("roleworth.faults")
LOG_NAME = "faults.log"
MOST_KEPT = 100_000
"""Characters of the log that are kept; the oldest go first."""
_ROOT = Path(__file__).resolve().parent.parent


def fault_report(fault: BaseException) -> str:
    """Kind and place of a fault and of those that led to it, the outermost last."""
    head = f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    return "\n".join([head, *(line for one in reversed(list(_chain(fault))) for line in _described(one))])


def _chain(fault: BaseException) -> Iterator[BaseException]:
    held: BaseException | None = fault
    while held is not None:
        yield held
        held = held.__cause__ or (None if held.__suppress_context__ else held.__context__)


def _described(fault: BaseException) -> Iterator[str]:
    kind = type(fault)
    yield f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f"    {_place(frame.filename)}:{frame.lineno} in {frame.name}"


def _place(filename: str) -> str:
    """A place inside the program from its root, any other by its name alone: a path can name a person."""
    path = Path(filename)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def keep_report(report: str, folder: Path) -> Path | None:
    """Add a report to the log in a folder; None where that cannot be written."""
    log = folder / LOG_NAME
    entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{report}\n\n"
    try:
        held = log.read_text(encoding="utf-8") if log.exists() else ""
        log.touch(0o600)
        log.write_text((held + entry)[-MOST_KEPT:], encoding="utf-8")
    except OSError as refused:
        LOG.warning("the log of faults cannot be written: %s", type(refused).__name__)
        return None
    return log
