"""What F4 tells of in the Report: a measure that goes in, or the report itself and what left before it. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from db.answers import RoleAnswer
from db.queries.exports import PastExport
from desktop.pages.report.past import past_words
from desktop.pages.report.state import ReportState
from desktop.pages.role.subject import Subject, rows_subject


def report_subject(answer: RoleAnswer, state: ReportState | None, past: Sequence[PastExport]) -> Subject:
    """The report as it would be now: its policy, the period it covers, and every export before it as a note."""
    report = state.report if state else None
    said = [("Source", f"the record of {answer.role.name} as it stands now")]
    if report is not None:
        said += [
            ("Period", report.period),
            ("Small numbers", report.policy.words),
            ("Hidden", f"{report.count_hidden:,} values"),
            ("Data", f"SHA-256 {report.data_hash[:12]}"),
        ]
    notes = tuple(f"{what}: {words}" for what, words in map(past_words, past))
    return rows_subject("This report", tuple(said), (), notes=notes, how=True)
