"""The sample evaluation, written through the same operations as a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis.periods import parse_code
from analysis.vocabulary import EventKind
from db.library import measure_from_library, role_from_catalogue
from db.operations.measures import add_event, add_measure
from db.operations.money import add_benefit_line, add_cost_line
from db.operations.observations import CellKey, record_observations, set_aside
from db.operations.roles import add_programme, add_role, rate_factor
from db.sample_record import write_record
from db.store import Store, create
from db.tables import ObservationBase

YEAR = "2024-25"
Plain = Mapping[str, Any]  # Any: numbers and texts by key, as in the sample's data file


def write_sample(path: Path, sample: Plain, library: Plain, catalogue: Plain) -> Store:
    """Write the sample to a new file and return it open. Raises UserProblem when the file exists."""
    store = create(path)
    for key, value in (("sample", "yes"), ("as_of", sample["as_of"]), ("organisation", sample["organisation"])):
        store.put_setting(key, str(value))
    programme = sample["programme"]
    started = date.fromisoformat(programme["started"])
    programme_id = add_programme(store, name=programme["name"], started=started).new_id
    measures = {row["key"]: row for row in library["measures"]}
    roles = {row["key"]: row for row in catalogue["roles"]}
    for given in sample["roles"]:
        _write_role(store, given, measures, roles, programme_id)
    return store


def _write_role(store: Store, given: Plain, measures: Plain, roles: Plain, programme_id: int | None) -> None:
    facts = dict(given["role"])
    in_programme = facts.pop("in_programme", False)
    known = roles.get(facts["catalogue_key"], {})
    facts = {**role_from_catalogue(known), **facts}
    role_id = add_role(store, **facts, programme_id=programme_id if in_programme else None).new_id or 0
    ids = {measures[m["key"]]["name"]: _write_measure(store, role_id, m, measures[m["key"]]) for m in given["measures"]}
    for name, code, reason in given.get("set_aside", ()):
        set_aside(store, keys=[CellKey(role_id, ids[name], parse_code(code))], reason=reason)
    for when, title, kind, until in given["events"]:
        ended = date.fromisoformat(until) if until else None
        happened = date.fromisoformat(when)
        add_event(store, role_id=role_id, happened_on=happened, title=title, kind=EventKind(kind), ended_on=ended)
    for line in given["costs"]:
        add_cost_line(store, role_id=role_id, **line)
    for line in given["benefits"]:
        rest = {name: value for name, value in line.items() if name != "measure"}
        add_benefit_line(store, role_id=role_id, measure_id=ids.get(line["measure"]), **rest)
    for key, state, since in given["factors"]:
        rate_factor(store, role_id=role_id, factor_key=key, state=state, since=date.fromisoformat(since))
    write_record(store, role_id, given.get("record", {}), {"start": date(2024, 4, 1), "months": 36, "base_year": YEAR})


def _write_measure(store: Store, role_id: int, given: Plain, row: Plain) -> int:
    facts = measure_from_library(row, given["population"])
    measure_id = add_measure(store, role_id=role_id, measure=facts, use=given["use"]).new_id or 0
    entries = [_observation(role_id, measure_id, code, text) for code, text in given["values"]]
    record_observations(store, entries=entries, label=f"Type {len(entries)} values of {row['name']}")
    return measure_id


def _observation(role_id: int, measure_id: int, code: str, text: str) -> ObservationBase:
    period = parse_code(code)
    facts: dict[str, Any] = {
        "implementation_id": role_id,
        "measure_id": measure_id,
        "period_start": period.start,
        "period_end": period.end,
        "raw_text": text,
    }
    if text == "not collected":
        facts["state"] = "not collected"
    elif text.startswith("<"):
        facts |= {"state": "suppressed", "low": 1, "high": float(text[1:]) - 1}
    else:
        facts["value"] = float(text)
    return ObservationBase.model_validate(facts)
