"""Does the effect fade? The time after the role has ended, against the time with it and against the time before."""

from __future__ import annotations

from dataclasses import replace

from analysis.finding_change import FULL_FROM, NO_ESTIMATE_BELOW, Answer
from analysis.finding_effects import effect_of
from analysis.finding_further import AfterEnd
from analysis.finding_paired import is_paired
from analysis.finding_selection import Mask, Selection
from analysis.finding_shapes import Effect, TooEarly
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.vocabulary import Phase, Series
from analysis.wording import interval, plural


def after_end_of(series: Series, chosen: Selection, effect: Answer) -> AfterEnd | None:
    """What came after the end; None while no period lies there, or where people were compared with themselves."""
    if Phase.AFTER_END not in chosen.phases or is_paired(series, chosen):
        return None
    n = int(chosen.ended.sum())
    against_after = _change(series, chosen, chosen.after, "with the role")
    against_before = _change(series, chosen, chosen.before, "before launch")
    return AfterEnd(n, against_after, against_before, _sentence(series, n, effect, against_after, against_before))


def _change(series: Series, chosen: Selection, start: Mask, where: str) -> Answer:
    unit = period_name(series.measure.frequency)
    for have, words in ((int(start.sum()), where), (int(chosen.ended.sum()), "after the end")):
        if have < NO_ESTIMATE_BELOW:
            reason = f"fewer than {NO_ESTIMATE_BELOW} usable periods {words}"
            return TooEarly(have, FULL_FROM, f"{unit}s {words}", reason)
    found = effect_of(series, replace(chosen, before=start, after=chosen.ended))
    if isinstance(found, Effect):
        return found
    words = found.reason.replace("after launch", "after the end").replace("of launch", "of the end")
    return replace(found, of=found.of.replace("after launch", "after the end"), reason=words)


def _sentence(series: Series, n: int, effect: Answer, against_after: Answer, against_before: Answer) -> str:
    unit = period_name(series.measure.frequency)
    if isinstance(against_after, TooEarly):
        return f"Since the role ended: too early to say whether its effect lasts ({against_after.reason})."
    figures = f"{_figures(series, against_after)} against the time with it, {plural(n, unit)} after the end"
    if not against_after.excludes_no_change:
        said = "no change can be told from chance"
    elif isinstance(effect, Effect) and effect.absolute * against_after.absolute < 0:
        said = "the change went back"
    else:
        said = "the change went on"
    early = f" Early: {n} of {plural(FULL_FROM, unit)}." if n < FULL_FROM else ""
    return f"Since the role ended {said}: {figures}. {_beside_before(series, against_before)}{early}"


def _beside_before(series: Series, against_before: Answer) -> str:
    if isinstance(against_before, TooEarly):
        return f"Against the time before: {against_before.reason}."
    still = "still differs from" if against_before.excludes_no_change else "cannot be told from"
    return f"It {still} the time before the role: {_figures(series, against_before)}."


def _figures(series: Series, effect: Effect) -> str:
    best, low, high = change_texts(series.measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)
    return f"{best} {change_unit(series.measure)}".strip() + f" (95\u00a0% interval {interval(low, high)})"
