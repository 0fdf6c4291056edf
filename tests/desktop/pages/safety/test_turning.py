"""File safety is about one file at a time: nothing of the one before is listed, answered or asked for another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from db.backup import Backup, make_backup
from db.operations.redacting import find_text
from db.operations.roles import add_role
from db.store import open_store
from db.whereabouts import Place, PlaceKind
from desktop.pages.safety.page import SafetyPage
from desktop.pages.safety.view import AS_NEW, NO_BACKUP
from desktop.session import Session
from tests.db.making import write_unlogged
from tests.desktop.held_jobs import LateReads
from tests.desktop.pages.safety.test_restoring import a_file, asked, said

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def late(sample_file: Path, tmp_path: Path, qtbot: object) -> Iterator[tuple[SafetyPage, Session, LateReads]]:
    """The page over the sample; what it reads can be held back."""
    path = tmp_path / "mine.roleworth"
    path.write_bytes(sample_file.read_bytes())
    jobs = LateReads()
    session = Session(jobs)
    session.open(path)
    yield SafetyPage(session), session, jobs
    session.close()


def test_the_text_that_was_asked_about_is_removed_whatever_is_looked_for_since(
    page: SafetyPage, session: Session
) -> None:
    for name in ("Anna Blue", "Zoe Green"):
        session.change(add_role, name=name)
    remove = page.view.remove
    remove.text.set_text("Anna Blue")
    remove.look.click()
    remove.remove.click()
    notice = asked(page)
    remove.text.set_text("Zoe Green")
    remove.look.click()
    assert page.view._notice is None
    notice.answered.emit("Remove it for good")
    assert [find_text(session.need_store(), text).is_empty for text in ("Anna Blue", "Zoe Green")] == [True, False]


def test_a_text_cannot_be_removed_while_it_is_still_being_looked_for(
    late: tuple[SafetyPage, Session, LateReads],
) -> None:
    page, session, jobs = late
    page.entered()
    remove = page.view.remove
    remove.text.set_text(session.facts.roles[0].name)
    remove.look.click()
    assert remove.remove.isEnabled()
    jobs.late = []
    remove.text.set_text("Another")
    remove.look.click()
    assert not remove.remove.isEnabled()


def test_a_question_about_something_else_stays_when_a_backup_is_looked_into(page: SafetyPage) -> None:
    page.open_with(Place(PlaceKind.SYNCED, "Dropbox"))
    page.look_into(page.view.backups.table.shown.keys[0])
    assert "Dropbox" in asked(page).fact.text()


@pytest.fixture
def unlisted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A damaged file whose backups cannot be listed."""

    def refused(path: Path) -> list[Backup]:
        if path.name == "mine.roleworth":
            return []
        raise UserProblem("The backups in share cannot be listed: Stale file handle.", "Nothing was changed.")

    monkeypatch.setattr("desktop.pages.safety.reading.all_backups", refused)
    path = a_file(tmp_path / "b" / "Oak.roleworth", *(f"Role {at}" for at in range(60))).path
    held = bytearray(path.read_bytes())
    held[4096 * 8 : 4096 * 8 + 64] = b"\xff" * 64
    path.write_bytes(held)
    return path


def test_a_file_whose_backups_cannot_be_listed_shows_none_of_the_file_before(
    page: SafetyPage, session: Session, unlisted: Path
) -> None:
    assert page.view.backups.table.shown.keys
    page.open_with(unlisted)
    assert page.view.backups.table.shown.keys == ()
    assert page.view.backups.none.text().startswith("The backups in share cannot be listed")
    assert page.view.file.where.text() == str(unlisted)
    page.open_with(session.need_store())
    assert page.view.backups.none.text() == NO_BACKUP


def test_a_damaged_file_is_checked_and_saved_though_its_backups_cannot_be_listed(
    page: SafetyPage, session: Session, unlisted: Path
) -> None:
    page.open_with(unlisted)
    assert page.view.check.words.text() == (
        "Nothing was changed. The backups in share cannot be listed: Stale file handle."
    )
    page.view.check.save.click()
    assert session.need_store().path.name == "Oak saved.roleworth"
    assert said(page).endswith("Stale file handle.")


