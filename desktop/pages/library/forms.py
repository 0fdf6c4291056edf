"""What the two forms of the library ask, without Qt: a starting point for roles, and a measure of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from analysis.problems import UserProblem
from analysis.vocabulary import Direction, MeasureKind, Purpose
from db.queries.library import HeldMeasure
from db.tables import MeasureBase
from desktop.pages.facts_form import FieldSpec
from desktop.pages.reading import date_text, read_date
from importers.free_text import refuse_identifiers
from importers.values import VALUE, parse_value_text

Read = Callable[[str], Any]
YES_NO = {"Not known": None, "Yes": True, "No": False}
BETTER = {
    "Neither": Direction.NEUTRAL,
    "Lower is better": Direction.DECREASE,
    "Higher is better": Direction.INCREASE,
}
PURPOSES = {purpose.value.capitalize(): purpose for purpose in Purpose}
MOST_DECIMALS = 6

ENTRY_SPECS = (
    FieldSpec("name", "Name", "Community navigator"),
    FieldSpec("family", "Family", "innovative role"),
    FieldSpec("mechanism", "How it works", "navigation"),
    FieldSpec("boundary", "Boundary it spans", "health to social care"),
    FieldSpec("setting", "Setting", "primary care"),
    FieldSpec("people_served", "Who it serves", lines=True),
    FieldSpec("what_it_does", "What it does", lines=True),
    FieldSpec("measures", "Suggested measures, one a line", lines=True),
    FieldSpec("source", "Source", "Our pilot, 2025"),
)

MEASURE_SPECS = (
    FieldSpec("name", "Name"),
    FieldSpec("short_name", "Short name, for narrow columns"),
    FieldSpec("population", "Which people, if not all", "aged 75+"),
    FieldSpec("unit", "Unit"),
    FieldSpec("direction", "Which way is better", choices=tuple(BETTER)),
    FieldSpec("purpose", "Why it is watched", choices=tuple(PURPOSES)),
    FieldSpec("people_count", "Counts people, so protected", choices=("Yes", "No")),
    FieldSpec("seasonal", "Follows the seasons", choices=tuple(YES_NO)),
    FieldSpec("definition", "Definition", lines=True),
    FieldSpec("valid_from", "New words hold from", "1 Apr 2025"),
    FieldSpec("reason", "Why the words change"),
    FieldSpec("numerator_name", "What is counted"),
    FieldSpec("denominator_name", "Over what"),
    FieldSpec("exclusions", "What is left out"),
    FieldSpec("minimum", "Lowest possible value"),
    FieldSpec("maximum", "Highest possible value"),
    FieldSpec("decimals", "Decimals shown", "1"),
    FieldSpec("important_difference", "Least difference that matters"),
    FieldSpec("important_high", "Up to, if a range is given"),
    FieldSpec("important_difference_source", "Source of that difference"),
    FieldSpec("value_set", "Value set and version"),
    FieldSpec("break_on", "A day the series broke", "1 Apr 2024"),
    FieldSpec("break_what", "What broke on it; empty: a known break is removed", "Another return replaced the old one"),
    FieldSpec("code", "National code"),
    FieldSpec("licence", "Licence of the instrument"),
    FieldSpec("source", "Source"),
    FieldSpec("review_on", "To be checked again on", "30 Nov 2027"),
)


@dataclass(frozen=True)
class MeasureChange:
    """What a form asks of `define_measure`, or what is wrong with which field."""

    changes: Mapping[str, Any]
    definition: Mapping[str, Any]
    broke: tuple[Any, str] | None
    faults: Mapping[str, str]


def scale_of(facts: MeasureBase) -> float:
    """A held value is this many times smaller than what is typed: 100 for a share, the multiplier of a rate."""
    if facts.kind in (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION):
        return 100.0
    return facts.multiplier if facts.kind is MeasureKind.RATE else 1.0


def entry_texts(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """A starting point as its form shows it; measures of the library by name."""
    held = {spec.key: str(row.get(spec.key, "")) for spec in ENTRY_SPECS}
    held["measures"] = "\n".join(names.get(key, key) for key in row.get("suggested_measures", ()))
    return held


def entry_facts(texts: Mapping[str, str], keys: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The columns of a starting point and its faults; a measure named as in the library is kept by its key."""
    faults: dict[str, str] = {}
    for name, text in texts.items():
        _read(refuse_identifiers, name, text, faults)
    if not texts["name"]:
        faults["name"] = "Give the entry a name."
    if faults:
        return {}, faults
    listed = [line.strip() for line in texts["measures"].splitlines() if line.strip()]
    return {**texts, "measures": "\n".join(keys.get(line.lower(), line) for line in listed)}, {}


