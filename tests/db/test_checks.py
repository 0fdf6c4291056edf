"""Checking a file: every changed bit and every broken page is found, and the rows concerned are named."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.backup import Backup, backups_of, make_backup
from db.checks import FileCheck, check_file
from db.operations.imports import SourceFile, bring_in
from db.operations.observations import record_observations
from db.operations.roles import remove_role
from db.salvage import quarantine, salvage, unused_name
from db.store import Store, open_store
from desktop.sample import write_sample_to
from tests.db.making import import_rows, value, write_unlogged

PAGE = 4096


def left_alone(path: Path) -> Backup:
    """The sample with an import, backed up and closed: a file as it lies on a disk overnight."""
    write_sample_to(path)
    with open_store(path) as store:
        rows = import_rows("Calls", {number: float(number) for number in range(1, 13)})
        from db.operations.imports import NewMeasure

        new = NewMeasure("Calls", {"name": "Calls", "kind": "count", "unit": "count"})
        bring_in(store, role_id=1, source=SourceFile("calls.csv", "0" * 64, 9), rows=rows, new_measures=[new])
        return make_backup(store, reason="at close")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "sample.roleworth"
    left_alone(path)
    return path


@pytest.fixture
def damaged(alone: Path) -> Path:
    """The file, to be damaged; its bytes are put back by the next test that asks for it."""
    held = alone.with_suffix(".kept")
    if not held.exists():
        held.write_bytes(alone.read_bytes())
    alone.write_bytes(held.read_bytes())
    return alone


def look(path: Path) -> FileCheck | None:
    """What a check says; None when the file is refused with a problem."""
    try:
        return check_file(path)
    except UserProblem:
        return None


def test_a_table_that_is_read_in_many_parts_has_the_same_faults_in_the_same_order(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute("UPDATE observation SET raw_text = 'x' WHERE id % 97 = 5")
        connection.execute("DELETE FROM observation WHERE id % 89 = 7")
    at_once = check_file(damaged).faults
    monkeypatch.setattr("db.damage.SPAN", 300)
    in_parts = check_file(damaged).faults
    assert in_parts == at_once
    assert sum("observation" in fault for fault in in_parts) > 4


@pytest.mark.parametrize("block", [-3, 7000, 1 << 39, 1 << 60])
def test_checksums_that_stand_where_no_row_can_be_are_noticed_wherever_that_is(damaged: Path, block: int) -> None:
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute("UPDATE row_check SET block = ? WHERE table_name = 'task'", (block,))
    found = look(damaged)
    assert found is not None
    assert "task, row 1: was not written by Roleworth, or its checksum is damaged" in found.faults
    missing = [fault for fault in found.faults if fault.startswith("task") and "gone without a step" in fault]
    assert bool(missing) == (block < 1 << 40)


def flip(path: Path, base: bytes, bit: int) -> None:
    held = bytearray(base)
    held[bit // 8] ^= 1 << bit % 8
    path.write_bytes(held)


def missed_flips(path: Path, count: int, seed: int) -> list[int]:
    """Of so many random single bits changed one at a time, those that no check notices."""
    base, chance, missed = path.read_bytes(), random.Random(seed), []
    for _ in range(count):
        bit = chance.randrange(len(base) * 8)
        flip(path, base, bit)
        found = look(path)
        if found is not None and found.is_sound:
            missed.append(bit)
    path.write_bytes(base)
    return missed


def test_a_sound_file_is_said_to_be_sound(damaged: Path) -> None:
    found = check_file(damaged)
    assert found.is_sound
    assert found.observations == 246


def test_a_dozen_single_bits_changed_anywhere_in_a_file_left_alone_are_all_noticed(damaged: Path) -> None:
    assert missed_flips(damaged, 12, 20261122) == []


@pytest.mark.long
def test_of_a_thousand_single_bits_changed_at_least_nine_in_ten_are_noticed(damaged: Path) -> None:
    assert len(missed_flips(damaged, 1000, 20261123)) <= 100


def record_offsets(path: Path, needles: list[bytes]) -> list[int]:
    held = path.read_bytes()
    return [at + len(needle) // 2 for needle in needles if (at := held.find(needle)) >= 0]


def test_a_bit_changed_in_what_is_recorded_is_noticed_without_the_sums_of_pages(damaged: Path) -> None:
    with closing(sqlite3.connect(damaged)) as connection:
        texts = [r[0] for r in connection.execute("SELECT uuid FROM observation")]
        texts += [r[0] for r in connection.execute("SELECT hash FROM history_step")]
        texts += [r[0] for r in connection.execute("SELECT text FROM note WHERE text <> ''")]
        texts += [r[0] for r in connection.execute("SELECT after FROM history_change WHERE after IS NOT NULL")][:60]
    sums = damaged.with_name("sample backups") / "sample.pages"
    held = sums.read_bytes()
    sums.unlink()
    base, chance = damaged.read_bytes(), random.Random(7)
    offsets = record_offsets(damaged, [text.encode() for text in texts])
    assert len(offsets) > 300
    for offset in chance.sample(offsets, 8):
        flip(damaged, base, offset * 8 + chance.randrange(7))
        found = look(damaged)
        assert found is None or not found.record_is_whole, offset
    sums.write_bytes(held)


@pytest.mark.parametrize("every", [31, pytest.param(1, marks=pytest.mark.long)])
def test_every_zeroed_page_is_noticed(every: int, damaged: Path) -> None:
    base = damaged.read_bytes()
    for page in range(0, len(base) // PAGE, every):
        if any(part := base[page * PAGE : (page + 1) * PAGE]):
            damaged.write_bytes(base[: page * PAGE] + bytes(len(part)) + base[(page + 1) * PAGE :])
            found = look(damaged)
            assert found is None or not found.is_sound, page


@pytest.mark.parametrize("keep", [0, 50, 100, PAGE, 10 * PAGE + 17, -PAGE, -1])
def test_a_file_cut_short_is_noticed(keep: int, damaged: Path) -> None:
    base = damaged.read_bytes()
    damaged.write_bytes(base[:keep])
    found = look(damaged)
    assert found is None or not found.is_sound


def test_pages_that_changed_places_are_noticed(damaged: Path) -> None:
    base, chance = damaged.read_bytes(), random.Random(3)
    for _ in range(4):
        one, other = sorted(chance.sample(range(1, len(base) // PAGE), 2))
        held = bytearray(base)
        held[one * PAGE : (one + 1) * PAGE] = base[other * PAGE : (other + 1) * PAGE]
        held[other * PAGE : (other + 1) * PAGE] = base[one * PAGE : (one + 1) * PAGE]
        damaged.write_bytes(held)
        found = look(damaged)
        assert bytes(held) == base or found is None or not found.is_sound, (one, other)


def alter(path: Path, statement: str) -> None:
    """Change a file behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_an_altered_value_is_named_with_what_it_was(damaged: Path) -> None:
    alter(damaged, "UPDATE observation SET value = 999 WHERE id = 3")
    found = check_file(damaged, [b.path for b in backups_of(damaged)])
    assert "observation, row 3: is not as it was written" in found.faults
    [row] = found.rows
    assert row.proved
    assert row.holds is not None
    assert row.was is not None
    assert row.holds["value"] == 999
    assert row.was["value"] != 999
    assert row.source == "history"


