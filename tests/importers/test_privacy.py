"""People are found before anything else reads the sheet, and their values never leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems import UserProblem
from importers.plans import propose
from importers.privacy import valid_nhs_number
from tests.importers.sheets import MONTHS, csv_of, points, xlsx_of


def nhs_numbers(count: int) -> list[str]:
    """Numbers of the 999 range, which is kept for tests, with a right check digit."""
    found = []
    for serial in range(100_000, 200_000):
        found += [f"999{serial}{check}" for check in range(10) if valid_nhs_number(f"999{serial}{check}")]
        if len(found) >= count:
            break
    return found[:count]


def test_a_list_of_patients_is_refused_and_no_value_is_in_the_answer(tmp_path: Path) -> None:
    numbers = nhs_numbers(6)
    rows = [
        ("NHS number", "Surname", "Month", "Cost"),
        *((n, "Testperson", m, 5) for n, m in zip(numbers, MONTHS, strict=True)),
    ]
    inspection = xlsx_of(tmp_path, rows)
    said = json.dumps(inspection.as_json())
    assert inspection.verdict == "refuse"
    assert {found.kind for found in inspection.personal_data} == {"nhs_number", "name"}
    assert "Testperson" not in said
    assert not any(number in said for number in numbers)
    with pytest.raises(UserProblem, match="patients"):
        propose(inspection)


@pytest.mark.parametrize("shape", ["plain", "spaced", "float"])
def test_nhs_numbers_are_found_in_every_shape(tmp_path: Path, shape: str) -> None:
    shapes: dict[str, Callable[[str], object]] = {
        "plain": str,
        "spaced": lambda n: f"{n[:3]} {n[3:6]} {n[6:]}",
        "float": float,
    }
    rows = [
        ("Month", "Falls", "Reference"),
        *((m, 3, shapes[shape](n)) for m, n in zip(MONTHS, nhs_numbers(6), strict=True)),
    ]
    inspection = xlsx_of(tmp_path, rows)
    (found,) = inspection.personal_data
    assert (found.kind, found.column, found.count) == ("nhs_number", "C", 6)


def test_one_number_in_a_remark_drops_that_column_and_keeps_the_rest(tmp_path: Path) -> None:
    (number,) = nhs_numbers(1)
    text = f"Month,Falls,Comment\nApr-23,4,fine\nMay-23,5,patient {number} fell twice\nJun-23,6,fine\n"
    inspection = csv_of(tmp_path, text)
    assert points(inspection) == {"2023-04": 4, "2023-05": 5, "2023-06": 6}
    assert [(p.column, p.kind) for p in inspection.personal_data] == [("C", "nhs_number")]
    assert number not in json.dumps(inspection.as_json())
    assert number not in str(inspection.sheets)


def test_hidden_sheets_are_searched_too(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from importers.examine import examine

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Month", "Falls"), *((m, 4) for m in MONTHS)]:
        sheet.append(row)
    hidden = book.create_sheet("Names")
    hidden.sheet_state = "hidden"
    hidden.append(["Date of birth", "Surname"])
    for day in range(1, 7):
        hidden.append([f"0{day}/02/1950", "Testperson"])
    book.save(tmp_path / "h.xlsx")
    assert examine(tmp_path / "h.xlsx").verdict == "refuse"


@pytest.mark.parametrize(
    "text",
    [
        "Month,Ward name,Falls\nApr-23,Elm ward,4\nMay-23,Elm ward,5\nJun-23,Elm ward,6\n",
        "Month,Number of patients,Patient contacts\nApr-23,44,4\nMay-23,51,5\nJun-23,60,6\n",
        "Month,Organisation code,Falls\nApr-23,E08000009,4\nMay-23,E08000009,5\nJun-23,E08000009,6\n",
        "Month,Cost\nApr-23,4505577104\nMay-23,1005577105\nJun-23,3205577106\nJul-23,7005577107\n",
    ],
)
def test_ordinary_counts_are_not_taken_for_people(tmp_path: Path, text: str) -> None:
    assert csv_of(tmp_path, text).personal_data == ()


@given(st.integers(0, 9), st.integers(10**8, 10**9 - 1))
def test_a_wrong_check_digit_is_no_nhs_number(wrong: int, nine: int) -> None:
    right = [digit for digit in range(10) if valid_nhs_number(f"{nine}{digit}")]
    assert len(right) <= 1
    assert valid_nhs_number(f"{nine}{wrong}") == (wrong in right)


def test_ten_equal_digits_are_no_nhs_number() -> None:
    assert not valid_nhs_number("0000000000")
    assert not valid_nhs_number("1111111111")
