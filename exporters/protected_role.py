"""A role as it may be shown: protected series, findings and money, and nothing of the raw ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from analysis.completeness.rules import completeness
from analysis.completeness.shapes import Completeness
from analysis.economics.measured import BY_VOLUME
from analysis.economics.reviewer import ReviewerCheck
from analysis.economics.role_shapes import RoleEconomics
from analysis.finding_further import GapFinding
from analysis.finding_selection import select
from analysis.finding_shapes import Caution, MeasureFinding, RoleFinding
from analysis.periods import Frequency
from analysis.vocabulary import RoleFacts, Series, Timeline
from analysis.wording import pounds
from db.answers import RoleAnswer
from db.queries.appraisals import Saved
from db.queries.record import NO_RECORD, Record
from db.queries.roles import Profile
from exporters.beside_earlier import Beside, beside_earlier, money_beside_earlier
from exporters.choices import Choices
from exporters.grouping import Offer, chosen_offer, grouped, offer_of
from exporters.kept import NOTHING_KEPT, Kept
from exporters.kept_appraisals import hidden_kept
from exporters.policy import Policy
from exporters.protected_comparisons import protected_compared
from exporters.protected_finding import joined, protected_finding, protected_longer
from exporters.protected_gaps import protected_gaps
from exporters.protected_money import POSTS_TOGETHER, shown_money
from exporters.protected_notes import NoteShown, notes_shown
from exporters.protected_volumes import ShownMeasure, measures_of_plan, money_of_shown, said
from exporters.protection import ProtectedSeries, count_hidden, protect
from exporters.staffing import StaffingShown, staffing_shown
from exporters.told import NOTHING, Strands, Told
from exporters.told_by_money import ByMoney, sums_by_money
from exporters.totals import NO_TOTALS, Totals, with_totals

BANDS = (0, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)


DOSE_CODE = "dose"
DOSE_WORDS = "The role was staffed below plan, so it was not at full dose; by how much is not shown for so few people."
NOTHING_SHOWN = Completeness(())


@dataclass(frozen=True)
class ProtectedRole:
    """What sheets and pages may say of one role. `number` tells roles apart in formulas.

    `hidden_costs` and `hidden_volumes` are ids of plan lines whose amount or volumes stay hidden; `few_staff` says the
    role has so few people that its pay is a person's pay. `offers` are the longer periods taken, by measure id.
    `record` has no staffing: only `staffing` may be shown. `beside` is what is told of each measure, by its id, set
    beside what earlier exports told, also of one that is left out while money rests on it. `units_withheld` names what
    one of costs and is not shown, `saved_hidden` the kept appraisals (ids) whose amounts stay hidden.
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
    notes: tuple[NoteShown, ...] = ()
    saved: tuple[Saved, ...] = ()
    record: Record = NO_RECORD
    staffing: tuple[StaffingShown, ...] = ()
    completeness: Completeness = NOTHING_SHOWN
    reviewer: tuple[ReviewerCheck, ...] = ()
    beside: Mapping[int, Beside] = field(default_factory=dict)
    gaps: tuple[GapFinding, ...] = ()
    gaps_withheld: tuple[tuple[str, str, str], ...] = ()
    units_withheld: tuple[str, ...] = ()
    saved_hidden: frozenset[int] = frozenset()

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
        return self._by_measure[measure_id]

    @cached_property
    def _by_measure(self) -> dict[int, ProtectedSeries]:
        return {one.measure.id: one for one in reversed(self.series)}


