"""The 36 rules. Item numbers and sources: TIDieR, SQUIRE 2.0, StaRI, RE-AIM, TREND, CHEERS 2022 and the Magenta Book.

Numbers in brackets are items of those lists. A rule says what is recorded and what is not; it never weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.completeness.shapes import Completeness, CostRecord, Item, MeasureRecord, Reading, RecordFacts, Rule
from analysis.vocabulary import Purpose
from analysis.wording import percent, plural

LEAST_POINTS, FULL_BASELINE = 3, 12
LEAST_STAFFED = 3
LEAST_GROUPS = 2
COST_PARTS = {
    "pay with on-costs": ("pay", "salary", "wage"),
    "set-up": ("set-up", "setup", "equipment"),
    "training": ("training", "induction"),
    "supervision": ("supervision",),
    "rooms": ("accommodation", "estate", "premises", "room"),
}
"""The parts of a full cost, and the words by which a line's category or label is known to be one of them."""
NAMES = {
    "name": "name",
    "head_count": "head count",
    "planned_wte": "planned WTE",
    "band": "pay band",
    "employer": "employer",
    "need": "the need",
    "need_size": "its size",
    "why_it_should_work": "why it should work",
    "aims": "aims",
    "setting": "setting",
    "people_served": "who it serves",
    "eligible_number": "how many are eligible",
    "what_it_does": "what it does",
    "dose": "how much a person gets",
    "how_introduced": "how it was introduced",
    "training": "training",
    "supervision": "supervision",
    "launch": "launch date",
    "harms": "harms and unwanted effects",
    "limitations": "limitations",
    "decision_asked": "decision asked for",
    "sustainability": "what keeps it going",
    "written_by": "author",
    "approved_by": "approver",
    "version": "version",
    "data_cut": "date of the data",
    "funding_source": "funder",
    "conflicts": "conflicts of interest",
    "ethics": "ethics and information governance",
}


def completeness(facts: RecordFacts) -> Completeness:
    """The 36 items of one role, from what is recorded."""
    return Completeness(tuple(_item(rule, rule.read(facts)) for rule in RULES))


def _item(rule: Rule, found: Reading) -> Item:
    return Item(rule.number, rule.group, rule.words, rule.required, found.done, found.said, found.fields)


def _wanting(facts: RecordFacts, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in facts.written)


def _written(*keys: str) -> Callable[[RecordFacts], Reading]:
    """A rule that asks for facts of the record to be written down."""

    def read(facts: RecordFacts) -> Reading:
        wanting = _wanting(facts, keys)
        said = f"Missing: {', '.join(NAMES[key] for key in wanting)}." if wanting else ""
        return Reading(not wanting, said, wanting)

    return read


def _measures_lacking(facts: RecordFacts, lacking: Callable[[MeasureRecord], bool], words: str, field: str) -> Reading:
    """A rule over the leading measures: those that lack something are named."""
    if not facts.leading:
        return Reading(False, "No outcome measure is recorded yet.", ("measures",))
    found = [one.label for one in facts.leading if lacking(one)]
    return Reading(not found, f"{words}: {'; '.join(found)}." if found else "", (field,) if found else ())


def _aims(facts: RecordFacts) -> Reading:
    wanting = _wanting(facts, ("aims",))
    if wanting:
        return Reading(False, "Missing: aims, each with a target and a date.", wanting)
    if any(one.has_expectation for one in facts.leading):
        return Reading(True)
    return Reading(False, "No primary measure has a target or an expected change.", ("primary measures",))


def _changes(facts: RecordFacts) -> Reading:
    done = facts.role_changes > 0 or "adaptations" in facts.written
    said = "Missing: what has changed in the role since launch, or that nothing has."
    return Reading(done, "" if done else said, () if done else ("adaptations",))


def _fidelity(facts: RecordFacts) -> Reading:
    if facts.months_since_launch == 0:
        return Reading(False, "The role has not run for a month yet.", ("staffing",))
    held = f"{facts.months_staffed} of {plural(facts.months_since_launch, 'month')} since launch"
    done = facts.months_staffed >= min(LEAST_STAFFED, facts.months_since_launch)
    said = f"Planned and actual WTE are held for {held}."
    return Reading(done, said, () if done else ("staffing",))


def _context(facts: RecordFacts) -> Reading:
    if facts.context_changes:
        return Reading(True, f"{plural(facts.context_changes, 'dated change')} around the role recorded.")
    said = "No dated change around the role is recorded: a scheme, another project, a new form."
    return Reading(False, said, ("events",))


def _purposes(facts: RecordFacts) -> Reading:
    held = {one.purpose for one in facts.measures}
    wanted = (Purpose.OUTCOME, Purpose.PROCESS, Purpose.BALANCING)
    wanting = [purpose.value for purpose in wanted if purpose not in held]
    return Reading(not wanting, f"Missing: a measure of {', of '.join(wanting)}." if wanting else "", _if(wanting))


