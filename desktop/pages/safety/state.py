"""What the page of file safety shows, without Qt: frozen values made from what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.wording import plural
from db.backup import Backup, folder_beside
from db.checks import FileCheck
from db.operations.redacting import Findings
from db.restoring import Held, Preview, Restored
from db.whereabouts import Place
from desktop.safety import is_of_another
from desktop.states import ColumnSpec, TableCell, TableState, as_rows
from desktop.theme.marks import Shape

Line = tuple[Shape, str, str]
BACKUP_COLUMNS = (
    ColumnSpec("Made"),
    ColumnSpec("Why", stretch=True),
    ColumnSpec("Rows", number=True),
    ColumnSpec("Size", number=True),
    ColumnSpec("Number", number=True),
)
COUNT_COLUMNS = (
    ColumnSpec("What", stretch=True),
    ColumnSpec("In the backup", number=True),
    ColumnSpec("Today", number=True),
)
NAMED = 12
ANOTHER = " (of another file of this name)"
KEPT_BESIDE = "The file you had is beside it, unchanged."
GONE = "The file you had is not in its place any more."


@dataclass(frozen=True)
class SafetyRead:
    """What is read off the GUI thread: the backups, where they go, where the file lies, by what it is known.

    `not_listed` is why its backups could not be listed.
    """

    path: Path
    backups: tuple[Backup, ...]
    folder: Path
    place: Place
    file: str = ""
    folder_is_there: bool = True
    not_listed: UserProblem | None = None


def local_time(made_at: str) -> str:
    """`22 Nov 26, 09:41` of a moment in UTC; a dash where it is not known."""
    try:
        when = datetime.fromisoformat(made_at).astimezone()
    except ValueError:
        return "–"
    return f"{date_label(when.date())}, {when:%H:%M}"


def size_words(size: int) -> str:
    """`0.9 MB`."""
    return f"{size / 1e6:,.1f} MB"


def backup_table(backups: Sequence[Backup], file: str = "") -> TableState:
    """The backups, newest first; those known to be of another file of the same name say so."""
    rows = as_rows(
        [(local_time(b.made_at), _why(b, file), f"{b.rows:,}", size_words(b.size), str(b.number)) for b in backups]
    )
    return TableState(BACKUP_COLUMNS, rows, tuple(str(b.path) for b in backups))


def _why(backup: Backup, file: str) -> str:
    return f"{backup.reason.capitalize()}{ANOTHER if is_of_another(backup, file) else ''}"


def count_table(seen: Preview) -> TableState:
    """What a backup holds, beside what its file holds today where that is open; what differs stands out."""
    if not seen.beside_today:
        return TableState(COUNT_COLUMNS[:2], as_rows([(_kind(held), f"{held.then:,}") for held in seen.counts]))
    rows = [
        (TableCell(_kind(held)), TableCell(f"{held.then:,}", strong=held.now != held.then), TableCell(f"{held.now:,}"))
        for held in seen.counts
    ]
    return TableState(COUNT_COLUMNS, tuple(rows))


def _kind(held: Held) -> str:
    return held.kind.capitalize()


def counts_name(seen: Preview | None) -> str:
    """What the table of counts is called for who cannot see its columns."""
    return "What the backup holds beside today" if seen and seen.beside_today else "What the backup holds"


def goes_beside(read: SafetyRead, seen: Preview) -> bool:
    """Whether a backup is of a file that lies where something can be put beside it.

    Where it is not known by what one of the two is known, only the file's own folder of backups tells.
    """
    if not read.folder_is_there:
        return False
    if read.file and seen.file:
        return read.file == seen.file
    path, own = seen.backup.path, folder_beside(read.path)
    is_listed = path.parent == own and path in [backup.path for backup in read.backups]
    return is_listed and not is_of_another(seen.backup, read.file)


def preview_words(seen: Preview) -> str:
    """When the backup was made and what was done since."""
    made = f"Made {local_time(seen.backup.made_at)}, {seen.backup.reason or 'no reason given'}."
    last = f" Its last step is “{seen.last_step}”." if seen.last_step else " It holds no step of history."
    if not seen.beside_today:
        return f"{seen.backup.path.name}. {made}{last}"
    if not seen.later_steps:
        return f"{made}{last} Nothing was changed since."
    newest = seen.later_steps[0][1]
    return f"{made}{last} {plural(len(seen.later_steps), 'step')} came after it, the newest “{newest}”."


def restored_words(done: Restored) -> str:
    """What has become of the file of today."""
    if not done.today_is_there:
        return GONE
    if done.not_backed_up is None:
        return KEPT_BESIDE
    return f"{KEPT_BESIDE} It could not be backed up first: {done.not_backed_up.message}"


def check_lines(found: FileCheck) -> tuple[Line, ...]:
    """What a check found, worst first; each damaged row with what it was."""
    if found.is_sound:
        words = f"{found.observations:,} values and {found.steps:,} steps of history are as they were written."
        return ((Shape.FINE, "ok", f"The file is sound. {words}"),)
    lines: list[Line] = [(Shape.BAD, "fix", fault) for fault in found.faults[:NAMED]]
    if len(found.faults) > NAMED:
        lines.append((Shape.BAD, "fix", f"and {plural(len(found.faults) - NAMED, 'further fault')}"))
    lines += [(Shape.LOOK, "check", row.words) for row in found.rows[:NAMED]]
    if found.record_is_whole:
        lines.append((Shape.FINE, "ok", "Everything recorded is as it was written; only unused bytes differ."))
    return tuple(lines)


def found_lines(found: Findings) -> tuple[Line, ...]:
    """Where a text stands."""
    if found.is_empty:
        return ((Shape.FINE, "ok", "It stands nowhere in the file or its history."),)
    lines: list[Line] = [(Shape.LOOK, "check", place.words) for place in found.places[:NAMED]]
    if len(found.places) > NAMED:
        lines.append((Shape.LOOK, "check", f"and {plural(len(found.places) - NAMED, 'further row')}"))
    if found.steps:
        words = f"{plural(len(found.steps), 'step')} of the history, which could then not be undone any more"
        lines.append((Shape.LOOK, "check", words))
    return tuple(lines)


def place_line(place: Place) -> Line:
    """Whether the file can be worked on where it lies."""
    if place.is_safe:
        return Shape.FINE, "ok", "It lies on this computer, where files are safe to work on."
    words = f"It lies in {place.words}, where files have been lost when two programs wrote at once."
    return Shape.LOOK, "check", words
