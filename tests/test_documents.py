"""The documents name files, programmes and decisions that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLACES = ("*.md", "docs/**/*.md", "benchmarks/*.md", "faults/*.md")
DOCUMENTS = sorted(page for place in PLACES for page in ROOT.glob(place))
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}


def is_there(named: str) -> bool:
    """A path from the root or from a folder it names; `docs/decisions/0011` is the decision of that number."""
    path = ROOT / named
    return path.exists() or bool(list(path.parent.glob(f"{path.name}-*.md")))


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_file_and_programme_a_document_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [one.removeprefix("./") for one in re.findall(r"`([\w./-]+/[\w./-]*)`", text)]
    paths = [one for one in named if one.split("/")[0] in FOLDERS]
    pictures = [str((page.parent / one).relative_to(ROOT)) for one in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)]
    modules = [one.replace(".", "/") for one in re.findall(r"python -m ((?:benchmarks|faults|tools)[\w.]*)", text)]
    programmes = [one if (ROOT / one).is_dir() else f"{one}.py" for one in modules]
    assert [one for one in (*paths, *pictures, *programmes) if not is_there(one)] == []
