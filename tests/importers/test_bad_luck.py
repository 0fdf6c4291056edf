"""What cannot be a file: a sheet that is locked, gone, forbidden or a folder, a full disk, two imports at once."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from analysis.problems import UserProblem
from db.operations.roles import add_role
from db.store import Store, create
from desktop.importing import Bringing, bring_in_collected
from importers.collecting import collect
from importers.entry import inspect
from importers.examine import examine
from importers.guard import open_file
from importers.plans import ImportPlan, propose
from tests.db.making import dump

TEXT = "Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "falls.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(UserProblem) as raised:
        open_file(path)
    return raised.value.sentence()


def has_four_parts(sentence: str, what: str, then: str) -> None:
    """What happened, to which file, what is safe, what to do next."""
    assert what in sentence
    assert "falls.csv" in sentence
    assert "Nothing has been saved." in sentence
    assert then in sentence


@pytest.mark.parametrize(
    ("fault", "what", "then"),
    [
        (PermissionError(errno.EACCES, "sharing violation"), "another program holds it", "Close it there"),
        (PermissionError(errno.EPERM, "not permitted"), "no permission to read it", "copy it to a folder of your own"),
        (FileNotFoundError(errno.ENOENT, "gone"), "no longer where it was", "choose it once more"),
        (OSError(errno.EIO, "input/output error"), "could not be read from its disk", "Copy it to this computer"),
        (TimeoutError(errno.ETIMEDOUT, "timed out"), "could not be read from its disk", "Copy it to this computer"),
    ],
    ids=["locked by Excel", "no permission", "deleted", "broken disk", "slow share"],
)
def test_a_file_that_cannot_be_read_is_told_in_four_parts(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, what: str, then: str
) -> None:
    def fail(_path: Path) -> bytes:
        raise fault

    monkeypatch.setattr(Path, "read_bytes", fail)
    has_four_parts(said(sheet), what, then)


def test_a_folder_with_the_name_of_a_file_is_told_in_four_parts(tmp_path: Path) -> None:
    folder = tmp_path / "falls.csv"
    folder.mkdir()
    has_four_parts(said(folder), "is a folder, not a file", "Choose a file inside it")
    with pytest.raises(UserProblem, match="is a folder"):
        inspect(folder)


def test_a_file_that_goes_away_between_choosing_and_reading_is_told_in_four_parts(sheet: Path) -> None:
    sheet.unlink()
    with pytest.raises(UserProblem) as raised:
        inspect(sheet)
    has_four_parts(raised.value.sentence(), "no longer where it was", "choose it once more")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create(tmp_path / "elm.roleworth")


def role_of(store: Store) -> int:
    role = add_role(store, name="Navigator").new_id
    assert role is not None
    return role


def brought(store: Store, role: int, plan: ImportPlan) -> int:
    outcome = bring_in_collected(store, role_id=role, plan=plan, collected=collect(plan), bringing=Bringing())
    return outcome.added


def test_a_file_deleted_after_its_preview_still_comes_in_as_it_was_shown(store: Store, sheet: Path) -> None:
    plan = propose(examine(sheet))
    sheet.unlink()
    assert brought(store, role_of(store), plan) == 3
    store.close()


def test_a_disk_that_fills_up_while_storing_leaves_the_record_as_it_was(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(f"Apr-23,Place {n},{n}\n" for n in range(5_000))
    path.write_text(f"Month,Measure,Value\n{rows}", encoding="utf-8")
    role = role_of(store)
    before = dump(store.path, without_log=False)

    @event.listens_for(store.engine, "checkout")
    def no_room(connection: object, _record: object, _proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]  # the driver's own
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]  # the driver's own

    with pytest.raises(UserProblem) as raised:
        brought(store, role, propose(examine(path)))
    store.close()
    sentence = raised.value.sentence()
    assert "no room left on the disk" in sentence
    assert "elm.roleworth" in sentence
    assert "Nothing was changed" in sentence
    assert "Make some room" in sentence
    assert dump(store.path, without_log=False) == before


def test_two_imports_at_once_come_in_one_after_the_other(store: Store, tmp_path: Path) -> None:
    role = role_of(store)
    plans = []
    for name in ("Falls", "Calls"):
        path = tmp_path / f"{name}.csv"
        path.write_text(TEXT.replace("Falls", name), encoding="utf-8")
        plans.append(propose(examine(path)))
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda plan: brought(store, role, plan), plans)) == [3, 3]
    assert len(dump(store.path)["observation"]) == 6
    store.close()
