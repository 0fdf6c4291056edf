"""The sheet of what a reviewer of a business case looks for."""

from __future__ import annotations

from exporters.declared import Column, Kind, Sheet
from exporters.report import Report
from exporters.sheets_money import NUMBER, ROLE


def reviewer_checks_sheet(report: Report) -> Sheet:
    """Twenty checks of each role, how each stands in words, and where it is mended."""
    return Sheet(
        name="Reviewer_checks",
        title="What a reviewer will look for",
        about="Twenty checks of the plan for money: met, partly or not met, and why",
        columns=(
            NUMBER,
            ROLE,
            Column("at", "Check", Kind.NUMBER, 0, "number", 10.0),
            Column("asked", "What is looked for", width=38.0),
            Column("standing", "How it stands", width=14.0),
            Column("words", "Why", width=60.0),
            Column("where", "Where it is mended", width=20.0),
        ),
        rows=tuple(
            (role.number, role.label, one.number, one.asked, one.standing.value, one.words, one.where)
            for role in report.roles
            for one in role.reviewer
        ),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("The checks look at what is recorded, not at how good the answer is.",),
    )
