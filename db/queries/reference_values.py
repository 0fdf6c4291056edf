"""Indices, on-costs, discount rates and pay scales: the shipped values with a team's own in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

import resources
from analysis.economics.discounting import SCHEDULES, OwnRates
from analysis.economics.outcomes import HEALTH_SCHEDULE
from analysis.economics.reference_values import KINDS, Form, ReferenceSet, ReferenceValue, key_of_year, kind_and_year
from analysis.plan import PayRates
from db.recorder import table_of
from db.store import Store
from db.tables import OwnValue

_RATES = {
    "ni_rate": "ni-rate",
    "ni_threshold": "ni-threshold",
    "employer_pension": "nhs-pension",
    "central_pension": "nhs-pension-central",
}


@cache
def shipped_values() -> tuple[ReferenceValue, ...]:
    """What comes with the app, the newest year of each set first."""
    newest_first = sorted(_dated(), key=lambda one: one.year, reverse=True)
    return (*sorted(newest_first, key=lambda one: list(ReferenceSet).index(one.part)), *_rates_to_discount())


def _dated() -> Iterator[ReferenceValue]:
    index = resources.load("gdp_deflator")
    for row in index["rows"]:
        told = {name: index[name] for name in ("unit", "source", "edition", "licence", "confidence")}
        label = f"GDP deflator {row['year'].replace('-', '/')}"
        note = "A forecast." if row["forecast"] else ""
        key, value = key_of_year("gdp-deflator", row["year"]), str(row["index"])
        part, form, year = ReferenceSet.INDEX, Form.POINTS, row["year"]
        yield ReferenceValue(key, part, label, value, form, year=year, checked_on=_day(index), note=note, **told)
    for row in resources.load("on_costs")["rows"]:
        known = kind_and_year(row["key"])
        if known is not None:
            label = f"{row['label']} {row['year'].replace('-', '/')}"
            yield _value(row, ReferenceSet.ON_COSTS, label, row["value"], KINDS[known[0]][1])
    for row in resources.load("pay_scales")["rows"]:
        pounds = None if row["annual_pence"] is None else f"{Decimal(row['annual_pence']) / 100:f}"
        label = f"Band {row['band']}, {row['point']}, {row['year'].replace('-', '/')}"
        yield _value(row, ReferenceSet.PAY, label, pounds, Form.POUNDS)


def _rates_to_discount() -> Iterator[ReferenceValue]:
    for row in resources.load("discount_rates")["rows"]:
        yield _value({**row, "year": ""}, ReferenceSet.DISCOUNT, row["label"], row["value"], Form.SHARE)


def _value(row: Mapping[str, Any], part: ReferenceSet, label: str, value: str | None, form: Form) -> ReferenceValue:
    told = {name: row[name] for name in ("unit", "year", "source", "edition", "licence", "confidence")}
    note = row.get("note", "")
    return ReferenceValue(row["key"], part, label, value, form, checked_on=_day(row), note=note, **told)


def _day(row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["checked_on"]) if row["checked_on"] else None


def reference_values(store: Store | None) -> tuple[ReferenceValue, ...]:
    """Every value, own ones in place of shipped ones of the same key; without a file the shipped."""
    if store is None:
        return shipped_values()
    with store.read() as connection:
        own = _own(connection)
    shipped = {one.key for one in shipped_values()}
    beyond = [_of_a_year(held) for key, held in own.items() if key not in shipped]
    return (*(_over(one, own.get(one.key)) for one in shipped_values()), *beyond)


def _own(connection: Connection) -> dict[str, Mapping[str, Any]]:
    held = table_of(OwnValue)
    return {row["key"]: dict(row) for row in connection.execute(select(held).order_by(held.c.key)).mappings()}


def _over(shipped: ReferenceValue, own: Mapping[str, Any] | None) -> ReferenceValue:
    if own is None:
        return shipped
    told = {name: own[name] for name in ("value", "source", "edition", "licence", "checked_on")}
    return replace(shipped, own_id=own["id"], shipped_value=shipped.value, confidence="", note="", **told)


def _of_a_year(own: Mapping[str, Any]) -> ReferenceValue:
    kind, year = kind_and_year(own["key"]) or ("", "")
    part, form, label = KINDS[kind]
    told = {name: own[name] for name in ("key", "value", "source", "edition", "licence", "checked_on")}
    unit = next((one.unit for one in shipped_values() if one.key.startswith(f"{kind}-2")), "")
    words = f"{label} {year.replace('-', '/')}"
    return ReferenceValue(
        **told, part=part, label=words, form=form, unit=unit, year=year, own_id=own["id"], is_shipped=False
    )


@dataclass(frozen=True)
class InForce:
    """The values an appraisal of a file uses. `own` names by key those that are a team's own."""

    index: Mapping[str, float] = field(default_factory=dict)
    pay_rates: Mapping[str, PayRates] = field(default_factory=dict)
    scale: Mapping[str, int] = field(default_factory=dict)
    schedules: Mapping[str, OwnRates] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def names(self, schedule: str, *, has_posts: bool, has_outcomes: bool) -> tuple[str, ...]:
        """The own values that an appraisal with this schedule rests on.

        On-costs and pay only where it has posts, the rates of health gains only where it values outcomes.
        """
        used = {schedule, HEALTH_SCHEDULE} if has_outcomes else {schedule}
        others = tuple(f"{name}-" for name in SCHEDULES if name not in used)
        return tuple(
            label
            for key, label in self.own.items()
            if not key.startswith(others) and (has_posts or key.startswith(("gdp-", *(f"{name}-" for name in used))))
        )


def in_force(connection: Connection) -> InForce:
    """What a file's appraisals use in place of, or beside, the shipped values: index, on-costs, pay and rates."""
    own = _own(connection)
    if not own:
        return InForce(pay_rates=pay_rates())
    values = {key: row["value"] for key, row in own.items()}
    known = {one.key: one.label for one in shipped_values()}
    years = {key: found for key in values if (found := kind_and_year(key))}
    return InForce(
        index={year: float(values[key]) for key, (kind, year) in years.items() if kind == "gdp-deflator"},
        pay_rates=pay_rates(tuple(sorted(values.items()))),
        scale={key: int(Decimal(value) * 100) for key, value in values.items() if key.startswith("afc-")},
        schedules={name: held for name in SCHEDULES if (held := _schedule(name, values)) is not None},
        own={key: known.get(key) or _of_a_year(row).label for key, row in own.items()},
    )


def _schedule(name: str, values: Mapping[str, str]) -> OwnRates | None:
    rows = [row for row in resources.load("discount_rates")["rows"] if row["schedule"] == name]
    if not any(row["key"] in values for row in rows):
        return None
    return tuple((row["first"], row["last"], values.get(row["key"], row["value"])) for row in rows)


@cache
def pay_rates(own: tuple[tuple[str, str], ...] = ()) -> dict[str, PayRates]:
    """On-cost rates by financial year, `own` in place of shipped ones; a year of which any is missing is left out."""
    held = {row["key"]: row["value"] for row in resources.load("on_costs")["rows"]} | dict(own)
    years = {named[1] for key in held if (named := kind_and_year(key))}
    found = {}
    for year in sorted(years):
        rates = {name: held.get(key_of_year(kind, year)) for name, kind in _RATES.items()}
        if None not in rates.values():
            found[year] = PayRates(**{name: Decimal(value) for name, value in rates.items() if value is not None})
    return found
