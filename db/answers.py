"""A role's record read and answered: what screen, workbook and terminal all take their figures from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.completeness.rules import completeness
from analysis.completeness.shapes import NOTHING_RECORDED, Completeness, RecordFacts
from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics
from analysis.finding import analyse_role
from analysis.finding_shapes import MeasureFinding, RoleFinding
from analysis.vocabulary import Arm, RoleFacts, Series
from db.completeness import record_facts
from db.history import ImportRecord, imports
from db.queries.money import appraisal
from db.queries.record import NO_RECORD, Record, record
from db.queries.roles import Profile, profile, role_facts, roles
from db.queries.series import count_provisional, doubts, series
from db.store import Store


@dataclass(frozen=True)
class RoleAnswer:
    """Everything said of one role: its facts, its figures, and the results made from them."""

    role: RoleFacts
    profile: Profile
    series: tuple[Series, ...]
    finding: RoleFinding
    economics: RoleEconomics
    open_questions: int
    record: Record = NO_RECORD
    recorded: RecordFacts = NOTHING_RECORDED

    @property
    def completeness(self) -> Completeness:
        """What of the record is there and what a commissioner will miss."""
        return completeness(self.recorded)

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


def answer_role(store: Store, role_id: int, *, today: date, deflator: dict[str, float]) -> RoleAnswer:
    """Read one role and work out all that can be said of it. Reading ends before computing begins."""
    facts = role_facts(store, role_id)
    held = series(store, role_id, arm=Arm.ROLE)
    plan = appraisal(store, role_id, today=today, deflator=deflator)
    known, beside = profile(store, role_id), record(store, role_id)
    questions = len(doubts(store, role_id))
    finding = analyse_role(held, facts, today)
    economics = role_economics(plan, held, facts.timeline)
    return RoleAnswer(
        role=facts,
        profile=known,
        series=held,
        finding=finding,
        economics=economics,
        open_questions=questions,
        record=beside,
        recorded=record_facts(facts, known, beside, held, finding, economics, today),
    )


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
