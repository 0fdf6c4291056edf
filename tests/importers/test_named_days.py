"""Days that only the week or the month of their sheet dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.sheets import points, xlsx_of

WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FIGURES = [200.0 + at for at in range(31)]


@pytest.mark.parametrize("names", [WEEK, [name[:3] for name in WEEK], WEEK[5:] + WEEK[:5]])
@pytest.mark.parametrize("title", ["Week commencing 1 April 2024", "W-C 01-04-2024", "Week ending 07/04/2024"])
def test_weekdays_across_are_the_days_of_the_week_that_the_title_names(
    tmp_path: Path, title: str, names: list[str]
) -> None:
    held = points(xlsx_of(tmp_path, [[title], ["Metric", *names], ["Attendances", *FIGURES[:7]]]))
    monday = next(at for at, name in enumerate(names) if name.startswith("Mon"))
    assert (len(held), held["2024-04-01"]) == (7, 200.0 + monday)


def test_weekdays_down_are_read_as_well(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Week commencing", "29/04/2024"],
        ["Day", "Falls"],
        *([name, at] for at, name in enumerate(WEEK, 1)),
    ]
    held = points(xlsx_of(tmp_path, rows))
    assert list(held.items())[::6] == [("2024-04-29", 1), ("2024-05-05", 7)]


def test_weekdays_without_a_week_are_no_periods_but_asked_about(tmp_path: Path) -> None:
    found = xlsx_of(tmp_path, [["Metric", *WEEK], ["Attendances", *FIGURES[:7]]])
    assert "Which period" in found.questions[0].ask


@pytest.mark.parametrize(("heading", "days"), [("Ward", 30), ("Day", 12)])
def test_numbers_across_are_the_days_of_the_month_that_the_title_names(tmp_path: Path, heading: str, days: int) -> None:
    rows: list[list[object]] = [
        ["Falls by day, April 2024"],
        [heading, *map(float, range(1, days + 1))],
        ["Elm", *FIGURES[:days]],
    ]
    held = points(xlsx_of(tmp_path, rows))
    assert list(held.items())[:: days - 1] == [("2024-04-01", 200), (f"2024-04-{days}", 199 + days)]


def test_numbers_that_do_not_count_the_whole_month_are_no_days_without_a_word_for_it(tmp_path: Path) -> None:
    found = xlsx_of(tmp_path, [["April 2024"], ["Ward", *map(float, range(1, 13))], ["Elm", *FIGURES[:12]]])
    assert all(table.frequency != "day" for table in found.tables)
