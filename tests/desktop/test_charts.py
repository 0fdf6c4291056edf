from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from analysis.axis import label_every, nice_ticks, spread, tick_decimals
from analysis.problems import UserProblem
from desktop.charts.export import export_chart
from desktop.charts.legend import Legend
from desktop.charts.picture import Sample, Track
from desktop.charts.series_marks import TRACK_DASHES, TRACK_INKS
from desktop.charts.tornado import Bar, TornadoChart, TornadoPicture, ticks_for
from desktop.charts.xmr import XmrChart
from desktop.theme.look import Look
from desktop.theme.marks import Verdict
from tests.desktop.keys import press
from tests.desktop.pictures import small_picture

K = Qt.Key


@pytest.fixture
def chart(house: Look, qtbot: QtBot) -> Iterator[XmrChart]:
    made = XmrChart(small_picture())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    made.close()


def inked(image: QImage, colour: QColor) -> int:
    return sum(image.pixelColor(x, y) == colour for x in range(image.width()) for y in range(0, image.height(), 2))


def test_arrows_step_over_what_is_missing_and_stop_at_the_ends(chart: XmrChart) -> None:
    seen = []
    for _ in range(9):
        press(chart, K.Key_Right)
        seen.append(chart.read_out[0])
    assert seen[:4] == ["Month 0: 20", "Month 1: 24", "Month 2: 22", "Month 4: 18"]
    assert seen[-1] == "Month 7: None"
    press(chart, K.Key_Left)
    assert chart.read_out == ("Month 6: 16",)


def test_home_and_end_go_to_the_first_and_last_point(chart: XmrChart) -> None:
    press(chart, K.Key_End)
    press(chart, K.Key_Home)
    assert chart.read_out == ("Month 0: 20",)


def test_escape_takes_the_read_out_away(chart: XmrChart) -> None:
    press(chart, K.Key_Right)
    press(chart, K.Key_Escape)
    assert chart.read_out == ()


def test_t_shows_the_same_data_as_a_table_and_back(chart: XmrChart) -> None:
    press(chart, K.Key_T)
    assert chart.shows_table
    assert chart.table.model().rowCount() == 8
    assert chart.table.model().index(1, 1).data() == "24"
    press(chart.table, K.Key_T)
    assert not chart.shows_table


def test_c_copies_picture_table_and_sentence(chart: XmrChart) -> None:
    press(chart, K.Key_C)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.text().startswith("A&E attendances fell.\n\nPeriod\tValue\nM0\t20")


def test_a_and_b_ask_with_the_point_stepped_to(chart: XmrChart, qtbot: QtBot) -> None:
    press(chart, K.Key_Right)
    with qtbot.waitSignal(chart.event_asked) as event:
        press(chart, K.Key_A)
    with qtbot.waitSignal(chart.baseline_asked) as baseline:
        press(chart, K.Key_B)
    assert (event.args, baseline.args) == (["M0"], ["M0"])


def test_a_screen_reader_hears_name_finding_and_keys(chart: XmrChart) -> None:
    assert chart.accessibleName() == "Chart: A&E attendances. A&E attendances fell."
    assert chart.accessibleDescription().startswith("Left and Right read the points")
    chart.set_picture(replace(small_picture(), summary="A&E attendances, April to June 2024. They fell."))
    assert chart.accessibleName() == "Chart: A&E attendances. April to June 2024. They fell."


def test_the_focus_is_seen_as_a_ring(chart: XmrChart, house: Look) -> None:
    focus = house.theme.colour("focus")
    ringed = inked(chart.grab().toImage(), focus)
    chart.clearFocus()
    assert ringed > inked(chart.grab().toImage(), focus) + 500


def test_a_new_theme_draws_the_chart_anew_and_keeps_the_read_out(chart: XmrChart, house: Look) -> None:
    press(chart, K.Key_Right)
    house.choose("dark")
    dark = chart.face.grab().toImage()
    assert inked(dark, house.theme.colour("card")) > dark.width() * dark.height() / 4
    assert chart.read_out == ("Month 0: 20",)


def test_another_picture_takes_the_place_of_the_first(chart: XmrChart) -> None:
    press(chart, K.Key_Right)
    chart.set_picture(replace(small_picture(), title="GP contacts"))
    assert chart.face.title.text() == "GP contacts"
    assert chart.accessibleName().startswith("Chart: GP contacts. ")
    assert chart.read_out == ()


def test_a_chart_without_values_can_be_shown_and_stepped(house: Look, qtbot: QtBot) -> None:
    chart = XmrChart(replace(small_picture(), points=(), lines=(), flags=(), launch=None, band=None, table=()))
    qtbot.addWidget(chart)
    chart.show()
    press(chart, K.Key_Right)
    assert chart.read_out == ()


def test_labels_at_the_right_end_keep_clear_of_each_other(chart: XmrChart) -> None:
    plot = chart.face.plot
    assert plot is not None
    boxes = [item.mapRectToScene(item.boundingRect()) for item, _ in plot._labels]
    assert len(boxes) == 2
    padding = 2 * plot._labels[0][0].textItem.document().documentMargin()
    assert min(box.bottom() for box in boxes) - padding <= max(box.top() for box in boxes) + 1


def test_labels_at_the_right_end_lie_inside_the_view(chart: XmrChart) -> None:
    plot = chart.face.plot
    assert plot is not None
    for item, _ in plot._labels:
        assert item.mapRectToScene(item.boundingRect()).right() <= plot.width()


