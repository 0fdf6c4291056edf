"""Proposes what to do with a file: which series becomes which measure, what must be asked, what a recipe answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.problems import UserProblem
from analysis.vocabulary import Arm, MeasureFacts, MeasureKind
from importers.answers import matched, saved, stable_key
from importers.appending import Group, groups, identity_of, organisation_question
from importers.axes import is_total
from importers.found import FoundSeries, FoundTable, Question
from importers.inspection import Inspection
from importers.recipes import (
    WHOSE_KEY,
    HeaderChanges,
    Recipe,
    SavedTarget,
    fingerprint,
    headings,
    parts_of,
    series_key,
    short_heading,
)

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
    """One series and what becomes of it. `confidence` is 1 for the same name, 0 where nothing matched.

    Series of appended tables share a `key`: what is decided for one holds for all. `organisation` is the identity
    (code, else name) that the question `asked` chooses among. A recipe's decision for a heading that was `renamed` (a
    question) holds unless it is answered no; then the series becomes what was `proposed` without the recipe. `aside`:
    why a series is no measure of its own.
    """

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
    asked: str = ""
    renamed: str = ""
    proposed: MeasureRef | None = None
    aside: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """A proposal that can be taken as it is: every question has a preselected answer."""

    inspection: Inspection
    targets: tuple[Target, ...]
    questions: tuple[Question, ...]
    fingerprint: str
    answers: Mapping[str, int | str] = field(default_factory=dict)
    recipe: str | None = None
    changes: HeaderChanges = field(default_factory=HeaderChanges)

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
        sheets = [sheet.name for sheet in self.inspection.sheets]
        decided = {**self.answers, **(answers or {})}
        given = {stable_key(q, sheets): saved(q, decided) for q in self.questions if _keeps(q)}
        if self.targets and self.targets[0].arm is not Arm.ROLE:
            given[WHOSE_KEY] = self.targets[0].arm.value
        kept = {t.key: SavedTarget(t.key, t.action, t.measure.id, t.measure.name) for t in self.targets}
        targets = tuple(kept.values())
        return Recipe(name, self.fingerprint, headings(self.inspection), targets, given)


def _keeps(question: Question) -> bool:
    """An answer about two particular cells, or about this month's headings, says nothing about next month."""
    return not question.key.startswith(("twice ", "renamed ", "period of "))


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
    questions = list(inspection.questions)
    targets = _matched(_targets(inspection, questions, organisation), measures)
    answers: dict[str, int | str] = {}
    name = None
    changes = HeaderChanges()
    if recipe is not None:
        changes = recipe.changes(inspection)
        targets = _from_recipe(targets, recipe, changes)
        questions += _renamed_questions(changes, recipe.name)
        answers = _from_saved(questions, recipe, [sheet.name for sheet in inspection.sheets])
        name = recipe.name
    return ImportPlan(inspection, tuple(targets), tuple(questions), fingerprint(inspection), answers, name, changes)


def _from_recipe(targets: list[Target], recipe: Recipe, changes: HeaderChanges) -> list[Target]:
    """What was decided for each series, also under its old name; the latter waits for its question."""
    saved = {target.series: target for target in recipe.targets}
    arm = Arm(recipe.answers.get(WHOSE_KEY, Arm.ROLE.value))
    found = []
    for target in (replace(target, arm=arm) for target in targets):
        held, question = saved.get(target.key), ""
        if held is None:
            held, question = _by_old_name(target, saved, changes)
        if held is None:
            found.append(target)
            continue
        measure = replace(target.measure, id=held.measure_id, name=held.measure)
        taken = replace(target, action=held.action, measure=measure, confidence=1.0)
        found.append(replace(taken, renamed=question, proposed=target.measure) if question else taken)
    return found


def _by_old_name(
    target: Target, saved: Mapping[str, SavedTarget], changes: HeaderChanges
) -> tuple[SavedTarget | None, str]:
    for old, new in changes.renamed:
        before, after = parts_of(old), parts_of(new)
        start = f"{after[0]} | {after[2]}"
        if target.key.startswith(start):
            held = saved.get(f"{before[0]} | {before[2]}{target.key[len(start) :]}")
            if held is not None:
                return held, f"renamed {before[2]}"
    return None, ""


def _renamed_questions(changes: HeaderChanges, recipe: str) -> list[Question]:
    choices = ("Yes, bring it in as before", "No, it is something else")
    return [
        Question(
            f"renamed {parts_of(old)[2]}",
            parts_of(new)[2],
            f"{short_heading(old)} is no longer in this file, but {short_heading(new)} is. Is it the same measure? "
            f"(recipe {recipe})",
            choices,
        )
        for old, new in changes.renamed
    ]


def _from_saved(questions: list[Question], recipe: Recipe, sheets: list[str]) -> dict[str, int | str]:
    """The saved answers that still name a choice; a question whose choice is gone is asked again."""
    found: dict[str, int | str] = {}
    for question in questions:
        given = recipe.answers.get(stable_key(question, sheets), recipe.answers.get(question.key))
        index = matched(question, given)
        if index is not None:
            found[question.key] = index
    return found


def _targets(inspection: Inspection, questions: list[Question], organisation: str | None) -> list[Target]:
    """A target for each series, in groups of appended tables; adds the question about organisations to `questions`."""
    targets = []
    for group in groups(inspection.tables):
        question = organisation_question(inspection.tables, group, organisation)
        if question is not None:
            questions.append(question)
        mine = [
            _target(inspection.tables[number], series, (number, index), group, question)
            for number in group.tables
            for index, series in enumerate(inspection.tables[number].series)
        ]
        targets += _spelt_alike(mine)
    return sorted(targets, key=lambda target: (target.table, target.series))


def _spelt_alike(targets: list[Target]) -> list[Target]:
    """Appended series whose headings differ only in their case, under the spelling of the first table."""
    first = {target.key: target for target in targets if target.table == targets[0].table}
    folded: dict[str, Target | None] = {}
    for key, target in first.items():
        folded[key.casefold()] = None if key.casefold() in folded else target
    found = []
    for target in targets:
        same = None if target.key in first else folded.get(target.key.casefold())
        named = target if same is None else replace(target, key=same.key, measure=same.measure)
        found.append(named)
    return found


def _target(
    table: FoundTable, series: FoundSeries, place: tuple[int, int], group: Group, question: Question | None
) -> Target:
    name = _name(series)
    if group.suffix:
        name = f"{name} ({group.suffix})"
    several = question is not None
    return Target(
        key=f"{series_key(table, series)} | {group.key}" if group.suffix else series_key(table, series),
        sheet=table.sheet,
        table=place[0],
        series=place[1],
        label=series.label,
        value_range=table.value_range(series),
        action=LEAVE_OUT if series.aside or (several and _is_whole(series)) else NEW,
        measure=MeasureRef(name, None, guessed_kind(series), guessed_unit(series)),
        organisation=(identity_of(series) or None) if several else None,
        total=series.total,
        asked=question.key if question else "",
        aside=series.aside,
    )


def _is_whole(series: FoundSeries) -> bool:
    return series.total and is_total(series.measure.rsplit(" > ", 1)[-1])


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
    wanted = target.action == NEW or (target.aside and score == 1.0)
    action = EXISTING if wanted else target.action
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
