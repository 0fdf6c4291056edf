"""An import that is being decided, without Qt: what was read, every answer so far, and what would come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.vocabulary import MeasureFacts
from db.operations.imports import Existing, Foreseen
from importers.collecting import CellIssue, Collected, collect, of_interest
from importers.inspection import Inspection
from importers.plans import EXISTING, LEAVE_OUT, NEW, ImportPlan, MeasureRef, Target, propose
from importers.recipes import Recipe

STEPS = ("File", "Sheet and table", "Privacy", "Match", "Review")
NEW_MEASURE = "New measure"
LEAVE = "Leave out"


@dataclass(frozen=True)
class Draft:
    """Everything a person has decided about one file. Going back loses none of it."""

    inspection: Inspection
    plan: ImportPlan
    measures: tuple[MeasureFacts, ...]
    answers: Mapping[str, int | str] = field(default_factory=dict)
    fixes: Mapping[str, str] = field(default_factory=dict)
    existing: Existing = Existing.KEEP

    def answered(self, key: str, choice: int | str) -> Draft:
        """With another answer to a question."""
        return replace(self, answers={**self.answers, key: choice})

    def mended(self, cell: str, text: str) -> Draft:
        """With a text typed for a cell; an empty one leaves it blank."""
        return replace(self, fixes={**self.fixes, cell: text})

    def matched(self, key: str, choice: str) -> Draft:
        """With another decision for a series: the label of a measure, a new one, or left out."""
        target = next(target for target in self.plan.targets if target.key == key)
        return replace(self, plan=self.plan.with_target(key, *_decision(choice, target, self.measures)))

    def targets(self) -> list[Target]:
        """The series there is something to decide about."""
        return of_interest(self.plan, self.answers)

    def collected(self) -> Collected:
        """What would come in under the decisions so far."""
        return collect(self.plan, self.answers, self.fixes)


def begin(
    inspection: Inspection, measures: tuple[MeasureFacts, ...], recipe: Recipe | None, organisation: str = ""
) -> Draft:
    """A draft with every question preselected. Raises UserProblem for a file that is refused."""
    plan = propose(inspection, measures, recipe=recipe, organisation=organisation or None)
    return Draft(inspection, plan, measures, dict(plan.answers))


def reread(old: Draft, inspection: Inspection, recipe: Recipe | None, organisation: str = "") -> Draft:
    """The same decisions on a newer reading of the file; fixes of cells that changed are kept too."""
    fresh = begin(inspection, old.measures, recipe, organisation)
    known = {target.key for target in fresh.plan.targets}
    plan = fresh.plan
    for target in old.plan.targets:
        if target.key in known:
            plan = plan.with_target(target.key, target.action, target.measure, target.arm)
    return replace(fresh, plan=plan, answers={**fresh.answers, **old.answers}, fixes=old.fixes, existing=old.existing)


def _decision(choice: str, target: Target, measures: tuple[MeasureFacts, ...]) -> tuple[str, MeasureRef | None]:
    if choice == LEAVE:
        return LEAVE_OUT, None
    found = next((m for m in measures if m.label == choice), None)
    if found is None:
        return NEW, replace(target.measure, id=None)
    return EXISTING, MeasureRef(found.name, found.id, found.kind, found.unit)


def choices_for(target: Target, measures: tuple[MeasureFacts, ...]) -> tuple[str, ...]:
    """What a series can become."""
    return (*(m.label for m in measures), new_label(target), LEAVE)


def new_label(target: Target) -> str:
    """The choice that makes a measure of a series."""
    return f"{NEW_MEASURE}: {target.measure.name}"


def choice_now(target: Target, measures: tuple[MeasureFacts, ...]) -> str:
    """What a series becomes as things stand."""
    if target.action == LEAVE_OUT:
        return LEAVE
    found = next((m for m in measures if m.id == target.measure.id), None)
    return found.label if found and target.action == EXISTING else new_label(target)


def confidence_words(target: Target) -> str:
    """How sure the match is, in words."""
    if target.action != EXISTING:
        return "no measure of that name"
    return "same name" if target.confidence >= 0.97 else "likely" if target.confidence >= 0.86 else "please check"


@dataclass(frozen=True)
class Outlook:
    """What the draft would do to the record."""

    collected: Collected
    foreseen: Foreseen

    @property
    def coming(self) -> int:
        """Values the import would bring in when existing ones are kept."""
        return self.foreseen.fresh

    @property
    def held(self) -> int:
        """Cells kept back for a person."""
        return len(self.collected.fix) + len(self.collected.check)

    def issues(self, shown: str) -> tuple[CellIssue, ...]:
        """The cells to fix, to check, or both."""
        held = {"fix": self.collected.fix, "check": self.collected.check}
        return held.get(shown, (*self.collected.fix, *self.collected.check))


def button_words(outlook: Outlook, existing: Existing) -> str:
    """What the primary button will do, with its numbers."""
    replacing = outlook.foreseen.different if existing is Existing.REPLACE else 0
    count = outlook.coming + replacing
    if not count:
        return "Nothing new to import"
    words = f"Import {count:,} value{'s' * (count != 1)}"
    return f"{words}, hold {outlook.held:,}" if outlook.held else words
