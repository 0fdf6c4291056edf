from __future__ import annotations

import hashlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from db.queries.exports import past_exports
from db.working import MARK
from desktop.actions import COPY_SLIDE
from desktop.jobs import InlineJobs
from desktop.pages.report import making
from desktop.pages.report.page import ReportTab
from desktop.pages.report.preview import WHOLE
from desktop.pages.report.state import SPOKEN
from desktop.pages.role.page import RolePage
from desktop.printing.pages import sheets_of
from desktop.registering import EarlierAhead, earlier_exports
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.theme.look import Look
from desktop.theme.marks import Kind
from desktop.widgets import Button, Card
from exporters.page import Block, Heading, Page, Small
from exporters.steps import Cancel
from exporters.workbook import write_workbook
from tests.desktop.held_jobs import HeldJobs
from tests.desktop.pages.results.looking import settle
from tests.desktop.pages.sample import role_named

GATE = 5.0


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "northvale.roleworth"
    write_sample_to(path)
    return path


@pytest.fixture
def tab(qtbot: QtBot, sample: Path) -> Iterator[ReportTab]:
    session = Session(HeldJobs())
    session.open(sample)
    made = ReportTab(session)
    qtbot.addWidget(made)
    role = next(role for role in session.facts.roles if role.name == "Care navigator")
    session.answer(role.id, made.show_answer)
    yield made
    session.close()


@pytest.mark.parametrize("height", [560, 1500])
def test_what_is_made_is_as_wide_as_the_choices_above_it(house: Look, tab: ReportTab, height: int) -> None:
    tab.show()
    settle()
    tab.resize(1284, height)
    settle()
    cards = [card for card in tab.choices_area.findChildren(Card) if card.isVisible()]
    assert {card.width() for card in cards} == {tab.make.width()}


def widgets(layout: QLayout) -> list[QWidget]:
    items = [layout.itemAt(at) for at in range(layout.count())]
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def texts(tab: ReportTab) -> list[str]:
    return [widget.accessibleName() for widget in widgets(tab.checks)]


def test_the_page_is_read_out_in_the_words_of_the_finding(tab: ReportTab) -> None:
    spoken = tab.preview.accessibleDescription()
    assert ".." not in spoken
    assert "A&E attendances fell by about" in spoken
    assert "What this cannot tell" in spoken


def test_checks_stand_beside_the_button_and_name_what_is_provisional(tab: ReportTab) -> None:
    assert any(text.startswith("Fine: No identifier of a person found") for text in texts(tab))
    assert any("April 2025 and May 2025 are provisional" in text for text in texts(tab))
    assert tab.make.save.isEnabled()


def test_showing_every_number_needs_a_reason_before_anything_but_a_blank_workbook_can_be_made(
    tab: ReportTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.show()
    at = list(SPOKEN).index("none")
    tab.policy.setCurrentIndex(at)
    tab.policy.activated.emit(at)
    assert not tab.make.save.isEnabled()
    assert "reason" in tab.make.save.toolTip()
    shown = [words.text() for words in tab.preview.findChildren(QLabel) if words.isVisibleTo(tab.preview)]
    assert [words[:35] for words in shown] == ["Showing every number needs a reason"]
    proposed: list[str] = []

    def left(_over: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)
    tab.make.ask_template()
    assert [Path(name).name for name in proposed] == ["collect.xlsx"]
    tab.reason.input.setText("The counts are of visits, not people")
    tab.reason.input.editingFinished.emit()
    assert tab.make.save.isEnabled()
    assert any("Reason given: The counts are of visits" in text for text in texts(tab))


def test_a_measure_that_is_left_out_is_not_in_the_workbook(tab: ReportTab, tmp_path: Path) -> None:
    for tick in tab._ticks:
        if tick.text().startswith("Referrals"):
            tick.click()
    tab.make.write_workbook(tmp_path / "summary.xlsx")
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx", read_only=True)
    words = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line if c.value]
    assert any("GP contacts" in word for word in words)
    assert not any("Referrals declined" in word for word in words)


def test_pdf_and_pictures_are_written_and_said(tab: ReportTab, tmp_path: Path) -> None:
    tab.make.write_pdf(tmp_path / "page.pdf")
    tab.make.write_pictures(tmp_path / "page.png")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert QImage(str(tmp_path / "page.png")).width() == 1600


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tab: ReportTab, tmp_path: Path) -> None:
    for write, name in (
        (tab.make.write_workbook, "a.xlsx"),
        (tab.make.write_pdf, "a.pdf"),
        (tab.make.write_pictures, "a.png"),
    ):
        write(tmp_path / "nowhere" / name)
        notice = widgets(tab.make.notices)[0]
        assert Kind.FIX.word in notice.accessibleName() or "annot" in notice.accessibleName()
    assert not (tmp_path / "nowhere").exists()


