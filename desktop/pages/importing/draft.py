"""An import that is being decided, without Qt: what was read, and every answer so far. Going back loses none of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.vocabulary import Arm, MeasureFacts
from db.operations.imports import Existing
from desktop.pages.importing.sources import Source
from importers.collecting import Collected, collect, of_interest
from importers.edges import Edges
from importers.found import FoundTable, Question
from importers.inspection import InspectedSheet, Inspection
from importers.plans import EXISTING, LEAVE_OUT, NEW, ImportPlan, MeasureRef, Target, propose
from importers.recipes import Recipe
from importers.several import follow, site_question, wanted_files
from importers.whole_periods import with_whole_periods
from importers.whose import as_answered

STEPS = ("File", "Sheet and table", "Privacy", "Match", "Review")
FILE, TABLE, PRIVACY, MATCH, REVIEW = range(len(STEPS))
NEW_MEASURE = "New measure"
LEAVE = "Leave out"


@dataclass(frozen=True)
class Known:
    """What a role has already: its measures, and the names of what they are held against (`beside`)."""

    measures: tuple[MeasureFacts, ...] = ()
    beside: Mapping[Arm, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One file: as it was found (`whole`), as it is read within the edges set by hand, and the plan for it."""

    source: Source
    whole: Inspection
    inspection: Inspection
    plan: ImportPlan


