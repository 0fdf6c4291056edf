"""How a figure is made: method, inputs, formula, source, in words a person can check. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from analysis.finding_further import FittedChange
from analysis.finding_shapes import Effect, MeasureFinding
from analysis.measure_words import period_name, value_text
from analysis.vocabulary import MeasureKind, Series
from analysis.wording import number, rounded
from desktop.pages.impact.picture import source_words
from resources import load

LIMITS = "Limits: the mean of the periods before launch, plus and minus 2.66 times the mean step from one to the next."


@dataclass(frozen=True)
class Explanation:
    """Headings with the sentences under them."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n\n".join((self.title, *("\n".join((heading, *lines)) for heading, lines in self.parts)))


def explanation_of(finding: MeasureFinding, series: Series | None) -> Explanation:
    """Everything a person needs to make the figure again."""
    parts = (
        ("Method", (finding.texts.method_line,)),
        ("In plain words", _plain(finding)),
        ("Inputs", _inputs(finding)),
        ("Formula", _formula(finding)),
        ("How sure", _sureness(finding)),
        ("Beside it", _beside(finding)),
        (
            "Source",
            tuple(filter(None, (source_words(series).removeprefix("Source: "), *_works(finding), _stamp(finding)))),
        ),
    )
    return Explanation(f"How this is made: {finding.measure.label}", tuple(p for p in parts if p[1]))


def explanation_of_methods(title: str, keys: Sequence[str], facts: Sequence[str] = ()) -> Explanation:
    """What the registry says of these methods, for figures that are made from more than one finding."""
    entries = [entry for key in keys if (entry := method_entry(key)) is not None]
    parts: list[tuple[str, tuple[str, ...]]] = [("Here", tuple(facts))]
    for entry in entries:
        lines = (
            entry["plain"],
            f"Inputs: {_lower(entry['inputs'])}",
            f"Formula: {entry['formula']}",
            f"Not for: {_lower(entry['not_for'])}",
            entry["proof"],
            f"Source: {entry['source']}.",
        )
        parts.append((entry["title"], tuple(line for line in lines if line)))
    return Explanation(f"How this is made: {title}", tuple(part for part in parts if part[1]))


def method_entry(key: str) -> dict[str, str] | None:
    """What the registry of methods says of one; None for a key it does not hold."""
    return next((entry for entry in load("methods")["methods"] if entry["key"] == key), None)


def _entries(finding: MeasureFinding) -> tuple[dict[str, str], ...]:
    """The methods behind what is said: the change, the fitted trend, the comparison."""
    keys = [finding.effect.key] if isinstance(finding.effect, Effect) else []
    keys += ["likeness"] if isinstance(finding.effect, Effect) and finding.effect.widening > 1 else []
    keys += [finding.fitted.key] if isinstance(finding.fitted, FittedChange) else []
    for one in finding.compared:
        keys += [one.effect.key] if isinstance(one.effect, Effect) else []
        keys += [one.controlled.key] if isinstance(one.controlled, FittedChange) else []
    keys += ["after_end"] if finding.after_end is not None else []
    return tuple(entry for key in dict.fromkeys(keys) if (entry := method_entry(key)) is not None)


def _plain(finding: MeasureFinding) -> tuple[str, ...]:
    return tuple(
        f"{entry['title']}: {entry['plain']} Not for: {_lower(entry['not_for'])}" for entry in _entries(finding)
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _works(finding: MeasureFinding) -> tuple[str, ...]:
    return tuple(f"{entry['title']}: {entry['source']}." for entry in _entries(finding))


def _beside(finding: MeasureFinding) -> tuple[str, ...]:
    """The fitted trend and every comparator, with method, interval and n."""
    lines = []
    if isinstance(finding.fitted, FittedChange):
        lines += [finding.fitted.text, f"{_upper(finding.fitted.method)}."]
    for one in finding.compared:
        lines.append(one.sentence)
        lines += [f"{_upper(one.effect.method)}."] if isinstance(one.effect, Effect) else []
        lines += [one.controlled.text] if isinstance(one.controlled, FittedChange) else []
    return tuple(lines)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    made = method_entry(finding.effect.key)
    return (made["formula"], *chart) if made else chart


def _sureness(finding: MeasureFinding) -> tuple[str, ...]:
    lines = []
    effect = finding.effect
    if isinstance(effect, Effect) and isfinite(effect.dispersion) and rounded(effect.dispersion, 1) > 1:
        times = number(effect.dispersion, 1)
        lines.append(f"The values vary {times} times as much as chance alone would; the interval allows for it.")
    lines += [f"{entry['title']}: {entry['proof']}" for entry in _entries(finding) if entry["proof"]]
    if finding.detectable is not None:
        lines.append(finding.detectable.text)
    if finding.plan is not None:
        lines.append(finding.plan.text)
    return tuple(lines)


def _stamp(finding: MeasureFinding) -> str:
    return f"Engine {finding.engine}; inputs {finding.input_hash[:12]}."
