"""Carries a plan out: observations that are ready, cells to fix, values to check. Nothing is stored here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analysis.periods import Period
from analysis.vocabulary import Arm, Maturity, MeasureKind, State
from importers.answers import Answers, choice_of, typed_period
from importers.checks import unusual_values
from importers.doubts import place
from importers.forms import PeriodText
from importers.found import FoundSeries, FoundTable, Mark, Question
from importers.inspection import Issue
from importers.plans import EXISTING, LEAVE_OUT, NEW, ImportPlan, MeasureRef, Target
from importers.privacy import PersonalData
from importers.values import BLANK, ESTIMATED, NOT_COLLECTED, PROVISIONAL, UNREADABLE, parse_value_text

_UNNAMED_OR_REPEATED = re.compile(r"(?:^|> )Column [A-Z]+(?: \(\d+\))?$| \(\d+\)$")
_STATES = {state.value: state for state in State}
_MATURITIES = {PROVISIONAL: Maturity.PROVISIONAL, ESTIMATED: Maturity.ESTIMATED}
_EUROPEAN = re.compile(r"-?[\d.]+,\d+")


class Observation(NamedTuple):
    """One value with where it came from. A proportion is 0 to 1, money is in pounds; `value` is None without VALUE."""

    measure: MeasureRef
    period: Period
    arm: Arm
    state: State
    value: float | None
    low: float | None
    high: float | None
    raw: str
    maturity: Maturity
    note: str
    sheet: str
    cell: str
    period_code: str


@dataclass(frozen=True)
class CellIssue:
    """A cell that needs a person. A check holds the observation that accepting it would add."""

    cell: str
    level: str
    raw: str
    message: str
    proposals: tuple[str, ...] = ()
    measure: str = ""
    period: str = ""
    observation: Observation | None = None


@dataclass(frozen=True)
class Collected:
    """What an import would bring in. `notes` are issues of the file that name no value."""

    file: str
    sha256: str
    ready: tuple[Observation, ...]
    fix: tuple[CellIssue, ...]
    check: tuple[CellIssue, ...]
    notes: tuple[Issue, ...]
    dropped_columns: tuple[PersonalData, ...]
    same_twice: int = 0

    def accepted(self) -> tuple[Observation, ...]:
        """Ready observations and those that were to be checked."""
        return (*self.ready, *(issue.observation for issue in self.check if issue.observation is not None))


@dataclass
class _Basket:
    ready: list[Observation]
    fix: list[CellIssue]
    check: list[CellIssue]
    same_twice: int = 0
    held: dict[tuple[object, ...], Observation] = field(default_factory=dict)


def collect(plan: ImportPlan, answers: Answers | None = None, fixes: Mapping[str, str] | None = None) -> Collected:
    """Read every chosen series under the answers given (else the preselected ones).

    `fixes` maps a cell such as `Activity!D14` to the text a person typed for it; "" leaves the cell blank.
    """
    decided = _Decisions(plan, {**plan.answers, **(answers or {})}, fixes or {})
    basket = _Basket([], [], [])
    if not decided.stopped:
        for target in plan.targets:
            if decided.takes(target):
                _collect_series(decided, target, basket)
    issues = tuple(issue for issue in plan.inspection.issues if not _is_about_values(issue))
    return Collected(
        plan.inspection.file,
        plan.inspection.sha256,
        tuple(basket.ready),
        tuple(basket.fix),
        tuple(basket.check),
        issues,
        plan.inspection.personal_data,
        basket.same_twice,
    )


def of_interest(plan: ImportPlan, answers: Answers | None = None) -> list[Target]:
    """The series a person may still decide about: those not shut out by the answers about tables and organisations."""
    decided = _Decisions(plan, {**plan.answers, **(answers or {})}, {})
    wanted = (target for target in plan.targets if decided.takes(replace(target, action=EXISTING)))
    return list({target.key: target for target in reversed(list(wanted))}.values())[::-1]


def _is_about_values(issue: Issue) -> bool:
    return "could not be read:" in issue.message


class _Decisions:
    """The answers, looked up the way collecting needs them."""

    def __init__(self, plan: ImportPlan, answers: Answers, fixes: Mapping[str, str]) -> None:
        self.plan = plan
        self.fixes = fixes
        self.choice = {question.key: choice_of(question, answers) for question in plan.questions}
        self.questions: dict[str, Question] = {question.key: question for question in plan.questions}
        typed = {q.key: typed_period(q, answers) for q in plan.questions}
        self.typed = {key: period for key, period in typed.items() if period is not None}
        stops = ("hidden sheets", "no period", "reading ")
        self.stopped = any(choice == 1 for key, choice in self.choice.items() if key.startswith(stops))
        self.tables = plan.inspection.tables
        self._readings: dict[int, tuple[PeriodText, ...]] = {}
        self._codes: dict[int, tuple[str, ...]] = {}
        self._times: Counter[tuple[int | None, str, Arm]] | None = None

    def takes(self, target: Target) -> bool:
        """Whether a series is wanted under the answers about tables, organisations and headings."""
        if target.action == LEAVE_OUT:
            return False
        table = self.tables[target.table]
        if target.organisation is not None and self._other_organisation(target):
            return False
        only = self.choice.get(f"tables {table.sheet}", 0)
        if only and self._tables_of(table.sheet)[only - 1] is not table:
            return False
        series = table.series[target.series]
        drops = any(c == 1 for k, c in self.choice.items() if k.startswith(f"headings {table.sheet} "))
        return not (drops and _UNNAMED_OR_REPEATED.search(series.measure))

    def _other_organisation(self, target: Target) -> bool:
        question = self.questions.get(target.asked)
        return question is not None and question.ids[self.choice[question.key]] != target.organisation

    def wanted(self, target: Target, series: FoundSeries) -> Iterable[int]:
        """Indices of a series' values that belong to the chosen organisation, or column of a form."""
        question = self.questions.get(target.asked)
        if not series.who or question is None:
            return range(len(series.values))
        chosen = question.ids[self.choice[question.key]]
        labels = self.tables[target.table].labels
        return [index for index, number in enumerate(series.who) if labels[number].identity == chosen]

    def is_shared(self, target: Target) -> bool:
        """Whether more than one series goes to the measure of a target, so that they could collide."""
        if self._times is None:
            self._times = Counter((t.measure.id, t.measure.name, t.arm) for t in self.plan.targets if self.takes(t))
        return self._times[target.measure.id, target.measure.name, target.arm] != 1

    def measure(self, target: Target) -> MeasureRef:
        """The measure of a target; a part of a form (an age group) makes a measure of its own."""
        if target.proposed is not None and self.choice.get(target.renamed) == 1:
            return target.proposed
        table = self.tables[target.table]
        question = self.questions.get(target.asked)
        if table.axis_kind != "form" or question is None or target.action != NEW or not self.choice[question.key]:
            return target.measure
        return replace(target.measure, name=f"{target.measure.name}, {question.choices[self.choice[question.key]]}")

    def _tables_of(self, sheet: str) -> list[FoundTable]:
        return [table for table in self.tables if table.sheet == sheet]

    def readings_of(self, number: int) -> tuple[PeriodText, ...]:
        """The periods of a table under the answers given."""
        if number not in self._readings:
            table = self.tables[number]
            readings = table.readings
            for key, under in table.readings_under.items():
                choice = self.choice.get(key)
                if choice is not None and choice != self.questions[key].preselected:
                    readings = under[choice]
                elif key in self.typed:
                    readings = (replace(under[0][0], period=self.typed[key], problem=""),)
            self._readings[number] = readings
        return self._readings[number]

    def codes(self, number: int) -> tuple[str, ...]:
        """The canonical code of every reading of a table; "" where there is no period."""
        if number not in self._codes:
            readings = self.readings_of(number)
            self._codes[number] = tuple(r.written(r.period) if r.period else "" for r in readings)
        return self._codes[number]

    def scale(self, table: FoundTable, series: FoundSeries, ref: MeasureRef) -> float:
        """From the raw number to the measure's unit."""
        scale = series.scale
        if self.choice.get(f"units {table.sheet} {table.range}") == 1 and series.base_unit == "£":
            scale = 1.0
        if self._fractions(table, series):
            scale = 100.0
        return scale / 100 if series.base_unit == "%" and ref.kind is MeasureKind.PROPORTION else scale

    def _fractions(self, table: FoundTable, series: FoundSeries) -> bool:
        values = [abs(value) for value in series.values if value is not None]
        asked = self.choice.get(f"fractions {table.sheet} {table.range}")
        return asked == 0 and series.unit == "%" and max(values, default=2) <= 1


