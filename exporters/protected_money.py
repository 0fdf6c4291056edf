"""A role's money as it may be shown: no count given back by a sum, and never the pay of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from analysis.economics.amounts import ZERO, total
from analysis.economics.appraisal_results import Appraisal, Organisation
from analysis.economics.break_even import BreakEven
from analysis.economics.further_costs import divisors_of
from analysis.economics.further_shapes import Further
from analysis.economics.pay_lines import CENTRAL_PAYER, PostCost
from analysis.economics.role_lines import unknown_words
from analysis.economics.role_shapes import BreakEvenLine, RoleEconomics
from analysis.economics.role_words import break_even_line, break_even_summary, worth_it, worth_it_short
from analysis.plan import CostLineFacts
from analysis.vocabulary import CostKind, CostPhase
from db.answers import RoleAnswer
from exporters.policy import Policy
from exporters.protection import count_hidden

POSTS_TOGETHER = {CostPhase.AFTER: 0, CostPhase.BEFORE: -1}
"""Ids of the lines that stand for all posts where so few people hold them that each line would be a person's pay."""
POSTS_WORDS = "Posts with on-costs, together"


def shown_money(
    answer: RoleAnswer, policy: Policy, volumes: frozenset[int], hiding: frozenset[int], *, few: bool
) -> RoleEconomics:
    """Money without what would give a hidden count or a person's pay back; the same object where there is none.

    `volumes` are benefit lines whose volumes stay hidden, `hiding` measures that no money may rest on.
    """
    held = _without_posts(answer.economics) if few and answer.economics.posts else answer.economics
    small = _small_divisors(answer, policy, hiding)
    units = tuple(unit for unit in held.unit_costs if unit.name not in small)
    further = _shown_further(held, policy, small, few=few)
    if units == held.unit_costs and further == held.further and not volumes:
        return held
    lines = tuple(_without_count(held, line, volumes) for line in held.break_even)
    return replace(
        held,
        unit_costs=units,
        further=further,
        break_even=lines,
        break_even_sentence=break_even_summary(held.facts, held.yearly_cost, lines),
        worth_it=worth_it(held.views, lines, held.withheld, unknown_words(held.facts), held.warnings),
        worth_it_short=worth_it_short(held.views, lines),
    )


def _small_divisors(answer: RoleAnswer, policy: Policy, hiding: frozenset[int]) -> frozenset[str]:
    """Names of what a cost is divided by and of which a value is hidden, or would be given back."""
    found = [(one.name, one.series) for one in divisors_of(answer.economics.facts, answer.series) if one.series]
    return frozenset(name for name, series in found if series.measure.id in hiding or count_hidden(series, policy))


def _shown_further(held: RoleEconomics, policy: Policy, small: frozenset[str], *, few: bool) -> Further:
    """The further answers without a hidden count, and without what an hour or a post of few people costs."""
    people = {line.label: line.people_a_year for line in held.facts.outcomes}
    found = held.further
    return replace(
        found,
        unit_costs=tuple(one for one in found.unit_costs if one.name not in small),
        outcomes=tuple(one for one in found.outcomes if not policy.hides(people.get(one.label) or 0.0)),
        posts=None if few else found.posts,
        staff_time=None if few else found.staff_time,
    )


def _without_count(held: RoleEconomics, line: BreakEvenLine, volumes: frozenset[int]) -> BreakEvenLine:
    facts = next((one for one in held.facts.benefits if one.label == line.label and one.id in volumes), None)
    if facts is None:
        return line
    answer = BreakEven(line.volume_a_month, line.cash_volume_a_month)
    return break_even_line(facts, Decimal(line.unit_cost), answer, None)


def _without_posts(held: RoleEconomics) -> RoleEconomics:
    """One line for all posts of a phase in place of the pay lines, and no row for what is paid centrally alone."""
    together = tuple(_together(held, phase) for phase in POSTS_TOGETHER)
    facts = replace(held.facts, pay=(), costs=(*(line for line in together if line), *held.facts.costs))
    found = held.appraisal and _folded(held.appraisal, held.posts)
    labels = {key: words for key, words in held.labels.items() if not key.startswith("pay ")}
    names = {post.line.label for post in held.posts}
    unknown = tuple(dict.fromkeys(POSTS_WORDS if name in names else name for name in held.not_known))
    return replace(held, facts=facts, posts=(), appraisal=found, labels=labels, not_known=unknown)


def _together(held: RoleEconomics, phase: CostPhase) -> CostLineFacts | None:
    posts = [post for post in held.posts if post.line.phase is phase]
    if not posts:
        return None
    known = [post.cost.system_total for post in posts if post.cost]
    pence = int(total(known) * 100) if len(known) == len(posts) else None
    start = min(post.line.start for post in posts)
    year = posts[0].line.pay_year
    return CostLineFacts(
        POSTS_TOGETHER[phase], POSTS_WORDS, "pay", CostKind.ANNUAL, pence, year, start, "all payers", phase=phase
    )


def _folded(found: Appraisal, posts: Iterable[PostCost]) -> Appraisal:
    """Central payers join the organisation that pays most: their row alone would give basic pay back."""
    central = {post.line.central_payer or CENTRAL_PAYER for post in posts} & found.organisations.keys()
    rest = {name: row for name, row in found.organisations.items() if name not in central}
    lines = _lines_together(found.cost_lines)
    if not central or not rest:
        return replace(found, cost_lines=lines)
    payer = max(rest, key=lambda name: rest[name].pv_costs)
    rows = [rest.pop(payer), *(found.organisations[name] for name in sorted(central))]
    joined = Organisation(
        *(total(getattr(row, name) for row in rows) for name in ("pv_costs", "pv_cash_releasing")),
        *(total(getattr(row, name) for row in rows) for name in ("pv_non_cash_releasing", "net_cash", "net")),
    )
    return replace(found, cost_lines=lines, organisations={f"{payer}, with central bodies": joined, **rest})


def _lines_together(lines: Mapping[str, Decimal]) -> dict[str, Decimal]:
    posts = [value for key, value in lines.items() if key.startswith("pay ")]
    kept = {key: value for key, value in lines.items() if not key.startswith("pay ")}
    return {**({f"cost {POSTS_TOGETHER[CostPhase.AFTER]}": total(posts) + ZERO} if posts else {}), **kept}
