"""Reading in a child process: the same answer, and an app that survives whatever happens to the child."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from importers.child import Limits, read_in_child
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


def test_the_child_loads_neither_qt_nor_numpy_nor_sql(sheet: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; "
        f"from importers.examine import examine; import importers.child_main; examine(Path({str(sheet)!r})); "
        "print([m for m in ('PySide6', 'numpy', 'sqlalchemy', 'sqlmodel', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
