"""Clocks that jump and places with other customs change no figure, no order and no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
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


PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
FAR = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Auckland"}
OTHERS = {"commas": "de_DE.UTF-8", "dotless i": "tr_TR.UTF-8", "other digits": "ar_EG.UTF-8"}
SHEET = "Month,Falls\nApr-23,1204.5\nMay-23,15\nJun-23,16\nJul-23,17\n"


def is_installed(customs: dict[str, str]) -> bool:
    """Whether the system knows a locale; where it does not, the C library would quietly go on with C."""
    script = "import locale; locale.setlocale(locale.LC_ALL, '')"
    asked = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, env=os.environ | customs)
    return asked.returncode == 0


def run(folder: Path, customs: dict[str, str], *words: str) -> str:
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
    return done.stdout


def figures(folder: Path, customs: dict[str, str]) -> str:
    """A sheet brought in and analysed under some customs: everything that is said of it."""
    folder.mkdir()
    sheet, file = folder / "stürze.csv", folder / "İ ı.roleworth"
    sheet.write_text(SHEET, encoding="utf-8")
    run(folder, customs, "import", str(sheet), "--into", str(file), "--role", "INFIRMARY visitor", "--accept-checks")
    text = json.dumps(json.loads(run(folder, customs, "analyse", str(file), "--json")), sort_keys=True)
    with open_store(file) as store:
        assert sorted(recorded(store).values()) == [15, 16, 17, 1204.5]
    return text.replace(json.dumps(str(file))[1:-1], "").replace(str(file), "")


def workbook(folder: Path, customs: dict[str, str]) -> dict[str, bytes]:
    """The parts of the workbook that is made of it."""
    run(folder, customs, "export", str(folder / "İ ı.roleworth"), "--to", str(folder / "book.xlsx"))
    with zipfile.ZipFile(folder / "book.xlsx") as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("plain") / "Ünïcode"
    return folder, figures(folder, PLAIN)


@pytest.fixture(scope="module")
def plain_book(plain: tuple[Path, str]) -> dict[str, bytes]:
    return workbook(plain[0], PLAIN)


def test_another_time_zone_and_customs_by_name_give_the_same_figures(tmp_path: Path, plain: tuple[Path, str]) -> None:
    assert figures(tmp_path / "Ünïcode", FAR) == plain[1]


@pytest.mark.full
@pytest.mark.parametrize("name", OTHERS)
def test_other_customs_give_the_same_figures_and_the_same_workbook_byte_for_byte(
    name: str, tmp_path: Path, plain: tuple[Path, str], plain_book: dict[str, bytes]
) -> None:
    customs = {**PLAIN, "LC_ALL": OTHERS[name]}
    if not is_installed(customs):
        pytest.skip(f"the locale {OTHERS[name]} is not installed")
    assert figures(tmp_path / "Ünïcode", customs) == plain[1]
    assert workbook(tmp_path / "Ünïcode", customs) == plain_book
