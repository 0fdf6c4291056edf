from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from analysis.periods import Frequency, month
from analysis.vocabulary import MeasureKind
from db.answers import RoleAnswer
from desktop.grid.clipboard import Copied, copied
from desktop.grid.edits import Area, copied_with_headings
from desktop.pages.data.drafts import Place
from desktop.pages.data.placing import place_block, place_copied
from desktop.pages.data.recorded import recorded
from desktop.pages.data.state import DataState, data_state
from desktop.session import Session
from importers.clipboard import WINDOWS_SHEET
from tests.desktop.pages.sample import role_named

TODAY = date(2025, 6, 12)
HERE = Area(0, 0, 0, 0)


@pytest.fixture
def answer(session: Session) -> RoleAnswer:
    answers: list[RoleAnswer] = []
    session.answer(role_named(session, "Care navigator"), answers.append)
    return answers[0]


@pytest.fixture
def state(answer: RoleAnswer) -> DataState:
    return data_state(recorded(answer, TODAY))


def texts(state: DataState, block: list[list[str]], area: Area = HERE) -> dict[Place, str]:
    placed = place_block(state, area, block)
    assert placed.batch is not None, placed.problem
    return dict(placed.batch.texts)


def test_a_pasted_header_row_places_the_columns(state: DataState) -> None:
    placed = place_block(state, Area(3, 0, 3, 0), [["gp  contacts", "A&E"], ["1", "2"], ["3", "4"]])
    assert placed.batch is not None
    assert placed.batch.texts == {
        (state.periods[3], state.measures[2].id): "1",
        (state.periods[3], state.measures[0].id): "2",
        (state.periods[4], state.measures[2].id): "3",
        (state.periods[4], state.measures[0].id): "4",
    }
    assert placed.how == "Headings matched 2 measures."


def test_a_pasted_column_of_periods_places_the_rows(state: DataState) -> None:
    placed = place_block(state, Area(0, 1, 0, 1), [["Apr 25", "7"], ["June 2025", "8"]])
    assert placed.batch is not None
    assert placed.batch.texts == {
        (month(2025, 4), state.measures[1].id): "7",
        (month(2025, 6), state.measures[1].id): "8",
    }


def test_a_column_of_figures_is_not_taken_for_years(state: DataState) -> None:
    placed = place_block(state, Area(0, 0, 0, 0), [["2024", "7"], ["2025", "8"]])
    assert placed.batch is not None
    assert placed.batch.texts[(state.periods[0], state.measures[0].id)] == "2024"


def test_a_paste_past_the_last_row_adds_rows(state: DataState) -> None:
    last = len(state.periods) - 1
    placed = place_block(state, Area(last, 0, last, 0), [["1"], ["2"], ["3"]])
    assert placed.batch is not None
    assert [period.label for period, _ in placed.batch.texts] == ["Jun 25", "Jul 25", "Aug 25"]
    assert placed.how == "2 rows added: Jul 25 to Aug 25. That reaches past today."


def test_a_paste_past_the_last_measure_is_refused_in_words(state: DataState) -> None:
    last = len(state.measures) - 1
    placed = place_block(state, Area(0, last, 0, last), [["1", "2", "3"]])
    assert placed.batch is None
    assert placed.problem == "The block is 2 columns wider than the measures from here. Nothing was pasted."


def test_one_value_fills_the_chosen_area(state: DataState) -> None:
    placed = place_block(state, Area(0, 0, 1, 1), [["5"]])
    assert placed.batch is not None
    assert list(placed.batch.texts.values()) == ["5"] * 4


@pytest.mark.parametrize("days", [("01/04/2025", "01/05/2025"), ("30/04/2025", "31/05/2025")])
def test_the_days_a_spreadsheet_writes_for_months_are_months_where_the_measure_is_monthly(
    state: DataState, days: tuple[str, str]
) -> None:
    block = [["Month", "A&E attendances"], [days[0], "7"], [days[1], "8"]]
    first = state.measures[0].id
    assert texts(state, block) == {(month(2025, 4), first): "7", (month(2025, 5), first): "8"}


