"""The reference values a file's appraisals rest on, with who uses them and where newer ones stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

import resources
from analysis.economics.out_of_date import Aged, OutOfDate, Reference, out_of_date
from analysis.economics.reference_values import ReferenceSet
from analysis.periods import financial_year_label
from db.queries.reference_values import reference_values
from db.queries.unit_costs import unit_costs
from db.recorder import table_of
from db.store import Store
from db.tables import BenefitLine, Implementation, PayLine


def aged_references(store: Store | None, today: date) -> tuple[OutOfDate, ...]:
    """Every reference value that has grown old: what the file's lines use first, then what is shipped."""
    used = () if store is None else tuple(_used(store, today))
    own = [
        Reference(Aged.UNIT_COST, one.label, one.price_year, one.checked_on, one.citation or one.where, "your library")
        for one in unit_costs(store)
        if one.own_id is not None
    ]
    return out_of_date((*used, *own, *_in_force(store, today)), today)


def _used(store: Store, today: date) -> Iterator[Reference]:
    roles = table_of(Implementation)
    with store.read() as connection:
        names = {row.id: row.name for row in connection.execute(select(roles.c.id, roles.c.name))}
        pay, benefits = (_rows(connection, model) for model in (PayLine, BenefitLine))
    scales = resources.load("pay_scales")["rows"][0]["source"]
    for line in pay:
        if line["end"] is None or line["end"] >= today:
            used = f"{line['label']}, {names[line['implementation_id']]}"
            where = line["source"] or scales
            yield Reference(Aged.PAY, f"Pay of {_band(line)}", line["pay_year"], None, where, used)
    for line in benefits:
        if line["unit_cost_pence"] is not None and line["price_year"]:
            used = f"{line['label']}, {names[line['implementation_id']]}"
            where = line["unit_cost_source"] or "the source it was taken from"
            yield Reference(Aged.UNIT_COST, f"Cost of one: {line['label']}", line["price_year"], None, where, used)


def _band(line: RowMapping) -> str:
    return f"Band {line['band']}" if line["band"] and line["annual_pence"] is None else str(line["label"])


def _rows(connection: Connection, model: Any) -> list[RowMapping]:  # noqa: ANN401 - either table of lines
    held = table_of(model)
    return list(connection.execute(select(held).order_by(held.c.id)).mappings())


_AGED = {
    ReferenceSet.INDEX: (Aged.INDEX, "gdp_deflator"),
    ReferenceSet.PAY: (Aged.PAY, "pay_scales"),
    ReferenceSet.ON_COSTS: (Aged.ON_COSTS, "on_costs"),
}


def _in_force(store: Store | None, today: date) -> Iterator[Reference]:
    """The newest year of each set, a team's own values among them; what is shipped of thresholds and unit costs."""
    values = reference_values(store)
    for part, (kind, name) in _AGED.items():
        newest = max((one for one in values if one.part is part and one.value is not None), key=lambda one: one.year)
        year = newest.year if part is ReferenceSet.INDEX else min(newest.year, financial_year_label(today))
        title = resources.load(name)["title"]
        used = "" if newest.own_id is None else "your library"
        yield Reference(kind, title, year, newest.checked_on, newest.source, used)
    for row in resources.load("thresholds")["rows"]:
        yield Reference(Aged.THRESHOLD, row["label"], "", _day(row["checked_on"]), row["source"])
    for row in resources.load("unit_costs")["rows"]:
        if row["amount_pence"] is not None:
            where = f"{row['source']}; {row['where']}"
            yield Reference(Aged.UNIT_COST, row["label"], row["price_year"], _day(row["checked_on"]), where)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
