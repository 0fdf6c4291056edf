"""How a figure is made: method, inputs, formula, source, in words a person can check. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from analysis.finding_shapes import Effect, MeasureFinding
from analysis.impact.mean_difference import MeanDifference
from analysis.impact.paired_mean import PairedMean
from analysis.impact.proportion_difference import ProportionDifference
from analysis.impact.rate_ratio import RateRatio
from analysis.measure_words import period_name, value_text
from analysis.vocabulary import MeasureKind, Series
from analysis.wording import number, rounded
from desktop.pages.impact.picture import source_words

_FORMULAS: dict[type, str] = {
    RateRatio: (
        "The total after launch divided by the days after launch, over the same before launch. The interval is the "
        "wider of the exact one and the one that allows for months that vary more than chance."
    ),
    ProportionDifference: "The share after launch minus the share before launch, each from its counts.",
    MeanDifference: "The mean of the periods after launch minus the mean before; equal spread is not assumed.",
    PairedMean: "The mean change of the same people measured twice.",
}
LIMITS = "Limits: the mean of the periods before launch, plus and minus 2.66 times the mean step from one to the next."


@dataclass(frozen=True)
class Explanation:
    """Headings with the sentences under them."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def explanation_of(finding: MeasureFinding, series: Series | None) -> Explanation:
    """Everything a person needs to make the figure again."""
    parts = (
        ("Method", (finding.texts.method_line,)),
        ("Inputs", _inputs(finding)),
        ("Formula", _formula(finding)),
        ("How sure", _sureness(finding)),
        ("Source", tuple(filter(None, (source_words(series).removeprefix("Source: "), _stamp(finding))))),
    )
    return Explanation(f"How this is made: {finding.measure.label}", tuple(p for p in parts if p[1]))


def _inputs(finding: MeasureFinding) -> tuple[str, ...]:
    measure, unit = finding.measure, period_name(finding.measure.frequency)
    each = f" a {unit}" if measure.kind in (MeasureKind.COUNT, MeasureKind.MONEY) else ""
    means = [
        f"Mean {words} launch: {value_text(measure, mean, 1)}{each}."
        for words, mean in (("before", finding.before_mean), ("after", finding.after_mean))
        if isfinite(mean)
    ]
    definition = f"Definition {measure.definition_version}: {measure.definition}" if measure.definition else ""
    return tuple(filter(None, (finding.texts.n_line, *means, definition)))


def _formula(finding: MeasureFinding) -> tuple[str, ...]:
    chart = (LIMITS,) if finding.xmr is not None else ()
    if not isinstance(finding.effect, Effect):
        return chart
    made = _FORMULAS.get(type(finding.effect.comparison))
    return (made, *chart) if made else chart


def _sureness(finding: MeasureFinding) -> tuple[str, ...]:
    lines = []
    effect = finding.effect
    if isinstance(effect, Effect) and isfinite(effect.dispersion) and rounded(effect.dispersion, 1) > 1:
        times = number(effect.dispersion, 1)
        lines.append(f"The values vary {times} times as much as chance alone would; the interval allows for it.")
    if finding.detectable is not None:
        lines.append(finding.detectable.text)
    return tuple(lines)


def _stamp(finding: MeasureFinding) -> str:
    return f"Engine {finding.engine}; inputs {finding.input_hash[:12]}."
