"""An appraisal kept as it was on a day, and two of them line by line. What was kept is read, never worked out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.economics.role_shapes import RoleEconomics
from analysis.plain import Plain, as_plain
from analysis.wording import number, percent, pounds, signed_pounds

Held = Mapping[str, Any]  # Any: what JSON holds
NOT_THERE, NOT_GIVEN = "not there", "not given"


@dataclass(frozen=True)
class Snapshot:
    """Inputs, outputs, and the editions of the reference values behind them, as plain data; a hash of the inputs."""

    engine: str
    input_hash: str
    vintages: Mapping[str, str]
    inputs: Held
    outputs: Held


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two appraisals, in words; `guarded`: perhaps a small number or a person's pay."""

    what: str
    first: str
    second: str
    guarded: bool = False


@dataclass(frozen=True)
class Comparison:
    """What differs between two appraisals: what went in, then what came out."""

    inputs: tuple[Difference, ...]
    outputs: tuple[Difference, ...]

    @property
    def sentence(self) -> str:
        """How much differs."""
        if not self.inputs and not self.outputs:
            return "Nothing differs."
        if not self.inputs:
            return f"The inputs are the same, yet {len(self.outputs)} of the answers differ: the engine has changed."
        answers = f"{len(self.outputs)} answers differ" if self.outputs else "no answer differs"
        return f"{len(self.inputs)} inputs differ; {answers}."


def snapshot(held: RoleEconomics, vintages: Mapping[str, str]) -> Snapshot:
    """Everything of an appraisal as it is now."""
    inputs, outputs = as_plain(held.facts), as_plain(held)
    assert isinstance(inputs, dict) and isinstance(outputs, dict)  # noqa: S101, PT018 - both are frozen results
    outputs.pop("facts")
    return Snapshot(held.engine, hash_of(inputs), dict(vintages), inputs, outputs)


def hash_of(inputs: Plain | Held) -> str:
    """The SHA-256 of the inputs, however their keys are ordered."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def compare(first: Snapshot, second: Snapshot) -> Comparison:
    """Two appraisals line by line; only what differs."""
    went_in = [*_pairs(_vintage_rows(first), _vintage_rows(second))]
    went_in += _pairs(_frame_rows(first.inputs), _frame_rows(second.inputs))
    for part, word in _LINES.items():
        went_in += _line_differences(first.inputs.get(part) or [], second.inputs.get(part) or [], word)
    return Comparison(tuple(went_in), tuple(_pairs(answers_of(first.outputs), answers_of(second.outputs))))


def _pairs(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[Difference]:
    for what in dict.fromkeys((*first, *second)):
        one, other = first.get(what, NOT_THERE), second.get(what, NOT_THERE)
        if one != other:
            yield Difference(what, one, other, what.startswith(_VOLUMES))


_VOLUMES = ("Counted in the plan",)
_FRAME = {
    "start": "First month",
    "months": "Number of months",
    "base_year": "In prices of",
    "schedule": "Discounting",
    "timing": "When money flows",
    "draws": "Draws of the simulation",
    "seed": "Seed of the simulation",
}
_LINES = {"pay": "Post", "costs": "Cost", "benefits": "Benefit"}
_CAPTIONS = {
    "amount_pence": "amount",
    "annual_pence": "whole-time pay a year",
    "unit_cost_pence": "cost of one",
    "deadweight": "would have happened anyway",
    "attribution": "share due to the role",
    "displacement": "moved elsewhere",
    "drop_off": "fades each year by",
    "cashability": "share that leaves a budget",
    "price_year": "prices of",
    "after_low": "after, at least",
    "after_high": "after, at most",
}
_SHARES = frozenset(
    {"deadweight", "attribution", "displacement", "drop_off", "cashability", "marginal_share", "optimism_bias"}
    | {"real_growth", "vacancy", "unsocial", "area_supplement", "pension_share"}
)
_GUARDED = frozenset({"before", "after", "after_low", "after_high", "volume", "annual_pence", "people", "wte_each"})
_UNSAID = frozenset({"id", "uuid", "measure_id", "taken"})


def _vintage_rows(held: Snapshot) -> dict[str, str]:
    return {"Engine": held.engine, **{f"Edition: {name}": text for name, text in held.vintages.items()}}


def _frame_rows(inputs: Held) -> dict[str, str]:
    rows = {words: str(inputs.get(name, NOT_GIVEN)) for name, words in _FRAME.items()}
    index = inputs.get("deflator") or {}
    return {**rows, **{f"Price index {year}": f"{value:g}" for year, value in index.items()}}


def _line_differences(first: Sequence[Held], second: Sequence[Held], word: str) -> Iterator[Difference]:
    one, other = ({line["id"]: line for line in lines} for lines in (first, second))
    for key in dict.fromkeys((*one, *other)):
        left, right = one.get(key), other.get(key)
        name = f"{word} “{(right or left or {}).get('label', '')}”"
        if left is None or right is None:
            yield Difference(name, *(("there", NOT_THERE) if right is None else (NOT_THERE, "there")))
            continue
        for field in dict.fromkeys((*left, *right)):
            was, now = _text(field, left.get(field)), _text(field, right.get(field))
            if field not in _UNSAID and was != now:
                caption = _CAPTIONS.get(field, field.removesuffix("_pence").replace("_", " "))
                yield Difference(f"{name}: {caption}", was, now, field in _GUARDED or word == "Post")


def _text(field: str, value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, Mapping):
        value = value.get("a_month")
    if value is None or value == "":
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.endswith("_pence"):
        return pounds(value / 100, 2)
    if field.removesuffix("_low").removesuffix("_high") in _SHARES:
        return percent(float(value), 1)
    if isinstance(value, float):
        return number(value, 0 if value == int(value) else 2)
    return str(value)


def answers_of(outputs: Held) -> dict[str, str]:
    """The answers of a kept appraisal by their names, in the order they are read."""
    rows = {"Cost of a full year": _pounds(outputs.get("yearly_cost"))}
    for view in outputs.get("views") or []:
        title = view["title"]
        rows[f"{title}: net"] = signed_pounds(view["net"], 2)
        rows[f"{title}: cost"] = _pounds(view["cost"])
        rows[f"{title}: benefit"] = _pounds(view["benefit"])
        rows[f"{title}: one-way range"] = f"{signed_pounds(view['low'])} to {signed_pounds(view['high'])}"
        month = view["payback_month"]
        rows[f"{title}: paid back"] = f"by month {month}" if month else "not within the months"
    for line in outputs.get("break_even") or []:
        need, counted = line["volume_a_month"], line["counted_a_month"]
        rows[f"Break-even a month, {line['label']}"] = NOT_GIVEN if need is None else number(need, 2)
        rows[f"Counted in the plan, {line['label']}"] = NOT_GIVEN if counted is None else number(counted, 2)
    found = outputs.get("appraisal") or {}
    for name, held in (found.get("organisations") or {}).items():
        rows[f"{name}: net cash"] = signed_pounds(held["net_cash"], 2)
        rows[f"{name}: net public"] = signed_pounds(held["net"], 2)
    likely = outputs.get("likelihood") or {}
    for part, words in (("public", "all public sector"), ("cash", "cash alone")):
        if part in likely:
            rows[f"Draws above cost, {words}"] = percent(likely[part]["p_positive"], 1)
    lists = (("Not known", "not_known"), ("Withheld for want of an index", "withheld"), ("Warnings", "warnings"))
    return {**rows, **{words: "; ".join(outputs.get(name) or []) or "none" for words, name in lists}}


def _pounds(value: float | None) -> str:
    return NOT_GIVEN if value is None else pounds(value, 2)
