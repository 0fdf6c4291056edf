"""What stands on each shelf of the library: shipped rows, a team's own, and the measures of the open file. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from analysis.economics.out_of_date import OutOfDate
from analysis.economics.reference_values import ReferenceValue
from analysis.economics.unit_costs import UnitCostFacts
from analysis.periods import date_label
from analysis.vocabulary import MeasureKind
from analysis.wording import plural
from db.queries.library import HeldMeasure
from db.tables import MeasureBase
from desktop.pages.library.forms import scale_of
from desktop.pages.library.rates import rates_shelf
from desktop.pages.library.state import ADD, CHANGE, FILL, REMOVE, REWORD, SET_UP, Entry, Shelf
from desktop.pages.library.unit_costs import out_of_date_shelf, unit_cost_shelf
from resources import load

Row = Mapping[str, Any]  # Any: a row of a JSON file or of a table
BETTER = {"increase": "Higher", "decrease": "Lower", "neutral": "Neither"}
MEASURES, IN_FILE, ROLES = "Measures", "In this file", "Roles"


def shelves(
    measures: Row,
    unit_costs: Sequence[UnitCostFacts],
    roles: Row,
    own: Sequence[Row] = (),
    held: Sequence[HeldMeasure] = (),
    aged: Sequence[OutOfDate] = (),
    values: Sequence[ReferenceValue] = (),
) -> tuple[Shelf, ...]:
    """The shelves; `own` are a team's catalogue entries, `held` the measures of the open file, `aged` what grew old.

    `values` are the indices, on-costs, rates and pay scales that appraisals rest on.
    """
    return (
        Shelf(
            MEASURES,
            _source(measures),
            ("Measure", "Unit", "Better", "Purpose"),
            tuple(map(_measure, measures["measures"])),
        ),
        Shelf(
            IN_FILE,
            "The measures of this file. What you change here holds for every role that uses the measure.",
            ("Measure", "Unit", "Better", "Purpose", "Used by", "Values"),
            tuple(map(_held, held)),
        ),
        unit_cost_shelf(unit_costs, load("unit_costs")["title"]),
        rates_shelf(values),
        Shelf(
            ROLES,
            f"{_source(roles)} {roles['note']}",
            ("Role or team model", "Mechanism", "Wording"),
            tuple(_role(row, measures) for row in catalogue(roles["roles"], own)),
        ),
        out_of_date_shelf(aged),
    )


def catalogue(shipped: Iterable[Row], own: Iterable[Row]) -> tuple[dict[str, Any], ...]:
    """Every starting point by name: the shipped ones, those in a team's own words in their place, and its own.

    Each carries `own_id`, the row of the file it stands in, None where it is as shipped.
    """
    mine = {row["key"]: row for row in own}
    rows = [_reworded(row, mine.pop(row["key"], None)) for row in shipped]
    rows += [_reworded({"key": key}, row) for key, row in mine.items()]
    return tuple(sorted(rows, key=lambda row: str(row["name"]).lower()))


def _reworded(row: Row, own: Row | None) -> dict[str, Any]:
    if own is None:
        return {**row, "own_id": None}
    told = {name: value for name, value in own.items() if name not in ("id", "uuid", "measures")}
    listed = [line.strip() for line in own["measures"].splitlines() if line.strip()]
    return {**row, **told, "own_id": own["id"], "suggested_measures": listed}


def _source(held: Row) -> str:
    return f"{held['title']}. Source: {held['source']}. {held['licence']}. Checked on {_day(held['checked_on'])}."


def _day(text: str) -> str:
    return date_label(date.fromisoformat(text)) if text else ""


def _facts(pairs: Sequence[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((caption, str(words)) for caption, words in pairs if words not in ("", None))


def _span(low: object, high: object) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _share(row: Row, name: str) -> object:
    value = row[name]
    return value if value is None or row["kind"] != MeasureKind.PROPORTION else f"{value * 100:g} %"


def _measure(row: Row) -> Entry:
    cells = (row["name"], row["unit"], BETTER[row["direction"]], row["purpose"])
    important = _span(row["important_difference"], row["important_high"])
    breaks = "; ".join(f"{_day(day)}: {what}" for day, what in row["breaks"])
    pairs = (
        ("Definition", row["definition"]),
        ("What a value is", row["kind"]),
        ("Which way is better", "Your team must say beforehand." if row["team_chooses"] else ""),
        ("Counted", row["numerator_name"]),
        ("Over", row["denominator_name"]),
        ("Possible values", _span(_share(row, "minimum"), _share(row, "maximum"))),
        ("Target band", _span(_share(row, "target_low"), _share(row, "target_high"))),
        ("A difference that matters", f"{important}. {row['important_difference_source']}" if important else ""),
        ("Found in", row["important_population"]),
        ("Value sets and versions, never mixed", ", ".join(row["value_sets"])),
        ("Breaks in the series", breaks),
        ("Seasons", "Values follow the seasons: compare whole years." if row["seasonal"] else ""),
        ("Small numbers", "Counts people: protected when it leaves." if row["people_count"] else ""),
        ("Usual chart", row["chart"]),
        ("National code", row["code"]),
        ("Licence of the instrument", row["licence"]),
        ("Source", row["source"]),
        ("Checked on, and to be checked by", f"{_day(row['checked_on'])}, {_day(row['review_on'])}"),
        ("Not entered", row["derived"]),
    )
    return Entry(row["key"], cells, _facts(pairs), actions=() if row["derived"] else (ADD,))


def _held(measure: HeldMeasure) -> Entry:
    facts = measure.facts
    name = f"{facts.name}, {facts.population}" if facts.population else facts.name
    used = (plural(measure.roles, "role") if measure.roles else "no role", str(measure.values))
    version, text, _since, _reason = measure.definitions[-1] if measure.definitions else (1, "", None, "")
    important = _span(_shown(facts, facts.important_difference), _shown(facts, facts.important_high))
    earlier = "; ".join(
        f"version {number}{f' from {date_label(since)}' if since else ''}: {words or 'no words'}"
        for number, words, since, _why in measure.definitions[:-1]
    )
    pairs = (
        ("Definition", f"{text or 'Not written yet.'} (version {version})"),
        ("Earlier definitions", earlier),
        ("Breaks in the series", "; ".join(f"{date_label(b.happened_on)}: {b.what}" for b in measure.breaks)),
        ("Counted", facts.numerator_name),
        ("Over", facts.denominator_name),
        ("Left out", facts.exclusions),
        ("Possible values", _span(_shown(facts, facts.minimum), _shown(facts, facts.maximum))),
        ("A difference that matters", f"{important}. {facts.important_difference_source}" if important else ""),
        ("Value set and version", facts.value_set),
        ("Small numbers", "Counts people: protected when it leaves." if facts.people_count else ""),
        ("National code", facts.code),
        ("Licence", facts.licence),
        ("Source", facts.source),
    )
    cells = (name, facts.unit, BETTER[facts.direction.value], facts.purpose.value, *used)
    return Entry(str(measure.id), cells, _facts(pairs), actions=(CHANGE,))


def _shown(facts: MeasureBase, value: float | None) -> str | None:
    return None if value is None else f"{value * scale_of(facts):.10g}"


def _role(row: Row, library: Row) -> Entry:
    names = {one["key"]: one["name"] for one in library["measures"]}
    suggested = [names.get(key, key) for key in row.get("suggested_measures", ())]
    wording = "your own" if row["own_id"] is not None else "as shipped"
    cells = (row["name"], row.get("mechanism", ""), wording)
    pairs = (
        ("Family", row["family"]),
        ("Boundary spanned", row["boundary"]),
        ("Setting", row["setting"]),
        ("Who it serves", row["people_served"]),
        ("What it does", row["what_it_does"]),
        ("Suggested measures", ", ".join(suggested)),
        ("Often watched", ", ".join(row.get("typical_measures", ()))),
        ("Place described", row.get("example_place", "")),
        ("Section of the report", row.get("report_section", "")),
        ("Source", row.get("source", "")),
    )
    actions = (SET_UP, FILL, CHANGE, REMOVE) if row["own_id"] is not None else (SET_UP, FILL, REWORD)
    return Entry(row["key"], cells, _facts(pairs), actions=actions)
