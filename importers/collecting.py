"""Carries a plan out: observations that are ready, cells to fix, values to check. Nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analysis.periods import Period
from analysis.vocabulary import Arm, Maturity, State
from analysis.wording import plural
from importers.answers import Answers
from importers.checks import unusual_values
from importers.decisions import Decisions
from importers.doubts import UNUSABLE, place
from importers.found import FoundSeries, FoundTable, Mark
from importers.inspection import Issue
from importers.mended_periods import unread_periods
from importers.period_text import PeriodText
from importers.plans import EXISTING, ImportPlan, MeasureRef, Target
from importers.privacy import PersonalData
from importers.values import BLANK, ESTIMATED, NOT_COLLECTED, PROVISIONAL, UNREADABLE, parse_value_text

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
    decided = Decisions(plan, {**plan.answers, **(answers or {})}, fixes or {})
    basket = _Basket([], [], [])
    if not decided.stopped:
        for target in plan.targets:
            if decided.takes(target):
                _collect_series(decided, target, basket)
    basket.fix[:0] = _periods_to_fix(decided)
    issues = tuple(issue for issue in plan.inspection.issues if not _is_mended_here(issue))
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
    decided = Decisions(plan, {**plan.answers, **(answers or {})}, {})
    wanted = (target for target in plan.targets if decided.takes(replace(target, action=EXISTING)))
    return list({target.key: target for target in reversed(list(wanted))}.values())[::-1]


def _is_mended_here(issue: Issue) -> bool:
    """Whether an issue of the file is listed as a cell to fix of its own."""
    return "could not be read:" in issue.message or (issue.level == "fix" and issue.message.startswith(UNUSABLE))


def _periods_to_fix(decided: Decisions) -> Iterator[CellIssue]:
    """Cells whose period cannot be used, of the tables something is taken from, with how many values wait for each."""
    wanted = dict.fromkeys(target.table for target in decided.plan.targets if decided.takes(target))
    for number in wanted if not decided.stopped else ():
        table = decided.tables[number]
        for unread in unread_periods(table, decided.asked_readings(number)):
            if "future" in unread.problem or unread.which in decided.mended_in(number):
                continue
            if (typed := decided.fixes.get(unread.cell)) == "":
                continue
            held = sum(_waits(series, at) for series in table.series for at in _of_period(table, series, unread.which))
            said = unread.problem if typed is None else f"'{typed}' names no period either"
            what = f"{said}; {plural(held, 'value waits', 'values wait')} for it"
            yield CellIssue(unread.cell, "fix", unread.raw, what, ("",))


def _of_period(table: FoundTable, series: FoundSeries, which: int) -> list[int]:
    return [index for index, at in enumerate(series.at) if table.which[at] == which]


def _waits(series: FoundSeries, index: int) -> bool:
    return series.values[index] is not None or index in series.marks


def _collect_series(decided: Decisions, target: Target, basket: _Basket) -> None:
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
                    basket.fix.append(_to_fix(series.marks[index], cell, target, reading.period))
                continue
            mark, value = mended
        if codes[which] in taken:
            if which in decided.mended_in(target.table):
                basket.fix.append(_typed_twice(table, series, index, cell, target, reading))
            else:
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


def _mended(decided: Decisions, cell: str, mark: Mark | None) -> tuple[Mark, float | None] | None:
    """The reading of what a person typed for a cell; None while it still cannot be read, or is left blank."""
    typed = decided.fixes.get(cell)
    if typed is None:
        return None
    reading = parse_value_text(typed)
    if reading.state in (UNREADABLE, BLANK):
        return None
    note = f"was '{mark.raw}' in the sheet" if mark is not None else "changed on import"
    return Mark(reading.state, typed, reading.low, reading.high, note, reading.maturity), reading.value


def _typed_twice(
    table: FoundTable, series: FoundSeries, index: int, cell: str, target: Target, reading: PeriodText
) -> CellIssue:
    """A value whose typed period has a value already: neither is thrown away silently."""
    label = reading.period.label if reading.period else ""
    mark = series.marks.get(index)
    raw = mark.raw if mark is not None else _raw(series.values[index])
    said = f"{label}, typed for {table.period_cell(series, index)}, has a value already"
    return CellIssue(cell, "fix", raw, said, ("",), target.measure.name, label)


def _twice(
    decided: Decisions, basket: _Basket, cell: str, first: tuple[int, float | None], value: float | None
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


def _to_fix(mark: Mark, cell: str, target: Target, period: Period) -> CellIssue:
    proposals = [f"{mark.proposal:g}"] if mark.proposal is not None else []
    proposals.append("" if mark.proposal is not None else NOT_COLLECTED)
    return CellIssue(cell, "fix", mark.raw, mark.problem, tuple(proposals), target.measure.name, period.label)


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