def protected_role(
    answer: RoleAnswer,
    number: int,
    policy: Policy,
    choices: Choices,
    kept_beside: Kept = NOTHING_KEPT,
) -> ProtectedRole:
    """One role through the policy: the only way from an answer to anything that leaves the app."""
    told = kept_beside.earlier.get(answer.role.id, {})
    few = policy.is_few(answer.profile.facts.head_count)
    kept = _chosen_findings(answer, choices)
    offers = _offers(answer, kept, policy, choices)
    saved = tuple(kept_beside.saved.get(answer.role.id, ()))
    sums = sums_by_money(answer, saved, policy, few=few) if choices.money else {}
    made = [_measure(answer, one, offers, policy, told, sums.get(one.measure.id, ()), few=few) for one in kept]
    beside = {one.series.measure.id: one.beside for one in made} | _of_left_out(answer, kept, sums, policy, told)
    hiding = _hiding(made, beside)
    small = hiding | _small(answer, policy)
    between = protected_gaps(answer, {found.measure.id for found in kept}, policy, few=few)
    money = money_of_shown(answer, _for_money(answer, made, policy, beside, few=few))
    answer = money.answer
    costs, volumes = _hidden_lines(answer, small, few=few)
    economics = said(shown_money(answer, policy, volumes, hiding, few=few), money.words)
    series = tuple(one.series for one in made)
    return ProtectedRole(
        number=number,
        role=replace(answer.role, planned_wte=None, actual_wte=None) if few else answer.role,
        profile=answer.profile,
        series=series,
        finding=joined(answer.finding, [one.finding for one in made]),
        economics=economics,
        offers=offers,
        few_staff=few,
        hidden_costs=costs,
        hidden_volumes=volumes,
        totals={one.series.measure.id: one.totals for one in made},
        ratings=tuple(kept_beside.ratings.get(answer.role.id, ())),
        notes=notes_shown(kept_beside.notes.get(answer.role.id, ()), series),
        saved=saved,
        saved_hidden=hidden_kept(saved, small, tells=few or bool(costs or volumes)),
        record=_kept_record(answer.record, kept),
        staffing=staffing_shown(answer.record.staffing, answer.profile.facts.head_count, policy),
        completeness=_kept_completeness(answer, kept),
        reviewer=answer.reviewer,
        beside=beside,
        gaps=between.shown,
        gaps_withheld=between.withheld,
        units_withheld=_units(answer.economics, economics),
    )


def _units(recorded: RoleEconomics, shown: RoleEconomics) -> tuple[str, ...]:
    """What one of costs in the record and is not shown."""
    kept = {one.name for one in shown.unit_costs} | {one.name for one in shown.further.unit_costs}
    return tuple(dict.fromkeys(one.name for one in recorded.further.unit_costs if one.name not in kept))


@dataclass(frozen=True)
class _Measure:
    """One measure as it may be shown; `raw` is what that was made from, by the periods it is shown by."""

    raw: Series
    series: ProtectedSeries
    finding: MeasureFinding
    totals: Totals
    beside: Beside


def _measure(
    answer: RoleAnswer,
    finding: MeasureFinding,
    offers: Mapping[int, Offer],
    policy: Policy,
    earlier: Mapping[int, Strands],
    by_money: tuple[Told, ...] = (),
    *,
    few: bool,
) -> _Measure:
    """One measure through the policy, beside what earlier exports told of it; `by_money` are sums money gives back."""
    key, line = finding.measure.id, answer.role.timeline
    finest, offer = _recorded(answer, finding), offers.get(key)
    raw = grouped(finest, offer.frequency, line) if offer else finest
    chosen = select(raw, line)
    first = with_totals(raw, protect(raw, policy, few_staff=few), chosen, policy)
    told = earlier.get(key, NOTHING)
    protected, totals, beside = beside_earlier(finest, raw, first, chosen, policy, told, by_money)
    if offer:
        shown = protected_longer(raw, protected, max(finest.periods).end, answer.role, policy)
    else:
        shown = protected_finding(raw, protected, finding, answer.role, policy)
    shown = protected_compared(shown, raw, answer.beside, policy)
    shown = replace(shown, cautions=_of_staffing(shown.cautions)) if few else shown
    return _Measure(raw, protected, shown, totals, beside)


def _of_left_out(
    answer: RoleAnswer, kept: Sequence[MeasureFinding], sums: ByMoney, policy: Policy, earlier: Mapping[int, Strands]
) -> dict[int, Beside]:
    """What money tells of measures that are left out of the export, beside what earlier exports told of them."""
    left = {series.measure.id: series for series in answer.series} | {found.measure.id: None for found in kept}
    return {
        key: money_beside_earlier(series, policy, earlier.get(key, NOTHING), sums[key])
        for key, series in left.items()
        if series is not None and key in sums
    }


