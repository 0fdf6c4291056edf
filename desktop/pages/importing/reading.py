"""Reading files into a draft, without Qt: which recipe fits, what stays of an earlier reading, how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.problems import UserProblem
from analysis.vocabulary import Arm, MeasureFacts
from db.queries.comparisons import comparators
from db.queries.series import measures
from db.store import Store
from desktop.importing import recipe_for, recipe_like
from desktop.jobs import Progress
from desktop.pages.importing.draft import Draft, Known, Reading, begin, reread
from desktop.pages.importing.sources import Source
from importers.edges import Edges
from importers.inspection import Inspection
from importers.plans import propose
from importers.privacy import PersonalData
from importers.recipes import Recipe

SHARES = 100


class RefusedFile(UserProblem):
    """A file that must not be read, with what was found in it (masked: kinds, columns and counts only)."""

    def __init__(self, message: str, hint: str, found: Sequence[PersonalData]) -> None:
        super().__init__(message, hint)
        self.found = tuple(found)


@dataclass(frozen=True)
class Wanted:
    """What to read, for which role, and what was decided before (`old`) when it is read again."""

    sources: tuple[Source, ...]
    store: Store | None
    role_id: int | None
    role: str = ""
    old: Draft | None = None
    recipe: Recipe | None = None
    edges: tuple[Edges, ...] = ()


class _Stop:
    """A job's wish to end, as the reading child asks for it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def is_set(self) -> bool:
        """Whether the person wants to stop."""
        return self._progress.cancelled


def read_draft(wanted: Wanted, progress: Progress) -> Draft:
    """Read every file, and put the decisions made before on it. Raises UserProblem for what cannot be read."""
    readings = [_reading(wanted, at, progress) for at in range(len(wanted.sources))]
    if wanted.old is not None:
        return reread(wanted.old, readings, wanted.edges)
    first = readings[0].inspection
    known = known_of(wanted.store, wanted.role_id)
    recipe = wanted.recipe or _recipe(wanted, first, known.measures)
    return replace(begin(readings, known, recipe, wanted.role), edges=wanted.edges)


def known_of(store: Store | None, role_id: int | None) -> Known:
    """What a role has already; nothing for a role that is not there yet."""
    if store is None or role_id is None:
        return Known()
    names: dict[Arm, dict[str, None]] = {}
    for held in comparators(store, role_id):
        names.setdefault(held.arm, {})[held.facts.name] = None
    return Known(tuple(measures(store, role_id)), {arm: ", ".join(held) for arm, held in names.items()})


def _recipe(wanted: Wanted, inspection: Inspection, known: tuple[MeasureFacts, ...]) -> Recipe | None:
    store = wanted.store
    if store is None:
        return None
    fitting = recipe_for(store, propose(inspection, known).fingerprint, wanted.role_id)
    return fitting or recipe_like(store, inspection, wanted.role_id)


def _reading(wanted: Wanted, at: int, progress: Progress) -> Reading:
    source, count, stop = wanted.sources[at], len(wanted.sources), _Stop(progress)

    def say(share: float, doing: str) -> None:
        words = f"{source.name}: {doing.lower()}" if doing else source.name
        more = f"File {at + 1} of {count}, " if count > 1 else ""
        progress.step(round((at + share) * SHARES), count * SHARES, f"{more}{words}")

    whole = _let_in(source.inspect(say, stop))
    names = {sheet.name for sheet in whole.sheets}
    mine = [edges for edges in wanted.edges if edges.sheet in names]
    within = _let_in(source.inspect(say, stop, mine)) if mine else whole
    return Reading(source, whole, within)


def _let_in(found: Inspection) -> Inspection:
    if found.verdict == "refuse":
        issue = found.issues[0]
        raise RefusedFile(issue.message, issue.hint, found.personal_data)
    return found