def _if(wanting: Iterable[str], field: str = "measures") -> tuple[str, ...]:
    return (field,) if wanting else ()


def _defined(facts: RecordFacts) -> Reading:
    if not facts.measures:
        return Reading(False, "No measure is recorded yet.", ("measures",))
    lacking = [f"{one.label} ({', '.join(one.lacks)})" for one in facts.measures if one.lacks]
    return Reading(not lacking, f"Missing: {'; '.join(lacking)}." if lacking else "", _if(lacking, "primary measures"))


def _reasons(facts: RecordFacts) -> Reading:
    return _measures_lacking(facts, lambda one: not one.has_reason, "No reason is given for", "primary measures")


def _baseline(facts: RecordFacts) -> Reading:
    short = _measures_lacking(
        facts,
        lambda one: one.n_before < LEAST_POINTS or not one.same_definition,
        f"Under {LEAST_POINTS} points before launch by one definition",
        "values",
    )
    if not short.done:
        return short
    under = [f"{one.label}, {one.n_before}" for one in facts.leading if one.n_before < FULL_BASELINE]
    said = f"Enough to begin with; {FULL_BASELINE} points before launch are preferred: {'; '.join(under)}."
    return Reading(True, said if under else "")


def _after(facts: RecordFacts) -> Reading:
    words = f"Under {LEAST_POINTS} points after launch"
    return _measures_lacking(facts, lambda one: one.n_after < LEAST_POINTS, words, "values")


def _gaps(facts: RecordFacts) -> Reading:
    wanted = sum(one.periods for one in facts.measures)
    if not wanted:
        return Reading(False, "No value is recorded yet.", ("values",))
    gaps = sum(one.gaps for one in facts.measures)
    held = f"{percent((wanted - gaps) / wanted)} of periods hold a value or a reason why not."
    names = "; ".join(f"{one.label}, {one.gaps}" for one in facts.measures if one.gaps)
    said = f"{held} Blank without a reason: {names}." if gaps else held
    return Reading(not gaps, said, ("values",) if gaps else ())


def _comparator(facts: RecordFacts) -> Reading:
    done = "why_no_comparator" in facts.written or any(one.has_comparator for one in facts.measures)
    said = "No comparator is recorded, nor why there is none."
    return Reading(done, "" if done else said, () if done else ("why_no_comparator",))


def _time_shown(facts: RecordFacts) -> Reading:
    words = "Too few points for a chart with limits"
    return _measures_lacking(facts, lambda one: not one.has_limits, words, "values")


def _sized(facts: RecordFacts) -> Reading:
    words = "Neither important difference nor target"
    return _measures_lacking(facts, lambda one: not one.has_size, words, "primary measures")


def _equity(facts: RecordFacts) -> Reading:
    done = facts.groups >= LEAST_GROUPS
    return Reading(done, "" if done else "No measure is split by groups of people.", () if done else ("values",))


def _voices(facts: RecordFacts) -> Reading:
    wanting = []
    if not facts.voices & {"patient", "carer"}:
        wanting.append("a patient or carer")
    if not facts.voices & {"staff", "manager"}:
        wanting.append("staff")
    return Reading(
        not wanting, f"No note in the voice of {' or of '.join(wanting)}." if wanting else "", _if(wanting, "notes")
    )


def _perspective(facts: RecordFacts) -> Reading:
    done = "perspective" in facts.written
    return Reading(done, "" if done else "Missing: whose money the answer counts.", () if done else ("perspective",))


def _full_cost(facts: RecordFacts) -> Reading:
    held = [f"{one.category} {one.label}".lower() for one in facts.costs]
    wanting = [part for part, words in COST_PARTS.items() if not any(word in line for word in words for line in held)]
    unknown = [one.label for one in facts.costs if not one.known]
    parts = []
    if wanting:
        parts.append(f"No line for {', '.join(wanting)}.")
    if unknown:
        parts.append(f"Amount not known: {'; '.join(unknown)}.")
    return Reading(not parts, " ".join(parts), _if(parts, "costs"))


def _prices(facts: RecordFacts) -> Reading:
    def lacking(line: CostRecord) -> bool:
        return not (line.priced and line.sourced)

    if not facts.costs:
        return Reading(False, "No cost of the role is recorded yet.", ("costs",))
    found = [one.label for one in facts.costs if lacking(one)]
    return Reading(not found, f"No price year or source: {'; '.join(found)}." if found else "", _if(found, "costs"))


