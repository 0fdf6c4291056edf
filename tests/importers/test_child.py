"""Reading in a child process: the same answer, and an app that survives whatever happens to the child."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from importers import child
from importers.child import Limits, end_ready, keep_ready, read_in_child
from importers.child_main import HEADER
from importers.entry import inspect
from importers.examine import examine
from tests.importers.sheets import ROOT

TEXT = "Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "falls.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_child_sees_what_this_process_sees_and_tells_how_far_it_is(sheet: Path) -> None:
    told: list[float] = []
    inspection = inspect(sheet, progress=lambda share, _doing: told.append(share))
    assert inspection.as_json() == examine(sheet).as_json()
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_refusal_in_the_child_is_the_same_sentence_here(tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text("<html><table></table></html>", encoding="utf-8")
    with pytest.raises(UserProblem, match="web page") as raised:
        inspect(path)
    assert "Nothing has been saved" in raised.value.hint


def test_a_cancelled_reading_stops_and_says_so(sheet: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(UserProblem, match="cancelled"):
        inspect(sheet, cancel=cancel)


def test_a_reading_that_takes_too_long_is_ended(sheet: Path) -> None:
    with pytest.raises(UserProblem, match="longer than 0 seconds"):
        read_in_child(sheet, limits=Limits(seconds=0))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_child_that_dies_of_its_memory_limit_is_a_problem_a_person_can_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("Month,Falls\n" + "Apr-23,4\n" * 400_000, encoding="utf-8")
    with pytest.raises(UserProblem) as raised:
        read_in_child(path, limits=Limits(seconds=30, memory=60_000_000))
    assert "large.csv" in raised.value.message
    assert "Nothing has been saved" in raised.value.sentence()


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is proved to bound a process")


def bounded(code: str, memory: int = 1_500_000_000, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    """Code run in a process that bounded itself first."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from importers.limits import limit_this_process; "
    text = f"{start}limit_this_process({memory}, {seconds}); {code}"
    return subprocess.run([sys.executable, "-c", text], check=False, capture_output=True, text=True, timeout=60)


@LINUX
def test_a_bounded_process_cannot_take_more_memory_than_it_was_given() -> None:
    assert "MemoryError" in bounded("held = bytearray(500_000_000)", memory=300_000_000).stderr
    assert bounded("held = bytearray(100_000_000); print(len(held))", memory=300_000_000).stdout.strip() == "100000000"


@LINUX
def test_a_bounded_process_cannot_use_more_time_than_it_was_given() -> None:
    assert bounded("\nwhile True: pass", seconds=-4).returncode < 0


@LINUX
def test_a_limit_that_is_lower_already_stays() -> None:
    code = "import resource; limit_this_process(900_000_000, 60); print(resource.getrlimit(resource.RLIMIT_AS)[1])"
    assert bounded(code, memory=400_000_000).stdout.strip() == "400000000"


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def children() -> set[str]:
    """Processes whose parent is this one."""
    held = (Path("/proc") / name / "stat" for name in names_in(Path("/proc")) if name.isdecimal())
    stats = (path.read_text(encoding="utf-8", errors="replace").rpartition(")") for path in held if path.exists())
    return {before.split(" ")[0] for before, _, after in stats if after.split()[1] == str(os.getpid())}


@LINUX
@pytest.mark.parametrize("ended", ["cancelled", "late", "starved"])
def test_however_a_reading_ends_no_child_and_no_file_is_left(
    tmp_path: Path, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temporary = tmp_path / "sheets", tmp_path / "temporary"
    folder.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    path = folder / "large.csv"
    path.write_text("Month,Falls\n" + "Apr-23,4\n" * 300_000, encoding="utf-8")
    before = children()
    cancel = threading.Event()
    limits = {"late": Limits(seconds=0), "starved": Limits(30, 80_000_000)}.get(ended, Limits())
    with pytest.raises(UserProblem) as raised:
        read_in_child(
            path,
            progress=lambda share, _doing: cancel.set() if ended == "cancelled" and share >= 0.1 else None,
            cancel=cancel,
            limits=limits,
        )
    assert "Nothing has been saved" in raised.value.hint
    assert children() <= before
    assert names_in(folder) == {"large.csv"}
    assert names_in(temporary) == set()


def test_two_files_read_at_once_each_get_their_own_answer(tmp_path: Path) -> None:
    paths = [tmp_path / f"falls{n}.csv" for n in range(2)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.replace(",4", f",{40 + number}"), encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(inspect, paths))
    assert [(one.file, one.tables[0].series[0].values[0]) for one in found] == [("falls0.csv", 40), ("falls1.csv", 41)]


def test_the_child_loads_neither_qt_nor_numpy_nor_sql(sheet: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; "
        f"from importers.examine import examine; import importers.child_main; examine(Path({str(sheet)!r})); "
        "print([m for m in ('PySide6', 'numpy', 'sqlalchemy', 'sqlmodel', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def ready() -> Iterator[None]:
    keep_ready()
    yield
    end_ready()


@pytest.mark.usefixtures("ready")
def test_a_child_that_stands_ready_gives_the_same_answer_and_serves_once(sheet: Path) -> None:
    first = child._ready.process_id
    keep_ready()
    assert child._ready.process_id == first is not None
    assert inspect(sheet).as_json() == examine(sheet).as_json()
    assert child._ready.process_id is None
    assert inspect(sheet).as_json() == examine(sheet).as_json()


@pytest.mark.usefixtures("ready")
def test_a_child_that_stood_ready_and_died_is_replaced_without_a_word(sheet: Path) -> None:
    held = child._ready._held
    assert held is not None
    held.kill()
    held.wait()
    assert inspect(sheet).as_json() == examine(sheet).as_json()


def test_a_child_that_stands_ready_ends_with_its_parent() -> None:
    held = child._process(ready=True)
    assert held.stdin is not None
    held.stdin.close()
    assert held.wait(timeout=20) == 0
    assert held.stdout is not None
    held.stdout.close()


class Trick:
    """What a child taken over might send: something that would run when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, ("true",)


def test_nothing_that_runs_can_come_from_a_child() -> None:
    body = pickle.dumps(("done", Trick()))
    pipe = io.BytesIO(HEADER.pack(len(body)) + body)
    with pytest.raises(pickle.UnpicklingError, match="no part of a finding"):
        child._Finding(io.BytesIO(body)).load()
    assert child._frame(pipe) is None
