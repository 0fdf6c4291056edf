"""Unit costs on the shelf and in their form, and what has grown out of date. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.economics.out_of_date import OutOfDate
from analysis.economics.unit_costs import UnitCostFacts
from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.wording import pence_as_pounds, plural
from desktop.pages.facts_form import FieldSpec
from desktop.pages.library.state import CHANGE_COST, OWN_FIGURE, REMOVE_COST, Entry, Shelf
from desktop.pages.reading import date_text, read_date, read_pence
from importers.free_text import refuse_identifiers
from importers.grammar import financial_year_code
from importers.unit_costs import LeftOutRow, UnitCostsFound

UNIT_COSTS, OUT_OF_DATE = "Unit costs", "Out of date"
NOT_SHIPPED = "not shipped"
KINDS = {"An average": "average", "What one less really saves": "marginal"}
LISTED = 12
SPECS = (
    FieldSpec("label", "What it is the cost of", "A&E attendance"),
    FieldSpec("amount", "Amount", "£180"),
    FieldSpec("unit", "Unit", "£ per attendance"),
    FieldSpec("price_year", "Prices of", "2024/25"),
    FieldSpec("kind", "That cost is", choices=tuple(KINDS)),
    FieldSpec("source", "Where it is written: title, table or page", "Local price list 2024/25, page 3"),
    FieldSpec("edition", "Edition", "2025"),
    FieldSpec("licence", "Licence", "Open Government Licence v3.0"),
    FieldSpec("agency", "Who bears it", "NHS: integrated care board"),
    FieldSpec("theme", "Theme", "Health"),
    FieldSpec("quality", "How good it is", "A: well founded"),
    FieldSpec("link", "Link", "https://"),
    FieldSpec("checked_on", "Checked on", "30 Nov 2026"),
    FieldSpec("comment", "Comment", "All types of department"),
)


def unit_cost_shelf(rows: Sequence[UnitCostFacts], title: str) -> Shelf:
    """The shelf of unit costs: own rows and own figures in place of shipped ones are marked."""
    return Shelf(
        UNIT_COSTS,
        f"{title}. A benefit takes one over with its citation; changing it here changes no line.",
        ("What", "Amount", "Prices of", "Whose"),
        tuple(map(_entry, rows)),
    )


def _entry(one: UnitCostFacts) -> Entry:
    unit = one.unit.removeprefix("£ ")
    amount = NOT_SHIPPED if one.amount_pence is None else f"{_pounds(one.amount_pence)} {unit}".strip()
    checked = date_label(one.checked_on) if one.checked_on else ""
    cells = (one.label, amount, one.price_year.replace("-", "/"), one.whose)
    replaced = "" if one.own_id is None or one.shipped_pence is None else _pounds(one.shipped_pence)
    pairs = (
        ("Source", one.source),
        ("Unit", unit if one.amount_pence is None else ""),
        ("Edition", one.edition),
        ("Where to find the value" if one.amount_pence is None else "Where", one.where),
        ("Licence", one.licence),
        ("Checked on", checked),
        ("The shipped figure", replaced),
        ("An average, or what one less saves", next(words for words, kind in KINDS.items() if kind == one.kind)),
        ("Who bears it", one.agency),
        ("Theme", one.theme),
        ("How good it is", one.quality),
        ("How sure", one.confidence),
        ("Link", one.link),
        ("Comment", one.comment),
    )
    actions = (OWN_FIGURE,) if one.own_id is None else (CHANGE_COST, REMOVE_COST)
    return Entry(one.key, cells, tuple(pair for pair in pairs if pair[1]), actions)


def _pounds(pence: int) -> str:
    return pence_as_pounds(pence, 2 if pence % 100 else 0)


def out_of_date_shelf(rows: Sequence[OutOfDate]) -> Shelf:
    """The shelf of what has grown old, with where the new figure stands."""
    return Shelf(
        OUT_OF_DATE,
        "Reference values older than they should be: those your lines use first. Nothing is replaced by itself.",
        ("What", "Kind", "Year", "Used by", "Why"),
        tuple(_old(at, one) for at, one in enumerate(rows)),
    )


def _old(at: int, one: OutOfDate) -> Entry:
    held = one.reference
    cells = (held.what, held.kind.value, held.year.replace("-", "/"), held.used_by or "every appraisal", one.why)
    return Entry(f"old-{at}", cells, (("Where the new one stands", held.where),))


def unit_cost_texts(one: UnitCostFacts) -> dict[str, str]:
    """A unit cost as its form shows it."""
    texts = {spec.key: str(getattr(one, spec.key, "") or "") for spec in SPECS}
    return {
        **texts,
        "amount": "" if one.amount_pence is None else _pounds(one.amount_pence),
        "price_year": one.price_year.replace("-", "/"),
        "kind": next(words for words, kind in KINDS.items() if kind == one.kind),
        "checked_on": "" if one.own_id is None else date_text(one.checked_on),
    }


def unit_cost_facts(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns of a unit cost, and what is wrong by field."""
    facts: dict[str, Any] = {}
    faults: dict[str, str] = {}
    readers = {"amount": read_pence, "checked_on": read_date, "kind": KINDS.__getitem__, "price_year": _year}
    columns = {"amount": "amount_pence"}
    for name, text in texts.items():
        try:
            facts[columns.get(name, name)] = readers.get(name, refuse_identifiers)(text.strip())
        except UserProblem as problem:
            faults[name] = problem.sentence()
    needed = {
        "label": "Give it a name.",
        "source": "Say where it is written: a figure is kept with its citation.",
    }
    faults |= {name: words for name, words in needed.items() if not texts.get(name, "").strip()}
    if "amount" not in faults and facts.get("amount_pence") is None:
        faults["amount"] = "Write the amount of one, such as £180."
    return facts, faults


def _year(text: str) -> str:
    code = financial_year_code(text)
    if code is None:
        raise UserProblem("Write a financial year such as 2024/25.")
    return code


def brought_words(found: UnitCostsFound) -> str:
    """What was brought in from a workbook, and each row that was left out with its cell."""
    taken = f"{plural(len(found.rows), 'unit cost')} brought in from {found.came_from}."
    if not found.left_out:
        return f"{taken} Undo takes them back."
    listed = "; ".join(map(_left_out, found.left_out[:LISTED]))
    more = f"; and {len(found.left_out) - LISTED} more" if len(found.left_out) > LISTED else ""
    return f"{taken} {plural(len(found.left_out), 'row')} left out: {listed}{more}. Undo takes them back."


def _left_out(row: LeftOutRow) -> str:
    return f"{row.cell} ({row.why})"
