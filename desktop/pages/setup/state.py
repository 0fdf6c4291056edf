"""Five answers and what they set up, without Qt. Every answer may be left out but none is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import resources
from analysis.periods import financial_year_label
from analysis.problems import UserProblem
from analysis.vocabulary import CostKind, CostPhase
from db.library import measure_from_library, role_from_catalogue
from desktop.pages.library.entries import catalogue as every_entry
from desktop.pages.reading import read_date, read_pence
from desktop.pages.record.saving import lifecycle_of
from importers.free_text import refuse_identifiers

COST_KEY = "role-cost"
UNNAMED = "New role"
Own = Sequence[Mapping[str, Any]]
"""A team's own catalogue entries, as `db.queries.library.catalogue_entries` gives them."""

EVERY = {"a month": CostKind.MONTHLY, "a year": CostKind.ANNUAL}


@dataclass(frozen=True)
class Answers:
    """What was typed and ticked. `catalogue` and `measures` are keys of the resources."""

    catalogue: str = ""
    name: str = ""
    place: str = ""
    launch: str = ""
    phase_in_end: str = ""
    measures: tuple[str, ...] = ()
    population: str = ""
    amount: str = ""
    every: str = "a month"
    payer: str = ""
    spend: bool = True


@dataclass(frozen=True)
class Plan:
    """The arguments of `set_up_role`, or what is wrong with which answer."""

    role: Mapping[str, Any] = field(default_factory=dict)
    measures: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ()
    cost: Mapping[str, Any] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def catalogue(own: Own = ()) -> tuple[dict[str, Any], ...]:
    """The roles of the catalogue by name, a team's own among them."""
    return every_entry(resources.load("role_catalogue")["roles"], own)


def starters() -> list[dict[str, Any]]:
    """The measures most teams begin with, the cost of the role apart."""
    rows: list[dict[str, Any]] = resources.load("measure_library")["measures"]
    return [row for row in rows if row["starter"] and row["kind"] != "money"]


def suggested(key: str, own: Own = ()) -> list[dict[str, Any]]:
    """Measures of the library that a starting point suggests, the ones most teams begin with left out."""
    rows = {row["key"]: row for row in resources.load("measure_library")["measures"]}
    begin = {row["key"] for row in starters()} | {key for key, row in rows.items() if row["kind"] == "money"}
    listed = _known(key, own).get("suggested_measures", ())
    return [rows[one] for one in listed if one in rows and one not in begin and not rows[one]["derived"]]


def often_watched(key: str, own: Own = ()) -> str:
    """What is often watched for a role of the catalogue."""
    row = _known(key, own)
    watched = "; ".join(row.get("typical_measures", ()))
    return f"Often watched for this role: {watched}." if watched else ""


def plan_of(answers: Answers, today: date, own: Own = ()) -> Plan:
    """What the answers set up."""
    faults: dict[str, str] = {}
    launch = _read(read_date, "launch", answers.launch, faults)
    phase_in_end = _read(read_date, "phase_in_end", answers.phase_in_end, faults)
    pence = _read(read_pence, "amount", answers.amount, faults)
    for name in ("name", "place", "population", "payer"):
        _read(refuse_identifiers, name, getattr(answers, name), faults)
    if phase_in_end and not faults and (launch is None or phase_in_end < launch):
        faults["phase_in_end"] = "Phase-in ends after the launch. Give a later day, or none."
    if faults:
        return Plan(faults=faults)
    known = _known(answers.catalogue, own)
    role = {
        "name": answers.name or known.get("name", "") or UNNAMED,
        "place": answers.place,
        "catalogue_key": answers.catalogue,
        **role_from_catalogue(known),
        "launch": launch,
        "phase_in_end": phase_in_end,
        "lifecycle": lifecycle_of(launch, today),
        "funding_source": answers.payer,
    }
    return Plan(role, _measures(answers), _cost(answers, pence, launch or today))


def _read(reader: Any, name: str, text: str, faults: dict[str, str]) -> Any:  # noqa: ANN401 - whatever the reader reads
    try:
        return reader(text)
    except UserProblem as problem:
        faults[name] = problem.sentence()
        return None


def _known(key: str, own: Own) -> dict[str, Any]:
    return next((row for row in catalogue(own) if row["key"] == key), {})


def _measures(answers: Answers) -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    rows = {row["key"]: row for row in resources.load("measure_library")["measures"]}
    chosen = [rows[key] for key in answers.measures]
    primary = next((row["key"] for row in chosen if row["purpose"] == "outcome"), "")
    made = []
    for row in chosen:
        people = answers.population if row["purpose"] == "outcome" else ""
        made.append((measure_from_library(row, people), {"is_primary": row["key"] == primary}))
    if answers.spend:
        made.append((measure_from_library(rows[COST_KEY]), {}))
    return tuple(made)


def _cost(answers: Answers, pence: int | None, start: date) -> dict[str, Any] | None:
    if pence is None and not answers.payer:
        return None
    return {
        "label": "Role cost",
        "category": "staff",
        "phase": CostPhase.AFTER,
        "kind": EVERY[answers.every],
        "amount_pence": pence,
        "price_year": financial_year_label(start),
        "start": start,
        "payer": answers.payer,
    }