def _hiding(made: Sequence[_Measure], beside: Mapping[int, Beside]) -> frozenset[int]:
    """Measures that no money may rest on: a value of them is hidden, or their exact sum would give one back."""
    hidden = {one.series.measure.id for one in made if one.series.count_hidden}
    return frozenset(hidden | {key for key, one in beside.items() if one.money_withheld})


def _for_money(
    answer: RoleAnswer, made: Sequence[_Measure], policy: Policy, beside: Mapping[int, Beside], *, few: bool
) -> dict[int, ShownMeasure]:
    """What money may draw on: every measure the plan takes a volume from, whether it is shown itself or not."""
    needed = measures_of_plan(answer.economics.facts)
    own = {found.measure.id: found for found in answer.finding.measures if found.measure.id in needed}
    shown = {key: one for one in made if (key := one.finding.measure.id) in own}
    return {
        key: _of_money(
            answer, found, shown.get(key), policy, few=few, withheld=key in beside and beside[key].money_withheld
        )
        for key, found in own.items()
    }


def _of_money(
    answer: RoleAnswer, own: MeasureFinding, shown: _Measure | None, policy: Policy, *, few: bool, withheld: bool
) -> ShownMeasure:
    """A measure as money may draw on it: as recorded while no value of it is hidden, else as it is shown."""
    raw = answer.series_of(own.measure.id)
    is_small = raw is not None and bool(count_hidden(raw, policy, few_staff=few))
    is_grouped = shown is not None and shown.finding.measure.frequency is not own.measure.frequency
    if shown is None or (is_grouped and not is_small):
        shown, is_grouped = _measure(answer, own, {}, policy, {}, few=few), False
    hides = bool(shown.series.count_hidden)
    names = [[one.facts.name for one in found.compared] for found in (shown.finding, own)]
    changed = hides or withheld or is_grouped or names[0] != names[1]
    return ShownMeasure(shown.raw, shown.finding, hides=hides, changed=changed, withheld=withheld)


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
    held = answer.finding.measures if choices.figures else ()
    return [one for one in held if not choices.measures or one.measure.id in choices.measures]


def _offers(answer: RoleAnswer, kept: Sequence[MeasureFinding], policy: Policy, choices: Choices) -> dict[int, Offer]:
    found = {}
    for finding in kept:
        series = answer.series_of(finding.measure.id)
        offer = _offer(series, answer.role.timeline, policy, choices) if series else None
        if offer:
            found[finding.measure.id] = offer
    return found


def _offer(series: Series, timeline: Timeline, policy: Policy, choices: Choices) -> Offer | None:
    """The longer periods of a measure: those that were chosen, or those it takes to hide less where they are longer."""
    small = offer_of(series, policy, timeline) if choices.group_small and policy.protects else None
    chosen = chosen_offer(series, policy, timeline, choices.by) if choices.by else None
    if small and chosen:
        return small if small.frequency is Frequency.YEAR else chosen
    return small or chosen


def _recorded(answer: RoleAnswer, finding: MeasureFinding) -> Series:
    """The series of a finding. Raises ValueError where there is none."""
    series = answer.series_of(finding.measure.id)
    if series is None:
        text = f"a finding without its series: {finding.measure.name}"
        raise ValueError(text)
    return series


def _small(answer: RoleAnswer, policy: Policy) -> frozenset[int]:
    """Measures of which the policy hides a value."""
    return frozenset(one.measure.id for one in answer.series if count_hidden(one, policy))


def _hidden_lines(answer: RoleAnswer, small: frozenset[int], *, few: bool) -> tuple[frozenset[int], frozenset[int]]:
    """Cost lines without amount, benefit lines without volumes.

    With few staff every amount goes, not only pay: the total less the rest would give pay back.
    """
    facts = answer.economics.facts
    costs = {line.id for line in facts.costs if few or (line.kind in BY_VOLUME and line.measure_id in small)}
    if few and facts.pay:
        costs |= set(POSTS_TOGETHER.values())
    return frozenset(costs), frozenset(line.id for line in facts.benefits if line.measure_id in small)
