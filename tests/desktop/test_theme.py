from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Iterator
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.icons import icon_shelf, set_icon
from desktop.theme.look import Look
from desktop.theme.marks import Shape
from desktop.theme.qss import style_sheet
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import THEME_NAMES, theme_named

EVERYWHERE = THEME_NAMES
TINTED = ("light", "dark")
TEXT = """text card|text window|text header|text2 card|text2 window|text2 header|text3 card|text3 window|text3 alt
link card|link window|on_accent accent|on_accent accent_hover|on_accent accent_pressed|rail_text rail|rail_on rail_sel
off card|off window
fix fix_bg|fix card|check check_bg|check card|note note_bg|note card|ok ok_bg|ok card|neutral neutral_bg|sel_text sel
text phase|text check_bg|text note_bg|text2 check_bg|imp card|con card|com card|nei card|launch card"""
TINTED_TEXT = "text sel|text2 sel|check sel|link sel"
GRAPHICS = """line card|line window|focus card|focus window|focus header|focus check_bg|accent card|accent header
limit card|launch card|com phase|imp phase|con phase|nei phase
s1 card|s2 card|s3 card|s4 card|rail_ring rail|mean card"""
TINTED_GRAPHICS = "focus sel|com sel|imp sel|launch sel|text2 sel|con sel"


def pairs(table: str) -> list[tuple[str, str]]:
    found = [tuple(pair.split()) for pair in re.split(r"[|\n]", table)]
    return [(ink, paper) for ink, paper in found]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(theme: str, ink: str, paper: str) -> float:
    tokens = theme_named(theme)
    lighter, darker = sorted((luminance(tokens.colour(ink)), luminance(tokens.colour(paper))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", EVERYWHERE)
def test_every_text_stands_out_from_its_paper(theme: str) -> None:
    table = pairs(TEXT) + (pairs(TINTED_TEXT) if theme in TINTED else [])
    assert {pair: contrast(theme, *pair) for pair in table if contrast(theme, *pair) < 4.5} == {}


@pytest.mark.parametrize("theme", EVERYWHERE)
def test_every_graphic_stands_out_from_its_ground(theme: str) -> None:
    table = pairs(GRAPHICS) + (pairs(TINTED_GRAPHICS) if theme in TINTED else [])
    assert {pair: contrast(theme, *pair) for pair in table if contrast(theme, *pair) < 3} == {}


@pytest.mark.parametrize("theme", EVERYWHERE)
def test_what_cannot_be_used_now_is_told_from_what_can_in_every_theme(theme: str) -> None:
    assert contrast(theme, "text", "off") >= 1.5
    assert contrast(theme, "off", "card") < contrast(theme, "text", "card") / 2


@pytest.mark.parametrize("kind", ["", "quiet", "primary", "link"])
def test_a_button_that_is_off_looks_off_in_high_contrast(house: Look, qtbot: QtBot, kind: str) -> None:
    house.choose("high contrast")
    button = QPushButton("Undo")
    qtbot.addWidget(button)
    button.setProperty("kind", kind)
    button.setEnabled(False)
    image = button.grab().toImage()
    inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert house.theme.hex("off").lower() in inks
    assert house.theme.hex("text").lower() not in inks


@pytest.mark.parametrize("theme", EVERYWHERE)
def test_an_example_in_an_empty_field_is_told_from_what_was_typed(house: Look, qtbot: QtBot, theme: str) -> None:
    house.choose(theme)
    field = QLineEdit(placeholderText="Elm PCN")
    qtbot.addWidget(field)
    field.show()
    palette = field.palette()
    assert palette.color(QPalette.ColorRole.PlaceholderText) == theme_named(theme).colour("off")
    assert palette.color(QPalette.ColorRole.Text) == theme_named(theme).colour("text")


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("light", "text", "card") == pytest.approx(16.5, abs=0.05)
    assert contrast("high contrast", "text", "card") == pytest.approx(21)


@pytest.mark.parametrize("theme", EVERYWHERE)
def test_the_style_sheet_names_only_colours_of_its_theme(theme: str) -> None:
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(theme_named(theme))))
    assert used <= set(theme_named(theme).colours.values())
    assert "$" not in style_sheet(theme_named(theme))


def test_text_in_the_style_sheet_grows_with_the_scale() -> None:
    assert 'QLabel[role="h1"] { font-size: 15pt' in style_sheet(theme_named("light"))
    assert 'QLabel[role="h1"] { font-size: 30pt' in style_sheet(theme_named("light", 2.0))


def test_fonts_come_from_tokens_with_tabular_figures(house: Look) -> None:
    font = house.theme.font("h1")
    assert font.pointSizeF() == 15
    assert font.featureValue(QFont.Tag("tnum")) == 1


