from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.cli.main import main


def test_without_a_window_findings_charts_and_workbook_are_there(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["showcase", "--to", str(tmp_path / "out")]) == 0
        said = capsys.readouterr().out
        assert "A&E attendances fell by about" in said
    named = [
        Path(line.split(maxsplit=1)[1].split("  ")[0])
        for line in said.splitlines()
        if line.startswith(("chart", "page"))
    ]
    assert named
    assert all(path.exists() for path in named)
    chart = next(path for path in named if path.suffix == ".png")
    assert not QImage(str(chart)).isNull()
    assert (tmp_path / "out" / "commissioner-summary.xlsx").exists()
