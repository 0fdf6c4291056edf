"""The import window beyond the straight way: edges, several files, paste, recipes, doubts, ledgers, undo."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from analysis.vocabulary import Arm
from db.history import undo_state
from db.operations.imports import Existing
from db.queries.recipes import recipes
from db.queries.series import series
from desktop.pages.importing.draft import FILE, MATCH, REVIEW, TABLE
from desktop.pages.importing.edges_form import edge_of
from desktop.pages.importing.issue_list import MEND
from desktop.pages.importing.page import ImportPage
from desktop.pages.importing.sheet import CellKind
from desktop.pages.importing.sheet_view import moved
from desktop.session import Session
from importers.edges import Edges
from tests.desktop.keys import press, type_text
from tests.desktop.pages.importing_sheets import (
    BODY,
    MONTHS,
    at_file,
    brought_in,
    go_to,
    held_counts,
    page,
    session,
    sheet_text,
)

__all__ = ["page", "session"]


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


def test_an_unreadable_period_is_mended_in_the_list_and_its_row_comes_in(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    body = [line.replace("01/06/2024", "Junne 2024") for line in BODY]
    page.read(at_file(tmp_path, "activity.csv", sheet_text(body=body)))
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    assert [(doubt.cell, doubt.raw) for doubt in page.review.doubts] == [("A21", "Junne 2024")]
    assert page.foot.go.text() == "Import 34 values, hold 1"
    page.review.issues.mended.emit(page.review.doubts[0], "Jun 2024")
    assert page.foot.go.text() == "Import 36 values"
    page.foot.go.click()
    assert held_counts(session) == {"Admissions": 18, "Home visits": 18}


def test_values_of_a_comparator_stand_in_its_arm_and_next_month_remembers_it(
    page: ImportPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.read(at_file(tmp_path, "oak may.csv", sheet_text(body=BODY[:12])))
    page.match.name.set_text("Visitor")
    go_to(page, MATCH)
    assert page.match.whose.currentText() == "The role's own"
    page.match.whose_chosen.emit("whose values", 1)
    assert page.match.against.text().startswith("None is recorded for this role yet")
    go_to(page, REVIEW)
    page.foot.go.click()
    role_id = session.role_id or 0
    store = session.need_store()
    assert all(len(one) == 0 for one in series(store, role_id))
    assert {one.measure.name: len(one) for one in series(store, role_id, arm=Arm.COMPARATOR)} == {
        "Admissions": 12,
        "Home visits": 12,
    }
    following = at_file(tmp_path, "oak june.csv", sheet_text())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (following, ""))
    next(iter(page.file.recipes.values())).click()
    assert page.match.whose.currentText() == "Those of a comparator"
    assert page.foot.go.text() == "Import 12 values"


def test_every_shape_of_several_files_leaves_its_recipe(page: ImportPage, session: Session, tmp_path: Path) -> None:
    paths = [
        at_file(tmp_path, "a1.csv", sheet_text(body=BODY[:6])),
        at_file(tmp_path, "a2.csv", sheet_text(body=BODY[6:])),
        at_file(tmp_path, "calls.csv", sheet_text("Month,Calls,Letters")),
    ]
    page.open_with(paths)
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    page.foot.go.click()
    assert sorted(held.name for held in recipes(session.need_store())) == ["a1", "calls"]


def test_an_import_cancelled_while_it_is_written_leaves_nothing_behind(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    paths = [
        at_file(tmp_path, "a1.csv", sheet_text(body=BODY[:6])),
        at_file(tmp_path, "calls.csv", sheet_text("Month,Calls,Letters")),
    ]
    page.open_with(paths)
    page.match.name.set_text("Visitor")
    go_to(page, REVIEW)
    told: list[int] = []

    def stop(count: int) -> None:
        told.append(count)
        if count >= 12:
            page.doing.cancel()

    page.doing.written.connect(stop)
    before = undo_state(session.need_store())
    page.foot.go.click()
    assert told == [0, 0, 12]
    assert undo_state(session.need_store()) == before
    assert recipes(session.need_store()) == ()
    assert (session.facts.roles, session.facts.imports) == ((), ())
    assert page.outcomes.notice is not None
    assert "The import was cancelled" in page.outcomes.notice.accessibleName()
    page.doing.written.disconnect(stop)
    page.foot.go.click()
    assert held_counts(session) == {"Admissions": 6, "Home visits": 6, "Calls": 18, "Letters": 18}
