"""From what the importers collected to what the record takes: one path for the import screen and the command line.

Qt-free. Nothing is decided here that the plan and the answers have not decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.periods import Frequency
from analysis.vocabulary import Direction, Maturity, MeasureKind, Purpose
from analysis.wording import plural
from db.operations.imports import (
    Existing,
    Foreseen,
    NewMeasure,
    Outcome,
    RecipeToSave,
    SourceFile,
    bring_in,
    foresee,
)
from db.queries.recipes import SavedRecipe, recipes
from db.store import Store
from importers.collecting import Collected, Observation
from importers.inspection import Inspection
from importers.plans import ImportPlan
from importers.recipes import Recipe
from importers.sequences import ROLLING
from importers.text import SHEET

DECIMALS = {MeasureKind.RATE: 1, MeasureKind.MEAN: 1, MeasureKind.PAIRED_MEAN: 1}
COUNTS_PEOPLE = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.PROPORTION)
"""Until a person says otherwise; a mean of days or scores counts nobody, money neither."""

MARKED = (Maturity.PROVISIONAL, Maturity.ESTIMATED)


@dataclass(frozen=True)
class Bringing:
    """What a person decided about the whole import."""

    existing: Existing = Existing.KEEP
    accept_checks: bool = False
    save_recipe: str = ""
    direction: Direction = Direction.NEUTRAL


def bring_in_collected(
    store: Store,
    *,
    role_id: int,
    plan: ImportPlan,
    collected: Collected,
    bringing: Bringing,
    told: Callable[[int], None] | None = None,
) -> Outcome:
    """Write the ready values (and, if accepted, those to be checked) as one step that can be undone at any time.

    `told` hears how many are in; what it raises ends the import with nothing written.
    """
    values = collected.accepted() if bringing.accept_checks else collected.ready
    inspection = plan.inspection
    sheets = tuple(sorted({value.sheet for value in values}))
    return bring_in(
        store,
        role_id=role_id,
        source=SourceFile(inspection.file, inspection.sha256, inspection.size, sheets),
        rows=[row_of(value) for value in values],
        new_measures=new_measures(values, bringing.direction),
        recipe=_recipe(plan, bringing.save_recipe),
        existing=bringing.existing,
        held=len(collected.fix) + len(collected.check) * (not bringing.accept_checks),
        told=told,
    )


def foresee_collected(store: Store, *, role_id: int, values: Sequence[Observation]) -> Foreseen:
    """What bringing the ready values in would find: new ones, different ones, and those that are here already."""
    return foresee(store, role_id=role_id, rows=[row_of(value) for value in values])


def row_of(value: Observation) -> dict[str, Any]:
    """One collected value as the columns of an observation."""
    return {
        "measure_id": value.measure.id if value.measure.id is not None else value.measure.name,
        "arm": value.arm.value,
        "period_start": value.period.start,
        "period_end": value.period.end,
        "state": value.state.value,
        "maturity": value.maturity.value if value.maturity in MARKED else None,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "raw_text": value.raw,
        "source_sheet": "" if value.sheet == SHEET else value.sheet,
        "source_cell": value.cell.rpartition("!")[2],
    }


def new_measures(values: Iterable[Observation], direction: Direction) -> list[NewMeasure]:
    """The measures an import brings along, each with the frequency most of its values have."""
    seen: dict[str, Observation] = {}
    frequencies: dict[str, Counter[Frequency]] = {}
    for value in values:
        if value.measure.id is None:
            name = value.measure.name
            seen.setdefault(name, value)
            rolling = value.note.endswith(ROLLING)
            frequencies.setdefault(name, Counter())[Frequency.OTHER if rolling else value.period.frequency] += 1
    return [
        NewMeasure(name, measure_columns(first, direction), {"frequency": frequencies[name].most_common(1)[0][0].value})
        for name, first in seen.items()
    ]


def measure_columns(first: Observation, direction: Direction) -> dict[str, Any]:
    """What can be told of a new measure from its sheet; the rest is for a person to say."""
    ref = first.measure
    money = ref.kind is MeasureKind.MONEY
    return {
        "name": ref.name[:200],
        "kind": ref.kind.value,
        "unit": "£" if money else ref.unit[:60],
        "direction": direction.value,
        "purpose": (Purpose.COST if money else Purpose.OUTCOME).value,
        "decimals": DECIMALS.get(ref.kind, 0),
        "people_count": ref.kind in COUNTS_PEOPLE,
    }


def _recipe(plan: ImportPlan, name: str) -> RecipeToSave | None:
    return RecipeToSave(name, plan.fingerprint, plan.as_recipe(name).as_json()) if name else None


def recipe_for(store: Store, fingerprint: str, role_id: int | None = None) -> Recipe | None:
    """The newest saved recipe for a file's headers, this role's first."""
    fitting = [held for held in recipes(store) if held.fingerprint == fingerprint]
    mine = [held for held in fitting if held.implementation_id == role_id]
    return read_recipe((mine or fitting)[0]) if fitting else None


ALIKE = 0.4
"""The share of headings a recipe must have in common with a file to be offered with its changes."""


def recipe_like(store: Store, inspection: Inspection, role_id: int | None = None) -> Recipe | None:
    """The recipe whose headings are most like a file's, this role's first; None when none is much like it."""
    held = [(read_recipe(saved), saved.implementation_id == role_id) for saved in recipes(store)]
    scored = [(recipe.likeness(inspection), mine, recipe) for recipe, mine in held]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= ALIKE else None


def recipe_named(store: Store, name: str) -> Recipe | None:
    """The newest saved recipe of a name."""
    return next((read_recipe(held) for held in recipes(store) if held.name == name), None)


def read_recipe(held: SavedRecipe) -> Recipe:
    """A recipe as the importers take it."""
    return Recipe.from_json(held.answers)


def counts_of(collected: Collected, accept_checks: bool) -> Mapping[str, int]:
    """How many values are ready, to fix and to check."""
    ready = len(collected.accepted()) if accept_checks else len(collected.ready)
    return {"ready": ready, "fix": len(collected.fix), "check": 0 if accept_checks else len(collected.check)}


def as_line(inspection: Inspection) -> str:
    """What was found in a file, in one line."""
    tables = inspection.tables
    series = sum(len(table.series) for table in tables)
    return f"{inspection.file}: {plural(len(tables), 'table')}, {series} series"