def _collect_series(decided: _Decisions, target: Target, basket: _Basket) -> None:
    table = decided.tables[target.table]
    series = table.series[target.series]
    readings = decided.readings_of(target.table)
    codes = decided.codes(target.table)
    scale = decided.scale(table, series, target.measure)
    target = replace(target, measure=decided.measure(target))
    unusual = {} if series.who else dict(unusual_values(series))
    shared = decided.is_shared(target)
    no_comma = decided.choice.get("decimal comma") == 1
    taken: dict[str, tuple[int, float | None]] = {}
    for index in decided.wanted(target, series):
        value, mark = series.values[index], series.marks.get(index)
        which = table.which[series.at[index]]
        reading = readings[which]
        if reading.period is None or (mark is None and value is None) or (mark is not None and mark.state == BLANK):
            continue
        if no_comma and mark is not None and _EUROPEAN.fullmatch(mark.raw):
            continue
        cell = place(table.sheet, table.cell(series, index))
        if (mark is not None and mark.state == UNREADABLE) or cell in decided.fixes:
            mended = _mended(decided, cell, mark)
            if mended is None:
                if decided.fixes.get(cell) is None:
                    basket.fix.append(_to_fix(table, series, index, cell, target))
                continue
            mark, value = mended
        if codes[which] in taken:
            _twice(decided, basket, cell, taken[codes[which]], value)
            continue
        observation = _observation(target, reading, codes[which], value, mark, cell, scale)
        if shared and _held_already(basket, observation):
            continue
        if index in unusual and cell not in decided.fixes:
            basket.check.append(_to_check(observation, unusual[index] * scale))
        else:
            taken[codes[which]] = (len(basket.ready), value)
            basket.ready.append(observation)


