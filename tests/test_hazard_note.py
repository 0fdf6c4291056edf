"""The hazard note names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_control_of_the_hazard_note_names_tests_that_are_there() -> None:
    rows = [line for line in (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8").splitlines() if "| " in line]
    hazards = [row.split("|")[-2] for row in rows if re.match(r"\| \d+ ", row)]
    assert len(hazards) >= 11
    known = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    for cited in hazards:
        names = re.findall(r"`([^`]+)`", cited)
        assert names, cited
        for name in names:
            assert (ROOT / name).exists() if "/" in name else name in known, name