def test_a_workbook_cancelled_while_it_is_written_leaves_the_old_file_the_folder_and_the_register_as_they_were(
    tab: ReportTab, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, go_on, jobs = tmp_path / "summary.xlsx", Event(), tab.session.jobs
    target.write_text("last month")
    before = past_exports(tab.session.need_store())

    def half_written() -> list[Path]:
        return list(tmp_path.glob(f"{MARK}*"))

    def held_up(*things: object, cancel: Cancel, **named: object) -> object:
        def asked() -> bool:
            return cancel() if go_on.is_set() or not half_written() else go_on.wait(GATE) and cancel()

        return write_workbook(*things, cancel=asked, **named)  # type: ignore[arg-type] # as the tab calls it

    monkeypatch.setattr(making, "write_workbook", held_up)
    assert isinstance(jobs, HeldJobs)
    jobs.by_threads = True
    tab.show()
    tab.make.write_workbook(target)
    qtbot.waitUntil(lambda: bool(half_written()) and tab.make.progress.isVisible())
    cancel = next(one for one in tab.make.progress.findChildren(Button) if one.text().strip() == "Cancel")
    cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: jobs.count == 0)
    (notice,) = widgets(tab.make.notices)
    assert notice.accessibleName() == "Check: Cancelled: summary.xlsx was not written."
    assert "The file of that name is as it was." in [words.text() for words in notice.findChildren(QLabel)]
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_text() == "last month"
    assert past_exports(tab.session.need_store()) == before
    assert jobs.failures == 0
    assert tab.make.progress.isHidden()


def test_the_whole_page_fits_when_asked(tab: ReportTab, qtbot: QtBot) -> None:
    tab.resize(1200, 600)
    tab.show()
    qtbot.waitExposed(tab)
    tab.fit.choose(WHOLE)
    paper = widgets(tab.preview._box)[0]
    assert paper.height() <= tab.preview.viewport().height()


def test_everything_that_is_made_is_listed_as_having_left_the_file(tab: ReportTab, tmp_path: Path) -> None:
    before, undo = len(past_exports(tab.session.need_store())), tab.session.facts.undo
    tab.make.write_workbook(tmp_path / "summary.xlsx")
    tab.make.write_pdf(tmp_path / "page.pdf")
    tab.make.write_pictures(tmp_path / "page.png")
    held = past_exports(tab.session.need_store())[: -before or None]
    assert [one.kind for one in held] == ["picture", "page", "workbook"]
    assert held[2].file_sha256 == hashlib.sha256((tmp_path / "summary.xlsx").read_bytes()).hexdigest()
    assert tab.past.lines[0].startswith("page.png")
    assert tab.session.facts.undo == undo


def test_what_an_audience_is_given_is_said_and_listed(tab: ReportTab) -> None:
    everything = tab.sheets.count()
    at = tab.audience.findText("Board")
    tab.audience.setCurrentIndex(at)
    tab.audience.activated.emit(at)
    assert tab.sheets.count() < everything
    assert "without tables by period" in tab.given.text()


def test_quarters_that_are_chosen_are_said_with_what_stays_by_month_and_written(tab: ReportTab, tmp_path: Path) -> None:
    at = tab.periods.findText("Quarters")
    tab.periods.setCurrentIndex(at)
    tab.periods.activated.emit(at)
    assert any("GP contacts by quarter, as chosen (0 of " in text for text in texts(tab))
    assert any("as recorded: no whole quarter can be added up" in text for text in texts(tab))
    tab.make.write_workbook(tmp_path / "quarters.xlsx")
    book = openpyxl.load_workbook(tmp_path / "quarters.xlsx", read_only=True)
    assert {"Measures_1", "Measures_1_quarter"} <= set(book.sheetnames)
    assert past_exports(tab.session.need_store())[0].grain == "quarter"


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_every_chart_is_written_as_a_file_of_its_own_and_listed(tab: ReportTab, tmp_path: Path, ending: str) -> None:
    tab.make.write_charts(tmp_path / f"elm{ending}")
    names = {path.name for path in tmp_path.iterdir()}
    assert names > {f"elm-chart-1{ending}", f"elm-chart-who-1{ending}"}
    if ending == ".png":
        assert QImage(str(tmp_path / "elm-chart-1.png")).width() == 1920
    assert f"{len(names)} charts written" in widgets(tab.make.notices)[0].accessibleName()
    assert past_exports(tab.session.need_store())[0].kind == "picture"