def test_a_value_of_an_import_is_known_from_the_backup(damaged: Path) -> None:
    alter(damaged, "UPDATE observation SET value = -5 WHERE import_id IS NOT NULL AND value = 7")
    [row] = check_file(damaged, [b.path for b in backups_of(damaged)]).rows
    assert (row.proved, row.was and row.was["value"]) == (True, 7.0)
    assert row.source.startswith("backup ")


def test_a_row_removed_or_put_in_behind_the_programs_back_is_named(damaged: Path) -> None:
    alter(damaged, "DELETE FROM note WHERE id = 2")
    alter(damaged, "INSERT INTO setting (uuid, key, value) VALUES ('x', 'slipped in', '1')")
    faults = check_file(damaged).faults
    assert "note, row 2: is gone without a step of the history" in faults
    assert any(fault.startswith("setting, row") and "not written by Roleworth" in fault for fault in faults)


def test_a_step_written_over_breaks_the_chain(damaged: Path) -> None:
    alter(damaged, "UPDATE history_step SET label = 'Nothing happened' WHERE id = 5")
    assert any("step 5" in fault for fault in check_file(damaged).faults)


def test_a_damaged_row_is_not_written_over(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    write_unlogged(store, "UPDATE observation SET value = 213 WHERE id = 1")
    store.settled()
    with pytest.raises(UserProblem, match="is damaged"):
        record_observations(store, entries=[value(role, measure, month(2024, 4), 220)], label="Type 220")


def test_a_damaged_row_is_not_removed_among_others(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, n), n) for n in (4, 5)], label="Type two")
    write_unlogged(store, "UPDATE observation SET value = 213 WHERE id = 2")
    store.settled()
    with pytest.raises(UserProblem, match="Row 2 of observation is damaged"):
        remove_role(store, role_id=role)


