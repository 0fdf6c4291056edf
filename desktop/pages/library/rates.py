"""Indices, on-costs, discount rates and pay scales on the shelf and in their form. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.economics.reference_values import KINDS, ReferenceValue, key_of_year, value_from, value_text
from analysis.periods import date_label
from analysis.problems import UserProblem
from desktop.pages.facts_form import FieldSpec
from desktop.pages.library.state import CHANGE_VALUE, OWN_VALUE, REMOVE_VALUE, Entry, Shelf
from desktop.pages.reading import date_text, read_date
from importers.free_text import refuse_identifiers
from importers.grammar import financial_year_code

RATES = "Rates"
WHAT = {words: kind for kind, (_, _, words) in KINDS.items()}
"""What a figure for a year that is not shipped can be of, by its words."""
SPECS = (
    FieldSpec("what", "Figure", choices=tuple(WHAT)),
    FieldSpec("year", "Financial year", "2029/30"),
    FieldSpec("value", "Value", "15 %, £5,000 or 104.2"),
    FieldSpec("source", "Where it is written: title, table or page", "HM Revenue and Customs, rates for employers"),
    FieldSpec("edition", "Edition", "2029/30"),
    FieldSpec("licence", "Licence", "Open Government Licence v3.0"),
    FieldSpec("checked_on", "Checked on", "30 Nov 2026"),
)
VALUE_SPECS = SPECS[2:]
"""The form of a figure in place of a shipped one, which has its name and year already."""


def rates_shelf(values: Sequence[ReferenceValue]) -> Shelf:
    """The shelf of indices, on-costs, discount rates and pay; own figures are marked."""
    return Shelf(
        RATES,
        "What every appraisal of this file rests on. Your own figure, with its source, takes the place of a shipped "
        "one at once; appraisals you saved stay as they were.",
        ("What", "Value", "Kind", "Whose"),
        tuple(map(_entry, values)),
    )


def _entry(one: ReferenceValue) -> Entry:
    cells = (one.label, value_text(one.value, one.form), one.part.value, one.whose)
    shipped = "" if one.own_id is None or one.shipped_value is None else value_text(one.shipped_value, one.form)
    pairs = (
        ("Source" if one.value is not None else "Where to find the value", one.source),
        ("Unit", one.unit),
        ("Edition", one.edition),
        ("Licence", one.licence),
        ("Checked on", date_label(one.checked_on) if one.checked_on else ""),
        ("The shipped figure", shipped),
        ("How sure", one.confidence),
        ("Note", one.note),
    )
    actions = (OWN_VALUE,) if one.own_id is None else (CHANGE_VALUE, REMOVE_VALUE)
    return Entry(one.key, cells, tuple(pair for pair in pairs if pair[1]), actions)


def value_texts(one: ReferenceValue) -> dict[str, str]:
    """A value as its form shows it; a shipped one gives its value and leaves the source to be written."""
    is_own = one.own_id is not None
    return {
        "value": "" if one.value is None else value_text(one.value, one.form),
        "source": one.source if is_own else "",
        "edition": one.edition if is_own else "",
        "licence": one.licence if is_own else "",
        "checked_on": date_text(one.checked_on) if is_own else "",
    }


def value_facts(texts: Mapping[str, str], one: ReferenceValue | None) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns of an own figure, and what is wrong by field; `one` is what it stands in place of, if anything."""
    facts: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in ("source", "edition", "licence"):
        _read(facts, faults, name, refuse_identifiers, texts[name])
    _read(facts, faults, "checked_on", read_date, texts["checked_on"])
    if not texts["source"].strip():
        faults["source"] = "Say where it is written: a figure is kept with its source."
    form = one.form if one is not None else KINDS[WHAT[texts["what"]]][1]
    _read(facts, faults, "value", lambda text: value_from(text, form), texts["value"])
    if one is not None:
        return {**facts, "key": one.key}, faults
    year = financial_year_code(texts["year"].strip())
    if year is None:
        return facts, {**faults, "year": "Write a financial year such as 2029/30."}
    return {**facts, "key": key_of_year(WHAT[texts["what"]], year)}, faults


def _read(facts: dict[str, Any], faults: dict[str, str], name: str, reader: Any, text: str) -> None:  # noqa: ANN401
    try:
        facts[name] = reader(text.strip())
    except UserProblem as problem:
        faults[name] = problem.sentence()
