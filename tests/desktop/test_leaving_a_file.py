"""A file that is left for another: it is backed up first, and nothing read of it is shown of the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from db.backup import Backup, backups_of
from db.operations.roles import add_role
from db.queries.exports import past_exports
from db.store import create, open_store
from desktop.jobs import InlineJobs
from desktop.pages.safety.page import SafetyPage
from desktop.registering import keep_export
from desktop.session import Session
from desktop.shell import facts_of
from tests.desktop.held_jobs import LateReads

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    path = tmp_path / "first.roleworth"
    create(path).close()
    made = Session(InlineJobs())
    made.open(path)
    yield made
    made.close()


def test_what_was_read_of_a_file_that_has_been_left_is_not_shown_of_the_next(tmp_path: Path) -> None:
    first, second = tmp_path / "one.roleworth", tmp_path / "two.roleworth"
    for path, name in ((first, "Care navigator"), (second, "Link worker")):
        with create(path) as made:
            add_role(made, name=name)
    jobs, answers = LateReads(), list[str]()
    session = Session(jobs)
    session.open(first)
    jobs.late = []
    session.answer(1, lambda answer: answers.append(answer.role.name))
    session.change(add_role, name="Newcomer")
    session.open(second)
    jobs.catch_up()
    assert [role.name for role in session.facts.roles] == ["Link worker"]
    assert answers == []
    assert session.held_answer(1) is None
    session.close()


def test_a_backup_of_a_file_that_has_been_left_is_no_backup_of_the_next(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, left = session.backup, session.store
    assert made is not None
    assert left is not None
    path = left.path.with_name("two.roleworth")
    create(path).close()

    def refused(*_: object) -> Backup:
        raise UserProblem("No room for a backup.", "Make room.")

    monkeypatch.setattr("desktop.session.back_up", refused)
    session.open(path)
    session._backed_up((left, made))
    assert any(fact.words == "No verified backup yet" for fact in facts_of(session))


def test_a_file_that_is_left_for_another_is_backed_up_first_where_it_was_changed(
    session: Session, tmp_path: Path
) -> None:
    first, second = session.need_store().path, tmp_path / "two.roleworth"
    create(second).close()
    session.change(add_role, name="Newcomer")
    session.open(second)
    assert [held.reason for held in backups_of(first)] == ["at close", "at open"]
    session.open(first)
    assert [held.reason for held in backups_of(second)] == ["at open"]


def test_a_file_that_could_not_be_opened_again_is_said_to_be_for_reading_only(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = session.need_store().path, list[str]()

    def refused(*_: object, **__: object) -> None:
        raise UserProblem("It is in use by another program.", "Close the other program.")

    session.refreshed.connect(lambda: said.append(facts_of(session)[0].words))
    with monkeypatch.context() as patched:
        patched.setattr("desktop.session.open_store", refused)
        session.open(path)
    assert said == ["Reading only: it could not be opened again"]
    session.open(path)
    assert not session.need_store().read_only


FACTS = {"kind": "workbook", "file_name": "summary.xlsx", "file_sha256": "0" * 64, "audience": "Board", "policy": "hes"}


def test_an_export_that_is_done_after_its_file_was_left_is_in_the_register_of_that_file(
    session: Session, tmp_path: Path
) -> None:
    first, told = session.need_store(), list[UserProblem]()
    second = tmp_path / "second.roleworth"
    create(second).close()
    session.open(second)
    keep_export(session, FACTS, told.append, of=first)
    assert past_exports(session.need_store()) == ()
    with open_store(first.path) as again:
        assert [one.file_name for one in past_exports(again)] == ["summary.xlsx"]
    assert told == []
    first.path.unlink()
    keep_export(session, FACTS, told.append, of=first)
    assert "is not in the list of exports" in told[0].message


def test_backups_of_a_file_that_has_been_left_are_not_offered_for_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    jobs = LateReads()
    session = Session(jobs)
    paths = [tmp_path / f"{name}.roleworth" for name in ("one", "two")]
    for path in paths:
        create(path).close()
    session.open(paths[0])
    page = SafetyPage(session)
    qtbot.addWidget(page)
    jobs.late = []
    page.look_into(page.view.backups.table.shown.keys[0])
    page.entered()
    page.check()
    session.open(paths[1])
    jobs.catch_up(last_first=True)
    assert page.view.file.where.text() == str(paths[1])
    assert all(Path(key).name.startswith("two-") for key in page.view.backups.table.shown.keys)
    assert page.view.preview.words.text() == "Choose a backup to see what it holds."
    session.close()


def test_of_two_looks_at_backups_the_one_asked_for_last_is_shown(qtbot: QtBot, session: Session) -> None:
    jobs = session.jobs = LateReads()
    page = SafetyPage(session)
    qtbot.addWidget(page)
    for number in range(2):
        session.change(add_role, name=f"Newcomer {number}")
        session.back_up("asked for")
    keys = page.view.backups.table.shown.keys
    jobs.late = []
    for key in keys[:2]:
        page.look_into(key)
    jobs.catch_up(last_first=True)
    assert page.restoring.seen is not None
    assert str(page.restoring.seen.backup.path) == keys[1]
