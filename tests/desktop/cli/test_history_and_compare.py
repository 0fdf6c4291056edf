from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.pages.compare.state import NO_RANKING
from tests.desktop.cli.test_commands import run, sample

__all__ = ["sample"]


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> str:
    path = tmp_path / "own.roleworth"
    path.write_bytes(sample.read_bytes())
    return str(path)


def held(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    status, out, _ = run(capsys, "history", *arguments, "--json")
    assert status == 0
    document: dict[str, Any] = json.loads(out)
    return document


def test_a_step_is_taken_back_and_brought_back(capsys: pytest.CaptureFixture[str], own: str) -> None:
    before = held(capsys, own)["undo"]
    after = held(capsys, own, "--undo")
    assert (after["undo"], after["redo"], after["done"]) == (before[1:], before[:1], f"Undo: {before[0]}.")
    assert held(capsys, own, "--redo")["undo"] == before
    status, _, said = run(capsys, "history", own, "--redo")
    assert (status, said) == (1, "There is nothing to redo. Nothing was changed.\n")


def test_a_checkpoint_is_made_and_gone_back_to_by_its_name(capsys: pytest.CaptureFixture[str], own: str) -> None:
    before = held(capsys, own, "--checkpoint", "Before the board paper")["undo"]
    held(capsys, own, "--undo")
    status, out, _ = run(capsys, "history", own, "--back-to", "before the BOARD paper", "--last", "1")
    assert status == 0
    assert "nothing has changed since" in out
    assert held(capsys, own)["undo"] == before
    status, _, said = run(capsys, "history", own, "--back-to", "Another")
    assert status == 1
    assert "There are: “Before the board paper”." in said


def test_a_checkpoint_may_not_name_a_person(capsys: pytest.CaptureFixture[str], own: str) -> None:
    status, _, said = run(capsys, "history", own, "--checkpoint", "Checked with 943 476 5919")
    assert status == 1
    assert "NHS number" in said
    assert held(capsys, own)["checkpoints"] == []


def test_roles_side_by_side_say_what_cannot_be_compared(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    status, out, _ = run(capsys, "compare", str(sample), "Link worker", "Care navigator", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["roles"] == ["Link worker, Oak PCN", "Care navigator, Elm PCN"]
    assert document["rows"]["Launched"] == ["2 Sep 2024, running", "8 Apr 2024, running"]
    assert document["note"] == NO_RANKING
    _, words, _ = run(capsys, "compare", str(sample), "Link worker", "Care navigator")
    assert all(sentence in words for sentence in document["cannot"])


@pytest.mark.parametrize("roles", [("Link worker",), ("Link worker", "link worker")])
def test_fewer_than_two_roles_are_refused(
    capsys: pytest.CaptureFixture[str], sample: Path, roles: tuple[str, ...]
) -> None:
    status, out, said = run(capsys, "compare", str(sample), *roles)
    assert (status, out) == (1, "")
    assert "2 to 4 roles can stand side by side" in said
