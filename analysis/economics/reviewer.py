"""What a reviewer of a business case looks for: twenty checks of the plan for money, each with where it is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analysis.economics.measured import twice_corrected
from analysis.economics.role_lines import lacking, paid_twice
from analysis.economics.role_shapes import RoleEconomics
from analysis.plan import BenefitLineFacts, CostLineFacts, PayLineFacts
from analysis.vocabulary import CostKind, CostPhase
from analysis.wording import plural

PAY, COSTS, BENEFITS, RESULTS, FRAME, CASE = "Pay", "Costs", "Benefits", "Results", "Assumptions", "Case for the role"
NO_BENEFIT = "No benefit is entered yet."
GOOD_GRADES = ("A", "B")


class Standing(StrEnum):
    """How a check stands: green, amber or red, in words."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"


@dataclass(frozen=True)
class ReviewerCheck:
    """One check: what is asked, how it stands and why, and the part of the record that mends it."""

    number: int
    asked: str
    standing: Standing
    words: str
    where: str


@dataclass(frozen=True)
class Beside:
    """What the checks read besides the money: alternatives weighed, comparators, measures with no money on them."""

    alternatives: int
    comparators: int
    unpriced_measures: int


_Answer = tuple[Standing, str, str]


def reviewer_checks(held: RoleEconomics, beside: Beside) -> tuple[ReviewerCheck, ...]:
    """The twenty checks in their fixed order. They look at what is recorded, never at how good the answer is."""
    found = [_counterfactual(beside), *(check(held) for _, check in _OF_MONEY), _unpriced(beside)]
    asked = ["What would have been without it", *(words for words, _ in _OF_MONEY), "Effects without a price"]
    pairs = enumerate(zip(asked, found, strict=True), 1)
    return tuple(ReviewerCheck(at, what, *answer) for at, (what, answer) in pairs)


def _stands(share: float, words: str, where: str) -> _Answer:
    """Met when all of it is there, partly when some is."""
    return (Standing.MET if share >= 1 else Standing.PARTLY if share > 0 else Standing.NOT_MET, words, where)


def _counted(done: int, of: int, what: str, where: str) -> _Answer:
    return _stands(done / of if of else 0, f"{done} of {of} {what}.", where)


def _counterfactual(beside: Beside) -> _Answer:
    held = (beside.alternatives > 0) + (beside.comparators > 0)
    alternatives = plural(beside.alternatives, "alternative")
    return _stands(held / 2, f"{alternatives} weighed, {plural(beside.comparators, 'comparator')} held.", CASE)


def _unpriced(beside: Beside) -> _Answer:
    if beside.unpriced_measures:
        return Standing.MET, f"{plural(beside.unpriced_measures, 'measure')} without a price, with its change.", RESULTS
    return Standing.PARTLY, "Every measure has a price: is there nothing that money does not say?", RESULTS


def _role_costs(held: RoleEconomics) -> list[CostLineFacts]:
    return [line for line in held.facts.costs if line.phase is CostPhase.AFTER]


def _apart(held: RoleEconomics) -> _Answer:
    if held.views:
        return Standing.MET, "Cash, all public bodies and wider value stand apart and are never summed.", RESULTS
    return Standing.NOT_MET, "No net value can be given yet.", BENEFITS


def _recurrence(held: RoleEconomics) -> _Answer:
    kinds = {line.kind is CostKind.ONE_OFF for line in _role_costs(held)} | ({False} if held.facts.pay else set())
    words = {
        frozenset({True, False}): "One-off and recurrent costs are both there, year by year.",
        frozenset({False}): "No one-off cost: did setting up really cost nothing?",
        frozenset({True}): "No recurrent cost is entered.",
    }
    return _stands(len(kinds) / 2, words.get(frozenset(kinds), "No cost is entered yet."), COSTS)


def _payers(held: RoleEconomics) -> _Answer:
    names = [line.payer for line in _role_costs(held)] + [line.payer for line in _role_posts(held)]
    names += [line.recipient for line in held.facts.benefits]
    return _counted(sum(bool(name) for name in names), len(names), "lines name who pays or gains", COSTS)


def _role_posts(held: RoleEconomics) -> list[PayLineFacts]:
    return [line for line in held.facts.pay if line.phase is CostPhase.AFTER]