def test_a_catalogue_whose_names_are_no_text_is_looked_at_and_not_stumbled_over(damaged: Path) -> None:
    base = damaged.read_bytes()
    for name in (b"CREATE TABLE observation", b"CREATE INDEX ix_", b"ix_observation"):
        if (at := base.find(name)) > 0:
            held = bytearray(base)
            held[at + len(name) - 3] = 0xE5
            damaged.write_bytes(held)
            found = look(damaged)
            assert found is None or not found.is_sound


def test_salvage_puts_right_what_can_be_proved_and_the_result_is_sound(damaged: Path) -> None:
    alter(damaged, "UPDATE observation SET value = 999 WHERE id = 3")
    alter(damaged, "DELETE FROM note WHERE id = 2")
    before, target = damaged.read_bytes(), unused_name(damaged, "saved")
    report = salvage(damaged, target, [b.path for b in backups_of(damaged)])
    assert damaged.read_bytes() == before
    assert sorted((r.fault.table, r.fault.row_id) for r in report.mended) == [("note", 2), ("observation", 3)]
    assert (report.lost, report.doubtful, report.history_kept) == ([], [], True)
    assert check_file(target).faults == ()
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM observation").fetchone()[0] == 246
        assert connection.execute("SELECT value FROM observation WHERE id = 3").fetchone()[0] != 999
    target.unlink()


def test_salvage_leaves_out_a_value_nobody_can_vouch_for_and_names_it(damaged: Path) -> None:
    alter(damaged, "UPDATE observation SET value = -5 WHERE import_id IS NOT NULL AND value = 7")
    target = unused_name(damaged, "saved")
    report = salvage(damaged, target)
    assert [row.fault.table for row in report.lost] == ["observation"]
    assert check_file(target).faults == ()
    target.unlink()


def test_salvage_of_a_file_with_a_zeroed_page_saves_what_can_be_read(damaged: Path) -> None:
    base = damaged.read_bytes()
    with closing(sqlite3.connect(damaged)) as connection:
        note = connection.execute("SELECT uuid FROM observation WHERE id = 100").fetchone()[0].encode()
    pages = [page for page in range(len(base) // PAGE) if note in base[page * PAGE : (page + 1) * PAGE]]
    for page in pages:
        damaged.write_bytes(base[: page * PAGE] + bytes(PAGE) + base[(page + 1) * PAGE :])
        target = unused_name(damaged, "saved")
        report = salvage(damaged, target, [b.path for b in backups_of(damaged)])
        assert check_file(target).faults == ()
        with closing(sqlite3.connect(target)) as connection:
            assert connection.execute("SELECT count(*) FROM observation").fetchone()[0] == 246
        assert report.lost == []
        target.unlink()


def test_salvage_never_overwrites_and_leaves_nothing_when_it_fails(damaged: Path) -> None:
    target = damaged.with_name("there.roleworth")
    target.write_bytes(b"mine")
    with pytest.raises(UserProblem, match="exists already"):
        salvage(damaged, target)
    assert target.read_bytes() == b"mine"
    target.unlink()
    damaged.write_bytes(damaged.read_bytes()[:100] + bytes(PAGE * 3))
    with pytest.raises(UserProblem):
        salvage(damaged, target)
    assert not target.exists()
    assert not list(target.parent.glob("there*"))


def test_a_damaged_file_is_put_aside_and_never_over_another(tmp_path: Path) -> None:
    for expected in ("elm damaged.roleworth", "elm damaged (2).roleworth"):
        path = tmp_path / "elm.roleworth"
        path.write_bytes(b"x")
        assert quarantine(path).name == expected
        assert not path.exists()