def test_charts_that_are_there_already_are_told_before_any_is_replaced(
    tab: ReportTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, titles = tmp_path / "elm-chart-1.svg", []
    there.write_text("last month's", encoding="utf-8")

    def asked(_over: QWidget, title: str, *_given: str) -> tuple[str, str]:
        titles.append(title)
        return (str(tmp_path / "elm"), "Drawings (*.svg)") if len(titles) == 1 else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    tab.make.ask_charts()
    assert titles[1].startswith("elm-chart-1.svg is there already")
    assert [path.name for path in tmp_path.iterdir()] == [there.name]
    assert there.read_text(encoding="utf-8") == "last month's"


def test_a_slide_is_copied_as_picture_sentence_and_table_and_listed(tab: ReportTab) -> None:
    before = len(past_exports(tab.session.need_store()))
    tab.focus_on(COPY_SLIDE)
    held = QGuiApplication.clipboard().mimeData()
    assert QImage(held.imageData()).width() == 1920
    text = held.text()
    assert text.startswith("Care navigator, Elm PCN\n")
    assert "A&E attendances fell by about" in text
    assert "Cash-releasing\t£" in text
    assert "Small numbers: hide 1 to 7" in text
    assert "The slide is copied." in widgets(tab.make.notices)[0].accessibleName()
    (one,) = past_exports(tab.session.need_store())[: -before or None]
    assert one.kind == "clipboard"


def test_a_blank_workbook_is_written_from_the_tab(tab: ReportTab, tmp_path: Path) -> None:
    tab.make.write_template(tmp_path / "collect.xlsx")
    assert "collect.xlsx is written: 8 measures, 12 periods to fill." in widgets(tab.make.notices)[0].accessibleName()
    assert openpyxl.load_workbook(tmp_path / "collect.xlsx", read_only=True).sheetnames[0] == "Guidance"
    tab.make.write_template(tmp_path / "nowhere" / "collect.xlsx")
    assert "Nothing can be written in the folder" in widgets(tab.make.notices)[0].accessibleName()


def test_no_heading_stands_at_the_foot_of_a_page_without_what_follows(tab: ReportTab) -> None:
    for lines in range(60, 90):
        blocks: list[Block] = [*(Small(f"line {n}") for n in range(lines)), Heading("What follows?"), Small("This.")]
        sheets = sheets_of(Page("A page", tuple(blocks)))
        assert not [sheet for sheet in sheets if isinstance(sheet[-1][0], Heading)]


def test_what_earlier_exports_told_is_read_again_after_each_export(tab: ReportTab, tmp_path: Path) -> None:
    ahead = EarlierAhead(tab.session, tab)
    ahead.ask()
    before = ahead.held()
    tab.policy.setCurrentIndex(list(SPOKEN).index("under5"))
    tab.policy.activated.emit(list(SPOKEN).index("under5"))
    tab.make.write_workbook(tmp_path / "summary.xlsx")
    assert ahead.held() != before
    assert ahead.held() == earlier_exports(tab.session.need_store())


@contextmanager
def no_room_for_more_than(most: int) -> Iterator[None]:
    """No file grows beyond so many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="this system does not limit the size of files")
    held = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, held)


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_a_full_disk_is_said_and_the_older_page_or_picture_is_as_it_was(
    tab: ReportTab, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"page.{ending}"
    target.write_text("last month")
    with no_room_for_more_than(3000):
        (tab.make.write_pdf if ending == "pdf" else tab.make.write_pictures)(target)
    assert f"page.{ending} cannot be written there, or not to its end." in widgets(tab.make.notices)[0].accessibleName()
    assert target.read_text() == "last month"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_slide_asked_for_from_anywhere_is_copied_once(sample: Path, tmp_path: Path, qtbot: QtBot) -> None:
    """What is copied goes into the register, which shows the tab again: that once copied without an end."""
    path = tmp_path / "mine.roleworth"
    path.write_bytes(sample.read_bytes())
    session = Session(InlineJobs())
    session.open(path)
    before = len(past_exports(session.need_store()))
    page = RolePage(session)
    qtbot.addWidget(page)
    page.open_with((role_named(session, "Care navigator"), "Report", COPY_SLIDE))
    assert len(past_exports(session.need_store())) == before + 1
    session.close()


@pytest.mark.parametrize(("width", "lists"), [(1284, True), (1009, False)])
def test_the_list_of_sheets_gives_way_where_it_would_be_cut(
    house: Look, tab: ReportTab, width: int, *, lists: bool
) -> None:
    tab.show()
    tab.resize(width, 503)
    settle()
    assert tab.contents.isVisible() is lists
    assert not (lists and tab.sheets.horizontalScrollBar().maximum())
    assert tab.area.verticalScrollBar().maximum() == 0, "the choices scroll, and the page not beside them"


def test_at_large_text_all_choices_stand_in_the_one_scroll_of_the_page(house: Look, tab: ReportTab) -> None:
    tab.show()
    tab.resize(1226, 530)
    house.set_scale(2.0)
    settle()
    tab.policy.setCurrentText(SPOKEN["none"])
    tab.policy.activated.emit(tab.policy.currentIndex())
    settle()
    assert tab.reason.isVisible()
    assert tab.choices_area.verticalScrollBar().maximum() == 0
    assert tab.area.verticalScrollBar().maximum() > 0