def test_while_a_file_is_being_read_nothing_of_the_file_before_is_listed(
    late: tuple[SafetyPage, Session, LateReads], tmp_path: Path
) -> None:
    page, session, jobs = late
    page.entered()
    assert page.view.backups.table.shown.keys
    oak, jobs.late = a_file(tmp_path / "b" / "Oak.roleworth"), []
    session.open(oak.path)
    assert (page.view.backups.table.shown.keys, page.view.file.where.text()) == ((), str(oak.path))
    assert not page.view.backups.none.isVisibleTo(page)
    jobs.catch_up()
    assert [Path(key).name for key in page.view.backups.table.shown.keys] == ["Oak-000001.backup"]


def test_what_was_read_for_a_page_that_has_gone_is_let_be(
    late: tuple[SafetyPage, Session, LateReads], qtbot: QtBot
) -> None:
    page, session, jobs = late
    page.entered()
    page.look_into(page.view.backups.table.shown.keys[0])
    jobs.late = []
    page.entered()
    shiboken6.delete(page)
    with qtbot.captureExceptions() as caught:
        jobs.catch_up()
        QApplication.processEvents()
    assert caught == []
    assert session.store is not None


def test_nothing_can_be_saved_of_an_empty_file_and_that_holds_when_it_is_read_again(
    page: SafetyPage, tmp_path: Path
) -> None:
    lost = tmp_path / "lost.roleworth"
    lost.write_bytes(b"")
    page.open_with(lost)
    page.entered()
    assert not page.view.check.save.isVisibleTo(page)
    assert page.view.check.aside.isVisibleTo(page)


def test_what_can_be_read_of_a_file_with_faults_can_be_saved_after_it_is_read_again(
    page: SafetyPage, session: Session
) -> None:
    write_unlogged(session.need_store(), "UPDATE observation SET value = value + 1 WHERE id = 5")
    page.check()
    page.entered()
    assert page.view.check.save.isVisibleTo(page)
    assert not page.view.check.aside.isVisibleTo(page)


def test_a_backup_is_held_beside_the_file_that_is_open_now(
    late: tuple[SafetyPage, Session, LateReads], tmp_path: Path
) -> None:
    page, session, jobs = late
    page.entered()
    key = page.view.backups.table.shown.keys[0]
    oak, jobs.late = a_file(tmp_path / "b" / "Oak.roleworth"), []
    session.open(oak.path)
    page.look_into(key)
    jobs.catch_up(last_first=True)
    assert page.restoring.seen is not None
    assert not page.restoring.seen.beside_today
    assert page.view.preview.restore.text() == AS_NEW


def test_a_backup_dropped_while_a_file_is_being_opened_is_looked_into_all_the_same(
    late: tuple[SafetyPage, Session, LateReads], tmp_path: Path
) -> None:
    page, session, jobs = late
    with open_store(a_file(tmp_path / "b" / "elm.roleworth").path) as theirs:
        backup = make_backup(theirs, reason="at close")
    jobs.late = []
    page.open_with(backup.path)
    assert said(page) == ""
    session.open(session.need_store().path)
    jobs.catch_up()
    assert said(page).startswith("elm-000001.backup is a backup, and stays as it is.")
    assert page.view.preview.restore.isVisibleTo(page)


def test_where_one_of_two_places_cannot_be_listed_that_is_said_beside_what_the_other_holds(
    page: SafetyPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    page.put_backups_in(tmp_path / "share")
    really = os.listdir

    def listdir(path: Path) -> list[str]:
        if path == tmp_path / "share":
            raise OSError(116, "Stale file handle")
        return really(path)

    monkeypatch.setattr(os, "listdir", listdir)
    page.entered()
    assert len(page.view.backups.table.shown.rows) == 1
    assert page.view.backups.none.isVisibleTo(page)
    assert page.view.backups.none.text().startswith("The backups in share cannot be listed: Stale file handle.")
