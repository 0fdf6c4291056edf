from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from analysis.periods import month
from analysis.problems import UserProblem
from db.backup import backups
from db.operations.observations import CellKey, record_observations
from db.operations.roles import add_role
from db.store import create
from desktop.app import Starter
from desktop.frame.remembering import last_file
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.table import page_table
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.shell import Shell, facts_of


@pytest.fixture
def shell(qtbot: QtBot, settings_of_its_own: None) -> Iterator[Shell]:
    jobs = InlineJobs()
    session = Session(jobs, today=lambda: date(2026, 11, 21))
    window = MainWindow(page_table(lambda: session), jobs)
    qtbot.addWidget(window)
    yield Shell(window, session)
    session.close()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "northvale.roleworth"
    write_sample_to(path)
    return path


def test_the_window_is_painted_first_and_all_else_loaded_behind_it(
    qtbot: QtBot, sample: Path, settings_of_its_own: None
) -> None:
    starter = Starter(InlineJobs(), sample)
    qtbot.addWidget(starter.window)
    assert list(starter.find()) == []
    with qtbot.waitSignal(starter.window.painted):
        starter.show()
    qtbot.waitUntil(lambda: bool(starter.find()))
    assert starter.session().store is not None
    assert last_file() == sample
    starter.session().close()


def test_opening_a_file_names_it_and_makes_a_checked_backup(shell: Shell, sample: Path) -> None:
    shell.start(sample)
    assert shell.window.windowTitle().startswith("northvale.roleworth")
    words = [fact.words for fact in facts_of(shell.session)]
    assert "SAMPLE, a fictional place" in words
    assert any(word.startswith("Backup verified") for word in words)
    assert len(backups(shell.session.need_store())) == 1


def test_closing_the_window_backs_up_what_was_changed(shell: Shell, sample: Path) -> None:
    shell.start(sample)
    store = shell.session.need_store()
    shell.window.close()
    assert [held.reason for held in backups(store)] == ["at open"]
    shell.session.change(add_role, name="Newcomer")
    shell.window.close()
    assert [held.reason for held in backups(store)] == ["at close", "at open"]


def test_a_backup_that_failed_is_tried_again_half_an_hour_later(
    shell: Shell, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise UserProblem("No room for a backup.", "Make room.")

    shell.start(sample)
    shell.session.change(add_role, name="Newcomer")
    with monkeypatch.context() as patched:
        patched.setattr("db.backup._need_room", no_room)
        shell._timer.timeout.emit()
    assert len(backups(shell.session.need_store())) == 1
    shell._timer.timeout.emit()
    assert backups(shell.session.need_store())[0].reason == "every half hour"


def test_the_sample_keeps_to_its_own_day(shell: Shell, sample: Path) -> None:
    assert shell.session.today == date(2026, 11, 21)
    shell.session.open(sample)
    assert shell.session.today == date(2025, 6, 12)


def test_a_file_that_cannot_be_opened_leaves_the_open_one(shell: Shell, sample: Path, tmp_path: Path) -> None:
    shell.session.open(sample)
    problems: list[UserProblem] = []
    shell.session.jobs.problem.connect(problems.append)
    broken = tmp_path / "broken.roleworth"
    broken.write_bytes(b"not a database at all")
    shell.session.open(broken)
    assert "broken.roleworth is not an evaluation file" in problems[0].message
    assert shell.session.store is not None
    assert shell.session.store.path == sample


def test_undo_and_redo_are_named_in_the_frame_and_restore_the_value(shell: Shell, sample: Path) -> None:
    shell.session.open(sample)
    role = shell.session.facts.roles[0].id
    book = shell.window.book
    key = CellKey(role, 1, month(2023, 4))
    shell.session.change(record_observations, cleared=[key], label="Clear April 2023")
    assert book.words("undo") == "Undo: Clear April 2023"
    book.run("undo")
    assert book.words("redo") == "Redo: Clear April 2023"
    shell.session.answer(role, lambda answer: held.append(answer.series[0].periods[0]))
    assert held == [month(2023, 4)]


held: list[object] = []


def test_a_file_open_for_reading_says_so_and_is_not_changed(shell: Shell, sample: Path) -> None:
    shell.session.open(sample, read_only=True)
    before = sample.read_bytes()
    problems: list[UserProblem] = []
    shell.session.jobs.problem.connect(problems.append)
    shell.session.change(record_observations, cleared=[], label="Nothing")
    assert "reading only" in problems[0].message
    assert facts_of(shell.session)[0].words.startswith("Reading only")
    assert shell.session.facts.undo
    assert "undo" not in [command.id for command in shell.window.book.available()]
    assert sample.read_bytes() == before


def test_roles_are_found_by_name(shell: Shell, sample: Path) -> None:
    shell.session.open(sample)
    assert "Link worker, Oak PCN" in [entry.text for entry in shell.find()]


def test_the_frame_says_when_no_file_is_open(shell: Shell, tmp_path: Path) -> None:
    assert [fact.words for fact in facts_of(shell.session)] == ["No evaluation file is open"]
    path = tmp_path / "empty.roleworth"
    create(path).close()
    shell.session.open(path)
    assert shell.session.facts.roles == ()
