"""The answers given to a plan, looked up as collecting needs them: which series, whose, which periods, what scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from analysis.vocabulary import Arm, MeasureKind
from importers.answers import Answers, choice_of, typed_period
from importers.found import FoundSeries, FoundTable, Question
from importers.mended_periods import with_mended
from importers.period_text import PeriodText
from importers.plans import LEAVE_OUT, NEW, ImportPlan, MeasureRef, Target

_UNNAMED_OR_REPEATED = re.compile(r"(?:^|> )Column [A-Z]+(?: \(\d+\))?$| \(\d+\)$")


class Decisions:
    """The answers to a plan, and the texts typed for cells (`fixes`)."""

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
        self._mended: dict[int, frozenset[int]] = {}
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

    def asked_readings(self, number: int) -> tuple[PeriodText, ...]:
        """The periods of a table under the answers given."""
        table = self.tables[number]
        readings = table.readings
        for key, under in table.readings_under.items():
            choice = self.choice.get(key)
            if choice is not None and choice != self.questions[key].preselected:
                readings = under[choice]
            elif key in self.typed:
                readings = (replace(under[0][0], period=self.typed[key], problem=""),)
        return readings

    def readings_of(self, number: int) -> tuple[PeriodText, ...]:
        """The periods of a table under the answers given, with those that a person typed."""
        if number not in self._readings:
            table = self.tables[number]
            self._readings[number], self._mended[number] = with_mended(table, self.asked_readings(number), self.fixes)
        return self._readings[number]

    def mended_in(self, number: int) -> frozenset[int]:
        """Which distinct texts of a table's axis a person has typed a period for."""
        self.readings_of(number)
        return self._mended[number]

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