def test_columns_whose_heading_names_no_measure_are_left_out_by_name(state: DataState) -> None:
    placed = place_block(state, HERE, [["", "A&E attendances", "Bed days"], ["Apr 25", "7", "1"]])
    assert placed.how.endswith("Left out, because no measure here has that name: Bed days.")
    assert placed.batch is not None
    assert list(placed.batch.texts.values()) == ["7"]


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (
            [["", "A&E attendances"], ["Apr 25", "1"], ["May 25", "2"], ["Total", "3"]],
            "'Total' stands among the periods",
        ),
        ([["Month", "Bed days"], ["Apr 25", "1"], ["May 25", "2"]], "No measure here has the name of a heading"),
        ([["Apr 25", "1"], ["May 25", "2"], ["Apr 25", "3"]], "Apr 25 stands in the block twice"),
        ([["A&E attendances", "A&E"], ["1", "2"]], "A&E attendances stands in the block twice"),
    ],
)
def test_a_block_that_cannot_be_placed_says_why_and_changes_nothing(
    state: DataState, block: list[list[str]], why: str
) -> None:
    placed = place_block(state, HERE, block)
    assert placed.batch is None
    assert placed.problem.startswith(why)
    assert "Nothing was pasted." in placed.problem


def test_an_empty_line_in_a_dated_block_is_no_period_and_no_fault(state: DataState) -> None:
    assert list(texts(state, [["Apr 25", "7"], ["", ""], ["May 25", "8"]]).values()) == ["7", "8"]


def test_parts_of_a_whole_are_not_taken_for_financial_years(answer: RoleAnswer) -> None:
    own = answer.series[0]
    share = replace(own, measure=replace(own.measure, kind=MeasureKind.PROPORTION))
    state = data_state(recorded(replace(answer, series=(share, *answer.series[1:])), TODAY))
    kinds = {period.frequency for period, _ in texts(state, [["11/12", "3"], ["12/13", "4"]])}
    assert kinds == {Frequency.MONTH}


def test_what_is_copied_with_headings_goes_back_where_it_came_from(state: DataState) -> None:
    area = Area(3, 1, 5, 2)
    block = copied_with_headings(state.grid, area)
    wanted = {(state.periods[r], state.measures[c].id): state.grid.cells[r][c].raw for r, c in area}
    assert texts(state, block, Area(9, 0, 9, 0)) == wanted
    turned = data_state(state.recorded, flipped=True)
    assert texts(turned, copied_with_headings(turned.grid, area.turned()), HERE) == wanted


SHEET = """<table><tr><td>GP contacts</td></tr><tr><td sdval="171.6" sdnum="1033;0;0">172</td></tr>
<tr><td sdval="173" sdnum="1033;">173</td></tr></table>"""


def test_figures_are_taken_as_the_cells_of_a_spreadsheet_hold_them_and_it_is_said(state: DataState) -> None:
    placed = place_copied(state, HERE, Copied("GP contacts\n172\n173\n", page=SHEET))
    assert placed.batch is not None
    assert list(placed.batch.texts.values()) == ["171.6", "173"]
    assert placed.how == (
        "Headings matched 1 measure. 1 figure taken as its cell holds it, not rounded as shown: 171.6 for 172."
    )


def test_the_clipboard_is_read_for_the_workbook_or_the_page_beside_its_text(qapp: QApplication) -> None:
    held = QMimeData()
    held.setText("172\n173\n")
    held.setHtml(SHEET.replace("<tr><td>GP contacts</td></tr>", ""))
    assert copied(held).whole == "171.6\n173"
    held.setData(WINDOWS_SHEET, b"<not a workbook")
    assert copied(held).whole == "172\n173\n"
    qapp.clipboard().setText("1\t2")
    assert copied().shown == [["1", "2"]]
    assert copied().said == ""
    qapp.clipboard().clear()
    assert (copied().shown, copied().whole) == ([], "")
