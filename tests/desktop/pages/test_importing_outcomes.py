"""After the import: ledgers and their costs, undo at any time, cancel."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from db.backup import backups
from db.operations.observations import CellKey, record_observations
from db.queries.series import series
from desktop.jobs import Jobs
from desktop.pages.importing.draft import FILE, MATCH, REVIEW
from desktop.pages.importing.outcomes import UNDO
from desktop.pages.importing.page import ImportPage
from desktop.pages.importing.reader import Reader
from desktop.pages.importing.reading import Wanted
from desktop.pages.importing.sources import Say
from desktop.session import Session
from desktop.widgets import ProgressLine
from importers.child import Cancel
from importers.edges import Edges
from importers.inspection import Inspection
from tests.desktop.pages.importing_sheets import (
    BODY,
    at_file,
    brought_in,
    go_to,
    held_counts,
    page,
    session,
    sheet_text,
)

__all__ = ["page", "session"]


LEDGER = "Period,Subjective description,Net amount,Gross amount\n" + "".join(
    f"01/{m:02d}/2024,{line},{net},{net + 5}\n"
    for m in range(1, 13)
    for line, net in (("Pay", 3000), ("Pay", 100), ("Travel", 40))
)


def test_a_ledger_says_how_it_was_summed_and_plans_costs_that_can_be_undone(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    page.read(at_file(tmp_path, "ledger.csv", LEDGER))
    assert page.draft is not None
    (issue,) = [one.message for one in page.draft.inspection.issues if "ledger" in one.message]
    assert "passed over: Gross amount (column D)" in issue
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    page.foot.go.click()
    boxes = page.outcomes.costs.boxes
    assert [(line.label, line.pence, line.months) for _, line in boxes] == [("Pay", 310_000, 12), ("Travel", 4_000, 12)]
    boxes[1][0].setChecked(False)
    page.outcomes.costs.add_lines.click()
    assert session.facts.undo == "Add 1 cost line from ledger.csv"
    session.undo()
    assert session.facts.undo.startswith("Import ledger.csv")


def test_an_import_is_undone_at_any_later_time_and_edited_cells_are_listed(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    brought_in(page, at_file(tmp_path, "may.csv", sheet_text()))
    assert session.role_id is not None
    held = series(session.need_store(), session.role_id)[0]
    key = CellKey(session.role_id, held.measure.id, held.periods[0])
    session.change(record_observations, cleared=[key], label="Clear a value")
    page.file.earlier.selectRow(0)
    page.file.undo.click()
    assert [row[2].text for row in page.file.edited.shown.rows] == ["Clear a value"]
    assert held_counts(session)["Admissions"] == 17
    session.undo()
    page.open_with(("undo", session.facts.imports[0].id))
    assert held_counts(session) == {}
    assert session.facts.imports[0].undone
    session.redo()
    assert held_counts(session) == {"Admissions": 18, "Home visits": 18}


def test_undo_stands_beside_what_was_imported(page: ImportPage, session: Session, tmp_path: Path) -> None:
    brought_in(page, at_file(tmp_path, "may.csv", sheet_text()))
    assert page.outcomes.notice is not None
    page.outcomes.notice.answered.emit(UNDO)
    assert held_counts(session) == {}
    assert backups(session.need_store())[0].reason == "before an import was undone"


class Slow:
    """A source that is read until it is told to stop."""

    name, note = "slow.xlsx", ""

    def __init__(self) -> None:
        self.begun, self.stopped = threading.Event(), threading.Event()

    def inspect(self, say: Say, stop: Cancel, edges: Sequence[Edges] = ()) -> Inspection:
        say(0.1, f"Reading, {len(edges)} edges")
        self.begun.set()
        while not stop.is_set():
            self.begun.wait(0.01)
        self.stopped.set()
        raise UserProblem("slow.xlsx was not read: reading it was cancelled.", "Nothing has been saved.")


def test_reading_is_cancelled_at_once_and_says_nothing_more(qtbot: QtBot) -> None:
    session, progress, source = Session(Jobs()), ProgressLine(), Slow()
    qtbot.addWidget(progress)
    reader = Reader(session, progress, session)
    heard: list[object] = []
    reader.read.connect(heard.append)
    reader.refused.connect(heard.append)
    with qtbot.waitSignal(session.jobs.busy):
        reader.start(Wanted((source,), None, None))
    qtbot.waitUntil(source.begun.is_set)
    qtbot.waitUntil(progress.isVisible)
    progress.cancelled.connect(reader.cancel)
    progress.cancelled.emit()
    qtbot.waitUntil(lambda: session.jobs.count == 0)
    assert source.stopped.is_set()
    assert heard == []
    assert not progress.isVisible()


def test_cancel_leaves_nothing_behind_and_changing_the_role_loses_no_decision(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    body = [line.replace(",20", ",12-") for line in BODY]
    brought_in(page, at_file(tmp_path, "first.csv", sheet_text(body=BODY[:3])), "Visitor")
    page.read(at_file(tmp_path, "activity.csv", sheet_text("Month,Calls,Visits", body)))
    go_to(page, REVIEW)
    page.review.issues.choose(0)
    page.review.take.click()
    page.steps.asked.emit(MATCH)
    page.match.role.setCurrentIndex(1)
    page.match.role_chosen.emit(1)
    assert page.draft is not None
    assert list(page.draft.fixes.values()) == ["12"]
    page.entered()
    assert page.match.role.currentText() == "A new role"
    page.foot.cancel.click()
    assert page.steps.current == FILE
    assert page.header().facts == ()
    assert held_counts(session) == {"Admissions": 3, "Home visits": 3}