def test_choosing_a_theme_sets_palette_and_tells_painters(house: Look, qtbot: QtBot) -> None:
    with qtbot.waitSignal(house.theme_changed):
        house.choose("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Base) == QColor("#18212B")
    assert house.theme.is_dark


def middle(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(widget.width() // 2, 4).name().upper()


@pytest.fixture
def parted(house: Look, qtbot: QtBot) -> Iterator[tuple[QStackedWidget, list[QWidget]]]:
    """A window that stands around two parts, one of them seen."""
    frame, stack, parts = QWidget(), QStackedWidget(), [QWidget(), QWidget()]
    frame.setObjectName("page")
    for part in parts:
        part.setObjectName("page")
        part.setLayout(QVBoxLayout())
        stack.addWidget(part)
        cast("QVBoxLayout", part.layout()).addWidget(QLabel("Care navigator"))
    frame.setLayout(QVBoxLayout())
    cast("QVBoxLayout", frame.layout()).addWidget(stack)
    house.dressing.hold(frame, stack)
    house.dressing.add(*parts)
    frame.resize(300, 200)
    frame.show()
    yield stack, parts
    frame.close()
    shiboken6.delete(frame)


def test_a_theme_is_put_on_what_is_seen_and_on_the_rest_when_it_is_shown(
    parted: tuple[QStackedWidget, list[QWidget]], house: Look
) -> None:
    stack, (seen, hidden) = parted
    house.choose("dark")
    paper = house.theme.hex("window")
    assert [middle(seen), middle(stack.window())] == [paper, paper]
    assert paper not in hidden.styleSheet()
    stack.setCurrentWidget(hidden)
    assert middle(hidden) == paper


def test_while_there_are_parts_nothing_outside_them_has_a_sheet_put_on(
    parted: tuple[QStackedWidget, list[QWidget]], house: Look
) -> None:
    assert not cast("QApplication", QApplication.instance()).styleSheet()
    assert all(part.styleSheet() for part in parted[1])


def test_a_part_that_may_never_be_seen_is_dressed_when_it_is_shown(
    parted: tuple[QStackedWidget, list[QWidget]], house: Look
) -> None:
    stack, further = parted[0], QWidget()
    stack.addWidget(further)
    house.dressing.add(further, later=True)
    assert not further.styleSheet()
    stack.setCurrentWidget(further)
    assert further.styleSheet()


def test_a_larger_text_size_reaches_plain_words_in_a_part(
    parted: tuple[QStackedWidget, list[QWidget]], house: Look
) -> None:
    _, (seen, _) = parted
    house.set_scale(1.5)
    label = seen.findChildren(QLabel)[0]
    assert label.fontInfo().pointSizeF() == pytest.approx(15, abs=0.5)


def test_when_the_parts_are_gone_the_whole_application_has_the_theme_again(house: Look, qtbot: QtBot) -> None:
    part = QWidget()
    house.dressing.add(part)
    house.choose("dark")
    shiboken6.delete(part)
    house.choose("dark")
    assert house.theme.hex("card") in cast("QApplication", QApplication.instance()).styleSheet()


def test_a_part_is_not_kept_alive_by_being_known(house: Look, qtbot: QtBot) -> None:
    parts = [QWidget(), QWidget()]
    house.dressing.add(parts[0])
    house.dressing.hold(parts[1])
    gone = [weakref.ref(part) for part in parts]
    parts.clear()
    gc.collect()
    assert [one() for one in gone] == [None, None]


def test_an_unknown_theme_is_refused(house: Look) -> None:
    with pytest.raises(ValueError, match="no theme is called"):
        house.choose("sepia")


def test_the_text_scale_stays_between_its_ends(house: Look) -> None:
    house.set_scale(9)
    assert house.theme.scale == 2.0
    assert QApplication.font().pointSizeF() == 20


def test_a_label_role_is_drawn_in_its_size(house: Look, qtbot: QtBot) -> None:
    label = QLabel("Care navigator")
    qtbot.addWidget(label)
    label.setProperty("role", "h1")
    label.ensurePolished()
    assert label.font().pointSizeF() == 15


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_paints_something_and_only_near_its_place(qapp: QApplication, shape: Shape) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_shape(painter, shape, QPointF(20, 20), 14, QColor("black"))
    painter.end()
    inked = [(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).lightness() < 128]
    assert inked
    assert all(9 <= x <= 31 and 9 <= y <= 31 for x, y in inked)


def test_an_icon_waits_for_the_shelf_and_follows_the_theme(house: Look, qtbot: QtBot) -> None:
    button = QPushButton("Undo")
    qtbot.addWidget(button)
    set_icon(button, "arrow-u-up-left")
    icon_shelf().open()
    light = button.icon().pixmap(16, 16).toImage()
    house.choose("dark")
    assert button.icon().pixmap(16, 16).toImage() != light


def test_a_second_icon_replaces_the_first(house: Look, qtbot: QtBot) -> None:
    button = QPushButton("Undo")
    qtbot.addWidget(button)
    icon_shelf().open()
    set_icon(button, "user")
    first = button.icon().pixmap(16, 16).toImage()
    set_icon(button, "table")
    house.choose("dark")
    house.choose("light")
    assert button.icon().pixmap(16, 16).toImage() != first
