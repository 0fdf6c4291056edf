"""The words of a finding, built once from its numbers: plain, British, and never a causal claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from analysis.finding_charts import Charts
from analysis.finding_selection import Selection
from analysis.finding_shapes import Detectable, Effect, LeftOut, Limits, Texts, TooEarly, Variation, Verdict
from analysis.measure_words import change_text, period_name, value_text
from analysis.periods import Frequency, Period
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, RoleFacts, Series
from analysis.wording import interval, number, percent, plural, rounded, signed_percent

PRESET_NAMES = {"mdc": "NHS Making Data Count rules", "nhsrplotthedots": "NHSRplotthedots rules"}
_BETTER = {
    Direction.INCREASE: "Higher is better.",
    Direction.DECREASE: "Lower is better.",
    Direction.NEUTRAL: "Neither way is better.",
}
MANY_LEFT_OUT = 8


@dataclass(frozen=True)
class Facts:
    """The numbers the words are made of."""

    series: Series
    role: RoleFacts
    chosen: Selection
    charts: Charts
    variation: Variation | None
    effect: Effect | TooEarly
    verdict: Verdict
    detectable: Detectable | None
    before_mean: float
    after_mean: float

    @property
    def measure(self) -> MeasureFacts:
        """The measure spoken of."""
        return self.series.measure

    @property
    def unit(self) -> str:
        """`month`, or whatever a period is."""
        return period_name(self.measure.frequency)


def texts_of(facts: Facts) -> Texts:
    """All the words of one finding."""
    return Texts(
        sentence=sentence(facts),
        statement=_statement(facts),
        headline=_headline(facts),
        interval_line=_interval_line(facts),
        n_line=_n_line(facts),
        method_line=_method_line(facts),
        chart_title=_title(facts),
        chart_note=_note(facts),
        alt_text=_alt_text(facts),
        key_change=_key_change(facts),
        interval_short=_interval_short(facts),
    )


def inline(name: str) -> str:
    """A name within a sentence: `Falls` becomes `falls`, `A&E attendances` and `GP contacts` stay."""
    first = name.split(" ", maxsplit=1)[0]
    return name[:1].lower() + name[1:] if first[1:].islower() else name


def relative_text(share: float, *, sign: bool = True) -> str:
    """A relative change as `−9 %`; with one decimal below 1 %."""
    decimals = 1 if 0 < abs(share) < 0.01 else 0
    return signed_percent(share, decimals) if sign else percent(abs(share), decimals)


def sentence(facts: Facts) -> str:
    """What happened, in one short sentence."""
    effect, name = facts.effect, facts.measure.name
    if isinstance(effect, TooEarly):
        return _no_answer(facts, effect)
    if facts.verdict is Verdict.COMMON_CAUSE:
        text = f"No change in {inline(name)} can be told from {facts.unit}-to-{facts.unit} variation."
    else:
        verb = "rose" if effect.absolute > 0 else "fell"
        text = f"{name} {verb} by about {_size(facts.measure, effect)} after the role began."
    return f"{text} It is early: {_progress(facts)}." if effect.early else text


def _progress(facts: Facts) -> str:
    return f"{facts.chosen.n_after} of 12 {facts.unit}s after launch"


def _no_answer(facts: Facts, effect: TooEarly) -> str:
    name = inline(facts.measure.name)
    if facts.role.timeline.launch is None:
        return f"The role has not started; {plural(facts.chosen.n_before, facts.unit)} of {name} are held from before."
    if effect.have >= effect.need:
        return f"No estimate for {name}: {effect.reason}."
    return f"Too early to say for {name}: {effect.have} of {effect.need} {effect.of}."


def _size(measure: MeasureFacts, effect: Effect) -> str:
    if effect.has_relative:
        return relative_text(effect.relative, sign=False)
    return f"{change_text(measure, abs(effect.absolute)).lstrip('+')} {effect.unit}".strip()


def _headline(facts: Facts) -> str:
    if isinstance(facts.effect, TooEarly):
        return "No answer yet"
    return f"{change_text(facts.measure, facts.effect.absolute)} {facts.effect.unit}".strip()


def _interval_line(facts: Facts) -> str:
    effect = facts.effect
    if isinstance(effect, TooEarly):
        return effect.reason[:1].upper() + effect.reason[1:] + "."
    low, high = (change_text(facts.measure, limit) for limit in (effect.absolute_lower, effect.absolute_upper))
    text = f"95\u00a0% interval {interval(low, high)} {effect.unit}".strip()
    return f"{text} ({_relative_interval(effect)})" if effect.has_relative else text


def _relative_interval(effect: Effect) -> str:
    return interval(relative_text(effect.relative_lower), relative_text(effect.relative_upper))


def _statement(facts: Facts) -> str:
    if isinstance(facts.effect, TooEarly):
        return sentence(facts)
    counted = f"{plural(facts.chosen.n_before, facts.unit)} before and {facts.chosen.n_after} after"
    return f"{sentence(facts)} {_headline(facts)}, {_lower_first(_interval_line(facts))}, {counted}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _n_line(facts: Facts) -> str:
    counted = f"{plural(facts.chosen.n_before, facts.unit)} before, {facts.chosen.n_after} after."
    return f"{counted} {left_out_text(facts.series.periods, facts.chosen)}".strip()


def left_out_text(periods: tuple[Period, ...], chosen: Selection) -> str:
    """`April 2024 (phase-in) and April, May 2025 (provisional) are left out.`; numbers alone when there are many."""
    groups: dict[LeftOut, list[Period]] = {}
    for period, reason in zip(periods, chosen.left_out, strict=True):
        if reason is not None:
            groups.setdefault(reason, []).append(period)
    total = sum(len(group) for group in groups.values())
    if not total:
        return ""
    if total > MANY_LEFT_OUT:
        parts = [f"{len(group)} {reason.value}" for reason, group in groups.items()]
        return f"{total} are left out: {', '.join(parts)}."
    named = [f"{_period_list(group)} ({reason.value})" for reason, group in groups.items()]
    return f"{_and(named)} {'is' if total == 1 else 'are'} left out."


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _period_list(periods: list[Period]) -> str:
    """`April, May 2025`, `April to August 2025`, `November, December 2024, January 2025`."""
    if len(periods) > 2 and all(one.next() == other for one, other in pairwise(periods)):
        return f"{periods[0].long_label} to {periods[-1].long_label}"
    if any(period.frequency is not Frequency.MONTH for period in periods):
        return ", ".join(period.long_label for period in periods)
    years = [(year, list(group)) for year, group in groupby(periods, key=lambda period: period.start.year)]
    return ", ".join(f"{', '.join(f'{p.start:%B}' for p in group)} {year}" for year, group in years)


def _method_line(facts: Facts) -> str:
    rules = PRESET_NAMES.get(facts.measure.preset, facts.measure.preset)
    if isinstance(facts.effect, TooEarly):
        return f"No comparison yet. Chart: XmR, {rules}."
    method = facts.effect.method[:1].upper() + facts.effect.method[1:]
    return f"{method}; {facts.effect.derived}. Interval 95\u00a0%. Chart: XmR, {rules}."


def _title(facts: Facts) -> str:
    measure = facts.measure
    per = f" per {facts.unit}" if measure.kind in (MeasureKind.COUNT, MeasureKind.MONEY) else ""
    return ", ".join(part for part in (f"{measure.name}{per}", measure.population, facts.role.place) if part)


def _note(facts: Facts) -> str:
    rules = PRESET_NAMES.get(facts.measure.preset, facts.measure.preset)
    trial = " Trial limits: fewer than 12 points." if facts.charts.limits is Limits.TRIAL else ""
    chart = "Values only, too few for limits." if facts.charts.frozen is None else f"XmR chart, {rules}."
    return f"{chart}{trial} {_BETTER[facts.measure.direction]}"


def _alt_text(facts: Facts) -> str:
    periods, measure, chosen = facts.series.periods, facts.measure, facts.chosen
    if not periods:
        return f"{_title(facts)}: no values."
    parts = [f"{_title(facts)}, {periods[0].long_label} to {periods[-1].long_label}."]
    if chosen.n_before:
        parts.append(
            f"Before launch ({plural(chosen.n_before, facts.unit)}): mean {_value(measure, facts.before_mean)}."
        )
    if facts.charts.frozen is not None:
        first = facts.charts.frozen.phases[0]
        limits = interval(_value(measure, first.lower_limit), _value(measure, first.upper_limit))
        parts.append(f"{facts.charts.limits.value.capitalize()} {limits}.")
    if chosen.n_after:
        parts.append(f"After launch ({plural(chosen.n_after, facts.unit)}): mean {_value(measure, facts.after_mean)}.")
    if facts.variation and facts.variation.signal:
        parts.append(f"Signal after launch: {facts.variation.signal}.")
    return " ".join([*parts, left_out_text(periods, chosen), sentence(facts)]).replace("  ", " ")


def _value(measure: MeasureFacts, value: float) -> str:
    """A mean or limit, with a decimal more where whole numbers would hide it."""
    return value_text(measure, value, 1 if measure.decimals == 0 and abs(rounded(value, 0)) < 10 else 0)


def _key_change(facts: Facts) -> str:
    effect, short = facts.effect, facts.measure.short_name or facts.measure.name
    if isinstance(effect, TooEarly):
        can = facts.detectable
        if facts.role.timeline.launch is None and can is not None and 0 < can.relative < 1:
            return f"can detect {percent(can.relative)} or more"
        return "not started" if facts.role.timeline.launch is None else effect.table_text
    change = relative_text(effect.relative) if effect.has_relative else _headline(facts)
    return f"{short} {change}"


def _interval_short(facts: Facts) -> str:
    effect = facts.effect
    if isinstance(effect, TooEarly):
        return ""
    if effect.has_relative:
        text = _relative_interval(effect)
    else:
        text = interval(*(change_text(facts.measure, x) for x in (effect.absolute_lower, effect.absolute_upper)))
    return f"{text}; early, {number(effect.n_after)} of 12" if effect.early else text
