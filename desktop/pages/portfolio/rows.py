"""One role as a row and as a card: the same facts, taken from one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.finding_shapes import MeasureFinding, TooEarly, Verdict
from analysis.periods import date_label, month_of
from analysis.vocabulary import Lifecycle
from analysis.wording import plural
from db.answers import RoleAnswer
from db.queries.roles import RoleSummary
from desktop.pages.portfolio.shapes import CardState, Step
from desktop.pages.portfolio.sparks import Calendar, spark_of
from desktop.pages.verdicts import look_of
from desktop.states import TableCell
from desktop.theme.marks import Shape

WORKING = "working out…"
_LADDER_STEPS = {
    "role-cost": "Add role cost",
    "activity-after": "Add activity",
    "activity-before": "Add volumes",
    "attribution": "Add role's share",
    "cash-out": "Add cash plan",
    "actual-money": "Add spend",
}
"""What to do for the first step of the answer ladder that is not reached."""


@dataclass(frozen=True)
class RoleLine:
    """A role of the list and its answer, None while that is being worked out."""

    summary: RoleSummary
    answer: RoleAnswer | None

    @property
    def leading(self) -> MeasureFinding | None:
        """The finding that stands for the role."""
        return self.answer.finding.leading if self.answer else None

    @property
    def key(self) -> str:
        """What names its row."""
        return str(self.summary.id)


@dataclass(frozen=True)
class Words:
    """The cells of one role as two lines each."""

    launched: tuple[str, str]
    data: tuple[str, str]
    data_shape: Shape | None
    data_ink: str
    change: tuple[str, str]
    shape: Shape | None
    ink: str
    evidence: tuple[str, str]
    level: int | None
    worth: tuple[str, str]
    step: Step


def words_of(line: RoleLine, today: date) -> Words:
    """Everything said of a role in the portfolio."""
    verdict = look_of(line.leading.verdict) if line.leading else None
    data, shape, ink = _data(line)
    evidence, level = _evidence(line)
    return Words(
        launched=launched_words(line.summary, today),
        data=data,
        data_shape=shape,
        data_ink=ink,
        change=_change(line),
        shape=verdict.shape if verdict else None,
        ink=verdict.ink if verdict else "text2",
        evidence=evidence,
        level=level,
        worth=_worth(line),
        step=next_step(line),
    )


def launched_words(role: RoleSummary, today: date) -> tuple[str, str]:
    """`8 Apr 2024`, `14 months ago`."""
    if role.launch is None:
        return "Not launched", role.lifecycle.value
    if role.lifecycle not in (Lifecycle.RUNNING, Lifecycle.PLANNED):
        return date_label(role.launch), role.lifecycle.value
    months = (today.year - role.launch.year) * 12 + today.month - role.launch.month - (today.day < role.launch.day)
    if months < 0 or role.launch > today:
        return date_label(role.launch), "to come"
    return date_label(role.launch), f"{plural(months, 'month')} ago" if months else "this month"


def _data(line: RoleLine) -> tuple[tuple[str, str], Shape | None, str]:
    to = line.summary.data_to
    if to is None:
        return ("no data yet", ""), None, "text2"
    first = month_of(to).label
    if line.leading is None:
        return (first, ""), None, "text2"
    if due := len(line.leading.due):
        return (first, f"{due} missing"), Shape.LOOK, "check"
    if provisional := line.leading.n_provisional:
        return (first, f"{provisional} provisional"), Shape.PROVISIONAL, "text2"
    if line.summary.launch is None:
        return (first, f"{plural(line.leading.n_before, _unit(line))} before"), None, "text2"
    return (first, ""), None, "text2"


def _unit(line: RoleLine) -> str:
    return line.leading.measure.frequency.value if line.leading else "month"


def _change(line: RoleLine) -> tuple[str, str]:
    """Never a number without its interval, or why there is none."""
    if line.answer is None:
        return WORKING, ""
    finding = line.leading
    if finding is None:
        return "Nothing recorded yet", "add a measure"
    if isinstance(finding.effect, TooEarly):
        return _no_change_yet(finding)
    reach, _, early = finding.texts.interval_short.partition("; ")
    verdict = look_of(finding.verdict).word
    return f"{finding.texts.key_change} ({reach})", f"{verdict}; {early}" if early else verdict


def _no_change_yet(finding: MeasureFinding) -> tuple[str, str]:
    name, texts = finding.measure.short_name or finding.measure.name, finding.texts
    if texts.key_change.startswith("can detect"):
        return name, f"Not started; {texts.key_change}"
    if finding.full_answer_from is None or not finding.n_before:
        return name, texts.key_change
    return f"{name}: {texts.key_change}", f"Full answer in {finding.full_answer_from.label}"


def _evidence(line: RoleLine) -> tuple[tuple[str, str], int | None]:
    """The level of the leading measure; a dash while there is nothing to compare."""
    level = line.answer.finding.evidence if line.answer else None
    if level is None:
        return ("–", ""), None
    if level.level == 0:
        return ("–", "before launch" if line.summary.launch is None else "too early"), None
    return (level.label, ""), level.level


def _worth(line: RoleLine) -> tuple[str, str]:
    if line.answer is None:
        return WORKING, ""
    economics = line.answer.economics
    first, _, second = economics.worth_it_short.partition("\n")
    if economics.views:
        value, _, reach = first.partition(" (")
        return f"{value}, {second[:1].lower()}{second[1:]}", f"public range {reach.rstrip(')')}"
    if economics.yearly_cost is not None and not economics.break_even:
        return first, "role cost known"
    return first, second


def next_step(line: RoleLine) -> Step:
    """The one next thing to do, and the tab where it is done."""
    role, answer = line.summary, line.answer
    if answer is None:
        return Step("", role.id)
    if line.leading is None:
        return Step("Add a measure", role.id, "Data")
    if due := len(line.leading.due):
        cell = (line.leading.due[0], line.leading.measure.id)
        return Step(f"Enter {plural(due, _unit(line))}", role.id, "Data", cell)
    if role.lifecycle is Lifecycle.PLANNED:
        return Step("Readiness", role.id, "Readiness")
    if missing := len(answer.economics.not_known):
        return Step(f"Add {plural(missing, 'cost')}", role.id, "Economics")
    if missing_facts := [step.key for step in answer.economics.ladder if not step.done]:
        return Step(_LADDER_STEPS[missing_facts[0]], role.id, "Economics")
    return Step("No action due", role.id)


def cells_of(line: RoleLine, words: Words, calendar: Calendar) -> tuple[TableCell, ...]:
    """The row of a role."""
    spark = spark_of(line.leading, calendar) if line.leading else None
    clear = line.leading is not None and line.leading.verdict in (Verdict.IMPROVEMENT, Verdict.CONCERN)
    return (
        TableCell(line.summary.name, line.summary.place or "no place given", strong=True, ticked=False),
        TableCell(
            words.launched[0],
            ", ".join(filter(None, words.data)),
            shape=words.data_shape,
            shape_ink=words.data_ink,
            shape_on_second=True,
            spoken=f"{', '.join(words.launched)}; data to {', '.join(filter(None, words.data))}",
        ),
        TableCell("", spark=spark, spoken=spark.words if spark else "no values"),
        TableCell(*words.change, strong=clear, shape=words.shape, shape_ink=words.ink, shape_on_second=True),
        TableCell(*words.evidence, ladder=words.level, spoken=", ".join(filter(None, words.evidence))),
        TableCell(*words.worth),
        TableCell(words.step.words, ink="link" if words.step.tab else "text2"),
    )


def card_of(line: RoleLine, words: Words) -> CardState:
    """The card of a role."""
    launched = f"Launched {words.launched[0]}" if line.summary.launch else words.launched[0]
    data = f"data to {words.data[0]}" if line.summary.data_to else "no data yet"
    missing = words.data[1]
    level = "no evidence level yet" if words.level is None else f"evidence {words.evidence[0].lower()}"
    return CardState(
        key=line.key,
        name=line.summary.name,
        place=line.summary.place,
        change=words.change[0],
        verdict=words.change[1],
        shape=words.shape or Shape.NO_ANSWER,
        ink=words.ink,
        worth=words.worth[0].replace(", cash", "\nCash"),
        worth_second=words.worth[1].replace("public range ", "range ").replace("+£", "+\u2060£"),
        facts="  ·  ".join(filter(None, (launched, data, missing, level))),
        step=words.step,
    )


@dataclass(frozen=True)
class MadeRow:
    """A role's row, card and next step."""

    cells: tuple[TableCell, ...]
    card: CardState
    step: Step


class RowMaker:
    """Makes rows and cards; what was made of the same facts is handed out again."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[tuple[object, ...], MadeRow]] = {}

    def made(self, line: RoleLine, calendar: Calendar, today: date) -> MadeRow:
        """The row of a role."""
        facts = (line.summary, id(line.answer), calendar, today)
        held = self._made.get(line.summary.id)
        if held is not None and held[0] == facts:
            return held[1]
        words = words_of(line, today)
        made = MadeRow(cells_of(line, words, calendar), card_of(line, words), words.step)
        self._made[line.summary.id] = (facts, made)
        return made