def _horizon(facts: RecordFacts) -> Reading:
    said = "The horizon is Roleworth\u2019s own, not yet the team\u2019s choice."
    done = facts.frame_recorded
    return Reading(done, "" if done else said, () if done else ("perspective",))


def _cash(facts: RecordFacts) -> Reading:
    done = facts.benefits > 0
    said = "No benefit is recorded, so cash and capacity cannot be told apart."
    return Reading(done, "" if done else said, () if done else ("benefits",))


def _sensitivity(facts: RecordFacts) -> Reading:
    done = facts.sensitivities > 0
    said = "No net value yet, so no low and high of it."
    return Reading(done, "" if done else said, () if done else ("benefits",))


def _uncertainty(facts: RecordFacts) -> Reading:
    return _measures_lacking(facts, lambda one: not one.has_interval, "No estimate with an interval", "values")


def _limits_named(facts: RecordFacts) -> Reading:
    wanting = _wanting(facts, ("limitations",))
    if wanting:
        return Reading(False, "Missing: limitations and other explanations.", wanting)
    done = facts.evidence_level is not None
    return Reading(done, "" if done else "No evidence level yet.", () if done else ("measures",))


def _disclosure(_facts: RecordFacts) -> Reading:
    return Reading(True, "Every export hides small numbers, or prints the reason why not.")


ABOUT, MEASURES, MONEY, JUDGEMENT = "About the role", "Measures", "Money", "Judgement"
R, D = True, False
RULES = (
    Rule(
        1,
        ABOUT,
        "Name, numbers, WTE, band, employer",
        R,
        _written("name", "head_count", "planned_wte", "band", "employer"),
    ),
    Rule(2, ABOUT, "The problem and how large it was", R, _written("need", "need_size")),
    Rule(3, ABOUT, "Why the role should work", R, _written("why_it_should_work")),
    Rule(4, ABOUT, "Aims with a target and a date", R, _aims),
    Rule(
        5, ABOUT, "Setting, people served, number eligible", R, _written("setting", "people_served", "eligible_number")
    ),
    Rule(6, ABOUT, "What the role does, and how much", R, _written("what_it_does", "dose")),
    Rule(
        7, ABOUT, "How it was introduced, trained, supervised", R, _written("how_introduced", "training", "supervision")
    ),
    Rule(8, ABOUT, "The launch date", R, _written("launch")),
    Rule(9, ABOUT, "What has changed in the role since", D, _changes),
    Rule(10, ABOUT, "WTE in post against plan", R, _fidelity),
    Rule(11, ABOUT, "What else changed around the role", R, _context),
    Rule(12, MEASURES, "A measure of outcome, of process, and a balancing one", R, _purposes),
    Rule(13, MEASURES, "Definition, unit, source and owner of each measure", R, _defined),
    Rule(14, MEASURES, "Why these measures", D, _reasons),
    Rule(15, MEASURES, "A baseline by one definition", R, _baseline),
    Rule(16, MEASURES, "Values after launch", R, _after),
    Rule(17, MEASURES, "How complete the values are, and why some are missing", R, _gaps),
    Rule(18, MEASURES, "A comparator, or why there is none", R, _comparator),
    Rule(19, MEASURES, "The change shown over time", R, _time_shown),
    Rule(20, MEASURES, "What size of change matters", D, _sized),
    Rule(21, MEASURES, "Results by group of people", D, _equity),
    Rule(22, MEASURES, "The voices of patients and staff", D, _voices),
    Rule(23, MONEY, "Whose money the answer counts", R, _perspective),
    Rule(24, MONEY, "The full cost of the role", R, _full_cost),
    Rule(25, MONEY, "Price year and source of every cost", R, _prices),
    Rule(26, MONEY, "Horizon and discounting", R, _horizon),
    Rule(27, MONEY, "Cash apart from capacity", R, _cash),
    Rule(28, MONEY, "Low and high of the net value", R, _sensitivity),
    Rule(29, JUDGEMENT, "Results with their uncertainty", R, _uncertainty),
    Rule(30, JUDGEMENT, "Harms and unwanted effects", R, _written("harms")),
    Rule(31, JUDGEMENT, "Limitations and other explanations", R, _limits_named),
    Rule(
        32,
        JUDGEMENT,
        "The decision asked for, and what keeps the role going",
        R,
        _written("decision_asked", "sustainability"),
    ),
    Rule(33, JUDGEMENT, "Small numbers protected", R, _disclosure),
    Rule(
        34,
        JUDGEMENT,
        "Author, approver, version, date of the data",
        R,
        _written("written_by", "approved_by", "version", "data_cut"),
    ),
    Rule(35, JUDGEMENT, "Funder and conflicts of interest", D, _written("funding_source", "conflicts")),
    Rule(36, JUDGEMENT, "Ethics and information governance", R, _written("ethics")),
)
