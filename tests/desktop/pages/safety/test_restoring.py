"""Bringing a backup back: of the open file, of one that has gone, of a computer that is no more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.backup import backups, is_intact, make_backup
from db.operations.roles import add_role
from db.store import Store, create, open_store
from desktop.jobs import InlineJobs
from desktop.pages.safety.page import SafetyPage
from desktop.pages.safety.view import AS_NEW, BESIDE
from desktop.safety import backup_folder, choose
from desktop.session import Session
from desktop.widgets import Notice
from tests.db.making import write_unlogged

pytestmark = pytest.mark.usefixtures("own_folder")


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


def a_file(path: Path, *roles: str) -> Store:
    path.parent.mkdir(exist_ok=True)
    with create(path) as store:
        for name in roles:
            add_role(store, name=name)
    return store


def asked(page: SafetyPage) -> Notice:
    assert page.view._notice is not None
    return page.view._notice


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
    write_unlogged(store, "UPDATE observation SET value = value + 1 WHERE id = 5")
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


def test_the_backup_that_was_asked_about_is_deleted_whatever_is_chosen_since(
    page: SafetyPage, session: Session
) -> None:
    session.change(add_role, name="Newcomer")
    session.back_up("asked for")
    new, old = page.view.backups.table.shown.keys
    page.look_into(old)
    page.view.preview.delete.click()
    notice = asked(page)
    page.look_into(new)
    assert page.view._notice is None
    notice.answered.emit("Delete it")
    assert (Path(old).exists(), Path(new).exists()) == (False, True)
    assert page.view.preview.restore.isVisibleTo(page)


def test_a_damaged_file_forgets_the_backup_that_was_chosen_before(page: SafetyPage, tmp_path: Path) -> None:
    page.look_into(page.view.backups.table.shown.keys[0])
    lost = tmp_path / "b" / "Oak.roleworth"
    lost.parent.mkdir()
    lost.write_bytes(b"")
    page.open_with(lost)
    assert page.restoring.seen is None
    assert not page.view.preview.restore.isVisibleTo(page)


def test_a_backup_of_another_file_of_its_name_is_not_offered_for_a_damaged_one(
    page: SafetyPage, tmp_path: Path
) -> None:
    shared = tmp_path / "share"
    with open_store(a_file(tmp_path / "b" / "elm.roleworth", "Theirs").path) as theirs:
        make_backup(theirs, reason="at close", folder=shared)
    mine = a_file(tmp_path / "c" / "elm.roleworth", *(f"Mine {at}" for at in range(80)))
    choose(mine.path, "backups", str(shared))
    held = bytearray(mine.path.read_bytes())
    held[4096 * 8 : 4096 * 8 + 64] = b"\xff" * 64
    mine.path.write_bytes(held)
    page.open_with(mine.path)
    assert len(page.view.backups.table.shown.keys) == 1
    assert page.restoring.seen is None


def test_a_backup_of_which_nobody_knows_the_file_does_not_go_beside_by_itself(page: SafetyPage, tmp_path: Path) -> None:
    shared = tmp_path / "share"
    with open_store(a_file(tmp_path / "b" / "elm.roleworth", "Theirs").path) as theirs:
        make_backup(theirs, reason="at close", folder=shared)
    lost = tmp_path / "c" / "elm.roleworth"
    lost.parent.mkdir()
    lost.write_bytes(b"")
    choose(lost, "backups", str(shared))
    page.open_with(lost)
    assert page.view.preview.restore.text() == AS_NEW
    shutil.copytree(shared, tmp_path / "c" / "elm backups")
    page.open_with(lost)
    page.look_into(str(tmp_path / "c" / "elm backups" / "elm-000001.backup"))
    assert page.view.preview.restore.text() == BESIDE


def test_where_there_is_no_room_beside_the_file_another_place_is_offered(
    page: SafetyPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    key = page.view.backups.table.shown.keys[0]
    page.look_into(key)
    with monkeypatch.context() as patched:
        patched.setattr("db.restoring.shutil.copyfile", full)
        page.view.preview.restore.click()
    assert "No space left on device" in said(page)
    assert page.view.preview.restore.text() == AS_NEW
    page.look_into(key)
    assert page.view.preview.restore.text() == BESIDE
    with monkeypatch.context() as patched:
        patched.setattr("db.restoring.shutil.copyfile", full)
        page.view.preview.restore.click()
    saving_as(monkeypatch, tmp_path / "stick.roleworth")
    page.view.preview.restore.click()
    assert session.need_store().path == tmp_path / "stick.roleworth"


def test_a_restored_file_that_cannot_be_opened_is_not_said_to_be_open(
    page: SafetyPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> Store:
        raise UserProblem("mine restored.roleworth cannot be locked.", "Try again.")

    page.look_into(page.view.backups.table.shown.keys[0])
    monkeypatch.setattr("desktop.session.open_store", refused)
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine.roleworth"
    assert said(page) == "Restored to mine restored.roleworth. The file you had is beside it, unchanged."


def test_a_file_open_for_reading_that_has_gone_is_not_said_to_be_beside(
    page: SafetyPage, session: Session, tmp_path: Path
) -> None:
    path = session.need_store().path
    session.open(path, read_only=True)
    page.look_into(page.view.backups.table.shown.keys[0])
    path.rename(tmp_path / "away.roleworth")
    page.view.preview.restore.click()
    assert said(page) == (
        "Restored to mine restored.roleworth, which is open now. The file you had is not in its place any more."
    )


def test_what_a_backup_holds_and_what_is_said_reach_a_screen_reader(
    page: SafetyPage, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    for room in ("view", "restoring"):
        monkeypatch.setattr(f"desktop.pages.safety.{room}.announce", lambda _widget, words: heard.append(words))
    page.look_into(page.view.backups.table.shown.keys[0])
    assert page.view.preview.counts.table.accessibleName() == "What the backup holds beside today"
    assert page.view.preview.restore.accessibleName() == BESIDE
    page.look_into(str(theirs))
    assert page.view.preview.counts.table.accessibleName() == "What the backup holds"
    assert page.view.preview.restore.accessibleName() == AS_NEW
    page.view.say("Said.")
    assert [words.split(" ")[0] for words in heard] == ["Made", "elm-000001.backup.", "Said."]


def test_a_restored_file_is_backed_up_where_its_backups_were_chosen_to_go(
    page: SafetyPage, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    page.put_backups_in(tmp_path / "disk")
    page.look_into(page.view.backups.table.shown.keys[-1])
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine restored.roleworth"
    assert backup_folder(session.need_store().path) == tmp_path / "disk"
    assert list((tmp_path / "disk").glob("mine restored-*.backup"))


def test_what_is_being_restored_is_not_restored_again_meanwhile(page: SafetyPage, session: Session) -> None:
    page.look_into(page.view.backups.table.shown.keys[0])
    enabled: list[bool] = []
    session.jobs.busy.connect(lambda _busy: enabled.append(page.view.preview.restore.isEnabled()))
    page.view.preview.restore.click()
    page.look_into(page.view.backups.table.shown.keys[0])
    assert page.view.preview.restore.isEnabled()
    assert not all(enabled)
