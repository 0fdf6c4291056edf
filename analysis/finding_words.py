"""The words of a finding, built once from its numbers: plain, British, and never a causal claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from analysis.finding_change import FULL_FROM
from analysis.finding_charts import Charts
from analysis.finding_selection import Selection
from analysis.finding_shapes import Detectable, Effect, LeftOut, Limits, Texts, TooEarly, Variation, Verdict
from analysis.impact.paired_mean import PairedMean
from analysis.measure_words import change_texts, is_share, period_name, shared_decimals, value_text
from analysis.periods import Frequency, Period, date_label, month_name
from analysis.vocabulary import Direction, EventKind, MeasureFacts, MeasureKind, RoleFacts, Series
from analysis.wording import MINUS, NBSP, interval, percent, plural, rounded, signed_percent

PRESET_NAMES = {"mdc": "NHS Making Data Count rules", "nhsrplotthedots": "NHSRplotthedots rules"}
_BETTER = {
    Direction.INCREASE: "Higher is better.",
    Direction.DECREASE: "Lower is better.",
    Direction.NEUTRAL: "Neither way is better.",
}
_DECIDED = {EventKind.BASELINE: "Baseline set from", EventKind.RECALCULATION: "Limits recalculated from"}
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


def relative_texts(*shares: float) -> tuple[str, ...]:
    """Relative changes that belong together, as `−9 %`, all with the same decimals; none reads 0 unless it is."""
    shown = [share * 100 for share in shares]
    decimals = shared_decimals(shown, 0) if any(value and not rounded(value, 0) for value in shown) else 0
    return tuple(signed_percent(share, decimals) for share in shares)


def sentence(facts: Facts) -> str:
    """What happened, in one short sentence, with a word where it is early."""
    if isinstance(facts.effect, TooEarly):
        return _no_answer(facts, facts.effect)
    return f"{_claim(facts, facts.effect)}.{_early(facts, facts.effect)}"


def _claim(facts: Facts, effect: Effect) -> str:
    name = facts.measure.name
    if facts.verdict is Verdict.COMMON_CAUSE:
        return f"No change in {inline(name)} can be told from {facts.unit}-to-{facts.unit} variation"
    verb = "rose" if effect.absolute > 0 else "fell"
    return f"{name} {verb} by about {_size(facts.measure, effect)} after the role began"


def _early(facts: Facts, effect: Effect) -> str:
    return f" Early: {facts.chosen.n_after} of {plural(FULL_FROM, facts.unit)}." if effect.early else ""


def _no_answer(facts: Facts, effect: TooEarly) -> str:
    name = inline(facts.measure.name)
    if facts.role.timeline.launch is None:
        return f"The role has not started; {plural(facts.chosen.n_before, facts.unit)} of {name} are held from before."
    if effect.have >= effect.need:
        return f"No estimate for {name}: {effect.reason}."
    return f"Too early to say for {name}: {effect.have} of {effect.need} {effect.of}."


def _leads_relative(measure: MeasureFacts, effect: Effect) -> bool:
    """Whether the change is told in % of before. A share never is: "% of a %" misleads, so it has points."""
    return effect.has_relative and not is_share(measure)


def _size(measure: MeasureFacts, effect: Effect) -> str:
    if _leads_relative(measure, effect):
        return relative_texts(abs(effect.relative))[0].lstrip("+")
    return f"{_three(measure, effect)[0].lstrip('+' + MINUS)} {effect.unit}".strip()


def _three(measure: MeasureFacts, effect: Effect) -> tuple[str, ...]:
    """Estimate, lower and upper limit, alike in decimals."""
    return change_texts(measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)


def _headline(facts: Facts) -> str:
    if isinstance(facts.effect, TooEarly):
        return "No answer yet"
    return f"{_three(facts.measure, facts.effect)[0]} {facts.effect.unit}".strip()


def _interval_line(facts: Facts) -> str:
    effect = facts.effect
    if isinstance(effect, TooEarly):
        reason = "the role has not started" if facts.role.timeline.launch is None else effect.reason
        return f"{reason[:1].upper()}{reason[1:]}."
    _, low, high = _three(facts.measure, effect)
    text = f"95{NBSP}% interval {interval(low, high)} {effect.unit}".strip()
    return f"{text} ({_relative_interval(effect)})" if _leads_relative(facts.measure, effect) else text


def _relative_interval(effect: Effect) -> str:
    _, low, high = relative_texts(effect.relative, effect.relative_lower, effect.relative_upper)
    return interval(low, high)


def _statement(facts: Facts) -> str:
    effect = facts.effect
    if isinstance(effect, TooEarly):
        return sentence(facts)
    figures = f"{_headline(facts)}, {_interval_line(facts)}, {_counted(facts)}"
    return f"{_claim(facts, effect)}: {figures}.{_early(facts, effect)}"


def _counted(facts: Facts) -> str:
    """`12 months before, 11 after`; of the same people measured twice, how many they were."""
    effect = facts.effect
    if isinstance(effect, Effect) and effect.key in ("paired_mean", "paired_proportions"):
        return f"{_people(facts, effect)} people measured twice in {plural(facts.chosen.n_after, facts.unit)}"
    return f"{plural(facts.chosen.n_before, facts.unit)} before, {facts.chosen.n_after} after"


def _people(facts: Facts, effect: Effect) -> int:
    if isinstance(effect.comparison, PairedMean):
        return effect.comparison.n
    return round(float(facts.series.pairs[facts.chosen.after].sum()))


def _n_line(facts: Facts) -> str:
    return f"{_counted(facts)}. {left_out_text(facts.series.periods, facts.chosen)}".strip()


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
    return ", ".join(f"{', '.join(month_name(p.start) for p in group)} {year}" for year, group in years)


def _method_line(facts: Facts) -> str:
    rules = PRESET_NAMES.get(facts.measure.preset, facts.measure.preset)
    if isinstance(facts.effect, TooEarly):
        return f"No comparison yet. Chart: XmR, {rules}."
    method = facts.effect.method[:1].upper() + facts.effect.method[1:]
    return f"{method}; {facts.effect.derived}. Interval 95\u00a0%. Chart: XmR, {rules}."


def _title(facts: Facts) -> str:
    measure = facts.measure
    name = measure.name.lower()
    totals = measure.kind in (MeasureKind.COUNT, MeasureKind.MONEY)
    per = f" per {facts.unit}" if totals and facts.unit not in name and " per " not in name else ""
    return ", ".join(part for part in (f"{measure.name}{per}", measure.population, facts.role.place) if part)


def _note(facts: Facts) -> str:
    rules = PRESET_NAMES.get(facts.measure.preset, facts.measure.preset)
    trial = " Trial limits: fewer than 12 points." if facts.charts.limits is Limits.TRIAL else ""
    chart = "Values only, too few for limits." if facts.charts.frozen is None else f"XmR chart, {rules}."
    decided = "".join(f" {_DECIDED[e.kind]} {date_label(e.when)}: {e.title}." for e in facts.charts.set_by)
    return f"{chart}{trial}{decided} {_BETTER[facts.measure.direction]}"


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
        first = facts.charts.frozen.phases[-1]
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
    led = _leads_relative(facts.measure, effect)
    return f"{short} {relative_texts(effect.relative)[0] if led else _headline(facts)}"


def _interval_short(facts: Facts) -> str:
    effect = facts.effect
    if isinstance(effect, TooEarly):
        return ""
    led = _leads_relative(facts.measure, effect)
    text = _relative_interval(effect) if led else interval(*_three(facts.measure, effect)[1:])
    return f"{text}; early, {effect.n_after} of {FULL_FROM}" if effect.early else text
