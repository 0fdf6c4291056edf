"""The import window beyond the straight way: edges, several files, paste, recipes, doubts, ledgers, undo."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from db.operations.imports import Existing
from db.operations.observations import CellKey, record_observations
from db.queries.series import series
from db.store import create
from desktop.jobs import InlineJobs, Jobs
from desktop.pages.importing.draft import FILE, MATCH, REVIEW, TABLE
from desktop.pages.importing.edges_form import edge_of
from desktop.pages.importing.issue_list import MEND
from desktop.pages.importing.outcomes import UNDO
from desktop.pages.importing.page import ImportPage
from desktop.pages.importing.reader import Reader
from desktop.pages.importing.reading import Wanted
from desktop.pages.importing.sheet import CellKind
from desktop.pages.importing.sheet_view import moved
from desktop.pages.importing.sources import Say
from desktop.session import Session
from desktop.widgets import ProgressLine
from importers.child import Cancel
from importers.edges import Edges
from importers.inspection import Inspection
from tests.desktop.keys import press, type_text

MONTHS = [(2023 + i // 12, i % 12 + 1) for i in range(18)]
BODY = [f"01/{m:02d}/{y},{30 + i % 5},{12 + i}" for i, (y, m) in enumerate(MONTHS)]


def sheet_text(heads: str = "Month,Admissions,Home visits", body: list[str] | None = None) -> str:
    return "Activity of the team\n\n" + "\n".join([heads, *(body or BODY)]) + "\n"


def at_file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "roles.roleworth"
    create(path).close()
    held = Session(InlineJobs())
    held.open(path)
    yield held
    held.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ImportPage:
    made = ImportPage(session)
    qtbot.addWidget(made)
    made.resize(1280, 680)
    made.show()
    made.entered()
    return made


def go_to(page: ImportPage, step: int) -> None:
    while page.steps.current < step:
        before = page.steps.current
        page.foot.next.click()
        assert page.steps.current == before + 1


def brought_in(page: ImportPage, path: str, name: str = "Visitor") -> None:
    page.read(path)
    if not page.match.name.isHidden() and page.match.fault() is not None:
        page.match.name.set_text(name)
    go_to(page, REVIEW)
    page.foot.go.click()


def held_counts(session: Session) -> dict[str, int]:
    assert session.role_id is not None
    return {s.measure.name: len(s) for s in series(session.need_store(), session.role_id)}


def test_reading_the_file_again_keeps_every_answer_and_takes_what_has_changed(page: ImportPage, tmp_path: Path) -> None:
    body = [line.replace(",20", ",12-") for line in BODY]
    path = at_file(tmp_path, "activity.csv", sheet_text(body=body))
    page.read(path)
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    page.review.issues.choose(0)
    page.review.take.click()
    page.review.existing_chosen.emit(Existing.REPLACE)
    at_file(tmp_path, "activity.csv", sheet_text(body=[*body, "01/07/2024,31,44"]))
    page.reread_button.click()
    assert page.steps.current == REVIEW
    assert page.draft is not None
    assert page.draft.existing is Existing.REPLACE
    assert list(page.draft.fixes.values()) == ["12"]
    assert page.match.name.text == "Visitor"
    assert page.foot.go.text() == "Import 38 values"


def test_a_mended_cell_is_listed_and_can_be_put_back(page: ImportPage, tmp_path: Path) -> None:
    body = [line.replace(",20", ",12-") for line in BODY]
    page.read(at_file(tmp_path, "activity.csv", sheet_text(body=body)))
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    page.review.issues.choose(0)
    page.review.blank.click()
    assert page.foot.go.text() == "Import 35 values"
    page.review.counts.choose("mended")
    assert [(doubt.cell, doubt.raw) for doubt in page.review.doubts] == [("C12", "left blank")]
    page.review.issues.choose(0)
    page.review.link.click()
    assert page.foot.go.text() == "Import 35 values, hold 1"


def test_a_value_is_typed_into_the_list_where_it_stands(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    body = [line.replace(",20", ",tbc") for line in BODY]
    page.read(at_file(tmp_path, "activity.csv", sheet_text(body=body)))
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    issues = page.review.issues
    issues.choose(0)
    issues.edit(issues.model().index(0, MEND))
    editor = QApplication.focusWidget() or issues.indexWidget(issues.model().index(0, MEND))
    if editor is issues or editor is None:
        editor = issues.viewport().focusWidget()
    assert editor is not None
    type_text(editor, "23")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.foot.go.text() == "Import 36 values")


def test_edges_set_by_keyboard_are_read_and_the_table_is_found_again(page: ImportPage, tmp_path: Path) -> None:
    page.read(at_file(tmp_path, "activity.csv", sheet_text()))
    form = page.table.edges
    assert {name: field.text for name, field in form.fields.items()} == {
        "header_row": "3",
        "first_row": "4",
        "last_row": "21",
        "first_column": "A",
        "last_column": "C",
    }
    press(form.fields["last_row"].input, Qt.Key.Key_Up)
    assert page.table.view.frame is not None
    assert page.table.view.frame.last_row == 19
    form.fields["last_column"].input.setText("b")
    press(form.fields["last_column"].input, Qt.Key.Key_Return)
    assert page.outlook is not None
    assert len(page.outlook.ready) == 17
    assert page.table.view.picture.texts[20][2] == "29"
    form.again.click()
    assert page.outlook is not None
    assert len(page.outlook.ready) == 36


def test_edges_that_enclose_nothing_are_said_and_not_read(page: ImportPage, tmp_path: Path) -> None:
    page.read(at_file(tmp_path, "activity.csv", sheet_text()))
    form = page.table.edges
    form.fields["last_row"].input.setText("2")
    form.use.click()
    assert "needs a header row" in form.fault.text()
    assert page.draft is not None
    assert page.draft.edges == ()
    with pytest.raises(UserProblem, match="is no column"):
        edge_of("last_column", "7")


def test_an_edge_is_dragged_with_the_mouse(page: ImportPage, tmp_path: Path) -> None:
    page.read(at_file(tmp_path, "activity.csv", sheet_text()))
    view = page.table.view
    view.verticalScrollBar().setValue(0)
    box = view.visualRect(view.model().index(2, 0))
    right = view.visualRect(view.model().index(4, 2))
    target = view.visualRect(view.model().index(4, 1))
    start = QPointF(right.right() + 1, right.center().y()).toPoint()
    end = QPointF(target.center()).toPoint()
    assert box.isValid()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert page.draft is not None
    assert [edges.range for edges in page.draft.edges] == ["A3:B21"]


@pytest.mark.parametrize(
    ("name", "place", "wanted"),
    [("header_row", 9, 3), ("first_row", 0, 3), ("last_row", 0, 4), ("first_column", 9, 1), ("last_column", 0, 1)],
)
def test_an_edge_moves_only_as_far_as_the_others_let_it(name: str, place: int, wanted: int) -> None:
    assert getattr(moved(Edges("S", 2, 4, 9, 0, 2), name, place), name) == wanted


def test_the_sheet_is_marked_with_header_periods_and_what_was_left_out(page: ImportPage, tmp_path: Path) -> None:
    page.read(at_file(tmp_path, "activity.csv", sheet_text()))
    picture = page.table.view.picture
    assert picture.kinds[0][0] is CellKind.LEFT_OUT
    assert picture.kinds[2][1] is CellKind.HEADER
    assert picture.kinds[3][0] is CellKind.AXIS
    assert {kind.value for kind in picture.shown_kinds()} == {"header", "period", "left out"}


def test_a_pasted_table_takes_the_same_five_steps_and_is_never_a_file(page: ImportPage, session: Session) -> None:
    QApplication.clipboard().setText("\n".join(["Month\tAdmissions", *(f"{m}/{y}\t{m}" for y, m in MONTHS[:6])]))
    press(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.file.block.input.toPlainText().startswith("Month\tAdmissions")
    page.file.read_block.click()
    assert page.steps.current == TABLE
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    page.foot.go.click()
    assert held_counts(session) == {"Admissions": 6}
    assert session.facts.imports[0].file_name == "Pasted table"


def test_a_pasted_list_of_people_is_refused_with_nothing_kept(page: ImportPage, session: Session) -> None:
    page.read_text(
        "NHS number\tName\tDate of birth\n9434765919\tA Person\t01/02/1950\n9434765870\tB Person\t02/03/1951"
    )
    assert page.steps.current == FILE
    assert page.file.problem is not None
    assert "NHS number" in page.file.problem.fact.text()
    assert "9434765919" not in page.file.problem.fact.text() + page.file.problem.detail.text()
    assert session.facts.imports == ()


def test_several_files_come_in_with_one_mapping_and_one_can_be_left_out(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    paths = [at_file(tmp_path, f"part {at}.csv", sheet_text(body=BODY[at * 6 : at * 6 + 6])) for at in range(3)]
    page.open_with(paths)
    assert page.draft is not None
    assert page.draft.name == "part 0.csv and 2 more files"
    page.match.name.set_text("Visitor")
    go_to(page, TABLE)
    page.table.ticked.emit(2, "(csv)", False)
    assert page.draft is not None
    page.match.matched.emit(page.draft.targets()[1].key, "Leave out")
    go_to(page, REVIEW)
    assert page.foot.go.text() == "Import 12 values"
    page.foot.go.click()
    assert held_counts(session) == {"Admissions": 12}
    assert [held.file_name for held in session.facts.imports] == ["part 1.csv", "part 0.csv"]


def test_the_period_of_a_whole_sheet_is_one_question_that_a_typed_period_answers(
    page: ImportPage, tmp_path: Path
) -> None:
    text = "Figures for April 2025\n\nPractice,Code,Referrals\nElm,A81001,20\nOak,A82001,9\nAsh,A83001,4\n"
    page.read(at_file(tmp_path, "practices.csv", text))
    key = next(key for key in page.table.questions.periods)
    combo, field = page.table.questions.combos[key], page.table.questions.periods[key]
    assert combo.currentText().startswith("April 2025 (from ")
    field.input.setText("soon")
    field.input.editingFinished.emit()
    assert "Write it as" in field.fault.text()
    field.input.setText("Mar 2025")
    field.input.editingFinished.emit()
    assert page.outlook is not None
    assert {value.period.label for _, value in page.outlook.ready} == {"Mar 25"}


def test_next_months_file_goes_straight_to_the_review_by_its_recipe(
    page: ImportPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(page, at_file(tmp_path, "may.csv", sheet_text(body=BODY[:12])))
    following = at_file(tmp_path, "june.csv", sheet_text())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (following, ""))
    next(iter(page.file.recipes.values())).click()
    assert page.steps.current == REVIEW
    assert page.foot.go.text() == "Import 12 values"
    page.foot.go.click()
    assert held_counts(session) == {"Admissions": 18, "Home visits": 18}


def test_a_changed_heading_is_shown_and_asked_before_anything_is_imported(
    page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(page, at_file(tmp_path, "may.csv", sheet_text()))
    changed = at_file(tmp_path, "june.csv", sheet_text("Month,Admissions,Home visit count"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (changed, ""))
    next(iter(page.file.recipes.values())).click()
    assert page.steps.current == TABLE
    assert page.draft is not None
    assert page.draft.plan.changes.sentences == ("Renamed: Home visits is now Home visit count",)
    (key,) = page.table.questions.combos
    assert key.startswith("renamed ")
    assert "Home visit count" in page.match.recipe.text()


def test_both_values_are_shown_where_one_is_held_and_stop_stops(page: ImportPage, tmp_path: Path) -> None:
    brought_in(page, at_file(tmp_path, "may.csv", sheet_text()))
    page.read(at_file(tmp_path, "may again.csv", sheet_text(body=[BODY[0].replace(",30,", ",99,"), *BODY[1:]])))
    go_to(page, REVIEW)
    page.review.counts.choose("different")
    (doubt,) = page.review.doubts
    assert (doubt.cell, doubt.raw) == ("B4", "99")
    assert "held is 30" in doubt.message
    page.review.existing_chosen.emit(Existing.STOP)
    assert not page.foot.go.isEnabled()
    page.review.existing_chosen.emit(Existing.REPLACE)
    assert page.foot.go.text() == "Import 1 value"


def test_the_list_is_saved_as_a_workbook(page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = [line.replace(",20", ",12-") for line in BODY]
    page.read(at_file(tmp_path, "activity.csv", sheet_text(body=body)))
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    target = tmp_path / "to fix"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.review.save_list.click()
    sheet = openpyxl.load_workbook(tmp_path / "to fix.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]][:2] == ["C12", "12-"]


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
