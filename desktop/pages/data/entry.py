"""What a person typed into a cell, read by the measure it stands under. A doubtful text is a fault, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from analysis.entry_rules import refusal
from analysis.measure_words import is_share
from analysis.vocabulary import MeasureFacts, MeasureKind, State
from importers.values import BLANK, UNREADABLE, VALUE, ValueText, parse_value_text

_PARTS = re.compile(r"(?P<top>[^/;]*\d[^/;]*?)\s*(?:/|\bof\b)\s*(?P<bottom>[^/;]+)", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>sd|n)\s*[=:]?\s*(?P<number>.+)", re.IGNORECASE)
WHOLE_KINDS = (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION, MeasureKind.RATE)
_MEAN_KINDS = (MeasureKind.MEAN, MeasureKind.PAIRED_MEAN)


@dataclass(frozen=True)
class Typed:
    """What a text says: the columns of an observation, or nothing (the cell is cleared), or why it will not do.

    `proposal` is a text to offer in place of one that cannot be read.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    fault: str = ""
    proposal: str = ""

    @property
    def clears(self) -> bool:
        """Whether the cell is left empty."""
        return not self.fault and not self.facts

    @property
    def value(self) -> float | None:
        """The figure, where there is one."""
        held = self.facts.get("value")
        return float(held) if held is not None else None


class _Faulty(Exception):  # noqa: N818 - a way out of the reader, never seen outside this module
    """A text that will not do."""

    def __init__(self, words: str, proposal: str = "") -> None:
        super().__init__(words)
        self.words, self.proposal = words, proposal


def read_entry(measure: MeasureFacts, text: str) -> Typed:
    """Read one typed or pasted text as a value of a measure.

    A share typed `12` or `12%` is 0.12, `12/40` keeps both numbers; a rate is held without its multiplier; a mean takes
    `51.2; sd 8.1; n 30`.
    """
    try:
        facts = _facts(measure, text.strip())
    except _Faulty as fault:
        return Typed(fault=fault.words, proposal=fault.proposal)
    if not facts:
        return Typed()
    reason = refusal(
        measure.kind,
        facts.get("value"),
        minimum=measure.minimum,
        maximum=measure.maximum,
        numerator=facts.get("numerator"),
        denominator=facts.get("denominator"),
    )
    return Typed(fault=reason) if reason else Typed(facts)


def _facts(measure: MeasureFacts, text: str) -> dict[str, Any]:
    if not text:
        return {}
    if measure.kind in _MEAN_KINDS and ";" in text:
        return _mean(measure, text)
    if measure.kind in WHOLE_KINDS and (parts := _PARTS.fullmatch(text)):
        return _divided(_plain(parts["top"]), _plain(parts["bottom"]))
    read = parse_value_text(text)
    bounded = read.low is not None or read.high is not None
    if is_share(measure) and bounded and not read.percent:
        read = parse_value_text(f"{text}%")
    if read.state == UNREADABLE:
        raise _Faulty(read.problem, "" if read.proposal is None else f"{read.proposal:.10g}")
    if read.state == BLANK:
        return {}
    return _of_state(measure, read)


def _of_state(measure: MeasureFacts, read: ValueText) -> dict[str, Any]:
    if read.percent and not _takes_percent(measure):
        raise _Faulty(f"a % where {_belongs(measure)} belongs", "" if read.value is None else f"{read.value:.10g}")
    if read.pounds and measure.kind is not MeasureKind.MONEY:
        raise _Faulty(f"a sum of money where {_belongs(measure)} belongs")
    scale = entry_scale(measure)
    if read.state != VALUE:
        held = {"low": read.low, "high": read.high}
        return {"state": State(read.state), **{k: v / scale for k, v in held.items() if v is not None}}
    value = (read.value or 0.0) / scale
    facts: dict[str, Any] = {"state": State.VALUE, "value": value}
    if measure.kind is MeasureKind.PAIRED_MEAN:
        facts["change_mean"] = value
    if read.maturity:
        facts["maturity"] = read.maturity
    return facts


def entry_scale(measure: MeasureFacts) -> float:
    """What is typed is this many times what is held."""
    if is_share(measure):
        return 100.0
    return measure.multiplier if measure.kind is MeasureKind.RATE else 1.0


def _takes_percent(measure: MeasureFacts) -> bool:
    return is_share(measure) or (measure.kind is MeasureKind.RATE and measure.multiplier == 100)


def _belongs(measure: MeasureFacts) -> str:
    return "a percentage" if is_share(measure) else _KIND_WORDS.get(measure.kind, "a mean")


_KIND_WORDS = {MeasureKind.COUNT: "a count", MeasureKind.MONEY: "a sum of money", MeasureKind.RATE: "a rate"}


def _plain(text: str) -> float:
    read = parse_value_text(text.strip())
    if read.state != VALUE or read.value is None or read.percent:
        raise _Faulty(f"'{text.strip()}' is not a number")
    return read.value


def _divided(top: float, bottom: float) -> dict[str, Any]:
    if bottom <= 0:
        raise _Faulty("the number under the line must be above zero")
    return {"state": State.VALUE, "value": top / bottom, "numerator": top, "denominator": bottom}


def _mean(measure: MeasureFacts, text: str) -> dict[str, Any]:
    first, *rest = (part.strip() for part in text.split(";"))
    facts: dict[str, Any] = {"state": State.VALUE, "value": _plain(first)}
    names = _PAIRED if measure.kind is MeasureKind.PAIRED_MEAN else _ALONE
    for part in filter(None, rest):
        found = _NAMED.fullmatch(part)
        if not found:
            raise _Faulty(f"'{part}' is neither sd nor n: type it as 51.2; sd 8.1; n 30")
        facts[names[found["name"].lower()]] = _not_negative(_plain(found["number"]))
    if measure.kind is MeasureKind.PAIRED_MEAN:
        facts["change_mean"] = facts["value"]
    return facts


_ALONE = {"sd": "sd", "n": "contributors"}
_PAIRED = {"sd": "change_sd", "n": "pairs"}


def _not_negative(number: float) -> float:
    if number < 0:
        raise _Faulty("sd and n cannot be below zero")
    return number


def _plain_text(number: float) -> str:
    return f"{number:.10g}"


def _percent_text(number: float) -> str:
    return f"{number * 100:.10g}%"


def edited_text(measure: MeasureFacts, held: dict[str, float | None]) -> str:
    """What the editor begins with for a held value, so that entering it again changes nothing.

    `held` has the columns `value`, `numerator`, `denominator`, `sd`, `contributors`, `change_mean`, `change_sd`,
    `pairs`, None where there is none.
    """
    top, bottom = held.get("numerator"), held.get("denominator")
    if measure.kind in WHOLE_KINDS and top is not None and bottom:
        return f"{_plain_text(top)}/{_plain_text(bottom)}"
    paired = measure.kind is MeasureKind.PAIRED_MEAN
    value = held.get("value")
    if value is None and paired:
        value = held.get("change_mean")
    if value is None:
        return ""
    if is_share(measure):
        return _percent_text(value)
    text = _plain_text(value * entry_scale(measure))
    if measure.kind not in _MEAN_KINDS:
        return text
    names = _PAIRED if paired else _ALONE
    more = [f"; {word} {_plain_text(part)}" for word, name in names.items() if (part := held.get(name)) is not None]
    return text + "".join(more)
