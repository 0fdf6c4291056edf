from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.states import ColumnSpec, Count, IntervalState, SparkState, TableState, as_rows
from desktop.theme.look import Look
from desktop.theme.marks import Kind, Verdict
from desktop.widgets import (
    AskingBar,
    Button,
    CardFlow,
    Chip,
    Combo,
    Counts,
    DataTable,
    EvidenceLadder,
    Field,
    IntervalBar,
    Notice,
    ProgressLine,
    Segmented,
    Sparkline,
    Steps,
    Tabs,
    TickBox,
)
from desktop.widgets.header import FactsLine
from desktop.widgets.interval import extent
from desktop.widgets.progress import SHOW_AFTER_MS
from desktop.widgets.table import AS_SHOWN
from desktop.widgets.text import label
from tests.desktop.keys import press, type_text

K = Qt.Key
INTERVAL = IntervalState(-19.3, -29.4, -8.6, ("−29", "−19", "−9"), Verdict.IMPROVEMENT)
TABLE = TableState(
    (ColumnSpec("Organisation"), ColumnSpec("Net", number=True)),
    as_rows((("Trust", "−108,800"), ("ICB", "+58,000"))),
    ("trust", "icb"),
)


def colours(widget: QWidget) -> set[str]:
    image: QImage = widget.grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_a_segmented_choice_moves_with_the_arrows_and_tells_once(house: Look, qtbot: QtBot) -> None:
    choice = Segmented(("Costs", "Benefits", "Results"), "Part")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    choice.show()
    choice.activateWindow()
    choice.button("Costs").setFocus()
    qtbot.waitUntil(choice.button("Costs").hasFocus)
    press(choice.button("Costs"), K.Key_Right)
    assert (choice.current, told) == ("Benefits", ["Benefits"])
    press(choice.button("Benefits"), K.Key_Left)
    press(choice.button("Costs"), K.Key_Left)
    assert choice.current == "Costs"


def test_an_ampersand_is_shown_and_not_taken_for_a_key(house: Look, qtbot: QtBot) -> None:
    button, tick = Button("A&E"), TickBox("A&E attendances")
    qtbot.addWidget(button)
    qtbot.addWidget(tick)
    assert (button.text(), tick.text()) == ("A&&E", "A&&E attendances")
    assert button.accessibleName() == "A&E"


def test_a_disabled_button_says_why(house: Look, qtbot: QtBot) -> None:
    button = Button("Pool like roles")
    qtbot.addWidget(button)
    button.disable("Two sites are needed")
    assert not button.isEnabled()
    assert button.accessibleDescription() == button.toolTip() == "Two sites are needed"
    button.enable()
    assert button.isEnabled()


def test_a_field_shows_its_fault_in_words_until_mended(house: Look, qtbot: QtBot) -> None:
    field = Field("Value")
    qtbot.addWidget(field)
    field.show()
    field.show_fault("'12-' is not a number. Write 12.")
    assert field.fault.isVisible()
    assert field.input.accessibleDescription() == "'12-' is not a number. Write 12."
    field.set_text("12")
    assert not field.fault.isVisible()


def test_a_field_tells_of_a_change_once_and_only_when_there_is_one(house: Look, qtbot: QtBot) -> None:
    field = Field("Value", text="12")
    qtbot.addWidget(field)
    told: list[str] = []
    field.entered.connect(told.append)
    press(field.input, K.Key_Return)
    type_text(field.input, "5")
    press(field.input, K.Key_Return)
    press(field.input, K.Key_Return)
    assert told == ["125"]


def test_a_combo_box_has_a_name_that_is_not_its_value(house: Look, qtbot: QtBot) -> None:
    combo = Combo("Measure", ("A&E attendances",))
    qtbot.addWidget(combo)
    assert combo.accessibleName() == "Measure"


def test_counts_choose_a_filter_and_keep_it_when_numbers_change(house: Look, qtbot: QtBot) -> None:
    counts = Counts((Count("ready", 46, "ready", Kind.OK), Count("fix", 3, "to fix", Kind.FIX)))
    qtbot.addWidget(counts)
    told: list[str] = []
    counts.chosen.connect(told.append)
    counts.choose("fix")
    counts.set_counts((Count("ready", 47, "ready", Kind.OK), Count("fix", 2, "to fix", Kind.FIX)))
    assert counts.current == "fix"
    assert told[0] == "fix"
    assert counts._buttons[0].accessibleName() == "47 ready"


def test_a_notice_reads_as_kind_fact_and_detail_and_answers(house: Look, qtbot: QtBot) -> None:
    notice = Notice(Kind.FIX, "April is missing", "Extract expected by 20 June", ("Enter now", "Later"))
    qtbot.addWidget(notice)
    assert notice.accessibleName() == "Fix: April is missing"
    with qtbot.waitSignal(notice.answered) as told:
        notice.buttons[1].click()
    assert told.args == ["Later"]