def measure_texts(measure: HeldMeasure) -> dict[str, str]:
    """A measure as its form shows it."""
    facts, scale = measure.facts, scale_of(measure.facts)
    texts = {spec.key: str(getattr(facts, spec.key, "") or "") for spec in MEASURE_SPECS}
    for name in _NUMBERS:
        held = getattr(facts, name)
        texts[name] = "" if held is None else f"{held * scale:.10g}"
    return {
        **texts,
        "direction": _word(BETTER, facts.direction),
        "purpose": _word(PURPOSES, facts.purpose),
        "people_count": "Yes" if facts.people_count else "No",
        "seasonal": _word(YES_NO, facts.seasonal),
        "definition": measure.definitions[-1][1] if measure.definitions else "",
        "decimals": str(facts.decimals),
        "review_on": date_text(facts.review_on),
        **dict.fromkeys(("valid_from", "reason", "break_on", "break_what"), ""),
    }


_NUMBERS = ("minimum", "maximum", "important_difference", "important_high")


def _word(words: Mapping[str, Any], held: object) -> str:
    return next(word for word, value in words.items() if value == held)


def measure_change(measure: HeldMeasure, texts: Mapping[str, str]) -> MeasureChange:
    """What the form's texts change. New words of the definition need the day from which they hold."""
    faults: dict[str, str] = {}
    scale = scale_of(measure.facts)
    readers: dict[str, Read] = {
        **dict.fromkeys(_NUMBERS, partial(_read_number, scale=scale)),
        "direction": BETTER.__getitem__,
        "purpose": PURPOSES.__getitem__,
        "people_count": YES_NO.__getitem__,
        "seasonal": YES_NO.__getitem__,
        "decimals": _read_decimals,
        "review_on": read_date,
        "valid_from": read_date,
        "break_on": read_date,
    }
    read = {name: _read(readers.get(name, refuse_identifiers), name, text, faults) for name, text in texts.items()}
    before = measure.definitions[-1][1] if measure.definitions else ""
    reworded = read["definition"] != before
    if reworded and before and measure.values and not read["valid_from"]:
        faults.setdefault("valid_from", "Give the first day on which values follow the new words.")
    known = {one.happened_on for one in measure.breaks}
    if bool(read["break_on"]) != bool(read["break_what"]) and read["break_on"] not in known:
        faults.setdefault("break_on", "Give the day and what broke on it. The day of a known break alone removes it.")
    if not read["name"]:
        faults["name"] = "Give the measure a name."
    own = {n: v for n, v in read.items() if n in MeasureBase.model_fields and v != getattr(measure.facts, n)}
    words = {
        name: read[to] for name, to in (("text", "definition"), ("valid_from", "valid_from"), ("reason", "reason"))
    }
    broke = (read["break_on"], read["break_what"]) if read["break_on"] else None
    return MeasureChange(own, words if reworded else {}, broke, faults)


def _read(reader: Read, name: str, text: str, faults: dict[str, str]) -> Any:  # noqa: ANN401 - whatever the reader reads
    try:
        return reader(text)
    except UserProblem as problem:
        faults[name] = problem.sentence()
        return None


def _read_number(text: str, scale: float) -> float | None:
    if not text:
        return None
    read = parse_value_text(text)
    if read.state != VALUE or read.value is None:
        raise UserProblem(f"'{text}' is not a number.", "Write it as 12 or 12.5, or leave it empty.")
    return read.value / scale


def _read_decimals(text: str) -> int:
    if text.isdecimal() and int(text) <= MOST_DECIMALS:
        return int(text)
    raise UserProblem(f"Give a whole number from 0 to {MOST_DECIMALS}.")