@dataclass(frozen=True)
class Draft:
    """Everything a person has decided about the files of one import. `left` names `(part, sheet)`s not ticked."""

    parts: tuple[Part, ...]
    measures: tuple[MeasureFacts, ...]
    role: str = ""
    recipe: Recipe | None = None
    answers: Mapping[str, int | str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    left: frozenset[tuple[int, str]] = frozenset()
    edges: tuple[Edges, ...] = ()
    existing: Existing = Existing.KEEP
    beside: Mapping[Arm, str] = field(default_factory=dict)

    @property
    def plan(self) -> ImportPlan:
        """The plan of the first file, which the others follow where they have its headings."""
        return self.parts[0].plan

    @property
    def inspection(self) -> Inspection:
        """The first file."""
        return self.parts[0].inspection

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where everything comes from."""
        return tuple(part.source for part in self.parts)

    @property
    def name(self) -> str:
        """The file, or how many there are."""
        more = len(self.parts) - 1
        first = self.inspection.file
        return f"{first} and {more} more file{'s' * (more != 1)}" if more else first

    @property
    def site(self) -> Question | None:
        """Whose files are wanted, where they are about several organisations."""
        return site_question([part.inspection for part in self.parts], self.role or None)

    def questions(self) -> tuple[Question, ...]:
        """Every doubt once: about the files, the first file, and what the others ask beyond it."""
        site = self.site
        found = {question.key: question for question in ((site,) if site else ())}
        for part in self.wanted():
            for question in part.plan.questions:
                if part is self.parts[0] or question.key not in part.plan.answers:
                    found.setdefault(question.key, question)
        return tuple(found.values())

    def wanted(self) -> tuple[Part, ...]:
        """The files of the chosen organisation, with those that name none."""
        kept = wanted_files([part.inspection for part in self.parts], self.site, self.answers)
        return tuple(part for part in self.parts if any(part.inspection is one for one in kept))

    def sheets(self) -> list[tuple[int, InspectedSheet]]:
        """Sheets with tables, with the number of their file."""
        parts = enumerate(self.parts)
        return [(number, sheet) for number, part in parts for sheet in part.inspection.sheets if sheet.tables]

    def answered(self, key: str, choice: int | str) -> Draft:
        """With another answer to a question."""
        return replace(self, answers={**self.answers, key: choice}).planned()

    def matched(self, key: str, choice: str) -> Draft:
        """With another decision for a series: the label of a measure, a new one, or left out."""
        return replace(self, decisions={**self.decisions, key: choice}).planned()

    def mended(self, part: int, cell: str, text: str) -> Draft:
        """With a text typed for a cell; an empty one leaves it blank."""
        return replace(self, fixes={**self.fixes, (part, cell): text})

    def put_back(self, part: int, cell: str) -> Draft:
        """With a cell as the sheet has it."""
        return replace(self, fixes={key: text for key, text in self.fixes.items() if key != (part, cell)})

    def ticked(self, part: int, sheet: str, on: bool) -> Draft:
        """With a sheet brought in, or not."""
        one = frozenset({(part, sheet)})
        return replace(self, left=self.left - one if on else self.left | one)

    def into(self, role: str, known: Known) -> Draft:
        """Into another role, with everything decided so far that still has a meaning there."""
        return replace(self, role=role, measures=known.measures, beside=known.beside).planned()

    def planned(self) -> Draft:
        """With the plans made anew from the decisions: the first file's, then those that follow it."""
        first = self._first_plan()
        parts = [replace(self.parts[0], plan=first)]
        for part in self.parts[1:]:
            plan = follow(first, part.inspection, self.measures, self.answers)
            parts.append(replace(part, plan=self._decided(plan)))
        return replace(self, parts=tuple(parts))

    def _first_plan(self) -> ImportPlan:
        plan = propose(self.inspection, self.measures, recipe=self.recipe, organisation=self.role or None)
        return self._decided(with_whole_periods(plan))

    def _decided(self, plan: ImportPlan) -> ImportPlan:
        known = {target.key: target for target in plan.targets}
        for key, choice in self.decisions.items():
            if key in known:
                plan = plan.with_target(key, *_decision(choice, known[key], self.measures))
        return as_answered(plan, self.answers)

    def targets(self) -> list[Target]:
        """The series there is something to decide about, each key once."""
        found: dict[str, Target] = {}
        for number, part in enumerate(self.parts):
            if part in self.wanted():
                for target in of_interest(self._ticked_plan(number), self.answers):
                    found.setdefault(target.key, target)
        return list(found.values())

    def _ticked_plan(self, number: int) -> ImportPlan:
        """The plan of a file without the sheets that are not ticked."""
        plan = self.parts[number].plan
        gone = {sheet for part, sheet in self.left if part == number}
        if not gone:
            return plan
        kept = tuple(replace(t, action=LEAVE_OUT) if t.sheet in gone else t for t in plan.targets)
        return replace(plan, targets=kept)

    def settled(self, number: int) -> ImportPlan:
        """The plan of a file with every answer in it, as an import and a recipe take it.

        A series left out on one sheet only is still remembered by what becomes of it on the others.
        """
        plan = self._ticked_plan(number)
        ordered = tuple(sorted(plan.targets, key=lambda target: target.action != LEAVE_OUT))
        return replace(plan, targets=ordered, answers={**plan.answers, **self._answers(plan)})

    def _answers(self, plan: ImportPlan) -> dict[str, int | str]:
        asked = {question.key for question in plan.questions}
        return {key: given for key, given in self.answers.items() if key in asked}

    def collected(self) -> dict[int, Collected]:
        """What would come in under the decisions so far, by the number of the file."""
        found = {}
        wanted = self.wanted()
        for number, part in enumerate(self.parts):
            if any(part is one for one in wanted):
                fixes = {cell: text for (at, cell), text in self.fixes.items() if at == number}
                plan = self._ticked_plan(number)
                found[number] = collect(plan, self._answers(plan), fixes)
        return found


@dataclass(frozen=True)
class Reading:
    """A file that has been read: as found, and within the edges set by hand."""

    source: Source
    whole: Inspection
    inspection: Inspection


def begin(readings: Sequence[Reading], known: Known, recipe: Recipe | None, role: str = "") -> Draft:
    """A draft with every question preselected. Raises UserProblem for a file that is refused."""
    parts = [_unplanned(reading) for reading in readings]
    return Draft(tuple(parts), known.measures, role, recipe, beside=known.beside).planned()


def reread(old: Draft, readings: Sequence[Reading], edges: tuple[Edges, ...]) -> Draft:
    """The same decisions on a newer reading of the files; mended cells stay mended."""
    parts = [_unplanned(reading) for reading in readings]
    return replace(old, parts=tuple(parts), edges=edges).planned()


def _unplanned(reading: Reading) -> Part:
    return Part(reading.source, reading.whole, reading.inspection, propose(reading.inspection))


def _decision(choice: str, target: Target, measures: tuple[MeasureFacts, ...]) -> tuple[str, MeasureRef | None]:
    if choice == LEAVE:
        return LEAVE_OUT, None
    found = next((m for m in measures if m.label == choice), None)
    if found is None:
        return NEW, replace(target.proposed or target.measure, id=None)
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
    if target.renamed:
        return "the heading has changed"
    if target.aside and target.action == LEAVE_OUT:
        return target.aside
    if target.action != EXISTING:
        return "no measure of that name"
    return "same name" if target.confidence >= 0.97 else "likely" if target.confidence >= 0.86 else "please check"


def edges_found(sheet: InspectedSheet, table: FoundTable | None) -> Edges:
    """The edges of a table as it was found, or of the whole sheet where none was."""
    from desktop.pages.importing.sheet import corners

    if table is None:
        return Edges(sheet.name, 0, 1, max(sheet.rows - 1, 1), 0, max(sheet.columns - 1, 1))
    top, left, bottom, right = corners(table.range)
    if not table.header_rows:
        return Edges(sheet.name, top, min(top + 1, bottom), bottom, left, right)
    first = min(table.header_rows) - 1
    return Edges(sheet.name, min(first, top), max(table.header_rows), bottom, left, right)
