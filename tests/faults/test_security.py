"""What docs/security.md states: no network, nothing evaluated, nothing logged, nothing readable by others."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.backup import make_backup
from db.operations.observations import record_observations
from db.restoring import restore
from db.store import Store
from tests.db.conftest import measure, role, store  # noqa: F401 - fixtures
from tests.db.making import value

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("analysis", "db", "importers", "exporters", "desktop", "resources")
NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
    "xmlrpc",
    "socketserver",
}
NETWORK |= {
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets",
    "asyncio",
    "telnetlib",
    "webbrowser",
}
UNSAFE = {"marshal", "shelve", "dill", "joblib"}
MAY_PICKLE = {"importers/child.py", "importers/child_main.py"}
"""The reading process and its parent: both ends are ours, and the parent makes only the classes of a finding."""


@dataclass(frozen=True)
class Seen:
    """What a module imports, what it calls by its name, and every way in which it starts a shell."""

    imported: frozenset[str]
    called: frozenset[str]
    shells: tuple[str, ...]


@cache
def modules() -> dict[str, Seen]:
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): seen(ast.parse(path.read_text(encoding="utf-8"))) for path in paths}


def seen(tree: ast.Module) -> Seen:
    imported, called, shells = set[str](), set[str](), list[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
        elif isinstance(node, ast.keyword) and node.arg == "shell":
            shells.append("shell=")
        elif isinstance(node, ast.Attribute) and node.attr in ("system", "popen"):
            shells.append(ast.unparse(node))
    return Seen(frozenset(imported | {name.partition(".")[0] for name in imported}), frozenset(called), tuple(shells))


def test_no_module_imports_a_network_library() -> None:
    assert {name: used for name, one in modules().items() if (used := one.imported & NETWORK)} == {}


def test_nothing_is_evaluated_and_no_shell_is_started() -> None:
    for name, one in modules().items():
        assert one.called & {"eval", "exec", "compile", "__import__"} == set(), name
        assert not {"shell=", "os.system", "os.popen"} & set(one.shells), name


def test_what_would_be_unsafe_is_seen_wherever_it_stands_in_a_module() -> None:
    found = seen(
        ast.parse("def f():\n    import http.client as h\n    from os import path\n    eval('1')\n    os.popen('ls')")
    )
    assert found.imported >= {"http.client", "http", "os", "os.path"}
    assert "eval" in found.called
    assert found.shells == ("os.popen",)
    assert seen(ast.parse("run('ls', shell=True)")).shells == ("shell=",)


def test_only_the_reading_process_and_its_parent_pickle() -> None:
    assert {name for name, one in modules().items() if "pickle" in one.imported} == MAY_PICKLE
    assert {name for name, one in modules().items() if one.imported & UNSAFE} == set()


REFUSED = """
import json
import sys
sys.path.insert(0, {root!r})
def refuse(event, given):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        print("NETWORK", event, given, flush=True)
        raise SystemExit(9)
sys.addaudithook(refuse)
from desktop.cli.main import main
for words in json.loads(sys.argv[1]):
    if status := main(words):
        sys.exit(status)
"""


def run_without_network(folder: Path, commands: Sequence[Sequence[str]]) -> subprocess.CompletedProcess[str]:
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"), str(folder))
    return subprocess.run(
        [sys.executable, "-c", REFUSED.format(root=str(ROOT)), json.dumps(commands)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **places},
        timeout=180,
    )


def test_a_whole_run_touches_no_network(tmp_path: Path) -> None:
    sheet, file = tmp_path / "falls.csv", tmp_path / "elm.roleworth"
    sheet.write_text("Month,Falls\nApr-23,14\nMay-23,15\nJun-23,16\nJul-23,17\n", encoding="utf-8")
    commands = (
        ("import", str(sheet), "--into", str(file), "--role", "Navigator", "--accept-checks"),
        ("analyse", str(file)),
        ("export", str(file), "--to", str(tmp_path / "summary.xlsx")),
        ("backup", str(file)),
        ("check", str(file)),
    )
    done = run_without_network(tmp_path, commands)
    assert "NETWORK" not in done.stdout
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "summary.xlsx").exists()
    assert "sound" in done.stdout.splitlines()[-1]


def test_the_hook_sees_a_program_that_asks_for_the_network() -> None:
    script = REFUSED.partition("from desktop")[0].format(root=str(ROOT))
    script += "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.stdout.startswith("NETWORK")


def test_a_fault_of_the_database_names_no_value(store: Store, role: int, measure: int) -> None:  # noqa: F811
    from sqlalchemy.exc import DatabaseError

    from analysis.periods import month

    with store.engine.connect() as connection, pytest.raises(DatabaseError) as told:
        connection.exec_driver_sql("SELECT secret FROM nowhere WHERE x = ?", ("Mrs Okonjo",))
    assert "Okonjo" not in str(told.value)
    record_observations(store, entries=[value(role, measure, month(2024, 4), 1)], label="Type 1")


@pytest.mark.skipif(os.name != "posix", reason="on Windows the rights of the folder hold")
def test_files_and_folders_are_their_owners_alone(store: Store, role: int, tmp_path: Path) -> None:  # noqa: F811
    assert role
    was = os.umask(0o022)
    try:
        made = make_backup(store, reason="at close")
        restore(made.path, tmp_path / "again.roleworth")
        store.close()
        open_to_others = [path.name for path in tmp_path.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    finally:
        os.umask(was)
    assert open_to_others == []


@pytest.mark.skipif(os.name != "posix", reason="on Windows the rights of the folder hold")
def test_what_is_kept_beside_a_file_is_its_owners_alone_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.faults import keep_report
    from desktop.frame.remembering import remember_file
    from desktop.safety import choose

    monkeypatch.setattr("desktop.safety.data_folder", lambda: tmp_path)
    monkeypatch.setattr("desktop.frame.remembering.settings_path", lambda: tmp_path / "settings" / "window.json")
    was = os.umask(0o022)
    try:
        keep_report("ValueError", tmp_path)
        choose(tmp_path / "elm.roleworth", "place", "there")
        remember_file(tmp_path / "elm.roleworth")
    finally:
        os.umask(was)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(tmp_path).parts[0] for path in kept) == ["faults.log", "places", "settings"]
    assert [path.name for path in tmp_path.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_new_file_where_nothing_may_be_written_is_refused_in_words(tmp_path: Path) -> None:
    from db.store import create

    tmp_path.chmod(0o500)
    with pytest.raises(UserProblem):
        create(tmp_path / "elm.roleworth")
    tmp_path.chmod(0o700)
