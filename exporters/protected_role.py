"""A role as it may be shown: protected series, findings and money, and nothing of the raw ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from analysis.completeness.rules import completeness
from analysis.completeness.shapes import Completeness
from analysis.economics.actuals import by_name
from analysis.economics.break_even import BreakEven
from analysis.economics.role_shapes import BreakEvenLine, RoleEconomics
from analysis.economics.role_words import break_even_line, break_even_summary, worth_it, worth_it_short
from analysis.finding import analyse_measure
from analysis.finding_shapes import Caution, MeasureFinding, RoleFinding
from analysis.vocabulary import CostKind, RoleFacts, Series
from analysis.wording import pounds
from db.answers import RoleAnswer
from db.queries.record import NO_RECORD, Record
from db.queries.roles import Profile
from exporters.choices import Choices
from exporters.grouping import Offer, grouped, offer_of
from exporters.policy import Policy
from exporters.protected_comparisons import protected_compared
from exporters.protected_finding import joined, protected_finding
from exporters.protection import ProtectedSeries, protect
from exporters.staffing import StaffingShown, staffing_shown
from exporters.totals import NO_TOTALS, Totals, with_totals

BANDS = (0, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)
_BY_ACTIVITY = {CostKind.PER_CLIENT: ("referrals to", "people seen"), CostKind.PER_CONTACT: ("contact",)}
_UNIT_WORDS = {"contact": ("contact",), "client": ("referrals to", "people seen")}


DOSE_CODE = "dose"
DOSE_WORDS = "The role was staffed below plan, so it was not at full dose; by how much is not shown for so few people."
NOTHING_SHOWN = Completeness(())


@dataclass(frozen=True)
class ProtectedRole:
    """What sheets and pages may say of one role. `number` tells roles apart in formulas.

    `hidden_costs` and `hidden_volumes` are ids of plan lines whose amount or volumes stay hidden; `few_staff` says the
    role has so few people that its pay is a person's pay. `offers` are the longer periods taken, by measure id.
    `record` has no staffing: only `staffing` may be shown.
    """

    number: int
    role: RoleFacts
    profile: Profile
    series: tuple[ProtectedSeries, ...]
    finding: RoleFinding
    economics: RoleEconomics
    offers: Mapping[int, Offer]
    few_staff: bool
    hidden_costs: frozenset[int]
    hidden_volumes: frozenset[int]
    totals: Mapping[int, Totals]
    ratings: tuple[Mapping[str, Any], ...] = ()
    record: Record = NO_RECORD
    staffing: tuple[StaffingShown, ...] = ()
    completeness: Completeness = NOTHING_SHOWN

    @property
    def label(self) -> str:
        """`Care navigator, Elm PCN`."""
        return f"{self.role.name}, {self.role.place}" if self.role.place else self.role.name

    @property
    def count_hidden(self) -> int:
        """How many values of measures the policy hides."""
        return sum(series.count_hidden for series in self.series)

    def totals_of(self, measure_id: int) -> Totals:
        """The totals of one measure."""
        return self.totals.get(measure_id, NO_TOTALS)

    def series_of(self, measure_id: int) -> ProtectedSeries:
        """The protected series of one measure."""
        return next(series for series in self.series if series.measure.id == measure_id)


def protected_role(
    answer: RoleAnswer, number: int, policy: Policy, choices: Choices, ratings: Sequence[Mapping[str, Any]] = ()
) -> ProtectedRole:
    """One role through the policy: the only way from an answer to anything that leaves the app."""
    few = policy.is_few(answer.profile.facts.head_count)
    kept = _chosen_findings(answer, choices)
    offers = _offers(answer, kept, policy, choices)
    series: list[ProtectedSeries] = []
    findings: list[MeasureFinding] = []
    totals: dict[int, Totals] = {}
    for finding in kept:
        raw, found = _as_offered(answer, finding, offers)
        protected, held = with_totals(raw, protect(raw, policy, few_staff=few), answer.role.timeline, policy)
        totals[raw.measure.id] = held
        series.append(protected)
        shown = protected_finding(raw, protected, found, answer.role, policy)
        shown = protected_compared(shown, raw, answer.beside, policy)
        findings.append(replace(shown, cautions=_of_staffing(shown.cautions)) if few else shown)
    costs, volumes = _hidden_lines(answer, policy, few=few)
    return ProtectedRole(
        number=number,
        role=replace(answer.role, planned_wte=None, actual_wte=None) if few else answer.role,
        profile=answer.profile,
        series=tuple(series),
        finding=joined(answer.finding, findings),
        economics=_money(answer, policy, volumes),
        offers=offers,
        few_staff=few,
        hidden_costs=costs,
        hidden_volumes=volumes,
        totals=totals,
        ratings=tuple(ratings),
        record=_kept_record(answer.record, kept),
        staffing=staffing_shown(answer.record.staffing, answer.profile.facts.head_count, policy),
        completeness=_kept_completeness(answer, kept),
    )


def _of_staffing(cautions: Sequence[Caution]) -> tuple[Caution, ...]:
    """Cautions without the whole-time equivalents of people who could be told apart."""
    return tuple(replace(one, text=DOSE_WORDS) if one.code == DOSE_CODE else one for one in cautions)


def _kept_record(held: Record, kept: Sequence[MeasureFinding]) -> Record:
    """The record without staffing, and without what names a measure that is left out."""
    ids = {found.measure.id for found in kept}
    return replace(
        held,
        staffing=(),
        uses=tuple(use for use in held.uses if use.measure_id in ids),
        case_changes=tuple(one for one in held.case_changes if one.measure_id is None or one.measure_id in ids),
    )


def _kept_completeness(answer: RoleAnswer, kept: Sequence[MeasureFinding]) -> Completeness:
    """The 36 facts over the measures that are shown."""
    labels = {found.measure.label for found in kept}
    shown = tuple(one for one in answer.recorded.measures if one.label in labels)
    return completeness(replace(answer.recorded, measures=shown))


def band(pence: int) -> str:
    """The band an amount lies in: `£25,000 to £50,000`."""
    amount = pence / 100
    for low, high in pairwise(BANDS):
        if low <= amount < high:
            return f"{pounds(low)} to {pounds(high)}" if low else f"under {pounds(high)}"
    return f"{pounds(BANDS[-1])} or more"


def _chosen_findings(answer: RoleAnswer, choices: Choices) -> list[MeasureFinding]:
    held = answer.finding.measures
    return [one for one in held if not choices.measures or one.measure.id in choices.measures]


def _offers(answer: RoleAnswer, kept: Sequence[MeasureFinding], policy: Policy, choices: Choices) -> dict[int, Offer]:
    if not (choices.group_small and policy.protects):
        return {}
    found = {}
    for finding in kept:
        series = answer.series_of(finding.measure.id)
        offer = offer_of(series, policy, answer.role.timeline) if series else None
        if offer:
            found[finding.measure.id] = offer
    return found


def _as_offered(
    answer: RoleAnswer, finding: MeasureFinding, offers: Mapping[int, Offer]
) -> tuple[Series, MeasureFinding]:
    raw = answer.series_of(finding.measure.id)
    if raw is None:
        text = f"a finding without its series: {finding.measure.name}"
        raise ValueError(text)
    offer = offers.get(finding.measure.id)
    if offer is None:
        return raw, finding
    longer = grouped(raw, offer.frequency, answer.role.timeline)
    return longer, analyse_measure(longer, answer.role, max(raw.periods).end)


def _hidden_lines(answer: RoleAnswer, policy: Policy, *, few: bool) -> tuple[frozenset[int], frozenset[int]]:
    """Cost lines without amount, benefit lines without volumes.

    With few staff every amount goes, not only pay: the total less the rest would give pay back.
    """
    facts = answer.economics.facts
    costs = {
        line.id
        for line in facts.costs
        if few or any(_has_hidden(answer.series, policy, word) for word in _BY_ACTIVITY.get(line.kind, ()))
    }
    small = {s.measure.id for s in answer.series if protect(s, policy).count_hidden}
    return frozenset(costs), frozenset(line.id for line in facts.benefits if line.measure_id in small)


def _has_hidden(series: Sequence[Series], policy: Policy, *words: str) -> bool:
    held = by_name(series, *words)
    return held is not None and protect(held, policy).count_hidden > 0


def _money(answer: RoleAnswer, policy: Policy, volumes: frozenset[int]) -> RoleEconomics:
    """Money without what would give a hidden count back; the same object where there is nothing of the kind."""
    held = answer.economics
    units = tuple(
        u
        for u in held.unit_costs
        if not _has_hidden(answer.series, policy, *_UNIT_WORDS[u.name]) or not policy.protects
    )
    if units == held.unit_costs and not volumes:
        return held
    lines = tuple(_without_count(held, line, volumes) for line in held.break_even)
    return replace(
        held,
        unit_costs=units,
        break_even=lines,
        break_even_sentence=break_even_summary(held.facts, held.yearly_cost, lines),
        worth_it=worth_it(held.views, lines, held.withheld, held.not_known),
        worth_it_short=worth_it_short(held.views, lines),
    )


def _without_count(held: RoleEconomics, line: BreakEvenLine, volumes: frozenset[int]) -> BreakEvenLine:
    facts = next((one for one in held.facts.benefits if one.label == line.label and one.id in volumes), None)
    if facts is None:
        return line
    answer = BreakEven(line.volume_a_month, line.cash_volume_a_month)
    return break_even_line(facts, Decimal(line.unit_cost), answer, None)
