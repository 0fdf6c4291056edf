from __future__ import annotations

from pathlib import Path

import pytest

import resources
from db.answers import FileAnswer
from db.sample import write_sample
from desktop.cli.opening import answers_of
from exporters.choices import Choices
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.workbook import properties_of
from exporters.writer import Made, write_sheets


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "northvale.roleworth"
    names = ("sample_northvale", "measure_library", "role_catalogue")
    write_sample(path, *(resources.load(name) for name in names)).close()
    return path


@pytest.fixture(scope="session")
def sample(sample_file: Path) -> FileAnswer:
    from desktop.cli.opening import opened

    with opened(sample_file) as store:
        return answers_of(store)


@pytest.fixture(scope="session")
def report(sample: FileAnswer) -> Report:
    return report_of(sample, Choices(audience="Team"))


@pytest.fixture(scope="session")
def open_report(sample: FileAnswer) -> Report:
    return report_of(sample, Choices(audience="Team", policy="none", reason="a test of formulas"))


def workbook_of(report: Report, folder: Path) -> tuple[Path, Made]:
    path = folder / "summary.xlsx"
    made = write_sheets(all_sheets(report), properties_of(report), path)
    return path, made


@pytest.fixture(scope="session")
def workbook(report: Report, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    return workbook_of(report, tmp_path_factory.mktemp("protected"))


@pytest.fixture(scope="session")
def small_workbook(sample: FileAnswer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    one = report_of(sample, Choices(audience="Team", roles=(sample.roles[0].role.id,)))
    return workbook_of(one, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def open_workbook(open_report: Report, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    return workbook_of(open_report, tmp_path_factory.mktemp("open"))
