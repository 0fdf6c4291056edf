from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db.answers import FileAnswer
from db.history import undo
from db.queries.exports import past_exports
from db.queries.packs import packs
from desktop.charts.forest import ForestChart
from desktop.pages.evidence.page import EvidencePage
from desktop.pages.evidence.sites import sites_state
from desktop.session import Session
from desktop.theme.look import Look
from exporters.choices import Choices
from exporters.pack import digest_of, pack_of
from exporters.report import report_of
from resources import load
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways


def pack_file(sample: FileAnswer, folder: Path, place: str, shift: float) -> Path:
    """A pack of the sample as another place would have sent it."""
    content: dict[str, Any] = pack_of(report_of(sample, Choices(roles=(1,), group_small=False)), load("factors"))
    content["organisation"] = f"{place} Trust"
    content["roles"][0]["place"] = place
    effect = content["roles"][0]["measures"][0]["effect"]
    for end in ("relative", "relative_lower", "relative_upper"):
        effect[end] += shift
    content["sha256"] = digest_of(content)
    target = folder / f"{place}.json"
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def said(page: EvidencePage) -> str:
    item = page.places.notices.itemAt(0)
    notice = item.widget() if item is not None else None
    return notice.accessibleName() if notice is not None else ""


@pytest.fixture
def page(house: Look, session: Session, qtbot: QtBot) -> EvidencePage:
    made = EvidencePage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    made.entered()
    settle()
    return made


def test_without_another_place_the_card_says_what_is_needed() -> None:
    state = sites_state((), (), load("factors"))
    assert state.nothing.startswith("No measure is held for two places")
    assert (state.picture, state.choices) == (None, ())


def test_packs_come_in_are_pooled_and_go_again(
    page: EvidencePage, session: Session, sample: FileAnswer, tmp_path: Path
) -> None:
    for place, shift in (("Oak", 0.02), ("Ash", -0.03)):
        page.packing.bring(pack_file(sample, tmp_path, place, shift))
    chart = page.places.chart
    assert isinstance(chart, ForestChart)
    names = [one.name for one in chart.picture.lines]
    assert names[:2] == ["Care navigator, Oak (Oak Trust)", "Care navigator, Ash (Ash Trust)"]
    assert names[-1] == "Average of these places"
    assert chart.picture.rows[2].is_own
    assert "prediction interval" in chart.picture.summary
    assert chart.accessibleName().endswith(chart.picture.summary)
    press(chart, Qt.Key.Key_T)
    assert chart.shows_table
    chart.toggle_table()
    chart.copy()
    assert "over 3 places" in QGuiApplication.clipboard().text()
    assert past_exports(session.need_store())[0].kind == "clipboard"
    settle()
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])
    page.places.removed.emit(packs(session.need_store())[0].id)
    assert len(packs(session.need_store())) == 1
    undo(session.need_store())
    assert len(packs(session.need_store())) == 2


def test_a_pack_that_is_refused_says_why_and_nothing_is_kept(
    page: EvidencePage, session: Session, sample: FileAnswer, tmp_path: Path
) -> None:
    file = pack_file(sample, tmp_path, "Oak", 0.0)
    file.write_text(file.read_text(encoding="utf-8").replace("Oak Trust", "Fir Trust"), encoding="utf-8")
    page.packing.bring(file)
    assert "was changed after it was made" in said(page)
    assert packs(session.need_store()) == ()


def test_the_same_pack_twice_is_kept_once(
    page: EvidencePage, session: Session, sample: FileAnswer, tmp_path: Path
) -> None:
    file = pack_file(sample, tmp_path, "Oak", 0.0)
    page.packing.bring(file)
    page.packing.bring(file)
    assert "This pack is here already, as Oak.json" in said(page)
    assert len(packs(session.need_store())) == 1


def test_a_pack_is_saved_from_the_page(page: EvidencePage, tmp_path: Path) -> None:
    page.packing.save(tmp_path / "ours.json", 1)
    assert json.loads((tmp_path / "ours.json").read_text(encoding="utf-8"))["roles"][0]["name"] == "Care navigator"
    assert "ours.json is written: 1 role with" in said(page)
