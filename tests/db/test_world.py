"""What the world does to a file: it is replaced, moved, locked, read-only, out of room; nothing saved is lost."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.backup import make_backup
from db.checks import check_file
from db.operations.imports import SourceFile, bring_in
from db.operations.observations import record_observations
from db.operations.roles import add_role
from db.publishing import local_copy, publish
from db.queries.series import observation_count
from db.sqlite import DamagedFile, row_counts, sha256_of
from db.standing import Standing
from db.store import Store, open_store
from db.whereabouts import PlaceKind, by_name, file_system_of, place_of
from tests.db.making import dump, import_rows, value

ROOT = Path(__file__).parent.parent.parent


def put_another_in_place(path: Path) -> None:
    other = path.with_name("other")
    shutil.copyfile(path, other)
    other.replace(path)


def write_behind_its_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE setting SET value = 'x'")
        connection.commit()


@pytest.mark.parametrize(
    ("happens", "standing", "words"),
    [
        (put_another_in_place, Standing.REPLACED, "has been replaced"),
        (Path.unlink, Standing.GONE, "no longer where it was"),
        (write_behind_its_back, Standing.CHANGED, "changed by another program"),
    ],
)
def test_a_file_that_is_not_the_one_that_was_opened_is_not_written(
    happens: Callable[[Path], None], standing: Standing, words: str, store: Store
) -> None:
    add_role(store, name="Care navigator")
    assert store.standing() is Standing.SAME
    happens(store.path)
    assert store.standing() is standing
    before = store.path.read_bytes() if store.path.exists() else None
    with pytest.raises(UserProblem, match=words) as told:
        add_role(store, name="Link worker")
    assert "Nothing was written" in told.value.hint
    assert (store.path.read_bytes() if store.path.exists() else None) == before


def test_own_writes_are_not_taken_for_somebody_elses(store: Store) -> None:
    for number in range(3):
        add_role(store, name=f"Role {number}")
        assert store.standing() is Standing.SAME


def test_a_file_that_others_hold_is_said_to_be_in_use_and_not_damaged(store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserProblem, match="in use by another program") as told:
            open_store(store.path)
        assert not isinstance(told.value, DamagedFile)
        other.execute("ROLLBACK")
    open_store(store.path).close()


def test_a_file_that_grows_no_further_refuses_the_step_and_takes_it_later(
    store: Store, role: int, measure: int
) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    before = dump(store.path, without_log=False)
    entries = [value(role, measure, month(1900 + n // 12, n % 12 + 1), n) for n in range(1, 900)]
    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store.engine.dispose()
    from sqlalchemy import event

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(store.engine, "connect", limit)
    with pytest.raises(UserProblem, match="no room left") as told:
        record_observations(store, entries=entries, label="Type many")
    assert "Nothing was changed" in told.value.hint
    assert dump(store.path, without_log=False) == before
    event.remove(store.engine, "connect", limit)
    store.engine.dispose()
    record_observations(store, entries=entries, label="Type many")
    assert observation_count(store) == 900


LIMITED = """
import resource, signal, sys
from pathlib import Path
from analysis.periods import month
from analysis.problems import UserProblem
from db.operations.observations import record_observations
from db.store import open_store
from tests.db.making import value
store = open_store(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
entries = [value(1, 1, month(1900 + n // 12, n % 12 + 1), n) for n in range(1, 900)]
try:
    record_observations(store, entries=entries, label="Type many")
except UserProblem as problem:
    print(problem.sentence())
"""


@pytest.mark.usefixtures("measure")
@pytest.mark.parametrize("room", [0, 4096, 40000])
def test_a_disk_that_fails_in_the_middle_of_a_step_leaves_the_file_as_it_was(room: int, store: Store) -> None:
    store.close()
    before = dump(store.path, without_log=False)
    size = store.path.stat().st_size
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(store.path), str(size + room)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert "reported an error" in done.stdout or "no room left" in done.stdout, done.stderr
    assert check_file(store.path).faults == ()
    assert dump(store.path, without_log=False) == before
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != size + room


READER = """
import os, sys
from pathlib import Path
from analysis.problems import UserProblem
from db.operations.roles import add_role
from db.queries.roles import roles
from db.store import open_store
warm = open_store(Path(sys.argv[1]), read_only=True)
roles(warm)
warm.close()
os.setuid(65534)
store = open_store(Path(sys.argv[1]))
print(store.read_only, store.why_read_only, len(roles(store)))
try:
    add_role(store, name="Link worker")
except UserProblem as problem:
    print(problem.sentence())
"""


@pytest.mark.usefixtures("role")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "why"), [(0o444, 0o777, "the file"), (0o666, 0o555, "its folder")]
)
def test_a_read_only_file_or_folder_is_read_and_said_to_be(
    file_mode: int, folder_mode: int, why: str, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody without rights")
    store.close()
    folder = Path("/var/tmp") / f"roleworth-{os.getpid()}-{file_mode:o}"
    folder.mkdir()
    try:
        path = folder / "evaluation.roleworth"
        shutil.copyfile(store.path, path)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        done = subprocess.run(
            [sys.executable, "-B", "-c", READER, str(path)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        if "Permission denied" in done.stderr and "roleworth-" not in done.stderr:
            pytest.skip("the program itself cannot be read without rights here")
        assert done.stdout.startswith(f"True {why}"), done.stderr
        assert " 1\n" in done.stdout
        assert "open for reading only" in done.stdout
        assert path.read_bytes() == store.path.read_bytes()
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/anna/OneDrive - Elm PCN/roles", "OneDrive"),
        ("/home/anna/OneDrive", "OneDrive"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/Users/anna/Library/CloudStorage/Dropbox", "a synchronised folder of macOS"),
        ("/home/anna/Dropbox (Elm)/x", "Dropbox"),
        ("/home/anna/Elm PCN/Evaluation - Documents/x", "SharePoint"),
        ("/home/anna/Nextcloud/x", "Nextcloud"),
        ("/home/anna/Google Drive/x", "Google Drive"),
        ("/home/anna/Box Sync/x", "Box"),
        ("/home/anna/Documents/boxes of onedrives", ""),
    ],
)
def test_synchronised_folders_are_known_by_their_names(path: str, name: str) -> None:
    assert by_name(PurePosixPath(path)) == name
    assert by_name(PureWindowsPath("C:/", *path.split("/")[1:])) == name


def test_a_folder_of_syncthing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "deep").mkdir()
    assert place_of(tmp_path / "deep" / "a.roleworth").words == "a synchronised folder (Syncthing)"


MOUNTS = """\
22 1 0:20 / / rw - ext4 /dev/sda rw
31 22 0:28 / /mnt/H\\040drive rw shared:1 - cifs //server/share rw
32 22 0:29 / /home rw - ext4 /dev/sdb rw
33 32 0:30 / /home/anna/net rw - nfs4 server:/x rw
"""


@pytest.mark.parametrize(
    ("path", "system"),
    [("/mnt/H drive/a", "cifs"), ("/home/anna/a", "ext4"), ("/home/anna/net/a/b", "nfs4"), ("/opt/a", "ext4")],
)
def test_the_file_system_is_the_one_mounted_nearest_above(path: str, system: str) -> None:
    assert file_system_of(PurePosixPath(path), MOUNTS) == system


def test_a_network_drive_is_known_by_its_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert place_of(tmp_path).kind is not PlaceKind.NETWORK
    monkeypatch.setattr("db.whereabouts.mounts", lambda: f"1 1 0:1 / {tmp_path.resolve()} rw - smb3 //s/x rw")
    assert place_of(tmp_path / "a.roleworth").words == "a network drive (smb3)"


def test_a_local_copy_is_published_back_and_never_over_what_others_wrote(store: Store, tmp_path: Path) -> None:
    add_role(store, name="Care navigator")
    store.close()
    origin, here = store.path, tmp_path / "here"
    here.mkdir()
    copy = local_copy(origin, here)
    assert copy.sha256 == sha256_of(origin)
    with open_store(copy.path) as local:
        add_role(local, name="Link worker")
        first = publish(local, origin, {copy.sha256})
        assert (first.path, first.beside) == (origin, False)
        assert dump(origin, without_log=False) == dump(copy.path, without_log=False)
        write_behind_its_back(origin)
        theirs = origin.read_bytes()
        add_role(local, name="Case manager")
        second = publish(local, origin, {first.sha256})
        add_role(local, name="Health coach")
        third = publish(local, origin, {first.sha256, second.sha256})
        add_role(local, name="Village agent")
        fourth = publish(local, origin, {first.sha256})
    assert second.beside
    assert (third.path, fourth.path.name) == (second.path, "evaluation published (2).roleworth")
    assert second.path.name == "evaluation published.roleworth"
    assert origin.read_bytes() == theirs
    assert not list(tmp_path.glob(".roleworth-*"))


def test_a_place_that_cannot_be_reached_keeps_the_local_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="could not be published") as told:
        publish(store, tmp_path / "gone" / "a.roleworth", ())
    assert "Your local file holds everything" in told.value.hint


def test_a_file_that_can_be_read_no_more_is_told_in_words_by_whoever_reads_it(store: Store) -> None:
    store.engine.dispose()
    store.path.write_bytes(store.path.read_bytes()[:100] + bytes(8192))
    with pytest.raises(UserProblem, match="is damaged"):
        observation_count(store)
    with pytest.raises(OSError, match=r"malformed|not a database"):
        row_counts(store.path)
    assert not check_file(store.path).is_sound


def long_step(store: Store, role: int, measure: int, end: Callable[[], None]) -> None:
    """A step too large for SQLite's cache, so that it reaches the disk before it ends; `end` is called last."""
    rows = import_rows(measure, {1: 5})
    many = [rows[0] | {"period_start": day, "period_end": day} for day in map(date.fromordinal, range(1, 20001))]

    def told(written: int) -> None:
        if written >= 18000:
            end()

    bring_in(store, role_id=role, source=SourceFile("large.csv", "0" * 64, 1), rows=many, told=told)


def test_a_long_step_that_is_cancelled_is_not_taken_for_the_doing_of_another_program(
    store: Store, role: int, measure: int
) -> None:
    def cancel() -> None:
        raise UserProblem("The import was cancelled.", "Nothing of it was saved.")

    with pytest.raises(UserProblem, match="cancelled"):
        long_step(store, role, measure, cancel)
    assert store.standing() is Standing.SAME
    add_role(store, name="Link worker")


def test_whoever_looks_while_a_long_step_is_written_sees_no_other_program(
    store: Store, role: int, measure: int
) -> None:
    seen: list[Standing] = []
    long_step(store, role, measure, lambda: seen.append(store.standing_at_rest()))
    assert set(seen) == {Standing.SAME}
    assert store.standing_at_rest() is Standing.SAME


def test_a_step_into_a_file_that_was_replaced_meanwhile_is_not_called_saved(
    store: Store, role: int, measure: int
) -> None:
    with pytest.raises(UserProblem, match="moved or replaced while it was being written"):
        long_step(store, role, measure, lambda: put_another_in_place(store.path))
    assert store.standing() is Standing.REPLACED
    with pytest.raises(UserProblem, match="has been replaced"):
        add_role(store, name="Link worker")


def test_a_file_that_was_taken_over_is_not_written_anew(store: Store, role: int) -> None:
    with open_store(store.path, take_over=True), pytest.raises(UserProblem, match="taken"):
        store.compact()


def test_a_file_whose_disk_has_gone_is_let_go_of_when_it_is_closed(
    store: Store, role: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise UserProblem("The disk has gone.", "")

    make_backup(store, reason="at open")
    add_role(store, name="Link worker")
    monkeypatch.setattr(store, "file_id", gone)
    with pytest.raises(UserProblem, match="disk has gone"):
        store.close()
    with open_store(store.path) as again:
        assert not again.read_only
