"""The first sheets: cover, contents, summary."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.finding_shapes import MeasureFinding
from analysis.periods import date_label
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import ROLE


def cover(report: Report) -> Sheet:
    """What this workbook is, from whom, of when."""
    data_to = date_label(report.data_to) if report.data_to else "[x]"
    rows: tuple[tuple[Cell, ...], ...] = (
        ("About", report.title),
        ("Producer", report.organisation or "[x]"),
        ("For", report.choices.audience),
        ("Date", date_label(report.today)),
        ("Period", report.period),
        ("Data to", data_to),
        ("Contact", report.choices.contact or "the producer named above"),
        ("Version", f"Roleworth {report.app_version}"),
        ("Small numbers", report.policy.title),
        *((("Reason for showing every number", report.policy.reason),) if report.policy.reason else ()),
        *((f"Decision asked, {role.label}", _decision(role)) for role in report.roles),
        *((f"Main finding, {role.label}", _headline(role)) for role in report.roles),
    )
    return Sheet(
        name="Cover",
        title=report.title,
        about="What this workbook is",
        columns=(Column("item", "Item", width=30.0), Column("text", "Details", width=60.0)),
        rows=rows,
    )


def _decision(role: ProtectedRole) -> str:
    """What whoever reads this is asked to decide, in the team's own words."""
    return role.profile.facts.decision_asked or "not recorded: ask the team what it is asking for"


def _headline(role: ProtectedRole) -> str:
    leading = role.finding.leading
    changed = leading.texts.statement if leading else "Nothing is recorded yet."
    level = f" Evidence {leading.evidence.label.lower()}: {leading.evidence.summary}" if leading else ""
    return f"{changed}{level} Worth it? {role.economics.worth_it}"


def contents(sheets: Sequence[Sheet]) -> Sheet:
    """One row for each sheet that follows."""
    return Sheet(
        name="Contents",
        title="Contents",
        about="The worksheets of this workbook",
        columns=(Column("sheet", "Worksheet", Kind.LINK, width=24.0), Column("about", "What is on it", width=60.0)),
        rows=tuple((sheet.name, sheet.about) for sheet in sheets),
    )


def summary(report: Report) -> Sheet:
    """One row for each role and measure: finding, interval, numbers, evidence, cautions, worth."""
    return Sheet(
        name="Summary",
        title="Summary: what changed, how sure we can be, was it worth it",
        about="One row for each role and measure, with evidence and cautions",
        columns=(
            ROLE,
            Column("measure", "Measure", width=24.0),
            Column("finding", "Finding", width=46.0),
            Column("change", "Change", width=18.0),
            Column("interval", "Interval", width=28.0),
            Column("n", "How many periods", width=30.0),
            Column("evidence", "Evidence level", width=16.0),
            Column("reading", "Reading", width=18.0),
            Column("cautions", "Cautions", width=58.0),
            Column("worth", "Worth its cost?", width=34.0),
        ),
        rows=tuple(_row(role, found) for role in report.roles for found in role.finding.measures),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(cannot_tell(report),),
        notes=("cause", "protection", "interval"),
    )


def cannot_tell(report: Report) -> str:
    """What no reader should take from this."""
    levels = [role.finding.evidence.level for role in report.roles if role.finding.evidence]
    if levels and max(levels) >= 3:
        return "What this cannot tell: whether the same would follow elsewhere, or with another person in the role."
    return (
        "What this cannot tell: whether the role caused the changes, whether the same would follow elsewhere, or with "
        "another person in the role."
    )


def _row(role: ProtectedRole, found: MeasureFinding) -> tuple[Cell, ...]:
    cautions = [*found.cautions, *role.finding.cautions]
    return (
        role.label,
        found.measure.label,
        found.texts.statement,
        found.texts.headline,
        found.texts.interval_line,
        found.texts.n_line,
        found.evidence.label,
        found.verdict.value,
        " ".join(caution.text for caution in cautions) or "none",
        role.economics.worth_it,
    )
