"""All an export may draw on: the protected roles, the choices, and where the figures came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from analysis.periods import Frequency, Period, date_label
from analysis.problems import UserProblem
from db.answers import FileAnswer
from db.history import ImportRecord
from db.queries.exports import PastExport
from exporters.choices import Choices
from exporters.kept import NOTHING_KEPT, Kept
from exporters.policy import Policy, policy_of
from exporters.protected_role import ProtectedRole, protected_role
from exporters.protection import ProtectedSeries
from exporters.register import data_hash
from exporters.steps import Step, no_step


@dataclass(frozen=True)
class Report:
    """One export before it has a form; holds nothing unprotected."""

    organisation: str
    file_name: str
    is_sample: bool
    today: date
    policy: Policy
    choices: Choices
    roles: tuple[ProtectedRole, ...]
    imports: tuple[ImportRecord, ...]
    exports: tuple[PastExport, ...]
    data_to: date | None
    app_version: str

    @property
    def came_from(self) -> str:
        """`Northvale ICB, northvale.roleworth`: whose figures these are, and the file they lie in."""
        return ", ".join(filter(None, (self.organisation, self.file_name)))

    @property
    def count_hidden(self) -> int:
        """How many values of measures are hidden."""
        return sum(role.count_hidden for role in self.roles)

    @property
    def count_given_away(self) -> int:
        """How many hidden values the earlier exports alone let a reader narrow."""
        return sum(one.given_away for role in self.roles for one in role.beside.values())

    @property
    def count_more(self) -> int:
        """How many values are hidden only because of earlier exports."""
        return sum(one.more for role in self.roles for one in role.beside.values())

    @property
    def data_hash(self) -> str:
        """SHA-256 of the facts that are shown."""
        return data_hash(self.roles)

    @property
    def title(self) -> str:
        """`Care navigator, Elm PCN: what changed and what it cost`."""
        what = self.roles[0].label if len(self.roles) == 1 else f"{len(self.roles)} new roles"
        return f"{'SAMPLE. ' if self.is_sample else ''}{what}: what changed, how sure we can be, what it cost"

    @property
    def period(self) -> str:
        """The first and last day of the values shown."""
        if self.choices.period:
            return " to ".join(date_label(day) for day in self.choices.period)
        days = [p for role in self.roles for s in role.series for p in s.shown.periods]
        return f"{date_label(min(p.start for p in days))} to {date_label(max(p.end for p in days))}" if days else "[x]"

    def shows(self, start: date, end: date) -> bool:
        """Whether a period lies in the chosen stretch."""
        chosen = self.choices.period
        return chosen is None or (chosen[0] <= start and end <= chosen[1])

    def periods_shown(self, role: ProtectedRole, frequency: Frequency) -> Sequence[Period]:
        """The periods, in order, that a role's sheet of values of one frequency has rows for; worked out once."""
        key = (role.number, frequency)
        if key not in self._periods_shown:
            every = (one.shown.periods for one in role.series if one.measure.frequency is frequency)
            held = {(period.start, period.end): period for periods in every for period in periods}
            self._periods_shown[key] = [held[days] for days in sorted(held) if self.shows(*days)]
        return self._periods_shown[key]

    def rows_of(self, role: ProtectedRole, series: ProtectedSeries) -> Sequence[int]:
        """The row, from 1, of each period of a series on the sheet of values; 0 where it has none; worked out once."""
        key = (role.number, series.measure.id)
        if key not in self._rows_of:
            shown = self.periods_shown(role, series.measure.frequency)
            rows = {(period.start, period.end): row for row, period in enumerate(shown, 1)}
            self._rows_of[key] = [rows.get((period.start, period.end), 0) for period in series.shown.periods]
        return self._rows_of[key]

    @cached_property
    def _periods_shown(self) -> dict[tuple[int, Frequency], list[Period]]:
        return {}

    @cached_property
    def _rows_of(self) -> dict[tuple[int, int], list[int]]:
        return {}


def report_of(answer: FileAnswer, choices: Choices, kept: Kept = NOTHING_KEPT, step: Step = no_step) -> Report:
    """Put an answer and what the file holds beside it through the policy, beside what earlier exports told.

    `step` is told each role before it is looked at and may raise to stop. Raises UserProblem without role or reason.
    """
    policy = policy_of(choices.policy, choices.reason)
    wanted = [role for role in answer.roles if not choices.roles or role.role.id in choices.roles]
    if not wanted:
        raise UserProblem("There is no role to report on.", "Choose at least one role.")
    roles = []
    for number, role in enumerate(wanted, 1):
        step(role.role.name)
        roles.append(protected_role(role, number, policy, choices, kept))
    return Report(
        organisation=answer.organisation,
        file_name=answer.file_name,
        is_sample=answer.is_sample,
        today=answer.today,
        policy=policy,
        choices=choices,
        roles=tuple(roles),
        imports=answer.imports,
        exports=tuple(kept.exports),
        data_to=max((role.data_to for role in wanted if role.data_to), default=None),
        app_version=app_version(),
    )


def app_version() -> str:
    """The version of the program, as installed or as run from its folder."""
    try:
        return version("roleworth")
    except PackageNotFoundError:
        return "run from its folder"
