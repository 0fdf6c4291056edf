"""The facts that completeness is read from, gathered from a role's record and results."""

from __future__ import annotations

from datetime import date

from analysis.completeness.shapes import CostRecord, MeasureRecord, RecordFacts
from analysis.economics.role_shapes import RoleEconomics
from analysis.finding_shapes import Effect, MeasureFinding, RoleFinding
from analysis.periods import Frequency, add_months
from analysis.vocabulary import CostPhase, EventKind, RoleFacts, Series
from db.queries.record import Record, UseFacts, facts_by_key
from db.queries.roles import Profile

OWN_EVENTS = (EventKind.ROLE, EventKind.READINESS, EventKind.BASELINE, EventKind.RECALCULATION)
"""Events of the role and of its chart; all others are context."""


def record_facts(
    role: RoleFacts,
    profile: Profile,
    record: Record,
    series: tuple[Series, ...],
    finding: RoleFinding,
    economics: RoleEconomics,
    today: date,
) -> RecordFacts:
    """What is recorded of a role, as completeness asks for it on a day."""
    uses = {use.measure_id: use for use in record.uses}
    held = {one.measure.id: one for one in series}
    running = months_since(role.timeline.launch, role.timeline.ended or today)
    staffed = [m for m in record.staffing if m.planned and m.actual and m.month in running]
    return RecordFacts(
        written=_written(profile, record),
        measures=tuple(
            _measure(one, uses.get(one.measure.id), held[one.measure.id], record) for one in finding.measures
        ),
        costs=_costs(economics, record),
        months_since_launch=len(running),
        months_staffed=len(staffed),
        role_changes=sum(event.kind is EventKind.ROLE for event in role.events),
        context_changes=sum(event.kind not in OWN_EVENTS for event in role.events),
        groups=record.groups,
        voices=frozenset(note["voice"] for note in profile.notes),
        frame_recorded=bool(record.perspective),
        benefits=len(economics.facts.benefits),
        sensitivities=len(economics.sensitivity),
        evidence_level=finding.evidence.level if finding.evidence else None,
    )


def months_since(launch: date | None, until: date) -> frozenset[date]:
    """First days of the whole months from the launch to a day: the month of the day itself is not over yet."""
    if launch is None:
        return frozenset()
    first = launch if launch.day == 1 else add_months(launch, 1)
    found, month = set(), first.replace(day=1)
    while month < until.replace(day=1):
        found.add(month)
        month = add_months(month, 1)
    return frozenset(found)


def _written(profile: Profile, record: Record) -> frozenset[str]:
    return frozenset(name for name, value in facts_by_key(profile, record).items() if value not in (None, ""))


def _measure(found: MeasureFinding, use: UseFacts | None, series: Series, record: Record) -> MeasureRecord:
    facts, measure_id = found.measure, found.measure.id
    parts = {"definition": facts.definition, "unit": facts.unit, "source": use and use.has_source}
    parts["owner"] = use and use.owner
    has_target = facts.target is not None or measure_id in record.targeted
    periods, gaps = _expected(series)
    return MeasureRecord(
        label=facts.label,
        purpose=facts.purpose,
        is_primary=facts.is_primary,
        lacks=tuple(name for name, value in parts.items() if not value),
        has_reason=bool(use and use.why_chosen),
        has_size=facts.important_difference is not None or has_target,
        has_expectation=has_target or (use is not None and use.expected_change is not None),
        n_before=found.n_before,
        n_after=found.n_after,
        same_definition=len(set(series.definition_versions)) <= 1,
        periods=periods,
        gaps=gaps,
        has_comparator=measure_id in record.compared,
        has_limits=found.xmr is not None,
        has_interval=isinstance(found.effect, Effect),
    )


def _expected(series: Series) -> tuple[int, int]:
    """How many periods of its frequency a series should hold from its first to its last, and how many it lacks."""
    own = sorted(p for p in series.periods if p.frequency is series.measure.frequency)
    if not own or series.measure.frequency is Frequency.OTHER:
        return len(own), 0
    held, wanted, period = set(own), 0, own[0]
    gaps = 0
    while period <= own[-1]:
        wanted += 1
        gaps += period not in held
        period = period.next()
    return wanted, gaps


def _costs(economics: RoleEconomics, record: Record) -> tuple[CostRecord, ...]:
    sources = record.cost_sources or {}
    posts = tuple(
        CostRecord(post.line.label, "pay", post.cost is not None, bool(post.line.pay_year), bool(post.line.source))
        for post in economics.posts
        if post.line.phase is CostPhase.AFTER
    )
    return posts + tuple(
        CostRecord(
            label=line.label,
            category=line.category,
            known=line.amount_pence is not None,
            priced=bool(line.price_year),
            sourced=bool(sources.get(line.id)),
        )
        for line in economics.facts.costs
        if line.phase is CostPhase.AFTER
    )
