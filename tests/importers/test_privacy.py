"""People are found before anything else reads the sheet, and their values never leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems import UserProblem
from benchmarks.planted import PLACES, clean, planted
from benchmarks.privacy import LEAST_FOUND, MOST_BLOCKED, is_blocked, is_found, looked_at
from importers.plans import propose
from importers.privacy import PersonalData, valid_nhs_number
from importers.privacy_names import names_in
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


def test_of_forty_planted_identifiers_none_is_missed_and_of_forty_clean_files_none_is_blocked(tmp_path: Path) -> None:
    seeds = range(40, 80)
    assert [(one.kind, one.place) for seed in seeds if not is_found(one := planted(seed), tmp_path)] == []
    assert [seed for seed in range(1000, 1040) if is_blocked(clean(seed), tmp_path)] == []


@pytest.mark.full
def test_recall_and_false_blocks_keep_to_their_aims_on_five_hundred_files_each(tmp_path: Path) -> None:
    missed = [seed for seed in range(500) if not is_found(planted(seed), tmp_path)]
    blocked = [seed for seed in range(500) if is_blocked(clean(seed), tmp_path)]
    assert len(missed) <= 500 * (1 - LEAST_FOUND), missed
    assert len(blocked) <= 500 * MOST_BLOCKED, blocked


@pytest.mark.parametrize("place", PLACES)
def test_whatever_the_place_nothing_of_an_identifier_is_in_the_answer(tmp_path: Path, place: str) -> None:
    made = next(one for seed in range(200) if (one := planted(seed)).place == place and one.kind == "nhs_number")
    inspection = looked_at(made, tmp_path)
    assert inspection is not None
    digits = "".join(filter(str.isdigit, made.planted))
    said = json.dumps(inspection.as_json()).replace(" ", "").replace("-", "")
    assert digits not in said
    assert "nhs_number" in {found.kind for found in inspection.personal_data}
    assert inspection.verdict in ("refuse", "warn", "ask")


def test_a_value_is_told_by_its_shape_only(tmp_path: Path) -> None:
    (number,) = nhs_numbers(1)
    inspection = csv_of(tmp_path, f"Month,Falls,Note\nApr-23,4,\nMay-23,5,NHS no {number}\nJun-23,6,\n")
    (told,) = inspection.as_json()["personal_data"]
    assert (told["masked"], told["place"], told["cell"]) == ("##########", "column", "C3")


def test_a_publisher_s_contact_line_is_left_out_without_a_warning(tmp_path: Path) -> None:
    text = "Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n\nContact: Jo Birchwood 0113 254 6000\n"
    inspection = csv_of(tmp_path, text)
    assert inspection.verdict == "ok"
    assert points(inspection) == {"2023-04": 4, "2023-05": 5, "2023-06": 6}
    assert "Birchwood" not in str(inspection)
    assert any("Contact details" in issue.message for issue in inspection.issues)


def test_a_number_of_a_person_among_counts_costs_only_its_cell(tmp_path: Path) -> None:
    (number,) = nhs_numbers(1)
    rows = "".join(f"{m},{n}\n" for m, n in zip(MONTHS, (4, 5, number, 6, 7, 8), strict=True))
    inspection = csv_of(tmp_path, f"Month,Falls\n{rows}")
    assert list(points(inspection).values()) == [4, 5, 6, 7, 8]
    assert inspection.verdict == "warn"
    assert number not in str(inspection)


def test_an_author_in_the_properties_is_expected_and_a_patient_in_the_title_is_not(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from importers.examine import examine

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Month", "Falls"), *((m, 4) for m in MONTHS)]:
        sheet.append(row)
    book.properties.creator = "Margaret Thompson"
    book.save(tmp_path / "author.xlsx")
    assert examine(tmp_path / "author.xlsx").personal_data == ()
    book.properties.title = "Visits to Mrs Thompson"
    book.save(tmp_path / "title.xlsx")
    (told,) = examine(tmp_path / "title.xlsx").personal_data
    assert (told.kind, told.place) == ("name", "property")


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("rang Margaret Thompson twice", True),
        ("Mrs O'Neill", True),
        ("THOMPSON, Margaret", True),
        ("Margaret Thompson Ward", False),
        ("Victoria Park Surgery", False),
        ("St Helens and Knowsley", False),
        ("Preston", False),
        ("MS Excel", False),
        ("Grace Road Clinic", False),
    ],
)
def test_people_are_told_from_the_places_named_after_them(text: str, is_name: bool) -> None:
    assert any(name.sure for name in names_in(text)) == is_name


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (PersonalData("Clients", "B", "nhs_number", 31, "B2"), "Clients, column B"),
        (PersonalData("(csv)", "B", "nhs_number", 31, "B2"), "column B"),
        (PersonalData("Clients", "", "name", 1, "C4", "comment"), "Clients, comment, C4"),
        (PersonalData("", "", "nhs_number", 1, place="file name"), "file name"),
    ],
)
def test_where_a_person_stands_is_said_without_the_sheet_a_text_file_has_not(found: PersonalData, words: str) -> None:
    assert found.stands_in == words
