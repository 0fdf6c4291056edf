"""The house rules that no linter holds: size caps, no addresses in the locks, every package documented."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("analysis", "db", "importers", "exporters", "desktop", "resources", "tools", "benchmarks", "faults", "tests")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_PUBLIC_METHODS = 20


def sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


@cache
def definitions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a long explanation is no fault."""
    body = node.body
    first = body[0]
    doc = 0
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        doc = (first.end_lineno or first.lineno) - first.lineno + 1
    return (node.end_lineno or node.lineno) - node.lineno + 1 - doc


def test_no_file_is_longer_than_the_cap() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {path: count for path, count in lengths.items() if count > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_the_cap() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name} {length(node)}"
        for path in sources()
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and length(node) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_no_class_has_more_public_methods_than_the_cap() -> None:
    crowded = []
    for path in sources():
        for node in definitions(path):
            if isinstance(node, ast.ClassDef):
                public = [m for m in node.body if isinstance(m, ast.FunctionDef) and not m.name.startswith("_")]
                if len(public) > MAX_PUBLIC_METHODS:
                    crowded.append(f"{path.relative_to(ROOT)}:{node.name} {len(public)}")
    assert crowded == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert re.search(r"https?://", text) is None