def _held_already(basket: _Basket, observation: Observation) -> bool:
    """Whether another series gave this measure and period already: the same value is merged, another to be settled."""
    ref = observation.measure
    key = (ref.id if ref.id is not None else ref.name, observation.arm, observation.period_code)
    earlier = basket.held.setdefault(key, observation)
    if earlier is observation:
        return False
    if (earlier.state, earlier.value, earlier.raw) == (observation.state, observation.value, observation.raw):
        basket.same_twice += 1
        return True
    said = f"{ref.name} has {observation.period.label} already, from {earlier.cell} with {earlier.raw}"
    cell, raw = observation.cell, observation.raw
    basket.fix.append(CellIssue(cell, "fix", raw, said, (), ref.name, observation.period.label))
    return True


def _mended(decided: _Decisions, cell: str, mark: Mark | None) -> tuple[Mark, float | None] | None:
    """The reading of what a person typed for a cell; None while it still cannot be read, or is left blank."""
    typed = decided.fixes.get(cell)
    if typed is None:
        return None
    reading = parse_value_text(typed)
    if reading.state in (UNREADABLE, BLANK):
        return None
    note = f"was '{mark.raw}' in the sheet" if mark is not None else "changed on import"
    return Mark(reading.state, typed, reading.low, reading.high, note, reading.maturity), reading.value


def _twice(
    decided: _Decisions, basket: _Basket, cell: str, first: tuple[int, float | None], value: float | None
) -> None:
    """Settle a period that comes a second time."""
    position, earlier = first
    if earlier == value:
        basket.same_twice += 1
        return
    choice = decided.choice.get(f"twice {cell}", 0)
    if position < len(basket.ready) and choice:
        kept = basket.ready[position]
        scale = kept.value / earlier if kept.value is not None and earlier else 1.0
        if choice == 1 and value is not None:
            basket.ready[position] = kept._replace(value=value * scale, cell=cell, note="the second of two values")
        elif choice == 2 and value is not None and kept.value is not None:
            basket.ready[position] = kept._replace(value=kept.value + value * scale, note=f"sum with {cell}")
        elif choice == 3:
            basket.ready[position] = kept._replace(
                state=State.MISSING_AT_SOURCE, value=None, note="two values, neither taken"
            )


def _observation(
    target: Target, reading: PeriodText, code: str, value: float | None, mark: Mark | None, cell: str, scale: float
) -> Observation:
    if reading.period is None:
        text = "an observation needs a period"
        raise ValueError(text)
    own = None if value is None else value * scale
    head = (target.measure, reading.period, target.arm)
    if mark is None:
        settled = _MATURITIES.get(reading.note, Maturity.FINAL)
        tail = (reading.note, target.sheet, cell, code)
        return Observation(*head, State.VALUE, own, None, None, _raw(value), settled, *tail)
    settled = _MATURITIES.get(mark.maturity or reading.note, Maturity.FINAL)
    note = f"{mark.note} {reading.note}".strip()
    low = None if mark.low is None else mark.low * scale
    high = None if mark.high is None else mark.high * scale
    state = _STATES.get(mark.state, State.VALUE)
    return Observation(*head, state, own, low, high, mark.raw, settled, note, target.sheet, cell, code)


def _raw(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _to_fix(table: FoundTable, series: FoundSeries, index: int, cell: str, target: Target) -> CellIssue:
    mark = series.marks[index]
    proposals = [f"{mark.proposal:g}"] if mark.proposal is not None else []
    proposals.append("" if mark.proposal is not None else NOT_COLLECTED)
    raw_period = table.raw_periods[table.which[series.at[index]]]
    return CellIssue(cell, "fix", mark.raw, mark.problem, tuple(proposals), target.measure.name, raw_period)


def _to_check(observation: Observation, usual: float) -> CellIssue:
    value = observation.value or 0.0
    times = value / usual if usual else 0.0
    message = f"{times:,.0f} times the usual, {usual:,.6g}"
    tenth = f"{value / 10:g}"
    return CellIssue(
        observation.cell,
        "check",
        observation.raw,
        message,
        (tenth, observation.raw),
        observation.measure.name,
        observation.period.label,
        observation,
    )


def issues_of(collected: Collected) -> Iterator[CellIssue]:
    """Everything that needs a person, what must be fixed first."""
    yield from collected.fix
    yield from collected.check


def with_arm(plan: ImportPlan, arm: Arm) -> ImportPlan:
    """The plan with every series for one arm."""
    return replace(plan, targets=tuple(replace(target, arm=arm) for target in plan.targets))
