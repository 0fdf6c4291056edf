"""Periods that cannot be read, typed by a person where they stand: nothing is lost and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.collecting import collect
from importers.plans import propose
from tests.importers.sheets import csv_of, xlsx_of

MONTHS = "Month,Visits,Falls\nApr 2023,10,1\nMay 2023,11,2\nJune 20 23?,12,3\nJul 2023,13,4\n"


def test_a_period_that_cannot_be_read_is_one_cell_to_fix_with_its_values_waiting(tmp_path: Path) -> None:
    collected = collect(propose(csv_of(tmp_path, MONTHS)))
    (issue,) = collected.fix
    assert (issue.cell, issue.raw) == ("A4", "June 20 23?")
    assert issue.message == "it names no period that can be read; 2 values wait for it"
    assert len(collected.ready) == 6


def test_a_typed_period_brings_its_row_in(tmp_path: Path) -> None:
    collected = collect(propose(csv_of(tmp_path, MONTHS)), fixes={"A4": "Jun 2023"})
    assert collected.fix == ()
    assert [o.value for o in collected.ready if o.period.code == "2023-06"] == [12, 3]


def test_a_row_left_blank_is_left_out_and_no_longer_asked_about(tmp_path: Path) -> None:
    collected = collect(propose(csv_of(tmp_path, MONTHS)), fixes={"A4": ""})
    assert (collected.fix, len(collected.ready)) == ((), 6)


def test_a_typed_text_that_is_no_period_is_said_and_keeps_waiting(tmp_path: Path) -> None:
    (issue,) = collect(propose(csv_of(tmp_path, MONTHS)), fixes={"A4": "soon"}).fix
    assert issue.message == "'soon' names no period either; 2 values wait for it"


def test_a_typed_period_that_is_there_already_never_overwrites(tmp_path: Path) -> None:
    collected = collect(propose(csv_of(tmp_path, MONTHS)), fixes={"A4": "May 2023"})
    assert [(issue.cell, "has a value already" in issue.message) for issue in collected.fix] == [
        ("B4", True),
        ("C4", True),
    ]
    assert [o.value for o in collected.ready if o.period.code == "2023-05"] == [11, 2]


def test_periods_across_are_mended_as_those_down_are(tmp_path: Path) -> None:
    rows = [("Measure", "Apr 2023", "May 2023", "Jn 2023", "Jul 2023"), ("Visits", 10, 11, 12, 13)]
    plan = propose(xlsx_of(tmp_path, rows))
    (issue,) = collect(plan).fix
    assert issue.raw == "Jn 2023"
    assert [o.period.code for o in collect(plan, fixes={issue.cell: "June 2023"}).ready][2] == "2023-06"


@pytest.mark.parametrize(
    ("axis", "broken", "typed", "code"),
    [
        (("05/04/2019", "12/04/2019", "19/04/2019", "26/04/2019"), 2, "19/04/2019", "W/E 2019-04-19"),
        (("2019/20", "2020/21", "2021/22", "2022/23"), 1, "2020-21", "FY2020-21"),
        (("2019-20 Q1", "2019-20 Q2", "2019-20 Q3", "2019-20 Q4"), 1, "Q2 2019/20", "FY2019-20-Q2"),
    ],
)
def test_a_typed_period_is_of_the_kind_of_the_others(
    tmp_path: Path, axis: tuple[str, ...], broken: int, typed: str, code: str
) -> None:
    texts = [f"{text}x" if at == broken else text for at, text in enumerate(axis)]
    heading = "Week ending" if "/04/" in axis[0] else "Period"
    sheet = "\n".join([f"{heading},Visits", *(f"{text},{at + 20}" for at, text in enumerate(texts))])
    plan = propose(csv_of(tmp_path, sheet))
    (issue,) = collect(plan).fix
    ready = collect(plan, fixes={issue.cell: typed}).ready
    assert [o.period_code for o in ready if o.value == broken + 20] == [code]


def test_a_total_inside_the_table_is_a_note_and_nothing_to_fix(tmp_path: Path) -> None:
    sheet = MONTHS.replace("June 20 23?", "Total so far")
    collected = collect(propose(csv_of(tmp_path, sheet)))
    assert collected.fix == ()
    assert any("is a total" in note.message for note in collected.notes)