def test_an_asking_bar_never_cuts_its_answers(house: Look, qtbot: QtBot) -> None:
    bar = AskingBar("Did you mean 134?", "The value is kept.", ("Change to 134", "Keep, say why", "Follow up later"))
    qtbot.addWidget(bar)
    bar.setFixedWidth(200)
    bar.show()
    qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in bar.buttons))
    with qtbot.waitSignal(bar.answered) as told:
        bar.buttons[2].click()
    assert told.args == ["Follow up later"]


def test_short_work_shows_no_progress_and_long_work_does(house: Look, qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.begin("Reading")
    assert not line.isVisible()
    line.end()
    assert not line._timer.isActive()
    line.begin("Reading")
    assert line._timer.interval() == SHOW_AFTER_MS == 300
    qtbot.waitUntil(line.isVisible)
    with qtbot.waitSignal(line.cancelled):
        line._cancel.click()


def test_an_estimate_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its interval"):
        replace(INTERVAL, estimate=5.0)


def test_the_zero_rule_is_always_in_view(house: Look, qtbot: QtBot) -> None:
    low, high = extent(replace(INTERVAL, low=20, estimate=25, high=30))
    assert low < 0 < high
    bar = IntervalBar(INTERVAL)
    qtbot.addWidget(bar)
    bar.resize(280, 44)
    assert bar.accessibleName() == "Estimate −19, interval −29 to −9, Improvement"
    assert house.theme.hex("imp").lower() in colours(bar)


def test_a_sparkline_paints_gaps_launch_and_verdict(house: Look, qtbot: QtBot) -> None:
    spark = Sparkline(SparkState((5, 6, None, 3, 2), launch=2.5, mean=5.5, provisional=1, verdict=Verdict.IMPROVEMENT))
    qtbot.addWidget(spark)
    spark.resize(150, 50)
    assert {house.theme.hex("launch").lower(), house.theme.hex("imp").lower()} <= colours(spark)
    spark.set_state(SparkState(()))
    assert spark.grab().width() == 150


def test_the_ladder_says_its_level(house: Look, qtbot: QtBot) -> None:
    ladder = EvidenceLadder(2)
    qtbot.addWidget(ladder)
    assert ladder.accessibleName() == "Evidence level\u00a02 of 5"
    ladder.set_level(None)
    assert ladder.accessibleName() == "No evidence level yet"


def test_only_steps_done_can_be_gone_back_to(house: Look, qtbot: QtBot) -> None:
    steps = Steps(("File", "Match", "Review"))
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert [step.isEnabled() for step in steps._steps] == [True, True, False]
    with qtbot.waitSignal(steps.asked) as told:
        steps._steps[0].click()
    assert told.args == [0]
    assert steps._steps[1].accessibleName() == "Step 2, Match, now"


def test_tabs_tell_of_a_choice_but_not_of_being_set(house: Look, qtbot: QtBot) -> None:
    tabs = Tabs(("Data", "Impact"))
    qtbot.addWidget(tabs)
    told: list[str] = []
    tabs.chosen.connect(told.append)
    tabs.show_tab("Impact")
    assert told == []
    tabs.setCurrentIndex(0)
    assert told == ["Data"]


def test_facts_are_left_out_whole_rather_than_cut(house: Look, qtbot: QtBot) -> None:
    line = FactsLine()
    qtbot.addWidget(line)
    line.set_facts(("Elm PCN", "launched 8 Apr 2024", "data to May 2025"))
    line.resize(2000, 20)
    line.grab()
    assert line.text().endswith("data to May 2025")
    line.resize(90, 20)
    line.grab()
    assert line.text() == "Elm PCN"
    assert line.accessibleName().endswith("data to May 2025")


def test_a_table_copies_its_chosen_rows_with_their_header(house: Look, qtbot: QtBot) -> None:
    table = DataTable("Who pays", TABLE)
    qtbot.addWidget(table)
    table.selectRow(1)
    press(table, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"Organisation\tNet\nICB\t+58,000\n{AS_SHOWN}"
    table.counts_people = False
    press(table, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Organisation\tNet\nICB\t+58,000"


def test_a_table_with_a_form_that_may_leave_copies_that_and_nothing_where_there_is_none(
    house: Look, qtbot: QtBot
) -> None:
    table = DataTable("Who pays", TABLE)
    qtbot.addWidget(table)
    hidden = TableState(TABLE.columns, as_rows([("Trust", "[c]"), ("ICB", "[c]")]))
    table.leaving = lambda: hidden
    table.selectRow(1)
    press(table, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Organisation\tNet\nICB\t[c]"
    QGuiApplication.clipboard().setText("what was there")
    table.leaving = lambda: None
    press(table, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "what was there"


def test_a_table_opens_a_row_by_its_key_and_keeps_it_when_rows_move(house: Look, qtbot: QtBot) -> None:
    table = DataTable("Who pays", TABLE)
    qtbot.addWidget(table)
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as told:
        press(table, K.Key_Return)
    assert told.args == ["icb"]
    table.set_state(replace(TABLE, rows=TABLE.rows[::-1], keys=("icb", "trust")))
    assert (table.current_key, table.currentIndex().row()) == ("icb", 0)


def test_tab_leaves_a_table(house: Look, qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    table, after = DataTable("Who pays", TABLE), QLineEdit()
    for part in (table, after):
        part.setParent(frame)
    frame.show()
    frame.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    press(table, K.Key_Tab)
    assert after.hasFocus()


def test_a_chosen_row_is_filled_or_in_high_contrast_ringed(house: Look, qtbot: QtBot) -> None:
    table = DataTable("Who pays", TABLE)
    qtbot.addWidget(table)
    table.resize(400, 120)
    table.selectRow(0)
    assert house.theme.hex("sel").lower() in colours(table.viewport())
    house.choose("high contrast")
    image = table.viewport().grab().toImage()
    assert image.pixelColor(200, 13).name() == "#000000"
    assert house.theme.hex("focus").lower() in colours(table.viewport())


def test_a_table_tells_when_it_is_too_wide_to_stay_a_table(house: Look, qtbot: QtBot) -> None:
    table = DataTable("Who pays", TABLE)
    qtbot.addWidget(table)
    usual = table.fitted_width()
    house.set_scale(2.0)
    assert table.fitted_width() > 1.6 * usual


def test_cards_flow_into_fewer_columns_as_room_shrinks(house: Look, qtbot: QtBot) -> None:
    flow = CardFlow([QLabel(str(at)) for at in range(4)], least=200)
    qtbot.addWidget(flow)
    columns = []
    for width in (900, 500, 150):
        flow.resize(QSize(width, 200))
        flow.grab()
        columns.append(flow.columns)
    assert columns == [4, 2, 1]


@pytest.mark.parametrize("theme", ["light", "dark", "high contrast"])
def test_a_chip_keeps_its_word_whole_in_every_theme(house: Look, qtbot: QtBot, theme: str) -> None:
    house.choose(theme)
    chip = Chip(Kind.CHECK, "3 costs not known")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    image = chip.grab().toImage()
    edge = {image.pixelColor(image.width() - 4, y).name() for y in range(4, image.height() - 4)}
    assert edge == {house.theme.hex("check_bg").lower()}
    assert chip.accessibleName() == "3 costs not known"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_part_of_the_gallery_is_named_large_enough_and_whole(house: Look, qtbot: QtBot, scale: float) -> None:
    from tools.gallery import Gallery

    house.set_scale(scale)
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.resize(1280, 600)
    gallery.show()
    buttons = gallery.findChildren(QPushButton)
    assert len(buttons) > 8
    assert [b.text() for b in buttons if not b.accessibleName()] == []
    assert [b.text() for b in buttons if b.width() < min(24, b.sizeHint().width()) or b.height() < 24] == []
    assert [b.text() for b in buttons if b.isVisible() and b.width() < b.sizeHint().width()] == []
    chips = gallery.findChildren(Chip)
    assert [c.text for c in chips if c.width() < c.sizeHint().width()] == []


def test_a_filled_button_has_its_ring_outside_with_paper_between(house: Look, qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.setObjectName("page")
    frame.resize(300, 100)
    button = Button("Enter now", "primary")
    button.setParent(frame)
    button.move(40, 30)
    frame.show()
    frame.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    picture = frame.grab().toImage()
    at_left = [picture.pixelColor(x, 30 + button.height() // 2).name() for x in (36, 37, 38, 39, 42)]
    focus, paper, fill = (house.theme.hex(token).lower() for token in ("focus", "window", "accent"))
    assert at_left == [focus, focus, paper, paper, fill]


def test_a_table_that_gets_the_focus_shows_which_row_is_chosen(house: Look, qtbot: QtBot) -> None:
    table = DataTable("Roles", TableState((ColumnSpec("Role"),), as_rows([["A"], ["B"]]), ("a", "b")))
    qtbot.addWidget(table)
    table.show()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.selectionModel().isRowSelected(0, table.rootIndex())
    assert table.current_key == "a"


def test_a_line_never_breaks_between_a_sign_and_its_amount(house: Look, qtbot: QtBot) -> None:
    words = "in cash \u2212\u00a3114,500"
    shown = label(words, wrap=True)
    qtbot.addWidget(shown)
    amount = shown.fontMetrics().horizontalAdvance("\u2212\u00a3114,500")
    assert shown.text() == words
    narrow = shown.fontMetrics().horizontalAdvance("in cash \u2212") + 2
    assert narrow < amount
    assert shown.minimumSizeHint().width() >= amount


def test_a_text_that_a_field_may_cut_off_stands_under_the_pointer(qtbot: QtBot) -> None:
    field = Field("Who it serves")
    qtbot.addWidget(field)
    field.set_text("People aged 75 and over with two or more long-term conditions")
    assert field.input.toolTip() == field.text
    field.set_text("Adults")
    assert field.input.toolTip() == ""
