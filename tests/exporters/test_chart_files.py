"""Every chart of a workbook as a drawing of its own: the same cells, nothing hidden, and nothing half written."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from analysis.problems import UserProblem
from exporters.chart_drawing import drawing_of
from exporters.chart_files import as_svg, write_charts
from exporters.choices import Choices
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from tests.exporters.making import PLAN, counts, file_answer, role_answer
from tests.exporters.test_further_sheets import full_answer

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def full() -> Report:
    return report_of(file_answer(full_answer()), Choices(audience="Team"))


def test_every_kind_of_chart_is_drawn_with_its_title_and_its_finding(full: Report) -> None:
    sheets = [one for one in all_sheets(full) if one.chart]
    assert {one.chart.kind for one in sheets if one.chart} == {"xmr", "lines", "columns", "forest"}
    for sheet in sheets:
        root = fromstring(drawing_of(sheet))  # noqa: S314 - our own drawing
        chart = sheet.chart
        assert chart is not None
        assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (chart.title, chart.alt_text)
        words = {one.text for one in root.iter(f"{SVG}text")}
        if chart.kind != "forest":
            assert {line.name for line in chart.lines} <= words


def test_a_drawing_has_a_mark_for_every_value_and_a_gap_for_one_that_is_hidden(full: Report) -> None:
    answer = role_answer(counts([30.0, 31, 3, 29, 33, 30, 28, 31, 30, 32, 31, 30, 25, *[20.0, 21, 22] * 3]))
    held = report_of(file_answer(answer), Choices(audience="Team", group_small=False))
    sheet = next(one for one in all_sheets(held) if one.name == "Chart_1")
    shown = sum(isinstance(row[1], int | float) for row in sheet.rows)
    drawing = drawing_of(sheet)
    legend = 1
    assert drawing.count("<circle") == shown + legend
    lines = re.findall(r'<polyline points="([^"]*)"', drawing)
    assert len(lines[0].split()) == 2, "the line ends before the month that is hidden"


def test_charts_are_written_beside_the_name_and_told_to_the_register(full: Report, tmp_path: Path) -> None:
    made = write_charts(full, tmp_path / "summary.svg")
    assert made.paths[0].name == "summary-chart-1.svg"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in made.paths}
    assert (made.facts["kind"], made.facts["file_name"]) == ("picture", "summary-chart-1.svg")
    assert made.facts["shown"]
    assert made.sentence.startswith(f"{len(made.paths)} charts written")


def test_a_folder_that_is_not_there_is_told_and_no_chart_is_said(full: Report, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="Nothing can be written in the folder"):
        write_charts(full, tmp_path / "nowhere" / "summary.svg")
    bare = role_answer(plan=replace(PLAN, costs=(), benefits=()))
    with pytest.raises(UserProblem, match="There is no chart to write"):
        write_charts(report_of(file_answer(bare), Choices(audience="Team")), tmp_path / "summary.svg")


def test_what_makes_the_file_is_given_the_drawing(full: Report, tmp_path: Path) -> None:
    given: list[str] = []

    def make(drawing: str) -> bytes:
        given.append(drawing)
        return as_svg(drawing)[:10]

    made = write_charts(full, tmp_path / "summary.png", make)
    assert all(path.suffix == ".png" and path.stat().st_size == 10 for path in made.paths)
    assert len(given) == len(made.paths)
