"""Proposes what to do with a file: which series becomes which measure, what must be asked, what a recipe answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.problems import UserProblem
from analysis.vocabulary import Arm, MeasureFacts, MeasureKind
from importers.found import FoundSeries, FoundTable, Question
from importers.inspection import Inspection
from importers.recipes import Recipe, SavedTarget, fingerprint, headings, series_key

EXISTING, NEW, LEAVE_OUT = "existing", "new", "leave out"
SURE, LIKELY = 0.97, 0.86


@dataclass(frozen=True)
class MeasureRef:
    """The measure a value goes to: an existing one by id, or a new one by name with what can be told of it."""

    name: str
    id: int | None = None
    kind: MeasureKind = MeasureKind.COUNT
    unit: str = ""


@dataclass(frozen=True)
class Target:
    """One series and what becomes of it. `confidence` is 1 for the same name, 0 where nothing matched."""

    key: str
    sheet: str
    table: int
    series: int
    label: str
    value_range: str
    action: str
    measure: MeasureRef
    confidence: float = 0.0
    organisation: str | None = None
    arm: Arm = Arm.ROLE
    total: bool = False


@dataclass(frozen=True)
class ImportPlan:
    """A proposal that can be taken as it is: every question has a preselected answer."""

    inspection: Inspection
    targets: tuple[Target, ...]
    questions: tuple[Question, ...]
    fingerprint: str
    answers: Mapping[str, int] = field(default_factory=dict)
    recipe: str | None = None
    changes: tuple[str, ...] = ()

    def with_target(
        self, key: str, action: str, measure: MeasureRef | None = None, arm: Arm | None = None
    ) -> ImportPlan:
        """The plan with another decision for one series."""
        changed = tuple(
            replace(t, action=action, measure=measure or t.measure, arm=arm or t.arm, confidence=1.0)
            if t.key == key
            else t
            for t in self.targets
        )
        return replace(self, targets=changed)

    def as_recipe(self, name: str, answers: Mapping[str, int | str] | None = None) -> Recipe:
        """The plan and the answers given, to be used on next month's file."""
        given = {q.key: q.choices[choice_of(q, answers or self.answers)] for q in self.questions if _keeps(q)}
        targets = tuple(SavedTarget(t.key, t.action, t.measure.id, t.measure.name) for t in self.targets)
        return Recipe(name, self.fingerprint, headings(self.inspection), targets, given)


def choice_of(question: Question, answers: Mapping[str, int | str]) -> int:
    """The index of the answer given, by index or by its text; else the preselected one."""
    given = answers.get(question.key)
    if isinstance(given, str):
        texts = [choice.lower() for choice in question.choices]
        if given.lower() in texts:
            return texts.index(given.lower())
        if given.isdecimal() and int(given) < len(texts):
            return int(given)
        starts = [i for i, text in enumerate(texts) if text.startswith(given.lower())]
        return starts[0] if starts else question.preselected
    return given if given is not None and 0 <= given < len(question.choices) else question.preselected


def _keeps(question: Question) -> bool:
    """An answer about two particular cells says nothing about next month."""
    return not question.key.startswith("twice ")


def propose(
    inspection: Inspection,
    measures: Sequence[MeasureFacts] = (),
    *,
    recipe: Recipe | None = None,
    organisation: str | None = None,
) -> ImportPlan:
    """Match every series to a measure by name, and gather the questions. Raises UserProblem for a refused file."""
    if inspection.verdict == "refuse":
        issue = inspection.issues[0]
        raise UserProblem(issue.message, issue.hint)
    targets = _targets(inspection, measures)
    questions = [*inspection.questions, *_organisation_questions(inspection, organisation)]
    answers: dict[str, int] = {}
    name = None
    changes: tuple[str, ...] = ()
    if recipe is not None:
        changes = tuple(recipe.changes(inspection))
        targets = _from_recipe(targets, recipe)
        answers = {q.key: choice_of(q, recipe.answers) for q in questions if q.key in recipe.answers}
        name = recipe.name
    return ImportPlan(inspection, tuple(targets), tuple(questions), fingerprint(inspection), answers, name, changes)


def _from_recipe(targets: list[Target], recipe: Recipe) -> list[Target]:
    saved = {target.series: target for target in recipe.targets}
    return [
        replace(
            target,
            action=saved[target.key].action,
            measure=replace(target.measure, id=saved[target.key].measure_id, name=saved[target.key].measure),
            confidence=1.0,
        )
        if target.key in saved
        else target
        for target in targets
    ]


