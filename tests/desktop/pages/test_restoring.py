"""Bringing a backup back: of the open file, of one that has gone, of a computer that is no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.backup import backups, is_intact, make_backup
from db.operations.roles import add_role
from db.store import create, open_store
from desktop.jobs import InlineJobs
from desktop.pages.safety.page import SafetyPage
from desktop.pages.safety.view import AS_NEW, BESIDE
from desktop.session import Session

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def page(session: Session, qtbot: object) -> SafetyPage:
    made = SafetyPage(session)
    made.entered()
    return made


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The backup of a file of another computer, as it comes on a stick."""
    (tmp_path / "stick").mkdir()
    path = tmp_path / "stick" / "elm.roleworth"
    with create(path) as store:
        add_role(store, name="Pharmacist of a laptop that was lost")
        made = make_backup(store, reason="at close")
    path.unlink()
    return made.path


def said(page: SafetyPage) -> str:
    return page.view.said.text()


def saving_as(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[str]:
    """Answer where to restore to; the names that were proposed."""
    asked: list[str] = []

    def ask_save(_parent: object, _title: str, stem: str, *_: object) -> Path:
        asked.append(stem)
        return target

    monkeypatch.setattr("desktop.pages.safety.restoring.ask_save", ask_save)
    return asked


def test_a_backup_of_a_lost_computer_becomes_a_file_of_its_own(
    page: SafetyPage, session: Session, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.safety.restoring.ask_open", lambda *_: theirs)
    page.view.backups.elsewhere.click()
    assert page.view.preview.words.text().startswith("elm-000001.backup. Made ")
    assert "since" not in page.view.preview.words.text()
    assert [cell.text for cell in page.view.preview.counts.shown.rows[0]] == ["Roles", "1"]
    assert page.view.preview.restore.text() == AS_NEW
    asked = saving_as(monkeypatch, tmp_path / "mine again.roleworth")
    page.view.preview.restore.click()
    assert asked == ["elm restored"]
    assert session.need_store().path == tmp_path / "mine again.roleworth"
    assert [role.name for role in session.facts.roles] == ["Pharmacist of a laptop that was lost"]
    assert said(page) == "Restored to mine again.roleworth, which is open now. The backup stays as it is."
    assert not page.view.preview.restore.isVisibleTo(page)


def test_it_is_restored_where_no_file_is_open_at_all(
    theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    session = Session(InlineJobs())
    page = SafetyPage(session)
    page.open_with(theirs)
    assert said(page) == "elm-000001.backup is a backup, and stays as it is. Restore it to work with what it holds."
    saving_as(monkeypatch, tmp_path / "again.roleworth")
    page.view.preview.restore.click()
    assert session.need_store().path == tmp_path / "again.roleworth"
    session.close()


def test_a_backup_that_is_opened_is_looked_into_and_the_open_file_stays(session: Session, theirs: Path) -> None:
    held, before = session.need_store(), theirs.read_bytes()
    chosen: list[Path] = []
    session.backup_chosen.connect(chosen.append)
    session.open(theirs)
    assert (chosen, session.need_store()) == ([theirs], held)
    assert theirs.read_bytes() == before


def test_a_backup_of_the_open_file_on_another_disk_goes_beside_it(
    page: SafetyPage, session: Session, tmp_path: Path
) -> None:
    elsewhere = make_backup(session.need_store(), reason="by hand", folder=tmp_path / "disk")
    page.look_into(str(elsewhere.path))
    assert page.view.preview.restore.text() == BESIDE


def test_one_that_cannot_be_looked_into_leaves_none_chosen(page: SafetyPage, theirs: Path) -> None:
    page.look_into(page.view.backups.table.shown.keys[0])
    assert page.view.preview.restore.isVisibleTo(page)
    theirs.write_bytes(theirs.read_bytes()[:-1] + b"x")
    page.look_into(str(theirs))
    assert "has changed since it was made" in said(page)
    assert not page.view.preview.restore.isVisibleTo(page)


def test_a_file_that_has_gone_is_brought_back_and_not_called_unchanged(page: SafetyPage, session: Session) -> None:
    store = session.need_store()
    page.look_into(page.view.backups.table.shown.keys[0])
    store.path.rename(store.path.with_name("moved away"))
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine restored.roleworth"
    assert said(page).endswith("The file you had is not in its place any more.")


def test_a_damaged_file_is_restored_though_it_cannot_be_backed_up_first(page: SafetyPage, session: Session) -> None:
    store = session.need_store()
    page.look_into(page.view.backups.table.shown.keys[0])
    add_role(store, name="Newcomer")
    with store.engine.connect() as connection:
        connection.info["writing"] = True
        connection.exec_driver_sql("UPDATE observation SET value = value + 1 WHERE id = 5")
        connection.commit()
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine restored.roleworth"
    assert "unchanged. It could not be backed up first: The backup did not pass its check" in said(page)


def test_a_chosen_place_that_has_gone_is_not_made_anew_by_restoring(
    page: SafetyPage, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    page.put_backups_in(tmp_path / "disk")
    page.look_into(page.view.backups.table.shown.keys[-1])
    session.change(add_role, name="Newcomer")
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    page.view.preview.restore.click()
    assert not (tmp_path / "disk").exists()
    assert "It could not be backed up first" in said(page)
    with open_store(session.need_store().path, read_only=True) as held:
        assert all(is_intact(backup) for backup in backups(held))
