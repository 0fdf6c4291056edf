from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.checks import check_file
from db.operations.imports import Existing
from db.queries.series import series
from desktop.jobs import InlineJobs
from desktop.pages.importing.draft import LEAVE, STEPS
from desktop.pages.importing.page import ImportPage
from desktop.pages.importing.sheet import CellKind, corners
from desktop.sample import write_sample_to
from desktop.session import Session
from tests.desktop.pages.importing_sheets import session
from tests.reference import needs

__all__ = ["session"]

MONTHS = [(2023 + i // 12, i % 12 + 1) for i in range(18)]
SHEET = "Activity of the team\n\nMonth,Admissions,Home visits\n" + "".join(
    f"01/{m:02d}/{y},{30 + i % 5},{12 + i}\n" for i, (y, m) in enumerate(MONTHS)
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "activity.csv"
    path.write_text(SHEET.replace(",20\n", ",12-\n").replace("/2023,34,16", "/2023,3400,16"), encoding="utf-8")
    return path


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ImportPage:
    made = ImportPage(session)
    qtbot.addWidget(made)
    made.entered()
    return made


def go_to(page: ImportPage, step: str) -> None:
    while page.steps.current < STEPS.index(step):
        before = page.steps.current
        page.foot.next.click()
        assert page.steps.current == before + 1


def said(page: ImportPage) -> str:
    assert page.file.problem is not None
    return page.file.problem.fact.text()


def imported(page: ImportPage, path: Path, name: str = "Visitor") -> None:
    page.read(str(path))
    page.match.name.set_text(name)
    go_to(page, "Review")
    page.foot.go.click()


def test_a_sheet_goes_through_five_steps_into_a_new_role(page: ImportPage, session: Session, sheet: Path) -> None:
    page.read(str(sheet))
    assert page.steps.current == STEPS.index("Sheet and table")
    go_to(page, "Match")
    page.match.name.set_text("Visitor")
    page.match.launch.set_text("8 Apr 2024")
    go_to(page, "Review")
    assert page.foot.go.text() == "Import 34 values, hold 2"
    page.foot.go.click()
    assert session.role_id is not None
    held = series(session.need_store(), session.role_id)
    assert [(s.measure.name, len(s)) for s in held] == [("Admissions", 17), ("Home visits", 17)]
    assert held[0].sources[0] == "activity.csv, B4"
    assert session.facts.roles[0].launch is not None
    assert check_file(session.need_store().path).faults == ()


def test_cells_are_mended_kept_and_left_blank_in_place(page: ImportPage, sheet: Path) -> None:
    page.read(str(sheet))
    page.match.name.set_text("Visitor")
    go_to(page, "Review")
    assert [doubt.cell for doubt in page.review.doubts] == ["C12", "B8"]
    kinds = {kind for line in page.review.sheet.picture.kinds for kind in line}
    assert {CellKind.FIX, CellKind.CHECK, CellKind.HEADER} <= kinds
    page.review.issues.choose(0)
    assert page.review.take.text() == "Put in 12"
    page.review.take.click()
    assert page.review.issues.current is not None
    assert page.review.issues.current.cell == "B8"
    page.review.link.click()
    assert page.foot.go.text() == "Import 36 values"


def test_going_back_loses_no_decision(page: ImportPage, sheet: Path) -> None:
    page.read(str(sheet))
    page.match.name.set_text("Visitor")
    go_to(page, "Match")
    assert page.draft is not None
    page.match.matched.emit(page.draft.plan.targets[1].key, LEAVE)
    go_to(page, "Review")
    page.foot.back.click()
    page.foot.back.click()
    go_to(page, "Review")
    assert page.foot.go.text() == "Import 17 values, hold 1"


def test_the_same_file_again_is_nothing_new_and_an_import_is_undone(
    page: ImportPage, session: Session, sheet: Path
) -> None:
    imported(page, sheet)
    imported(page, sheet)
    assert page.foot.go.text() == "Nothing new to import"
    assert not page.foot.go.isEnabled()
    page._start_over()
    page.file.earlier.selectRow(0)
    page.file.undo.click()
    assert session.role_id is not None
    assert [len(s) for s in series(session.need_store(), session.role_id)] == []


def test_a_file_that_vanishes_or_is_refused_is_said_and_changes_nothing(
    page: ImportPage, session: Session, sheet: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page.read(str(broken))
    assert "broken.xlsx" in said(page)
    assert "Traceback" not in said(page)
    assert page.steps.current == 0
    page.read(str(sheet))
    sheet.unlink()
    page.reread_button.click()
    assert "activity.csv" in said(page)
    assert session.facts.roles == ()


def test_a_date_that_cannot_be_read_is_said_at_its_field(page: ImportPage, sheet: Path) -> None:
    page.read(str(sheet))
    go_to(page, "Match")
    page.match.name.set_text("")
    page.foot.next.click()
    assert "Give the role a name" in page.match.name.fault.text()
    page.match.name.set_text("Visitor")
    page.match.launch.set_text("soon")
    page.foot.next.click()
    assert "8 Apr 2024" in page.match.launch.fault.text()
    assert page.steps.current == STEPS.index("Match")


def test_values_held_are_kept_unless_replacing_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "sample.roleworth"
    write_sample_to(path)
    session = Session(InlineJobs())
    session.open(path)
    page = ImportPage(session)
    qtbot.addWidget(page)
    page.entered()
    gp = tmp_path / "gp.csv"
    gp.write_text("Month,GP contacts\nApr 2023,1\nMay 2023,2\nJun 2023,3\n", encoding="utf-8")
    page.read(str(gp))
    go_to(page, "Review")
    assert page.foot.go.text() == "Nothing new to import"
    page.review.existing_chosen.emit(Existing.REPLACE)
    assert page.foot.go.text() == "Import 3 values"
    session.close()


@pytest.mark.parametrize(("name", "least"), [("trafford-claimant-count.csv", 60), ("rtt-overview-ts.xlsx", 5000)])
def test_a_published_sheet_goes_through_by_screen(page: ImportPage, session: Session, name: str, least: int) -> None:
    imported(page, needs(f"sheets/{name}"), "From the sheet")
    assert session.role_id is not None
    assert sum(len(s) for s in series(session.need_store(), session.role_id)) >= least


def test_a_range_is_read_as_corners() -> None:
    assert corners("B10:AZ203") == (9, 1, 202, 51)


def test_a_mean_of_weeks_is_no_count_of_people_and_is_not_hidden_as_one(
    page: ImportPage, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "waits.csv"
    rows = "".join(f"01/{m:02d}/{y},{30 + i % 5},{4 + i % 3 / 10}\n" for i, (y, m) in enumerate(MONTHS))
    path.write_text("Month,People seen,Median wait (weeks)\n" + rows, encoding="utf-8")
    imported(page, path)
    assert session.role_id is not None
    held = {s.measure.name: s.measure.people_count for s in series(session.need_store(), session.role_id)}
    assert held == {"People seen": True, "Median wait (weeks)": False}