def _targets(inspection: Inspection, measures: Sequence[MeasureFacts]) -> list[Target]:
    targets = []
    for number, table in enumerate(inspection.tables):
        several = len({series.organisation for series in table.series}) > 1
        for index, series in enumerate(table.series):
            name = _name(series)
            targets.append(
                Target(
                    key=series_key(table, series),
                    sheet=table.sheet,
                    table=number,
                    series=index,
                    label=series.label,
                    value_range=table.value_range(series),
                    action=LEAVE_OUT if series.total and several else NEW,
                    measure=MeasureRef(name, None, guessed_kind(series), guessed_unit(series)),
                    organisation=series.organisation if several else None,
                    total=series.total,
                )
            )
    return _matched(targets, measures)


def _name(series: FoundSeries) -> str:
    """The measure with its categories; codes and units say nothing in a name."""
    parts = [series.measure, *(value for heading, value in series.categories if not _is_unit(heading, value, series))]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _is_unit(heading: str, value: str, series: FoundSeries) -> bool:
    return value == series.unit or heading.strip().lower() in ("unit", "units")


def guessed_kind(series: FoundSeries) -> MeasureKind:
    """Money in pounds, a proportion for percentages, a count for whole numbers, else a mean."""
    if series.base_unit == "£":
        return MeasureKind.MONEY
    if series.base_unit == "%":
        return MeasureKind.PROPORTION
    whole = all(value is None or float(value * series.scale).is_integer() for value in series.values[:500])
    return MeasureKind.COUNT if whole else MeasureKind.MEAN


def guessed_unit(series: FoundSeries) -> str:
    """The base unit, else the unit as the sheet has it."""
    return series.base_unit or ("" if series.scale != 1.0 else series.unit)


def _matched(targets: list[Target], measures: Sequence[MeasureFacts]) -> list[Target]:
    """Greedily give each measure to the series whose name is nearest; the same name in other organisations follows."""
    if not measures:
        return targets
    scores: dict[str, tuple[float, MeasureFacts]] = {}
    for name in {target.measure.name for target in targets}:
        best = max(((likeness(name, measure), measure) for measure in measures), key=lambda pair: pair[0])
        if best[0] >= LIKELY:
            scores[name] = best
    owner: dict[int, str] = {}
    for name, (score, measure) in sorted(scores.items(), key=lambda item: -item[1][0]):
        owner.setdefault(measure.id, name)
        if owner[measure.id] != name:
            del scores[name]
        else:
            scores[name] = (score, measure)
    return [_taken(target, scores.get(target.measure.name)) for target in targets]


def _taken(target: Target, found: tuple[float, MeasureFacts] | None) -> Target:
    if found is None:
        return target
    score, measure = found
    ref = MeasureRef(measure.name, measure.id, measure.kind, measure.unit)
    action = EXISTING if target.action == NEW else target.action
    return replace(target, action=action, measure=ref, confidence=round(score, 3))


def likeness(name: str, measure: MeasureFacts) -> float:
    """1 for the same name in any case and punctuation, else how alike the words are."""
    from rapidfuzz import fuzz

    plain = _plain(name)
    known = [_plain(text) for text in (measure.name, measure.short_name, measure.label) if text]
    if plain in known or _plain(name.rsplit(" > ", 1)[-1]) in known:
        return 1.0 if plain in known else SURE
    return max(fuzz.token_sort_ratio(plain, text) for text in known) / 100


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w%£&+]+", " ", text.lower()).split())


def _organisation_questions(inspection: Inspection, wanted: str | None) -> list[Question]:
    questions = []
    for number, table in enumerate(inspection.tables):
        names = organisations(table)
        if len(names) > 1:
            preselected = _nearest(names, wanted)
            key = f"organisation {table.sheet} {number}"
            ask = f"Sheet {table.sheet} has {len(names)} organisations. Whose figures belong to this role?"
            questions.append(Question(key, f"{table.sheet}!{table.range}", ask, tuple(names), preselected))
    return questions


def organisations(table: FoundTable) -> list[str]:
    """The organisations of a table in order; totals last."""
    named = {series.organisation: series.total for series in table.series if series.organisation}
    return sorted(named, key=lambda name: named[name])


def _nearest(names: list[str], wanted: str | None) -> int:
    from rapidfuzz import fuzz

    if not wanted:
        return 0
    return max(range(len(names)), key=lambda index: fuzz.token_set_ratio(names[index].lower(), wanted.lower()))
