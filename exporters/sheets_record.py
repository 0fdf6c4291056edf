"""Sheets of the record around the figures: events, definitions, assumptions, readiness, voices, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import resources
from analysis.periods import date_label
from analysis.wording import pounds
from db.queries.exports import PastExport
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.policy import title_of
from exporters.protected_notes import HIDDEN
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import ROLE
from exporters.values import NOT_AVAILABLE, unit_of

_DAYS = 14.0


def events(report: Report) -> Sheet:
    """Everything dated that can move a series."""
    rows = [row for role in report.roles for row in _event_rows(role)]
    return Sheet(
        name="Events",
        title="Launch and other events",
        about="Dated things that can move a series",
        columns=(
            ROLE,
            Column("when", "Date", Kind.DATE, width=20.0),
            Column("end", "To", Kind.DATE, width=20.0),
            Column("kind", "Kind", width=18.0),
            Column("title", "Event", width=44.0),
        ),
        rows=tuple(rows),
        source=report.came_from,
    )


def _event_rows(role: ProtectedRole) -> list[tuple[Cell, ...]]:
    line = role.role.timeline
    rows: list[tuple[Cell, ...]] = []
    if line.launch:
        rows.append((role.label, line.launch, line.phase_in_end or "one day", "launch", "The role began"))
    if line.ended:
        rows.append((role.label, line.ended, "one day", "end", f"The role: {role.role.lifecycle.value}"))
    held = role.role.events
    return rows + [(role.label, e.when, e.end or "one day", e.kind.value, e.title) for e in held]


def definitions(report: Report) -> Sheet:
    """What each measure is."""
    rows = [_definition_row(role, series.shown.measure.id) for role in report.roles for series in role.series]
    return Sheet(
        name="Definitions",
        title="Definitions of the measures",
        about="What each measure counts, its unit, and which way is better",
        columns=(
            ROLE,
            Column("measure", "Measure", width=28.0),
            Column("definition", "Definition", width=50.0),
            Column("unit", "Unit", width=18.0),
            Column("kind", "Kind", width=14.0),
            Column("purpose", "Why it is watched", width=14.0),
            Column("direction", "Better when", width=14.0),
            Column("frequency", "Recorded by", width=12.0),
            Column("people", "Counts people", width=12.0),
            Column("protection", "Protected here", width=26.0),
        ),
        rows=tuple(rows),
        source=report.came_from,
    )


_BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}


def _definition_row(role: ProtectedRole, measure_id: int) -> tuple[Cell, ...]:
    series = role.series_of(measure_id)
    measure = series.measure
    how = f"yes, {series.count_hidden} of {len(series.shown)} hidden" if series.applies else "no"
    return (
        role.label,
        measure.label,
        measure.definition or NOT_AVAILABLE,
        unit_of(measure),
        measure.kind.value,
        measure.purpose.value,
        _BETTER[measure.direction.value],
        measure.frequency.value,
        "yes" if measure.people_count else "no",
        how,
    )


def assumptions(report: Report) -> Sheet:
    """What the money answers rest on."""
    rows = [row for role in report.roles for row in _frame_rows(role)]
    return Sheet(
        name="Assumptions",
        title="The assumptions",
        about="What the money answers rest on",
        columns=(ROLE, Column("what", "What", width=34.0), Column("held", "Recorded", width=60.0)),
        rows=tuple(rows),
        source=report.came_from,
        notes=("assumed",),
    )


def _frame_rows(role: ProtectedRole) -> list[tuple[Cell, ...]]:
    held = role.economics
    rows = [
        ("Frame of the money answers", held.frame_sentence),
        ("When money flows in a year", held.facts.timing.replace("_", " ")),
        ("Costs not known", ", ".join(held.not_known) or "none"),
        (
            "What can be said",
            "; ".join(f"{step.title}: {step.gives}" for step in held.ladder if step.done) or "nothing",
        ),
        ("What one more fact would add", _missing(role)),
    ]
    for bar in held.sensitivity:
        text = f"{bar.low_input} to {bar.high_input}: net {pounds(float(bar.npv_low))} to {pounds(float(bar.npv_high))}"
        rows.append((f"If {bar.name[:1].lower()}{bar.name[1:]} were different", text))
    return [(role.label, *row) for row in rows]


def _missing(role: ProtectedRole) -> str:
    return "; ".join(f"{step.title}: {step.gives}" for step in role.economics.ladder if not step.done) or "nothing"


def readiness(report: Report) -> Sheet:
    """Barriers and enablers of the role as they were rated, newest first."""
    names = {factor["key"]: factor for factor in resources.load("factors")["factors"]}
    rows = [_rating_row(role, rating, names) for role in report.roles for rating in reversed(role.ratings)]
    return Sheet(
        name="Readiness",
        title="Barriers and enablers of the role",
        about="How each factor was rated, since when, and what is being done",
        columns=(
            ROLE,
            Column("factor", "Factor", width=40.0),
            Column("state", "State", width=16.0),
            Column("since", "Since", Kind.DATE, width=20.0),
            Column("action", "What is being done", width=44.0),
            Column("review", "Review", Kind.DATE, width=20.0),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; list of factors: {resources.load('factors')['source']}",
        lines=("A factor that is not listed has not been looked at. Ratings are never added up to a score.",),
    )


def _rating_row(role: ProtectedRole, rating: Mapping[str, Any], names: Mapping[str, Any]) -> tuple[Cell, ...]:
    factor = names.get(rating["factor_key"], {})
    return (
        role.label,
        factor.get("label", rating["factor_key"]),
        rating["state"],
        rating["since"],
        rating["action"] or "none",
        rating["review_on"] or "none",
    )


def voices(report: Report) -> Sheet:
    """What staff, patients, carers and managers said."""
    rows = [
        (role.label, note["noted_on"], note["voice"], note["theme"] or "not stated", note["text"])
        for role in report.roles
        for note in role.profile.notes
    ]
    return Sheet(
        name="Voices",
        title="What people said of the role",
        about="Notes by theme and by whose voice it is",
        columns=(
            ROLE,
            Column("when", "Date", Kind.DATE, width=20.0),
            Column("voice", "Whose voice", width=14.0),
            Column("theme", "Theme", width=24.0),
            Column("text", "Note", width=60.0),
        ),
        rows=tuple(rows),
        source=report.came_from,
    )


def cell_notes(report: Report) -> list[Sheet]:
    """What was noted on single values, where anything was; what is said of a hidden value is hidden with it."""
    rows = [
        (role.label, one.measure, one.period, one.whose, one.text, one.written_on or NOT_AVAILABLE)
        for role in report.roles
        for one in role.notes
    ]
    sheet = Sheet(
        name="Cell_notes",
        title="Notes on single values",
        about="What the team noted on single values, by measure and period",
        columns=(
            ROLE,
            Column("measure", "Measure", width=32.0),
            Column("period", "Period", width=22.0),
            Column("whose", "Value of", width=20.0),
            Column("text", "Note", width=60.0),
            Column("day", "Written on", Kind.DATE, width=20.0),
        ),
        rows=tuple(rows),
        source=report.came_from,
        notes=("protection",) if any(one.text == HIDDEN for role in report.roles for one in role.notes) else (),
    )
    return [sheet] if rows else []


def provenance(report: Report) -> Sheet:
    """What made these figures: versions, hashes, methods, files."""
    rows: list[tuple[Cell, ...]] = [
        ("Roleworth", "version", report.app_version),
        ("Evaluation file", "name", report.file_name),
    ]
    for role in report.roles:
        rows.append((role.label, "engine of findings", role.finding.engine))
        rows.append((role.label, "engine of money", role.economics.engine))
        rows.append((role.label, "SHA-256 of the facts shown", role.finding.input_hash))
        rows += [(role.label, f"method, {f.measure.label}", f.texts.method_line) for f in role.finding.measures]
    for one in report.imports:
        counts = f"{one.added} added, {one.replaced} replaced, {one.unchanged} unchanged, {one.held} held"
        rows.append((one.file_name, f"imported {one.imported_at[:10]}", f"{counts}{', undone' if one.undone else ''}"))
    rows += [(one.file_name or "Copied", _left(one), one.file_sha256) for one in _of_these(report)]
    return Sheet(
        name="Provenance",
        title="Where the figures come from",
        about="Versions, methods, fingerprints of the facts, every import and every earlier export",
        columns=(
            Column("of", "Of", width=34.0),
            Column("what", "What", width=40.0),
            Column("held", "Recorded", width=60.0),
        ),
        rows=tuple(rows),
        notes=("sources",),
    )


def _of_these(report: Report) -> list[PastExport]:
    """The exports that held one of these roles: what was sent of others is nobody's business here."""
    labels = {role.label for role in report.roles}
    return [one for one in report.exports if labels & set(one.roles.split("; "))]


def _left(one: PastExport) -> str:
    """`left 3 June 2025 as workbook, for the board, by Hide 1 to 7`: one earlier export in words."""
    whom = f", for {one.audience}" if one.audience else ""
    when = date_label(date.fromisoformat(one.made_at[:10]))
    return f"left on {when} as {one.kind}{whom}; {title_of(one.policy)}; SHA-256"
