"""Where backups go, and what is listed of them, when a place or the list of choices fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.backup import backups_in, folder_beside, make_backup
from db.operations.roles import add_role
from db.store import Store, create
from desktop.safety import _chosen_path, all_backups, back_up, backup_folder, carry_choices, choice, choose, copies_of

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create(tmp_path / "elm.roleworth") as made:
        add_role(made, name="Care navigator")
        yield made


@pytest.fixture
def drive(store: Store, tmp_path: Path) -> Path:
    """A place chosen for the backups of the file."""
    folder = tmp_path / "drive"
    folder.mkdir()
    choose(store.path, "backups", str(folder))
    return folder


def shut(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let folders be there and not answer, as a share of a server that has gone, or a drive of another login."""
    stat, iterdir = Path.stat, Path.iterdir

    def refused(path: Path) -> None:
        if any(path.is_relative_to(folder) for folder in folders):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def asked(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        refused(path)
        return stat(path, follow_symlinks=follow_symlinks)

    def listed(path: Path) -> Iterator[Path]:
        refused(path)
        return iterdir(path)

    monkeypatch.setattr(Path, "stat", asked)
    monkeypatch.setattr(Path, "iterdir", listed)


def test_a_chosen_place_that_cannot_be_asked_is_told_like_one_that_is_not_there(
    store: Store, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        shut(patched, drive)
        with pytest.raises(UserProblem, match="cannot be reached: Permission denied") as told:
            back_up(store, "every half hour")
    drive.rmdir()
    with pytest.raises(UserProblem, match="is not there") as gone:
        back_up(store, "every half hour")
    assert told.value.hint == gone.value.hint


def test_a_place_that_cannot_be_listed_hides_nothing_of_the_other(
    store: Store, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = make_backup(store, reason="at open")
    add_role(store, name="Link worker")
    there = back_up(store, "at close")
    assert all_backups(store.path) == [there, beside]
    with monkeypatch.context() as patched:
        shut(patched, drive)
        assert all_backups(store.path) == [beside]
        with pytest.raises(UserProblem, match=r"backups in drive cannot be listed: Permission denied"):
            copies_of(store.path)
    with monkeypatch.context() as patched:
        shut(patched, folder_beside(store.path))
        assert all_backups(store.path) == [there]
    shut(monkeypatch, drive, folder_beside(store.path))
    with pytest.raises(UserProblem, match="cannot be listed: Permission denied"):
        all_backups(store.path)


def test_no_backup_is_never_said_of_a_place_that_cannot_be_listed(
    store: Store, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all_backups(store.path) == []
    shut(monkeypatch, drive)
    with pytest.raises(UserProblem, match="cannot be listed"):
        all_backups(store.path)


def test_a_backup_that_another_program_thins_meanwhile_is_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_backup(store, reason="at open")
    add_role(store, name="Link worker")
    second = make_backup(store, reason="at close")
    folder = first.path.parent
    monkeypatch.setattr("db.backup_names.named_backups", lambda *_: [second.path, first.path])
    first.path.unlink()
    assert backups_in(folder, store.path.stem) == [second]


@pytest.mark.parametrize("damaged", [b"\xff", b"{\xe2", b"", b"{", b"[]"])
def test_a_damaged_list_of_choices_is_begun_anew(damaged: bytes, store: Store, drive: Path) -> None:
    _chosen_path(store.path).write_bytes(damaged)
    assert choice(store.path, "backups") == ""
    assert back_up(store, "at open").path.parent == folder_beside(store.path)
    choose(store.path, "backups", str(drive))
    assert backup_folder(store.path) == drive


def test_a_damaged_list_of_before_holds_no_choice(store: Store, own_folder: Path) -> None:
    (own_folder / "places.json").write_bytes(b'{"\xff"')
    assert choice(store.path, "backups") == ""


def test_a_restored_file_is_backed_up_where_the_other_was_and_published_nowhere(store: Store, drive: Path) -> None:
    restored = store.path.with_name("elm restored.roleworth")
    choose(store.path, "origin", "/mnt/ward/elm.roleworth")
    choose(store.path, "local", "/home/elm.roleworth")
    carry_choices(store.path, restored)
    assert backup_folder(restored) == drive
    assert (choice(restored, "origin"), choice(restored, "local")) == ("", "")


def test_without_a_chosen_place_none_is_carried(store: Store) -> None:
    restored = store.path.with_name("elm restored.roleworth")
    carry_choices(store.path, restored)
    assert not _chosen_path(restored).exists()
