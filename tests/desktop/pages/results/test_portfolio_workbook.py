from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from db.answers import FileAnswer
from db.queries.exports import past_exports
from desktop.pages.portfolio import export
from desktop.pages.portfolio.page import PortfolioPage
from desktop.session import Session
from desktop.theme.look import Look
from desktop.theme.marks import Kind
from desktop.widgets import Button, Notice
from exporters.workbook import write_workbook
from tests.desktop.held_jobs import HeldJobs
from tests.desktop.pages.results.looking import settle

GATE = 5.0


@pytest.fixture
def session(sample_file: Path, sample: FileAnswer, tmp_path: Path) -> Iterator[Session]:
    copy = tmp_path / "sample.roleworth"
    copy.write_bytes(sample_file.read_bytes())
    made = Session(HeldJobs())
    made.open(copy)
    for answer in sample.roles:
        made.keep(made.need_store(), answer)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.fixture
def page(house: Look, session: Session, qtbot: QtBot, folder: Path) -> PortfolioPage:
    made = PortfolioPage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    made.entered()
    settle()
    made.export.choose = lambda _parent, stem: folder / f"{stem}.xlsx"
    assert isinstance(session.jobs, HeldJobs)
    session.jobs.by_threads = True
    return made


def save(page: PortfolioPage) -> None:
    next(one for one in page.own_actions() if one.text() == "Portfolio to Excel").trigger()


def told(page: PortfolioPage) -> str:
    return " ".join(one.accessibleName() for one in page.view.findChildren(Notice) if not one.isHidden())


def test_the_workbook_of_all_roles_is_written_with_its_progress_and_kept_in_the_register(
    page: PortfolioPage, session: Session, qtbot: QtBot, folder: Path
) -> None:
    steps: list[str] = []
    bar = page.view.progress.findChildren(QProgressBar)[0]
    bar.valueChanged.connect(lambda _value: steps.append(bar.accessibleDescription()))
    before = len(past_exports(session.need_store()))
    with qtbot.waitSignal(page.workbooks.said, timeout=20_000) as said:
        save(page)
    qtbot.waitUntil(lambda: session.jobs.count == 0)
    assert said.args is not None
    assert said.args[0] is Kind.OK
    (written,) = folder.iterdir()
    assert written.name == "sample summary.xlsx"
    assert len(past_exports(session.need_store())) == before + 1
    assert bar.maximum() == 100
    assert any(words.startswith("Checking ") for words in steps)
    assert page.view.progress.isHidden()


def test_a_cancelled_workbook_leaves_the_old_file_the_folder_and_the_register_as_they_were(
    page: PortfolioPage, session: Session, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = folder / "sample summary.xlsx"
    older.write_text("last month")
    before = past_exports(session.need_store())
    go_on = Event()

    def held_up(*things: object, **named: object) -> object:
        assert go_on.wait(GATE)
        return write_workbook(*things, **named)  # type: ignore[arg-type] # as the page calls it

    monkeypatch.setattr(export, "write_workbook", held_up)
    save(page)
    qtbot.waitUntil(page.view.progress.isVisible)
    save(page)
    assert "is still being written" in told(page)
    cancel = next(one for one in page.view.progress.findChildren(Button) if one.text().strip() == "Cancel")
    with qtbot.waitSignal(page.workbooks.said) as said:
        cancel.click()
        go_on.set()
    assert said.args == [
        Kind.CHECK,
        "Cancelled: sample summary.xlsx was not written.",
        "The file of that name is as it was.",
    ]
    assert older.read_text() == "last month"
    assert list(folder.iterdir()) == [older]
    assert past_exports(session.need_store()) == before
    assert session.jobs.failures == 0
    assert page.view.progress.isHidden()


def test_while_roles_are_worked_out_the_workbook_waits(page: PortfolioPage, folder: Path) -> None:
    page.answering.answers.pop(next(iter(page.answering.answers)))
    save(page)
    assert "Nothing is written yet." in told(page)
    assert list(folder.iterdir()) == []
