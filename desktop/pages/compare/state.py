"""Roles side by side as one frozen state, and what cannot be compared and why; in no order of estimates. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.finding_shapes import Effect, MeasureFinding
from analysis.periods import date_label
from analysis.sites import site_measure, why_unlike
from analysis.wording import plural
from desktop.pages.compare.sides import Side, measure_key
from desktop.pages.verdicts import look_of
from desktop.states import ColumnSpec, TableCell, TableState

NO_RANKING = (
    "Side by side is no ranking. Places, people and months differ, and intervals that overlap may hide the same change."
)
NOT_HERE = "Not recorded for this role"
NOTHING = "–"
_ENDING = (("barrier", "Barriers"), ("in hand", "In hand"), ("met", "Met"))


@dataclass(frozen=True)
class CompareState:
    """The table, role by role across, and the sentences on what cannot be compared."""

    names: tuple[str, ...]
    table: TableState
    cannot: tuple[str, ...]


def compare_state(sides: Sequence[Side]) -> CompareState:
    """Everything that is set side by side, in the order in which the roles were handed over."""
    keys = _measure_keys(sides)
    rows = [*_facts(sides), *(_measure_row(sides, key) for key in keys), *_money(sides)]
    columns = (ColumnSpec(""), *(ColumnSpec(side.label) for side in sides))
    table = TableState(columns, tuple(rows), tuple(cells[0].text for cells in rows))
    return CompareState(tuple(side.label for side in sides), table, tuple(_cannot(sides, keys)))


def _measure_keys(sides: Sequence[Side]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(measure_key(found) for side in sides for found in side.primary))


Row = tuple[TableCell, ...]


def _row(caption: str, sides: Sequence[Side], say: Callable[[Side], str]) -> Row:
    return (TableCell(caption, strong=True), *(TableCell(say(side) or NOTHING) for side in sides))


def _facts(sides: Sequence[Side]) -> list[Row]:
    """Profile, dose, setting and factors at launch; what is recorded for none of them shows as a gap."""
    return [
        _row("What it does", sides, lambda side: side.profile.facts.what_it_does or side.profile.facts.family),
        _row("For whom", sides, lambda side: side.profile.facts.people_served),
        _row("Launched", sides, _launched),
        _row("Dose", sides, lambda side: "; ".join(side.dose)),
        _row("Setting", sides, _setting),
        _row("Programme", sides, lambda side: side.profile.programme),
        _row("Factors at launch", sides, _factors),
    ]


def _launched(side: Side) -> str:
    launch = side.role.timeline.launch
    return f"{date_label(launch)}, {side.role.lifecycle.value}" if launch else side.role.lifecycle.value


def _setting(side: Side) -> str:
    facts = side.profile.facts
    placed = {True: "co-located", False: "not co-located", None: ""}[facts.co_located]
    return "; ".join(filter(None, (facts.setting, facts.team, placed)))


def _factors(side: Side) -> str:
    """Barriers and what was in hand by name, what was met by number; never a score."""
    parts = []
    for state, caption in _ENDING:
        names = [label for label, held in side.factors if held == state]
        if names:
            parts.append(f"{caption}: {len(names)}" if state == "met" else f"{caption}: {', '.join(names)}")
    return ". ".join(parts) or ("None rated by launch" if side.role.timeline.launch else "Not launched")


def _measure_row(sides: Sequence[Side], key: str) -> Row:
    found = [side.of(key) for side in sides]
    name = next(one.measure.label for one in found if one is not None)
    return (TableCell(name, "change with 95\u00a0% interval", strong=True), *(_measure_cell(one) for one in found))


def _measure_cell(found: MeasureFinding | None) -> TableCell:
    if found is None:
        return TableCell(NOT_HERE, ink="text2")
    look = look_of(found.verdict)
    level = f"Evidence {found.evidence.label[:1].lower()}{found.evidence.label[1:]}" if found.evidence.level else ""
    cautions = plural(len(found.cautions), "caution") if found.cautions else ""
    second = "; ".join(filter(None, (look.word, level, cautions)))
    return TableCell(found.texts.statement, second, shape=look.shape, shape_ink=look.ink, shape_on_second=True)


def _money(sides: Sequence[Side]) -> list[Row]:
    return [
        _row("Worth it?", sides, lambda side: side.economics.worth_it),
        _row("Costs not known", sides, lambda side: ", ".join(side.economics.not_known) or "none"),
    ]


def _cannot(sides: Sequence[Side], keys: Sequence[str]) -> list[str]:
    """What stands side by side but must not be set against each other, and why."""
    said = [line for key in keys for line in _of_measure(sides, key)]
    valued = [side.label for side in sides if side.economics.views]
    if valued and len(valued) < len(sides):
        rest = [side.label for side in sides if not side.economics.views]
        said.append(f"Value for money: worked out for {_named(valued)}, not yet for {_named(rest)}.")
    if not valued:
        said.append("Value for money: not worked out for any of these roles yet.")
    unknown = [side.label for side in sides if side.economics.not_known]
    if unknown:
        said.append(f"Costs: some are not known for {_named(unknown)}, so the sums do not hold the same things.")
    return said


def _of_measure(sides: Sequence[Side], key: str) -> list[str]:
    held = [(side, found) for side in sides if (found := side.of(key)) is not None]
    name = held[0][1].measure.name
    lines = []
    if len(held) < len(sides):
        rest = [side.label for side in sides if side.of(key) is None]
        lines.append(f"{name}: not recorded for {_named(rest)}.")
    for (first, one), (second, other) in pairwise(held):
        why = why_unlike(site_measure(other.measure), site_measure(one.measure))
        if why:
            lines.append(f"{name}: in {second.label} it is {why}, compared with {first.label}.")
    lines += [
        f"{name}: no estimate for {side.label} yet ({found.effect.reason})."
        for side, found in held
        if not isinstance(found.effect, Effect)
    ]
    levels = {found.evidence.level for _, found in held if isinstance(found.effect, Effect)}
    if len(levels) > 1:
        lines.append(f"{name}: the evidence levels differ, so the estimates do not bear the same weight.")
    return lines


def _named(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{'; '.join(labels[:-1])} and {labels[-1]}"
