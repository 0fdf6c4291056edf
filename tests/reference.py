"""Where shared reference material lies, for tests that read it and skip where it is absent."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from analysis.verify import LoadCsv

SHARED = Path(os.environ.get("ROLEWORTH_SHARED", Path(__file__).parent.parent.parent / "shared"))


def needs(path: str) -> Path:
    """The path under the shared material; the test is skipped, saying so, where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the reference material {path} is not beside this checkout")
    return found


def csv_loader(folder: Path) -> LoadCsv:
    """Reads the tables of cases, relative to the case file's folder."""

    def load(name: str) -> Sequence[Mapping[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return load
