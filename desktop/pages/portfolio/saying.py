"""What the organisation can say today: built from the findings, a number never without its interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.finding_shapes import TooEarly, Verdict
from analysis.periods import date_label
from analysis.wording import plural, pounds
from db.answers import RoleAnswer
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import SayState

MOST_NAMED = 4
_ORDER = (Verdict.IMPROVEMENT, Verdict.CONCERN, Verdict.CHANGED, Verdict.COMMON_CAUSE, Verdict.NO_ANSWER)
_NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def say_of(organisation: str, lines: Sequence[RoleLine], today: date) -> SayState | None:
    """The paragraph; None until every role has been answered, because it counts them."""
    if not lines or any(line.answer is None for line in lines):
        return None
    launched = [line.answer for line in lines if line.answer and line.summary.launch and line.summary.launch <= today]
    title = f"What {organisation} can say today" if organisation else "What can be said today"
    small = (*_money(launched), *_next(lines, today))
    return SayState(title, _lead(launched), _sentences(launched), small)


def in_words(count: int) -> str:
    """`Three`, `12`: numbers up to ten in words, as a sentence begins."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _lead(launched: Sequence[RoleAnswer]) -> str:
    if not launched:
        return "No role has been launched yet."
    clear = sum(_verdict(answer) in (Verdict.IMPROVEMENT, Verdict.CONCERN, Verdict.CHANGED) for answer in launched)
    if len(launched) == 1:
        return (
            "The one launched role shows a clear change." if clear else "The one launched role shows no clear change."
        )
    of = in_words(len(launched)).lower()
    return f"{in_words(clear)} of {of} launched roles {'shows' if clear == 1 else 'show'} a clear change."


def _verdict(answer: RoleAnswer) -> Verdict:
    return answer.finding.leading.verdict if answer.finding.leading else Verdict.NO_ANSWER


def _sentences(launched: Sequence[RoleAnswer]) -> tuple[tuple[str, str], ...]:
    ordered = sorted(launched, key=lambda answer: _ORDER.index(_verdict(answer)))
    named = tuple((answer.role.name, _sentence(answer)) for answer in ordered[:MOST_NAMED])
    rest = len(ordered) - len(named)
    return (*named, ("", f"{plural(rest, 'more role')} in the table.")) if rest else named


def _sentence(answer: RoleAnswer) -> str:
    leading = answer.finding.leading
    if leading is None:
        return "nothing is recorded yet."
    if isinstance(leading.effect, TooEarly):
        return leading.texts.sentence
    reach = leading.texts.interval_short.partition("; ")[0]
    claim, _, early = leading.texts.sentence.partition(". ")
    return f"{claim.rstrip('.')} ({reach}). {early}".strip()


def _money(launched: Sequence[RoleAnswer]) -> tuple[str, ...]:
    known = [answer.economics.yearly_cost for answer in launched if answer.economics.yearly_cost is not None]
    if not known:
        return ()
    unknown = sum(len(answer.economics.not_known) for answer in launched)
    gap = f", {plural(unknown, 'cost')} not known" if unknown else ""
    together = "Together they cost" if len(known) > 1 else "It costs"
    whole = f"{together} {pounds(float(sum(known)))} a full year as planned{gap}."
    valued = [answer for answer in launched if answer.economics.views]
    open_ = len(launched) - len(valued)
    values = [f"{answer.role.name}: {answer.economics.worth_it}" for answer in valued[:MOST_NAMED]]
    rest = [f"Whether {_them(open_, bool(valued))} worth the cost cannot be said yet."] if open_ else []
    return (" ".join([whole, *rest]), *values)


def _them(count: int, others: bool) -> str:
    if not others:
        return "it is" if count == 1 else "they are"
    return "the other one is" if count == 1 else f"the other {in_words(count).lower()} are"


def _next(lines: Sequence[RoleLine], today: date) -> tuple[str, ...]:
    answers = [
        (line.leading.full_answer_from, line.summary.name)
        for line in lines
        if line.leading and line.leading.full_answer_from and line.leading.n_before and not line.leading.due
    ]
    ends = [
        (line.summary.funding_end, line)
        for line in lines
        if line.summary.funding_end and line.summary.funding_end >= today
    ]
    parts = []
    if answers:
        period, name = min(answers)
        parts.append(f"Next full answer: {name}, {period.long_label}.")
    if ends:
        end, line = min(ends, key=lambda pair: pair[0])
        level = line.answer.finding.evidence if line.answer else None
        how = f", at evidence {level.label.lower()}" if level else ""
        parts.append(f"Next decision: {line.summary.name}, funding ends {date_label(end)}{how}.")
    return (" ".join(parts),) if parts else ()