def _prices(held: RoleEconomics) -> _Answer:
    if held.withheld:
        return Standing.NOT_MET, f"No price index for {', '.join(held.withheld)}.", FRAME
    years = [line.price_year for line in held.facts.costs] + [line.price_year for line in held.facts.benefits]
    years += [line.pay_year for line in held.facts.pay]
    return _counted(sum(bool(year) for year in years), len(years), "lines say of which year their prices are", COSTS)


def _discounting(held: RoleEconomics) -> _Answer:
    timing = held.facts.timing.replace("_", " ")
    return Standing.MET, f"{held.frame_sentence.replace(' · ', ', ')}, timing {timing}.", FRAME


def _optimism(held: RoleEconomics) -> _Answer:
    sides = [any(Decimal(line.optimism_bias or "0") > 0 for line in lines) for lines in _sides(held)]
    words = ("Nothing is allowed for optimism on either side.", "Only one side allows for optimism.", "Both sides do.")
    return (Standing.MET if sum(sides) == 2 else Standing.PARTLY, words[sum(sides)], COSTS)


def _sides(held: RoleEconomics) -> tuple[Sequence[CostLineFacts], Sequence[BenefitLineFacts]]:
    return _role_costs(held), held.facts.benefits


def _additionality(held: RoleEconomics) -> _Answer:
    lines = held.facts.benefits
    if not lines:
        return Standing.NOT_MET, NO_BENEFIT, BENEFITS
    if any(lacking(line) for line in lines):
        return Standing.NOT_MET, "What would have come anyway, or the share due to the role, is not given.", BENEFITS
    if twice := [line.label for line in lines if twice_corrected(line)]:
        return Standing.NOT_MET, f"A controlled effect is corrected twice: {', '.join(twice)}.", BENEFITS
    sources = [given for line in lines for given in _sources(line)]
    return _counted(sum(sources), len(sources), "shares on the benefits say where they come from", BENEFITS)


def _sources(line: BenefitLineFacts) -> list[bool]:
    """For each share that changes a benefit, whether its source is given; a controlled effect carries its own."""
    rows = [
        (line.deadweight, "", line.deadweight_source),
        (line.attribution, "", line.attribution_source),
        (line.displacement, "0", line.displacement_source),
        (line.drop_off, "0", line.drop_off_source),
    ]
    given = [bool(source) for share, usual, source in rows if share != usual]
    own = [True, True] if line.is_controlled else given[:2]
    return own + given[2:]


def _full_cost(held: RoleEconomics) -> _Answer:
    told = " ".join(f"{line.category} {line.label}".lower() for line in _role_costs(held))
    parts = {
        "pay with on-costs": any(post.cost for post in held.posts) or "on-cost" in told,
        "supervision": "supervis" in told,
        "overheads": "overhead" in told,
    }
    missing = [name for name, there in parts.items() if not there]
    words = f"Not there: {', '.join(missing)}." if missing else "Pay, supervision and overheads are there."
    return _stands(sum(parts.values()) / len(parts), words, COSTS if parts["pay with on-costs"] else PAY)


def _cash_plan(held: RoleEconomics) -> _Answer:
    lines = [line for line in held.facts.benefits if Decimal(line.cashability or "0") > 0]
    if not lines:
        return Standing.MET, "Nothing is claimed as cash.", BENEFITS
    done = sum(bool(line.what_stops and line.who_decides and line.decide_by) for line in lines)
    return _counted(done, len(lines), "cash claims say what stops, who decides and by when", BENEFITS)


def _marginal(held: RoleEconomics) -> _Answer:
    lines = held.facts.benefits
    if not lines:
        return Standing.NOT_MET, NO_BENEFIT, BENEFITS
    full = sum(line.unit_cost_type == "average" and Decimal(line.marginal_share) == 1 for line in lines)
    words = "No average cost is counted in full."
    words = f"{plural(full, 'benefit')} counted at the whole of an average cost." if full else words
    return Standing.PARTLY if full else Standing.MET, words, BENEFITS


