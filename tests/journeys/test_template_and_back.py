"""A blank workbook filled in by a site comes in without a question, and so does Roleworth's own export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

import resources
from db.operations.measures import add_measure
from db.operations.roles import add_role
from db.queries.series import series
from db.sample import write_sample
from db.store import create, open_store
from desktop.cli.main import main

KINDS = {
    "Falls": ({"kind": "count", "unit": "falls"}, 12, 12.0),
    "Seen within two days": ({"kind": "proportion", "unit": "%"}, 0.62, 0.62),
    "Hours released": ({"kind": "mean", "unit": "hours"}, 31.5, 31.5),
    "Cost of the role": ({"kind": "money", "unit": "£"}, 3412.5, 3412.5),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A role launched in April 2025 that has four measures and no figure yet."""
    path = tmp_path / "ward.roleworth"
    store = create(path)
    role_id = add_role(store, name="Ward navigator", launch=date(2025, 4, 1)).new_id or 0
    for name, (facts, _, _) in KINDS.items():
        add_measure(
            store, role_id=role_id, measure={"name": name, "definition": f"How {name.lower()} is counted.", **facts}
        )
    store.close()
    return path


def fill(path: Path) -> list[str]:
    """Enter the same row for every period; the second cell of the first column below 5, the third not collected."""
    book = openpyxl.load_workbook(path)
    page = book["Figures_by_month"]
    left, top, right, bottom = range_boundaries(page.tables["table_figures_by_month"].ref)
    headings = [str(page.cell(top, column).value) for column in range(left, right + 1)]
    for row in range(top + 1, bottom + 1):
        for column, heading in enumerate(headings, left):
            if heading in KINDS:
                page.cell(row, column).value = KINDS[heading][1]
    page.cell(top + 2, 2).value = "<5"
    page.cell(top + 3, 2).value = "not collected"
    book.save(path)
    return [str(page.cell(row, 1).value) for row in range(top + 1, bottom + 1)]


def test_a_blank_workbook_is_filled_in_and_imported_without_a_question(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "collect.xlsx"
    assert main(["template", str(file), "--role", "Ward navigator", "--to", str(blank), "--periods", "14"]) == 0
    assert "4 measures, 14 periods to fill. Filled in, it is imported without a question." in capsys.readouterr().out
    periods = fill(blank)
    assert (periods[0], periods[-1]) == ("April 2024", "May 2025")
    assert main(["import", str(blank), "--into", str(file), "--role", "Ward navigator"]) == 0
    store = open_store(file, read_only=True)
    held = {one.measure.name: one for one in series(store, 1)}
    store.close()
    assert set(held) == set(KINDS)
    for name, (_, _, value) in KINDS.items():
        assert held[name].values[0] == pytest.approx(value, rel=1e-12)
        assert len(held[name]) == 14
    assert [str(state) for state in held["Falls"].states[1:3]] == ["suppressed", "not collected"]


def test_the_next_blank_workbook_goes_on_where_the_figures_end(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "collect.xlsx"
    command = ["template", str(file), "--role", "Ward navigator", "--to", str(blank), "--periods", "3"]
    assert main(command) == 0
    fill(blank)
    assert main(["import", str(blank), "--into", str(file), "--role", "Ward navigator"]) == 0
    assert main(command) == 0
    assert fill(blank) == ["July 2024", "August 2024", "September 2024"]
    assert main([*command[:-1], "0"]) == 1
    assert "Choose from 1 to 120." in capsys.readouterr().err


def test_what_to_enter_is_said_on_every_cell_and_there_is_no_macro(file: Path, tmp_path: Path) -> None:
    blank = tmp_path / "collect.xlsx"
    assert main(["template", str(file), "--role", "Ward navigator", "--to", str(blank)]) == 0
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == ["Guidance", "Figures_by_month"]
    said = {one.promptTitle: one.prompt for one in book["Figures_by_month"].data_validations.dataValidation}
    assert said["Seen within two days"].startswith("A percentage, as 42 %. How seen within two days is counted.")
    assert book.vba_archive is None
    rules = [str(row[0].value) for row in book["Guidance"].iter_rows(max_row=8)]
    assert any("never a name" in text for text in rules)


def test_an_own_export_comes_into_a_new_file_with_the_same_values_and_no_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, book = tmp_path / "first.roleworth", tmp_path / "second.roleworth", tmp_path / "summary.xlsx"
    names = ("sample_northvale", "measure_library", "role_catalogue")
    write_sample(first, *(resources.load(name) for name in names)).close()
    export = ["export", str(first), "--to", str(book), "--role", "Care navigator", "--small-numbers", "none"]
    assert main([*export, "--reason", "moved to another computer"]) == 0
    command = ["import", str(book), "--into", str(second), "--role", "Care navigator", "--launch", "2024-04-08"]
    assert main(command) == 0
    assert "? " not in capsys.readouterr().err
    assert values_of(second) == values_of(first)


def values_of(path: Path) -> dict[str, dict[str, float]]:
    """Every value by measure and month; names as the export heads them: without unit and population."""
    store = open_store(path, read_only=True)
    held = series(store, 1)
    store.close()
    return {
        one.measure.name.split(" (")[0].split(",")[0]: {
            period.long_label: round(float(value), 9)
            for period, value in zip(one.periods, one.values, strict=True)
            if value == value
        }
        for one in held
    }
