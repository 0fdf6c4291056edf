"""A role's record read and answered: what screen, workbook and terminal all take their figures from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.completeness.rules import completeness
from analysis.completeness.shapes import NOTHING_RECORDED, Completeness, RecordFacts
from analysis.economics.reviewer import Beside, ReviewerCheck, reviewer_checks
from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics
from analysis.equity import gap_of
from analysis.finding import analyse_role
from analysis.finding_further import GapFinding
from analysis.finding_shapes import MeasureFinding, RoleFinding
from analysis.measured_plan import with_measured
from analysis.rolling import rolled_up
from analysis.targets import TargetFacts, with_target
from analysis.vocabulary import Arm, RoleFacts, Series
from analysis.watch import Watch, watch_of
from db.completeness import record_facts
from db.history import ImportRecord, imports
from db.queries.comparisons import HeldComparator, comparators, targets
from db.queries.groups import GroupFigures, group_figures
from db.queries.money import appraisal
from db.queries.record import NO_RECORD, Record, record
from db.queries.roles import Profile, profile, role_facts, roles
from db.queries.series import arms_held, count_provisional, doubts, series
from db.queries.watching import watch_facts
from db.store import Store


@dataclass(frozen=True)
class RoleAnswer:
    """Everything said of one role: its facts, its figures, and the results made from them.

    `beside` are the series of comparators and benchmarks; `gaps` the differences between groups of people that
    differ by the same thing, the first against each further one, where a measure is held for them.
    """

    role: RoleFacts
    profile: Profile
    series: tuple[Series, ...]
    finding: RoleFinding
    economics: RoleEconomics
    open_questions: int
    watch: tuple[Watch, ...] = ()
    beside: tuple[Series, ...] = ()
    gaps: tuple[GapFinding, ...] = ()
    groups: tuple[GroupFigures, ...] = ()
    record: Record = NO_RECORD
    recorded: RecordFacts = NOTHING_RECORDED
    comparators: tuple[HeldComparator, ...] = ()
    targets: tuple[TargetFacts, ...] = ()

    @property
    def completeness(self) -> Completeness:
        """What of the record is there and what a commissioner will miss."""
        return completeness(self.recorded)

    @property
    def reviewer(self) -> tuple[ReviewerCheck, ...]:
        """What a reviewer of the business case will look for, and how it stands."""
        priced = {line.measure_id for line in self.economics.facts.benefits}
        unpriced = sum(found.measure.id not in priced for found in self.finding.measures)
        return reviewer_checks(self.economics, Beside(len(self.record.alternatives), len(self.beside), unpriced))

    @property
    def data_to(self) -> date | None:
        """The last day any series holds something for."""
        return max((s.periods[-1].end for s in self.series if len(s)), default=None)

    @property
    def provisional_periods(self) -> int:
        """How many distinct periods are provisional in some series."""
        return count_provisional(self.series)

    def measure(self, measure_id: int) -> MeasureFinding | None:
        """The finding of one measure."""
        return next((f for f in self.finding.measures if f.measure.id == measure_id), None)

    def series_of(self, measure_id: int) -> Series | None:
        """The series of one measure."""
        return next((s for s in self.series if s.measure.id == measure_id), None)


@dataclass(frozen=True)
class FileAnswer:
    """Everything said of the roles of one file, by name, with where the figures came from."""

    file_name: str
    organisation: str
    is_sample: bool
    today: date
    roles: tuple[RoleAnswer, ...]
    imports: tuple[ImportRecord, ...]


class _Known(MutableMapping[tuple[str, date], MeasureFinding]):
    """The findings worked out last, by input hash and day; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._held: OrderedDict[tuple[str, date], MeasureFinding] = OrderedDict()
        self._most = most

    def __getitem__(self, key: tuple[str, date]) -> MeasureFinding:
        return self._held[key]

    def __setitem__(self, key: tuple[str, date], value: MeasureFinding) -> None:
        self._held[key] = value
        if len(self._held) > self._most:
            self._held.popitem(last=False)

    def __delitem__(self, key: tuple[str, date]) -> None:
        del self._held[key]

    def __iter__(self) -> Iterator[tuple[str, date]]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


_KNOWN = _Known(most=1000)
"""Shared by all files and threads of the process: a finding is frozen and its key says all it rests on."""


def answer_role(store: Store, role_id: int, *, today: date, deflator: dict[str, float]) -> RoleAnswer:
    """Read one role and work out all that can be said of it. Reading ends before computing begins."""
    facts = role_facts(store, role_id)
    known = profile(store, role_id)
    dated = targets(store, role_id)
    held = tuple(with_target(rolled_up(one), dated, today) for one in series(store, role_id, arm=Arm.ROLE))
    beside = _beside(store, role_id)
    groups = group_figures(store, role_id)
    plan = appraisal(store, role_id, today=today, deflator=deflator)
    recorded, questions = record(store, role_id), len(doubts(store, role_id))
    finding = analyse_role((*held, *beside), facts, today, _KNOWN)
    economics = role_economics(with_measured(plan, held, facts.timeline, finding), held, facts.timeline)
    return RoleAnswer(
        role=facts,
        profile=known,
        series=held,
        finding=finding,
        economics=economics,
        open_questions=questions,
        watch=watch_of(watch_facts(store, known, today), held),
        beside=beside,
        gaps=_gaps(groups, facts),
        groups=groups,
        record=recorded,
        recorded=record_facts(facts, known, recorded, held, finding, economics, today),
        comparators=comparators(store, role_id),
        targets=dated,
    )


def _beside(store: Store, role_id: int) -> tuple[Series, ...]:
    """Comparator and benchmark series that hold something."""
    held = arms_held(store, role_id)
    arms = [arm for arm in (Arm.COMPARATOR, Arm.BENCHMARK) if arm in held]
    return tuple(rolled_up(one) for arm in arms for one in series(store, role_id, arm=arm) if len(one))


def _gaps(groups: Sequence[GroupFigures], facts: RoleFacts) -> tuple[GapFinding, ...]:
    """Among groups that differ by the same thing: the first that holds a measure against every further one."""
    found = []
    kinds = dict.fromkeys((one.measure.id, held.group.dimension) for held in groups for one in held.series)
    for measure_id, dimension in kinds:
        having = [
            (held.group.name, one)
            for held in groups
            for one in held.series
            if one.measure.id == measure_id and held.group.dimension == dimension
        ]
        found += [gap_of(having[0], other, facts) for other in having[1:]]
    return tuple(found)


def answer_file(
    store: Store, *, today: date, deflator: dict[str, float], only: tuple[int, ...] | None = None
) -> FileAnswer:
    """Read and answer all roles of a file, or the named ones, in order of name."""
    wanted = [role.id for role in roles(store) if only is None or role.id in only]
    return FileAnswer(
        file_name=store.path.name,
        organisation=store.setting("organisation"),
        is_sample=store.setting("sample") == "yes",
        today=today,
        roles=tuple(answer_role(store, role_id, today=today, deflator=deflator) for role_id in wanted),
        imports=tuple(imports(store)),
    )
