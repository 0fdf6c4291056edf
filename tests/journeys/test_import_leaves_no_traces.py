"""After an import, an identifier that stood in the sheet is in no file, log or word of the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NUMBER, NAME = "999 079 4898", "Okonjo"
_RUN = """
import logging, sys
sys.path.insert(0, {root!r})
logging.basicConfig(level=logging.DEBUG, filename={log!r})
from desktop.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
MONTHS = "Month,Falls,Remarks\nApr-23,14,\nMay-23,15,{0}\nJun-23,16,\nJul-23,17,\n"
PEOPLE = "NHS number,Surname,Date of birth,Falls\n" + "".join(
    f"{NUMBER},{NAME},0{day}/05/19{day}1,{day}\n" for day in range(3, 9)
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(MONTHS.format(f"Mrs {NAME} {NUMBER} fell twice"), 0, id="in a remark, which is not read"),
        pytest.param(PEOPLE, 1, id="in a list of people, which is refused"),
    ],
)
def test_an_import_leaves_no_identifier_in_any_file_log_or_word(tmp_path: Path, text: str, status: int) -> None:
    home, temp, log = tmp_path / "home", tmp_path / "temp", tmp_path / "debug.log"
    sheet = tmp_path / "sheet" / "falls.csv"
    for folder in (home, temp, sheet.parent):
        folder.mkdir()
    sheet.write_text(text, encoding="utf-8")
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"), str(home))
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temp))
    into = ("import", str(sheet), "--into", str(home / "elm.roleworth"), "--role", "Navigator", "--accept-checks")
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(root=str(ROOT), log=str(log)), *into],
        check=False,
        capture_output=True,
        env={**os.environ, **places, **temporary},
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path != sheet]
    assert log in left
    kept = {path.name: path.read_bytes() for path in left} | {"output": done.stdout, "messages": done.stderr}
    assert [name for name, body in kept.items() if holds_identifier(body)] == []
    assert list(temp.iterdir()) == []
    assert (home / "elm.roleworth").exists() == (status == 0)


def holds_identifier(body: bytes) -> bool:
    """Whether the number, however it is grouped, or the name stands in the bytes, in one of two encodings."""
    wanted = [form for word in (NUMBER, NUMBER.replace(" ", ""), NAME) for form in (word, word.lower())]
    return any(word.encode(coding) in body for word in wanted for coding in ("utf-8", "utf-16-le"))


def test_the_search_itself_finds_what_it_looks_for() -> None:
    assert holds_identifier(f"x{NUMBER}".encode())
    assert holds_identifier(NAME.encode("utf-16-le"))
    assert not holds_identifier(b"999 ### ####")
