"""A team's own figures in place of shipped indices, on-costs, discount rates and pay, or for years not shipped."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from analysis.economics.reference_values import KINDS, Form, ReferenceValue, kind_and_year, value_from
from analysis.problems import UserProblem
from db.operations.changed import Changed, Thing
from db.operations.roles import held_row
from db.operations.validation import checked
from db.queries.reference_values import shipped_values
from db.recorder import table_of
from db.store import Store
from db.tables import OwnValue, OwnValueBase

VALUES = frozenset({Thing.LIBRARY, Thing.MONEY})


def keep_own_value(
    store: Store,
    *,
    key: str,
    value: str,
    source: str,
    edition: str = "",
    licence: str = "",
    checked_on: date | None = None,
) -> Changed:
    """Keep a team's own figure; from then on every appraisal of the file uses it. Saved appraisals stay as they are.

    Raises UserProblem when the key names nothing an appraisal uses, the value is no such figure, or it has no source.
    """
    label, form = _named(key)
    if not source.strip():
        raise UserProblem(f"{label} has no source.", "Say where the figure is written. Nothing was changed.")
    facts = {"key": key, "value": value_from(value, form), "source": source.strip(), "edition": edition.strip()}
    record = checked(OwnValueBase, {**facts, "licence": licence.strip(), "checked_on": checked_on})
    held = table_of(OwnValue)
    with store.step(f"Own figure for {label}") as step:
        row_id = step.connection.execute(select(held.c.id).where(held.c.key == key)).scalar()
        if row_id is None:
            return Changed(step.label, VALUES, step.insert(OwnValue, record))
        step.update(OwnValue, int(row_id), record.model_dump())
        return Changed(step.label, VALUES, int(row_id))


def remove_own_value(store: Store, *, row_id: int) -> Changed:
    """Remove an own figure; the shipped one, if there is one, is used again."""
    with store.step("Remove own figure") as step:
        label, _ = _named(held_row(step.connection, OwnValue, row_id)["key"])
        step.label = f"Remove own figure for {label}"
        step.delete(OwnValue, row_id)
        return Changed(step.label, VALUES)


def _named(key: str) -> tuple[str, Form]:
    shipped: ReferenceValue | None = next((one for one in shipped_values() if one.key == key), None)
    if shipped is not None:
        return shipped.label, shipped.form
    known = kind_and_year(key)
    if known is None:
        kinds = ", ".join(f"{kind}-2027-28" for kind in KINDS)
        raise UserProblem(f"No appraisal uses anything called {key}.", f"For a new year: {kinds}.")
    kind, year = known
    return f"{KINDS[kind][2]} {year.replace('-', '/')}", KINDS[kind][1]
