from __future__ import annotations

from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.backup import backups, make_backup, restore
from db.checks import check_file
from db.operations.observations import record_observations
from db.store import Store
from tests.db.making import dump, value


def test_a_backup_is_checked_and_restores_to_the_same_content(
    store: Store, role: int, measure: int, tmp_path: Path
) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    backup = make_backup(store, reason="at open")
    record_observations(store, entries=[value(role, measure, month(2024, 5), 206)], label="Type 206")
    restored = restore(backup.path, tmp_path / "restored.roleworth")
    assert len(dump(restored)["observation"]) == 1
    assert check_file(restored).faults == ()
    assert [b.path for b in backups(store)] == [backup.path]


def test_a_backup_is_never_restored_over_a_file(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    with pytest.raises(UserProblem, match="never restored over"):
        restore(backup.path, store.path)


def test_a_changed_backup_is_refused(store: Store, tmp_path: Path) -> None:
    backup = make_backup(store, reason="at open")
    held = bytearray(backup.path.read_bytes())
    held[-10] ^= 1
    backup.path.write_bytes(held)
    with pytest.raises(UserProblem, match="changed since it was made"):
        restore(backup.path, tmp_path / "restored.roleworth")


def test_backups_are_numbered_and_listed_newest_first(store: Store) -> None:
    first, second = make_backup(store, reason="at open"), make_backup(store, reason="before import")
    assert [b.reason for b in backups(store)] == ["before import", "at open"]
    assert (first.path.name, second.path.name) == ("evaluation-000001.backup", "evaluation-000002.backup")
