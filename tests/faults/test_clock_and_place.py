"""Clocks that jump and places with other customs change no figure, no order and no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from db.backup import backups, make_backup
from db.checks import check_file
from db.history import undo
from db.operations.roles import add_role
from db.queries.roles import roles
from db.store import create, open_store
from faults.judging import recorded

ROOT = Path(__file__).parent.parent.parent
JUMPS = {
    "summer time begins": ("2026-03-29T00:59:55", "2026-03-29T01:00:05"),
    "summer time ends, the hour comes twice": ("2026-10-25T00:30:00", "2026-10-25T00:30:00"),
    "a leap day": ("2028-02-29T12:00:00", "2028-03-01T12:00:00"),
    "a year begins": ("2026-12-31T23:59:59", "2027-01-01T00:00:01"),
    "a financial year begins": ("2026-03-31T23:59:59", "2026-04-01T00:00:00"),
    "the battery is flat": ("2026-11-22T09:00:00", "2000-01-01T00:00:00"),
    "32 bits are full": ("2038-01-19T03:14:07", "2038-01-19T03:14:08"),
    "a year back": ("2026-11-22T09:00:00", "2025-11-22T09:00:00"),
    "five years on": ("2026-11-22T09:00:00", "2031-11-22T09:00:00"),
    "and back again": ("2031-11-22T09:00:00", "2026-11-22T09:00:00"),
}


class Clock(datetime):
    told = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # gives what it is told
        return cls.told.astimezone(tz)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_jumps_changes_no_order_and_costs_no_backup(
    jump: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in JUMPS[jump])
    monkeypatch.setattr("db.recorder.datetime", Clock)
    monkeypatch.setattr(Clock, "told", before)
    path = tmp_path / "elm.roleworth"
    with create(path) as store:
        add_role(store, name="First")
        make_backup(store, reason="at open")
        monkeypatch.setattr(Clock, "told", after)
        add_role(store, name="Second")
        make_backup(store, reason="at close")
        assert [held.reason for held in backups(store)] == ["at close", "at open"]
        assert undo(store) == "Set up Second"
    assert check_file(path).faults == ()
    with open_store(path) as store:
        assert [role.name for role in roles(store)] == ["First"]


PLAIN = {"LC_ALL": "C", "TZ": "UTC"}
FAR = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Auckland"}
COMMAS = {"LC_ALL": "de_DE.UTF-8", "TZ": "America/St_Johns"}


@pytest.mark.parametrize("other", [FAR, pytest.param(COMMAS, marks=pytest.mark.full)], ids=["far", "commas"])
def test_other_customs_and_a_name_with_odd_letters_give_the_same_figures(tmp_path: Path, other: dict[str, str]) -> None:
    found = []
    for number, customs in enumerate((PLAIN, other)):
        folder = tmp_path / f"Ünïcode İ ı {number}"
        folder.mkdir()
        sheet, file = folder / "stürze.csv", folder / "elm.roleworth"
        sheet.write_text("Month,Falls\nApr-23,1204.5\nMay-23,15\nJun-23,16\nJul-23,17\n", encoding="utf-8")
        brought = ("import", str(sheet), "--into", str(file), "--role", "INFIRMARY visitor", "--accept-checks")
        for words in (brought, ("analyse", str(file), "--json")):
            done = subprocess.run(
                [sys.executable, "-m", "desktop", *words],
                check=False,
                capture_output=True,
                encoding="utf-8",
                cwd=ROOT,
                env={**os.environ, **customs, "HOME": str(folder), "PYTHONUTF8": "1"},
                timeout=120,
            )
            assert done.returncode == 0, (customs, done.stderr)
        text = json.dumps(json.loads(done.stdout), sort_keys=True)
        found.append(text.replace(str(file), "").replace(json.dumps(str(file))[1:-1], ""))
        with open_store(file) as store:
            assert sorted(recorded(store).values()) == [15, 16, 17, 1204.5]
    assert found[0] == found[1]
