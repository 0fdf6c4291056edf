"""Every live formula worked out again by LibreOffice gives the figure that is stored beside it."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from analysis.periods import Frequency
from db.answers import FileAnswer
from exporters.checker import failures
from exporters.choices import Choices
from exporters.report import report_of
from exporters.writer import Made
from tests.exporters.conftest import workbook_of

RELATIVE = 1e-9
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

Values = dict[tuple[str, str], object]


def recalculated(path: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here, so nothing can work the formulas out again")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    out = folder / "out"
    command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    return out / path.name


def values(path: Path) -> Values:
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, data_only=True)
    return {(page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row}


def differences(made: Made, stored: Values, found: Values) -> list[str]:
    apart = []
    for place, formula in made.formulas.items():
        ours, theirs = stored[place], found[place]
        if isinstance(ours, bool) or isinstance(theirs, bool | str | datetime | None):
            same = ours == theirs
        else:
            same = float(theirs) == pytest.approx(float(ours), rel=RELATIVE, abs=1e-9)  # type: ignore[arg-type]  # numbers
        if not same:
            apart.append(f"{place[0]}!{place[1]} {formula}: {ours} is stored, {theirs} found")
    return apart


def test_stored_values_are_what_the_formulas_give(open_workbook: tuple[Path, Made], tmp_path: Path) -> None:
    path, made = open_workbook
    assert len(made.formulas) > 150
    assert differences(made, values(path), values(recalculated(path, tmp_path))) == []


@pytest.mark.full
def test_money_and_checks_are_live_under_protection_too(workbook: tuple[Path, Made], tmp_path: Path) -> None:
    path, made = workbook
    sheets = {sheet for sheet, _ in made.formulas}
    assert {"Answers", "By_year", "By_organisation", "Break_even", "Checks"} <= sheets
    assert differences(made, values(path), values(recalculated(path, tmp_path))) == []


@pytest.mark.full
@pytest.mark.parametrize("by", [Frequency.QUARTER, Frequency.YEAR])
def test_formulas_over_quarters_and_years_give_what_is_stored(
    sample: FileAnswer, tmp_path: Path, by: Frequency
) -> None:
    chosen = Choices(audience="Team", policy="none", reason="a test of formulas", by=by)
    path, made = workbook_of(report_of(sample, chosen), tmp_path)
    assert failures(path, made) == []
    assert {name for name in made.layouts if name.endswith(f"_{by.value}")}
    assert differences(made, values(path), values(recalculated(path, tmp_path))) == []
