"""What lies beside a target half made: whose it is, and when it goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import sqlite, working
from db.backup import make_backup
from db.restoring import restore
from db.store import Store, open_store
from db.working import DAY, FIRST_NAMESPACE, MARK, is_dead, maker, working_name

pytestmark = pytest.mark.skipif(os.name != "posix", reason="nobody can be asked there whether he lives")


@pytest.fixture(scope="module")
def ended() -> str:
    """The number of a program that has ended."""
    tell = [sys.executable, "-c", "import os; print(os.getpid())"]
    return subprocess.run(tell, capture_output=True, text=True, check=True).stdout.strip()


def of(process: str, *, computer: str = "", boot: str = "") -> str:
    """A maker like this program, but for what is named."""
    ours = maker().split("-")
    return f"{computer or ours[0]}-{boot or ours[1]}-{process}"


def system(
    monkeypatch: pytest.MonkeyPatch, space: str = FIRST_NAMESPACE, boot: bytes = b"one", name: str = "pc"
) -> str:
    """Be on a computer that says this of itself; by what a program there is known."""
    held = {"/etc/machine-id": b"", "/proc/sys/kernel/random/boot_id": boot}
    monkeypatch.setattr(working, "_namespace", lambda: space)
    monkeypatch.setattr(working, "_read", held.__getitem__)
    monkeypatch.setattr("platform.node", lambda: name)
    return maker()


def test_a_left_over_that_cannot_be_removed_stands_in_nobodys_way(
    tmp_path: Path, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / f"{MARK}{of(ended)}-00000001", tmp_path / f"{MARK}{of(ended)}-00000002.xlsx"
    folder.mkdir()
    file.touch()

    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", refused)
        patched.setattr(Path, "unlink", refused)
        assert working_name(tmp_path).parent == tmp_path
    assert folder.exists()
    working_name(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_listed_may_still_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    assert working_name(tmp_path).parent == tmp_path


def test_who_lives_or_is_elsewhere_or_cannot_be_asked_is_not_dead(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_dead(of(ended))
    alive = (maker(), of("1"), of(ended, computer="ffffffff"), of(ended, computer="ffffffff", boot="ffffffff"))
    assert not [one for one in (*alive, "", "-", of(""), of("x"), of(str(10**30))) if is_dead(one)]
    monkeypatch.setattr(working, "CAN_ASK", False)
    assert not is_dead(of(ended))


def test_of_an_earlier_boot_of_this_computer_all_are_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    before = system(monkeypatch, boot=b"one")
    assert not is_dead(before)
    system(monkeypatch, boot=b"two")
    assert is_dead(before)
    system(monkeypatch, boot=b"")  # it cannot be told which boot this is
    assert not is_dead(before)
    unknown = maker()
    system(monkeypatch, boot=b"one")
    assert not is_dead(unknown)


def test_a_container_of_the_same_name_is_another_computer(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = system(monkeypatch).rpartition("-")[0]
    inside = system(monkeypatch, space="pid:[4026532201]").rpartition("-")[0]
    assert not is_dead(f"{outside}-{ended}")
    assert is_dead(f"{inside}-{ended}")
    system(monkeypatch, space="pid:[4026532201]", boot=b"two")  # the number of the first may be this one's by now
    assert not is_dead(f"{inside}-{ended}")


def test_what_earlier_versions_left_goes_after_a_day_unless_its_program_lives(tmp_path: Path, ended: str) -> None:
    gone = [".restoring-ab12_xyz", ".elm.roleworth.publishing", ".elm.roleworth.publishing-journal"]
    gone.append(f".roleworth-{ended}-ab.xlsx")
    kept = [f".roleworth-{os.getpid()}-ab.xlsx", ".restoring", ".notes.publishing", ".roleworth-notes", "elm.roleworth"]
    (tmp_path / gone[0]).mkdir()
    (tmp_path / gone[0] / "half.roleworth").touch()
    for name in (*gone[1:], *kept):
        (tmp_path / name).touch()
    working_name(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*gone, *kept}
    for path in tmp_path.iterdir():
        os.utime(path, (time.time() - 2 * DAY,) * 2)
    working_name(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(kept)


def test_a_restored_file_has_one_name_though_its_folder_cannot_be_removed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(store, reason="at open")
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    with open_store(restore(made.path, tmp_path / "back.roleworth")) as opened:
        assert not opened.read_only


def test_a_restored_file_whose_program_was_killed_is_opened_to_be_worked_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = make_backup(store, reason="at open"), tmp_path / "back.roleworth"
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(sqlite, "forget", lambda *_: os._exit(9))
        restore(made.path, target)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert target.stat().st_nlink == 2
    with open_store(target) as opened:
        assert not opened.read_only
    assert target.stat().st_nlink == 1


def test_where_renaming_overwrites_nothing_a_restored_file_is_renamed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import restoring

    linked: list[object] = []
    monkeypatch.setattr(os, "link", lambda *given: linked.append(given))
    monkeypatch.setattr(restoring, "RENAME_KEEPS", True)
    working_file, target = tmp_path / "working", tmp_path / "back.roleworth"
    working_file.write_bytes(b"whole")
    restoring._give_name(working_file, target)
    assert (target.read_bytes(), working_file.exists(), linked) == (b"whole", False, [])
