"""File safety as a person meets it: backups, restoring, a damaged file, a file that others have, a text to remove."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.backup import backups, make_backup
from db.operations.roles import add_note, add_role, remove_role
from db.standing import Standing
from db.store import create, open_store
from desktop.pages.safety.page import LOCALLY, THERE, SafetyPage
from desktop.pages.safety.removing import KEEP, REMOVE
from desktop.pages.safety.view import BESIDE
from desktop.safety import backup_folder, choice, choose, copies_of
from desktop.session import Session
from desktop.shell import facts_of

pytestmark = pytest.mark.usefixtures("own_folder")


def words(page: SafetyPage) -> str:
    return page.view.said.text()


def lines(box: object) -> list[str]:
    return [line[2] for line in getattr(box, "_shown")]  # noqa: B009 - what the lines say


def answer(page: SafetyPage, text: str) -> None:
    notice = page.view._notice
    assert notice is not None
    next(button for button in notice.buttons if button.accessibleName() == text).click()


def test_the_page_lists_the_backup_made_at_open(page: SafetyPage, session: Session) -> None:
    assert [row[1].text for row in page.view.backups.table.shown.rows] == ["At open"]
    assert "verified" in page.view.backups.verified.text()
    assert any(fact.words.startswith("Backup verified") for fact in facts_of(session))


def test_nothing_empty_stands_under_backups_where_there_is_none(page: SafetyPage, tmp_path: Path) -> None:
    assert not page.view.backups.verified.isHidden()
    lost = tmp_path / "lost.roleworth"
    lost.write_bytes(b"not a database")
    page.open_with(lost)
    assert page.view.backups.verified.isHidden()
    assert not page.view.backups.none.isHidden()


def test_a_backup_is_looked_into_and_restored_beside(page: SafetyPage, session: Session) -> None:
    before = session.need_store().path
    session.change(add_role, name="Newcomer")
    page.look_into(page.view.backups.table.shown.keys[0])
    assert "1 step came after it" in page.view.preview.words.text()
    assert [cell.text for cell in page.view.preview.counts.shown.rows[0]] == ["Roles", "4", "5"]
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine restored.roleworth"
    assert len(session.facts.roles) == 4
    with open_store(before) as kept:
        assert any(held.reason == "before restore" for held in backups(kept))
    assert "unchanged" in words(page)


def test_a_backup_is_deleted_only_when_asked_twice(page: SafetyPage, session: Session) -> None:
    key = page.view.backups.table.shown.keys[0]
    page.look_into(key)
    page.view.preview.delete.click()
    answer(page, KEEP)
    assert Path(key).exists()
    page.view.preview.delete.click()
    answer(page, "Delete it")
    assert not Path(key).exists()
    assert session.store is not None


def test_backups_go_where_a_person_chose(page: SafetyPage, session: Session, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    page.put_backups_in(tmp_path / "share")
    path = session.need_store().path
    assert backup_folder(path) == tmp_path / "share"
    assert list((tmp_path / "share").glob("*.backup"))
    assert len(page.view.backups.table.shown.rows) == 2


def test_a_place_for_backups_that_has_gone_is_said_and_not_made_anew(session: Session, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    choose(session.need_store().path, "backups", str(stick))
    problems: list[UserProblem] = []
    session.jobs.problem.connect(problems.append)
    session.back_up("asked for")
    assert "stick, which was chosen for backups of mine.roleworth, is not there" in problems[0].message
    assert not stick.exists()


def test_a_backup_of_another_file_of_the_same_name_says_so_and_is_not_offered_first(
    session: Session, page: SafetyPage, tmp_path: Path
) -> None:
    shared, store = tmp_path / "shared", session.need_store()
    (tmp_path / "elsewhere").mkdir()
    shared.mkdir()
    page.put_backups_in(shared)
    with create(tmp_path / "elsewhere" / store.path.name) as other:
        make_backup(other, reason="at open", folder=shared)
    page.entered()
    whys = [row[1].text for row in page.view.backups.table.shown.rows]
    assert whys == ["Place chosen", "At open", "At open (of another file of this name)"]


def test_a_local_copy_whose_place_cannot_be_reached_is_backed_up_and_worked_on_all_the_same(
    session: Session, tmp_path: Path
) -> None:
    choose(session.need_store().path, "origin", str(tmp_path / "gone" / "elm.roleworth"))
    problems: list[UserProblem] = []
    session.jobs.problem.connect(problems.append)
    session.change(remove_role, role_id=1)
    assert problems == []
    assert len(session.facts.roles) == 3
    session.back_up("asked for")
    assert "could not be published to gone" in problems[0].message
    assert session.backup is not None
    assert session.backup.reason == "asked for"


def test_a_place_that_cannot_be_written_is_said_and_the_file_stays(
    page: SafetyPage, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    problems: list[UserProblem] = []
    session.jobs.problem.connect(problems.append)
    page.put_backups_in(tmp_path / "file" / "below")
    assert "is not there" in problems[0].message
    session.change(add_role, name="Newcomer")
    assert len(session.facts.roles) == 5


def test_a_sound_file_is_said_to_be_sound(page: SafetyPage) -> None:
    page.check()
    assert lines(page.view.check.lines)[0].startswith("The file is sound. 234 values")


def test_an_altered_row_is_named_with_what_it_was_and_what_can_be_read_is_saved(
    page: SafetyPage, session: Session
) -> None:
    path = session.need_store().path
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE observation SET value = 1 WHERE id = 5")
        connection.commit()
    page.check()
    said = lines(page.view.check.lines)
    assert said[0] == "observation, row 5: is not as it was written"
    assert "proved by its checksum" in said[1]
    page.view.check.save.click()
    assert session.need_store().path.name == "mine saved.roleworth"
    assert "1 row put right" in words(page)


def test_a_file_too_damaged_to_open_leads_here_and_is_put_aside(page: SafetyPage, session: Session) -> None:
    path = session.need_store().path
    session.close()
    held = bytearray(path.read_bytes())
    held[4096 * 3 : 4096 * 60] = bytes(4096 * 57)
    path.write_bytes(held)
    told: list[Path] = []
    session.damaged.connect(told.append)
    session.open(path)
    assert told == [path]
    page.open_with(path)
    assert lines(page.view.check.lines)
    assert [row[1].text for row in page.view.backups.table.shown.rows] == ["At open"]
    assert page.view.preview.restore.isVisibleTo(page)  # the newest verified backup is offered unasked
    page.view.check.aside.click()
    assert not path.exists()
    assert path.with_name("mine damaged.roleworth").read_bytes() == bytes(held)


@pytest.mark.parametrize("wreck", [b"", bytes(900_000)])
def test_a_file_of_which_nothing_is_left_leads_to_its_newest_backup(
    page: SafetyPage, session: Session, wreck: bytes
) -> None:
    path = session.need_store().path
    session.close()
    path.write_bytes(wreck)
    told: list[Path] = []
    session.damaged.connect(told.append)
    session.open(path)
    assert told == [path]
    page.open_with(path)
    assert "is empty" in lines(page.view.check.lines)[0] or "beginning is damaged" in lines(page.view.check.lines)[0]
    assert page.view.check.save.isHidden()
    assert not page.view.check.aside.isHidden()
    assert page.view.preview.restore.text() == BESIDE
    page.view.preview.restore.click()
    assert session.need_store().path.name == "mine restored.roleworth"
    assert len(session.facts.roles) == 4
    assert path.read_bytes() == wreck


def test_the_page_turns_from_a_damaged_file_to_the_open_one(page: SafetyPage, session: Session, tmp_path: Path) -> None:
    (tmp_path / "notes.roleworth").write_bytes(b"no database")
    page.open_with(tmp_path / "notes.roleworth")
    assert page.header().facts == ("notes.roleworth",)
    assert not page.view.backups.now.isEnabled()
    page.open_with(session.need_store())
    assert page.header().facts == ("mine.roleworth",)
    assert page.view.backups.now.isEnabled()
    assert page.view.check.aside.isHidden()


def test_a_file_that_another_window_has_is_read_and_taken_over_only_by_a_person(
    session: Session, page: SafetyPage
) -> None:
    path = session.need_store().path
    session.close()
    other = open_store(path)
    session.open(path)
    assert session.need_store().read_only
    assert any("has it open" in line for line in lines(page.view.file.lines))
    page.view.file.take_over.click()
    answer(page, "Leave it")
    assert session.need_store().read_only
    page.view.file.take_over.click()
    answer(page, "Take it over")
    assert not session.need_store().read_only
    with pytest.raises(UserProblem, match="taken"):
        add_role(other, name="Late")
    other.close()


def test_a_file_that_was_replaced_is_noticed_once(session: Session) -> None:
    told: list[Standing] = []
    session.lost.connect(told.append)
    session.look_at_file()
    assert told == []
    path = session.need_store().path
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)
    session.look_at_file()
    session.look_at_file()
    assert told == [Standing.REPLACED]


def test_opening_the_open_file_again_keeps_it_writable(session: Session) -> None:
    session.open(session.need_store().path)
    session.change(add_role, name="Newcomer")
    assert len(session.facts.roles) == 5


def test_much_is_not_taken_away_without_a_backup(session: Session) -> None:
    session.change(add_role, name="Newcomer")
    session.change(remove_role, role_id=1)
    assert [held.reason for held in backups(session.need_store())] == ["before a role was removed", "at open"]


def test_a_text_is_looked_for_then_removed_when_asked_again(page: SafetyPage, session: Session) -> None:
    session.change(add_note, role_id=1, noted_on=date(2024, 5, 1), text="Annabel Brown came late")
    session.back_up("asked for")
    page.view.remove.text.set_text("annabel brown")
    page.removing.look_for()
    assert lines(page.view.remove.lines)[0].startswith("note, row")
    page.view.remove.remove.click()
    answer(page, KEEP)
    assert b"Annabel" in session.need_store().path.read_bytes()
    page.view.remove.remove.click()
    answer(page, REMOVE)
    assert b"Annabel" not in session.need_store().path.read_bytes()
    assert lines(page.view.remove.lines) == ["mine-000002.backup still holds it: delete it when you can do without it"]


def test_the_file_a_restored_one_came_from_and_a_published_one_are_copies_too(
    session: Session, page: SafetyPage, tmp_path: Path
) -> None:
    first = session.need_store().path
    (tmp_path / "share").mkdir()
    origin = tmp_path / "share" / "elm.roleworth"
    origin.write_bytes(first.read_bytes())
    page.look_into(str(backups(session.need_store())[0].path))
    page.view.preview.restore.click()
    restored = session.need_store().path
    choose(restored, "origin", str(origin))
    held = {path.name for path in copies_of(restored)}
    assert restored != first
    assert held == {"mine.roleworth", "mine-000001.backup", "mine restored-000001.backup", "elm.roleworth"}


def test_a_file_in_a_synchronised_folder_asks_once_and_publishes_its_local_copy(
    session: Session, page: SafetyPage, tmp_path: Path, own_folder: Path
) -> None:
    synced = tmp_path / "OneDrive - Elm"
    synced.mkdir()
    origin = synced / "elm.roleworth"
    origin.write_bytes(session.need_store().path.read_bytes())
    asked: list[object] = []
    session.unsafe_place.connect(asked.append)
    session.unsafe_place.connect(page.open_with)
    session.open(origin)
    assert len(asked) == 1
    answer(page, LOCALLY)
    assert session.need_store().path == own_folder / "elm.roleworth"
    session.change(add_role, name="Newcomer")
    session.back_up("asked for")
    with open_store(origin, read_only=True) as published:
        from db.queries.roles import roles

        assert len(roles(published)) == 5


def test_staying_in_a_synchronised_folder_is_not_asked_again(
    session: Session, page: SafetyPage, tmp_path: Path
) -> None:
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    origin = synced / "elm.roleworth"
    origin.write_bytes(session.need_store().path.read_bytes())
    asked: list[object] = []
    session.unsafe_place.connect(asked.append)
    session.unsafe_place.connect(page.open_with)
    session.open(origin)
    answer(page, THERE)
    session.open(origin)
    assert len(asked) == 1
    assert choice(origin, "place") == "there"


def kept_lists(own_folder: Path) -> list[Path]:
    return list((own_folder / "places").iterdir())


def test_a_list_of_choices_that_cannot_be_read_just_now_is_not_begun_anew(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    choose(tmp_path / "a", "backups", "/x")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refused)
        with pytest.raises(UserProblem, match="could not be kept"):
            choose(tmp_path / "a", "place", "there")
    assert choice(tmp_path / "a", "backups") == "/x"


def test_a_list_of_choices_that_is_damaged_asks_again_and_the_others_hold(own_folder: Path, tmp_path: Path) -> None:
    choose(tmp_path / "a", "backups", "/x")
    (damaged,) = kept_lists(own_folder)
    choose(tmp_path / "b", "backups", "/y")
    damaged.write_text("{", encoding="utf-8")
    assert (choice(tmp_path / "a", "backups"), choice(tmp_path / "b", "backups")) == ("", "/y")
    choose(tmp_path / "a", "backups", "/z")
    assert choice(tmp_path / "a", "backups") == "/z"


def test_two_windows_that_choose_at_once_for_two_files_both_keep_it(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = [lambda: choose(tmp_path / "b", "origin", "/drive/b")]
    really = Path.write_text

    def write_text(path: Path, *given: str, **named: str) -> int:
        if once:
            once.pop()()
        return really(path, *given, **named)

    monkeypatch.setattr(Path, "write_text", write_text)
    choose(tmp_path / "a", "origin", "/drive/a")
    assert [choice(tmp_path / name, "origin") for name in "ab"] == ["/drive/a", "/drive/b"]


def test_what_was_chosen_in_the_one_list_there_was_before_still_holds(own_folder: Path, tmp_path: Path) -> None:
    before = {str(tmp_path / "a"): {"backups": "/x", "origin": "/drive/a"}}
    (own_folder / "places.json").write_text(json.dumps(before), encoding="utf-8")
    assert choice(tmp_path / "a", "backups") == "/x"
    choose(tmp_path / "a", "backups", "/z")
    assert (choice(tmp_path / "a", "backups"), choice(tmp_path / "a", "origin")) == ("/z", "/drive/a")
    assert choice(tmp_path / "b", "backups") == ""