def _twice(held: RoleEconomics) -> _Answer:
    keys = Counter(line.measure_id or line.label.strip().lower() for line in held.facts.benefits)
    if any(count > 1 for count in keys.values()):
        return Standing.NOT_MET, "Two benefits count the same measure.", BENEFITS
    if paid_twice(_role_costs(held), _role_posts(held)):
        return Standing.NOT_MET, "Pay stands among the costs and among the posts: is it counted twice?", COSTS
    return Standing.MET, "No measure and no pay is counted twice.", BENEFITS


def _break_even(held: RoleEconomics) -> _Answer:
    done = (bool(held.break_even) + (held.appraisal is not None)) / 2
    words = ("A unit cost is needed.", "Break-even is there; switching values need a net value.", "Both are given.")
    return _stands(done, words[int(done * 2)], BENEFITS)


def _uncertainty(held: RoleEconomics) -> _Answer:
    done = bool(held.sensitivity) + (held.likelihood is not None)
    words = ("Neither can be given yet.", "One input at a time; no line has a range to draw from.", "Both are given.")
    return _stands(done / 2, words[done], COSTS)


def _payback(held: RoleEconomics) -> _Answer:
    words = "The month from which it stays paid back, or that it does not, is said." if held.views else "Not yet."
    return _stands(float(bool(held.views)), words, RESULTS if held.views else BENEFITS)


def _evidence(held: RoleEconomics) -> _Answer:
    found, facts = held.appraisal, held.facts
    if found is None:
        return Standing.NOT_MET, "No net value can be given yet.", BENEFITS
    grades = {f"cost {line.id}": line.evidence_grade for line in facts.costs}
    grades |= {f"benefit {line.id}": line.evidence_grade for line in facts.benefits}
    grades |= {f"pay {line.id}{tail}": line.evidence_grade for line in facts.pay for tail in ("", " central")}
    worth = {key: abs(value) for key, value in found.cost_lines.items()}
    worth |= {key: abs(line.pv) for key, line in found.benefit_lines.items()}
    whole = sum(worth.values(), Decimal(0))
    firm = sum((value for key, value in worth.items() if grades.get(key) in GOOD_GRADES), Decimal(0))
    graded = sum(bool(grades.get(key)) for key in worth)
    how_much = "none" if not firm else "most" if 2 * firm >= whole else "less than half"
    words = f"{graded} of {len(worth)} lines are graded; {how_much} of the money rests on ledgers or budgets."
    return _stands(graded / len(worth), words, COSTS)


def _unit_costs(held: RoleEconomics) -> _Answer:
    return _counted(len(held.unit_costs), 2, "unit costs (contact, client) from the same months as the spend", RESULTS)


def _rounding(_held: RoleEconomics) -> _Answer:
    return Standing.MET, "Headlines are to the nearest £100; nothing is rounded on the way.", RESULTS


def _owners(held: RoleEconomics) -> _Answer:
    lines = held.facts.benefits
    done = sum(bool(line.who_decides and line.decide_by) for line in lines)
    return _counted(done, len(lines), "benefits have an owner and a date", BENEFITS)


_OF_MONEY: tuple[tuple[str, Callable[[RoleEconomics], _Answer]], ...] = (
    ("Cash, capacity and wider value are kept apart", _apart),
    ("One-off and recurrent, by year", _recurrence),
    ("Who pays and who gains", _payers),
    ("Price year and index", _prices),
    ("Discount rate, timing and horizon", _discounting),
    ("Optimism on both sides", _optimism),
    ("What is really the role's", _additionality),
    ("The whole cost to the employer", _full_cost),
    ("How cash is really released", _cash_plan),
    ("Average or marginal cost", _marginal),
    ("Nothing counted twice", _twice),
    ("Break-even and switching values", _break_even),
    ("One input at a time, and all at once", _uncertainty),
    ("When it is paid back, and stays so", _payback),
    ("Evidence behind each line", _evidence),
    ("Cost of a contact and of a client", _unit_costs),
    ("No false precision", _rounding),
    ("An owner and a date for each benefit", _owners),
)


def checks_sentence(checks: Sequence[ReviewerCheck]) -> str:
    """How many of the checks are met."""
    count = Counter(check.standing for check in checks)
    parts = (f"{count[Standing.MET]} of {len(checks)} met", f"{count[Standing.PARTLY]} partly")
    return f"{', '.join(parts)}, {count[Standing.NOT_MET]} not met. They look at what is said, not at the answer."
