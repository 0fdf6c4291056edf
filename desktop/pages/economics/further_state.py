"""The further answers as one frozen state; figures are the answer's own, formatted once. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.economics.further_shapes import OutcomeView, StaffTimeView, UnitCostChange
from analysis.economics.role_shapes import RoleEconomics
from analysis.economics.unit_cost import UnitCost
from analysis.wording import number, pounds, signed_pounds
from desktop.charts.curves import CurvesPicture
from desktop.charts.tornado import TornadoPicture
from desktop.pages.economics import curves
from desktop.pages.economics.chart_twins import table_of
from desktop.pages.economics.state import TableCardState, missing_below

NO_UNITS = "Not yet. Needed: actual spend each month, and contacts or clients in the same months."
SWITCH_NOTE = "One thing at a time, everything else as planned: what would bring the net public value to nothing."
NO_DRAWS = "Not yet. Needed: the least and the most of the gain, or of a cost or benefit."


@dataclass(frozen=True)
class OutcomeState:
    """One valued outcome: the plane, and how likely it is worth it by what a unit is held worth."""

    title: str
    plane: CurvesPicture
    acceptability: CurvesPicture | None
    no_draws: str


@dataclass(frozen=True)
class FurtherState:
    """Everything under the three answers; a part that cannot be given holds the sentence of what is missing."""

    payback: CurvesPicture | None
    payers: TornadoPicture | None
    each: TableCardState
    switching: TableCardState
    outcomes: tuple[OutcomeState, ...]
    no_outcome: str
    scale: CurvesPicture | None
    no_scale: str
    staff_time: TableCardState
    missing: str


def further_state(held: RoleEconomics) -> FurtherState:
    """The further answers as far as the record carries them."""
    found, missing = held.further, missing_below(held)
    return FurtherState(
        payback=curves.payback_picture(found.curve) if found.curve else None,
        payers=curves.payers_picture(held),
        each=_each(held),
        switching=_switching(held, missing),
        outcomes=tuple(_outcome(view) for view in found.outcomes),
        no_outcome=found.lacks("outcomes"),
        scale=curves.scale_picture(found.scale) if found.scale else None,
        no_scale=found.lacks("scale"),
        staff_time=_staff_time(found.staff_time, found.lacks("staff time")),
        missing=missing,
    )


def _each(held: RoleEconomics) -> TableCardState:
    """Cost of each contact, client, outcome and whole-time equivalent, before and after."""
    found = held.further
    rows = [(f"Each {one.name}", *_sides(one)) for one in found.unit_costs]
    said = [one.sentence for one in found.unit_costs]
    if found.posts is not None:
        rows.append(("Each whole-time equivalent a month, as planned", "–", pounds(float(found.posts.a_month)), ""))
        said.append(found.posts.sentence)
    if found.before_a_year is not None:
        now = pounds(float(held.yearly_cost)) if held.yearly_cost is not None else "–"
        change = signed_pounds(float(held.yearly_cost - found.before_a_year)) if held.yearly_cost is not None else "–"
        rows.append(("A full year, as planned", pounds(float(found.before_a_year)), now, change))
        said.append(found.before_sentence)
    if not rows:
        return TableCardState(None, NO_UNITS)
    return TableCardState(table_of(("", "Before", "After", "Change"), rows), " ".join(said))


def _sides(one: UnitCostChange) -> tuple[str, str, str]:
    change = signed_pounds(one.after.pounds - one.before.pounds, 2) if one.after and one.before else "–"
    return _side(one.before), _side(one.after), change


def _side(one: UnitCost | None) -> str:
    return pounds(one.pounds, 2) if one else "–"


def _switching(held: RoleEconomics, missing: str) -> TableCardState:
    lines = held.further.switching
    if not lines:
        return TableCardState(None, missing)
    rows = [(line.name, line.now, line.needed or "cannot on its own") for line in lines]
    said = f"{held.further.equivalent_annual_sentence} {SWITCH_NOTE}".strip()
    return TableCardState(table_of(("What", "As planned", "To come out at nothing"), rows), said)


def _outcome(view: OutcomeView) -> OutcomeState:
    return OutcomeState(view.label, curves.plane_picture(view), curves.acceptability_picture(view), NO_DRAWS)


def _staff_time(view: StaffTimeView | None, missing: str) -> TableCardState:
    if view is None:
        return TableCardState(None, missing)
    found = view.found
    rows = [
        ("Cost of a client before", pounds(found.cost_per_client_before, 2)),
        ("Contacts for each client", signed_pounds(found.parts.contacts, 2)),
        ("Minutes a contact", signed_pounds(found.parts.minutes, 2)),
        ("Cost of an hour", signed_pounds(found.parts.rate, 2)),
        ("Cost of a client after", pounds(found.cost_per_client_after, 2)),
    ]
    if found.break_even_minutes is not None and found.break_even_contacts is not None:
        rows.append(("Minutes a contact at which nothing would change", number(found.break_even_minutes, 1)))
        rows.append(("Contacts for each client at which nothing would change", number(found.break_even_contacts, 1)))
    return TableCardState(table_of(("Staff time for one client", "£ or number"), rows), view.sentence)
