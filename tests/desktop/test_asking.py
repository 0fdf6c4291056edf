"""Which file: names keep their dots, nothing unnamed is replaced, and each dialog begins where it was left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.asking import What, ask_evaluation, ask_open_several, ask_save
from desktop.frame.remembering import remember_file

KINDS = {"Picture": ".png", "Drawing": ".svg"}
Asked = list[tuple[str, str]]


class Dialogs:
    """Stands in for the system's dialogs: gives the answers in turn and keeps what was asked."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.kind = ""
        self.asked: Asked = []

    def save(self, _over: QWidget, title: str, begin: str, _kinds: str) -> tuple[str, str]:
        self.asked.append((title, begin))
        return (self.answers.pop(0) if self.answers else ""), self.kind

    def several(self, _over: QWidget, title: str, begin: str, _kinds: str) -> tuple[list[str], str]:
        self.asked.append((title, begin))
        return [self.answers.pop(0)] if self.answers else [], ""


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dialogs]:
    held = Dialogs()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", held.save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", held.save)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", held.several)
    yield held
    assert held.answers == []


def documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


@pytest.mark.parametrize(
    ("given", "kind", "saved"),
    [
        ("Elm 2.1", "", "Elm 2.1.png"),
        ("Elm 2.1.png", "", "Elm 2.1.png"),
        ("Elm.PNG", "Drawing (*.svg)", "Elm.PNG"),
        ("Elm", "Drawing (*.svg)", "Elm.svg"),
        ("Elm.svg", "Picture (*.png)", "Elm.svg"),
        (".png", "", ".png.png"),
    ],
)
def test_a_name_gets_its_ending_and_keeps_its_dots(
    over: QWidget, dialogs: Dialogs, tmp_path: Path, given: str, kind: str, saved: str
) -> None:
    dialogs.answers, dialogs.kind = [str(tmp_path / given)], kind
    assert ask_save(over, "Save", "summary", KINDS) == tmp_path / saved
    assert dialogs.asked == [("Save", str(documents() / "summary.png"))]


def test_a_file_that_was_not_named_whole_is_not_replaced_before_it_has_been(
    over: QWidget, dialogs: Dialogs, tmp_path: Path
) -> None:
    there = tmp_path / "Elm.png"
    there.touch()
    dialogs.answers = [str(tmp_path / "Elm"), str(there)]
    assert ask_save(over, "Save", "summary", KINDS) == there
    told = "Elm.png is there already: save again to replace it, or give another name"
    assert dialogs.asked[1] == (told, str(there))
    dialogs.answers = [str(tmp_path / "Elm"), str(tmp_path / "Oak")]
    assert ask_save(over, "Save", "summary", KINDS) == tmp_path / "Oak.png"
    dialogs.answers = [str(tmp_path / "Elm")]
    assert ask_save(over, "Save", "summary", KINDS) is None


def test_of_several_files_the_first_that_is_there_is_told_before_any_is_replaced(
    over: QWidget, dialogs: Dialogs, tmp_path: Path
) -> None:
    def replaced(path: Path) -> Path | None:
        return path.with_name("Elm-chart-2.png") if path.stem == "Elm" else None

    dialogs.answers = [str(tmp_path / "Elm.png"), str(tmp_path / "Oak.png")]
    assert ask_save(over, "Save", "summary", KINDS, replaced=replaced) == tmp_path / "Oak.png"
    assert dialogs.asked[1][0].startswith("Elm-chart-2.png is there already")
    dialogs.answers = [str(tmp_path / "Elm.png")] * 2
    assert ask_save(over, "Save", "summary", KINDS, replaced=replaced) == tmp_path / "Elm.png"


def test_each_dialog_begins_in_the_folder_it_was_left_in_and_in_the_documents_when_that_is_gone(
    over: QWidget, dialogs: Dialogs, tmp_path: Path
) -> None:
    sheets, results = tmp_path / "sheets", tmp_path / "results"
    for folder in (sheets, results):
        folder.mkdir()
    dialogs.answers = [str(sheets / "may.csv"), str(results / "may"), str(sheets / "june.csv"), str(results / "june")]
    for _month in range(2):
        ask_open_several(over, "Choose", "Sheets (*.csv)", What.SHEET)
        ask_save(over, "Save", "summary", KINDS)
    begun = [begin for _title, begin in dialogs.asked]
    assert begun == [str(documents()), str(documents() / "summary.png"), str(sheets), str(results / "summary.png")]
    shutil.rmtree(sheets)
    assert ask_open_several(over, "Choose", "Sheets (*.csv)", What.SHEET) == []
    assert dialogs.asked[-1][1] == str(documents())


def test_an_evaluation_is_looked_for_where_the_last_one_lies(over: QWidget, dialogs: Dialogs, tmp_path: Path) -> None:
    held = tmp_path / "elm.roleworth"
    held.touch()
    remember_file(held)
    dialogs.answers = [str(held)]
    assert ask_evaluation(over) == held
    assert dialogs.asked == [("Open an evaluation file", str(tmp_path))]


def test_a_name_the_system_cannot_even_look_for_is_left_to_whoever_writes_it(
    over: QWidget, dialogs: Dialogs, tmp_path: Path
) -> None:
    long = tmp_path / ("x" * 300)
    dialogs.answers = [str(long)]
    assert ask_save(over, "Save", "summary", KINDS) == long.with_name(f"{long.name}.png")