def test_the_exported_picture_has_its_size_and_light_paper(house: Look, tmp_path: Path) -> None:
    house.choose("dark")
    export_chart(small_picture(), tmp_path / "chart.png", QSize(1200, 700))
    image = QImage(str(tmp_path / "chart.png"))
    assert (image.width(), image.height()) == (1200, 700)
    assert image.pixelColor(1190, 10) == QColor("white")
    assert inked(image, QColor("#0071BC")) > 20


def test_a_chart_goes_out_as_svg_with_its_words_and_its_finding(house: Look, tmp_path: Path) -> None:
    export_chart(small_picture(), tmp_path / "chart.svg", QSize(1200, 700))
    text = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "<title>A&amp;E attendances</title>" in text or "<title>A&E attendances</title>" in text
    assert "A&amp;E attendances fell" in text or "A&E attendances fell" in text


def test_a_picture_that_cannot_be_written_says_so(house: Look, tmp_path: Path) -> None:
    for name in ("chart.png", "chart.svg"):
        with pytest.raises(UserProblem, match="Nothing can be written in the folder"):
            export_chart(small_picture(), tmp_path / "nowhere" / name)


@pytest.mark.parametrize("name", ["chart.png", "chart.svg"])
def test_a_picture_that_cannot_be_finished_leaves_the_older_one_as_it_was(
    name: str, house: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / name).write_bytes(b"last month's")
    monkeypatch.setattr("exporters.placing._sync", full)
    with pytest.raises(UserProblem, match="No space left"):
        export_chart(small_picture(), tmp_path / name)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"last month's"]


def test_what_c_copies_is_the_picture_that_may_leave(chart: XmrChart) -> None:
    chart.leaving = lambda: replace(small_picture(), summary="Protected.", table=(("Period", "V"), ("M0", "hidden")))
    press(chart, K.Key_C)
    assert QGuiApplication.clipboard().text() == "Protected.\n\nPeriod\tV\nM0\thidden"
    assert chart.table.chosen_text() == "Period\tV\nM0\thidden"


def test_several_series_differ_in_colour_mark_and_dash(house: Look, qtbot: QtBot) -> None:
    tracks = tuple(Track(f"Place {at}", tuple(10.0 + at for _ in range(8)), at) for at in range(1, 5))
    samples = tuple(Sample(track.name, track=track.place) for track in tracks)
    made = XmrChart(replace(small_picture(), tracks=tracks, lines=(), legend=samples))
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    image = made.grab().toImage()
    assert all(inked(image, house.theme.colour(f"s{at}")) > 20 for at in range(1, 5))
    assert len(set(TRACK_INKS.values())) == len(set(TRACK_DASHES.values())) == 4


def test_the_legend_breaks_into_lines_rather_than_cutting_words(house: Look, qtbot: QtBot) -> None:
    legend = Legend([Sample(f"Sample number {at}", Verdict.COMMON) for at in range(6)])
    qtbot.addWidget(legend)
    assert legend.heightForWidth(250) > legend.heightForWidth(2000)
    assert "Sample number 5" in legend.accessibleName()


def test_a_tornado_gives_its_facts_as_rows_and_draws_its_bars(house: Look, qtbot: QtBot) -> None:
    bars = (Bar("Pay", -28, -9, "+10 %", "−10 %"),)
    chart = TornadoChart(TornadoPicture(bars, -18.6, "−£18.6k", "Pay matters most."))
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    assert chart.rows() == (("Input", "Less favourable", "More favourable"), ("Pay", "+10 %", "−10 %"))
    picture = chart.grab().toImage()
    assert inked(picture, house.theme.colour("s1")) > 200
    assert inked(picture, house.theme.colour("s1_soft")) > 200
    assert 0.0 in ticks_for(bars, -18.6)


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_ticks_are_few_round_and_inside(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    assert len(ticks) <= 9
    assert all(low - span * 1e-6 <= tick <= low + span * (1 + 1e-6) for tick in ticks)


def test_ticks_of_an_ordinary_range() -> None:
    assert nice_ticks(138, 285, 8) == (140, 160, 180, 200, 220, 240, 260, 280)
    assert tick_decimals((0.5, 1.0, 1.25)) == 2


def test_months_are_labelled_by_quarters_and_years() -> None:
    assert [label_every(count) for count in (6, 12, 26, 60, 120)] == [1, 2, 3, 12, 24]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_spread_places_keep_their_order_and_distance(places: list[float]) -> None:
    moved = spread(places, 5, 0, 100)
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    steps = [moved[b] - moved[a] for a, b in pairwise(order)]
    assert all(step >= 5 - 1e-9 for step in steps)


@pytest.mark.parametrize(
    ("after", "width", "shown"),
    [
        ("After  \u00b7  1 month + 1 provisional", 1300, "After  \u00b7  1 month + 1 provisional"),
        ("After  \u00b7  1 month + 1 provisional", 800, "After  \u00b7  1 month"),
        ("After  \u00b7  1 month + 1 provisional", 450, ""),
    ],
)
def test_words_on_what_came_after_stand_right_of_the_launch_or_are_shortened(
    house: Look, qtbot: QtBot, after: str, width: int, shown: str
) -> None:
    chart = XmrChart(replace(small_picture(), launch=5.5, after_label=after))
    qtbot.addWidget(chart)
    chart.resize(width, 400)
    chart.show()
    plot = chart.face.plot
    assert plot is not None
    assert plot._after is not None
    words = plot._after[0]
    assert words.textItem.toPlainText() == shown
    launch, left = (plot._item.vb.mapViewToScene(QPointF(x, 0)).x() for x in (5.5, words.pos().x()))
    assert left > launch
    assert left + QFontMetricsF(house.theme.font("small")).horizontalAdvance(shown) <= plot.width()
