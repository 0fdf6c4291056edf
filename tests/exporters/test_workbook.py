from __future__ import annotations

import errno
import gc
import os
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

import exporters.workbook as workbook_module
from analysis.finding_shapes import Effect
from analysis.problems import UserProblem
from analysis.vocabulary import MeasureFacts
from db.answers import FileAnswer
from exporters import placing, quick_package
from exporters.choices import Choices
from exporters.declared import SHORTHAND, Column, Sheet
from exporters.layout import column_name
from exporters.opened import Opened
from exporters.personal import personal_data
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.steps import Cancelled
from exporters.text import CUT, REPLACEMENT
from exporters.workbook import write_workbook
from exporters.writer import Made, Properties, write_sheets
from tests.analysis.making import NAVIGATOR, navigator_series
from tests.exporters.making import PLAN, counts, file_answer, role_answer

NASTY = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", '=HYPERLINK("http://x","y")')


def open_book(path: Path) -> Any:  # noqa: ANN401 - openpyxl has no types
    with path.open("rb") as file:
        return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def answer() -> FileAnswer:
    return file_answer(role_answer(navigator_series()))


def test_the_workbook_is_written_checked_and_told_in_a_sentence(answer: FileAnswer, tmp_path: Path) -> None:
    written = write_workbook(answer, Choices(), tmp_path / "summary.xlsx")
    assert written.path == tmp_path / "summary.xlsx"
    assert len(written.checks) == 32
    assert written.hidden == 0
    assert written.sentence.startswith("summary.xlsx is written: 1 role. 0 values hidden")
    assert [path.name for path in tmp_path.iterdir()] == ["summary.xlsx"]


def test_the_same_answer_gives_the_same_bytes(answer: FileAnswer, tmp_path: Path) -> None:
    one, other = (write_workbook(answer, Choices(), tmp_path / name).path for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_a_workbook_open_elsewhere_gets_a_sibling_and_is_left_alone(
    answer: FileAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_text("open in Excel")
    really = os.replace

    def locked(source: Path, place: Path) -> None:
        if Path(place) == target:
            raise PermissionError(errno.EACCES, "locked")
        really(source, place)

    monkeypatch.setattr(os, "replace", locked)
    written = write_workbook(answer, Choices(), target)
    assert written.path.name == "summary (2).xlsx"
    assert "summary.xlsx is open in another program, so this one is called summary (2).xlsx" in written.sentence
    assert target.read_text() == "open in Excel"


@pytest.mark.parametrize(
    ("where", "fails"), [(workbook_module, "write_sheets"), (workbook_module, "proved"), (placing, "_sync")]
)
def test_a_full_disk_is_told_and_the_old_file_stays(
    answer: FileAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: ModuleType, fails: str
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_text("last month")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(where, fails, full)
    with pytest.raises(UserProblem, match="No space left"):
        write_workbook(answer, Choices(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["summary.xlsx"]
    assert target.read_text() == "last month"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
def test_a_disk_that_is_really_full_is_one_plain_error_and_leaves_nothing_behind(
    answer: FileAnswer, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    sheets = all_sheets(report_of(answer, Choices()))
    with pytest.raises(OSError, match="No space left"):
        write_sheets(sheets, Properties("A title", "A trust", "Cells", date(2025, 6, 1)), Path("/dev/full"))
    gc.collect()
    assert [str(one.message) for one in recwarn] == []


def test_a_folder_that_is_not_there_is_told(answer: FileAnswer, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="Nothing can be written in the folder"):
        write_workbook(answer, Choices(), tmp_path / "nowhere" / "summary.xlsx")
    with pytest.raises(UserProblem, match="is a folder"):
        write_workbook(answer, Choices(), tmp_path)


def test_a_workbook_that_fails_a_check_leaves_the_old_one(
    answer: FileAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_text("last month")
    monkeypatch.setattr(quick_package, "with_language", lambda core: core)
    with pytest.raises(UserProblem, match="failed its check 3"):
        write_workbook(answer, Choices(), target)
    assert target.read_text() == "last month"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_workbook_that_the_disk_does_not_give_back_is_told_as_not_written(
    answer: FileAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_text("last month")

    def unreadable(_held: Opened) -> zipfile.ZipFile:
        raise zipfile.BadZipFile("File is not a zip file")

    monkeypatch.setattr(Opened, "_package", property(unreadable))
    with pytest.raises(UserProblem, match="cannot be read back"):
        write_workbook(answer, Choices(), target)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("summary.xlsx", "last month")]


@pytest.mark.parametrize("stage", ["Hiding small numbers of", "Looking for", "Writing", "Checking"])
def test_it_can_be_stopped_at_any_stage_and_an_older_file_is_left(
    answer: FileAnswer, tmp_path: Path, stage: str
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_text("last month")
    told: list[str] = []
    with pytest.raises(Cancelled):
        write_workbook(
            answer,
            Choices(),
            target,
            progress=lambda _done, _of, words: told.append(words),
            cancel=lambda: bool(told) and told[-1].startswith(stage),
        )
    assert told[-1].startswith(stage)
    assert target.read_text() == "last month"
    assert len(list(tmp_path.iterdir())) == 1


def test_it_says_how_far_it_is_from_the_first_role_to_the_last_sheet_checked(
    answer: FileAnswer, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    write_workbook(answer, Choices(), tmp_path / "s.xlsx", progress=lambda *step: told.append(step))
    shares = [done for done, of, _ in told]
    assert {of for _, of, _ in told} == {100}
    assert shares == sorted(set(shares))
    assert told[0][2] == f"Hiding small numbers of {answer.roles[0].role.name}"
    assert told[-1][2].startswith("Checking")
    assert shares[-1] > 90


def test_choosing_no_role_that_exists_is_told(answer: FileAnswer) -> None:
    with pytest.raises(UserProblem, match="no role"):
        report_of(answer, Choices(roles=(99,)))


def test_only_the_chosen_measures_and_period_are_in_it(sample: FileAnswer) -> None:
    held = report_of(sample, Choices(measures=(1,), period=(date(2024, 1, 1), date(2024, 6, 30))))
    names = {found.measure.name for role in held.roles for found in role.finding.measures}
    assert names == {"A&E attendances"}
    sheet = next(one for one in all_sheets(held) if one.name == "Measures_1")
    assert [row[0] for row in sheet.rows] == [
        "January 2024", "February 2024", "March 2024", "April 2024", "May 2024", "June 2024"
    ]  # fmt: skip


def nasty_answer(text: str) -> FileAnswer:
    measure = MeasureFacts(1, text, navigator_series().measure.kind, text[:50], population=text, is_primary=True)
    role = replace(NAVIGATOR, name=text, place=text, programme=text)
    line = replace(PLAN.costs[0], label=text, payer=text, category=text)
    plan = replace(PLAN, costs=(line, PLAN.costs[1]))
    note = {"noted_on": date(2024, 9, 2), "voice": "staff", "theme": text, "text": text}
    return file_answer(role_answer(navigator_series(measure=measure), role=role, plan=plan, notes=[note]))


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula(text: str, tmp_path: Path) -> None:
    path = write_workbook(nasty_answer(text), Choices(policy="none", reason=text), tmp_path / "s.xlsx").path
    book = open_book(path)
    formulas = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    allowed = ("=SUMIFS(", "=AVERAGE(", "=ABS(", "=COUNTIF(", "=Yearly_cost_", "=SUM($", "=$", "=($", "=(SUMPRODUCT(")
    assert formulas
    assert all(formula.startswith(allowed) for formula in formulas)
    assert any(cell.value == text.replace("\r", "\n") for row in book["Voices"].iter_rows() for cell in row)


def test_control_characters_are_replaced_and_said(tmp_path: Path) -> None:
    written = write_workbook(nasty_answer("a\x00b\x0bc\ud800d"), Choices(), tmp_path / "s.xlsx")
    assert f"were replaced by {REPLACEMENT}" in written.sentence
    texts = [cell.value for row in open_book(written.path)["Voices"].iter_rows() for cell in row]
    assert f"a{REPLACEMENT}b{REPLACEMENT}c{REPLACEMENT}d" in texts


def test_a_text_longer_than_a_cell_is_cut_and_said(tmp_path: Path) -> None:
    written = write_workbook(nasty_answer("word " * 8_000), Choices(), tmp_path / "s.xlsx")
    assert "texts were cut at 32,767 characters" in written.sentence
    longest = max(len(str(c.value or "")) for row in open_book(written.path)["Voices"].iter_rows() for c in row)
    assert longest == 32_767
    cells = [str(c.value) for row in open_book(written.path)["Voices"].iter_rows() for c in row]
    assert any(text.endswith(CUT) for text in cells)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call 943 476 5919 about her", "NHS number"),
        ("AB 12 34 56 C", "National Insurance"),
        ("ask jo@example.org", "e-mail"),
        ("lives at SW1A 1AA", "postcode"),
    ],
)
def test_personal_data_in_a_text_stops_the_export_and_is_never_repeated(text: str, kind: str, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match=kind) as problem:
        write_workbook(nasty_answer(text), Choices(), tmp_path / "s.xlsx")
    assert text not in problem.value.sentence()
    assert list(tmp_path.iterdir()) == []


def test_the_fingerprint_of_the_facts_is_never_taken_for_a_number_of_a_person() -> None:
    for text in ("ab9434765919cd", f"{'a' * 30}-9434765919-{'b' * 22}".replace("-", "c"), f"9434765919{'a' * 54}"):
        assert personal_data([Sheet("One", "Title", "about", (Column("a", "A"),), ((text,),))]) == []


def test_roles_that_watch_the_same_have_charts_with_titles_of_their_own(tmp_path: Path) -> None:
    held = [role_answer(navigator_series(), role=replace(NAVIGATOR, id=n, place=f"Place {n}")) for n in (1, 2)]
    alike = [role_answer(navigator_series(), role=replace(NAVIGATOR, id=n)) for n in (1, 2)]
    for number, answers in enumerate((held, alike)):
        assert len(write_workbook(file_answer(*answers), Choices(), tmp_path / f"{number}.xlsx").checks) == 32


def test_hidden_values_leave_no_trace_in_any_part(tmp_path: Path) -> None:
    """Two files whose hidden values differ, their sums alike, give the same workbook byte for byte."""
    made = []
    for first, second in ((2, 5), (6, 1)):
        values = [30, 31, first, 33, 29, 34, 30, 27, second, 30, 31, 29, *([24, 22, 26] * 4)]
        held = file_answer(role_answer(counts(values)))
        made.append(write_workbook(held, Choices(), tmp_path / f"{first}.xlsx").path.read_bytes())
    assert made[0] == made[1]


def test_pay_of_one_person_is_nowhere_in_the_workbook(tmp_path: Path) -> None:
    held = file_answer(role_answer(navigator_series(), head_count=1))
    path = write_workbook(held, Choices(), tmp_path / "s.xlsx").path
    cells = [cell.value for page in open_book(path) for row in page.iter_rows() for cell in row]
    assert not [v for v in cells if isinstance(v, int | float) and abs(v - 36_120) < 1]
    assert "£25,000 to £50,000" in cells
    assert "[c]" in [cell.value for row in open_book(path)["Plan_costs"].iter_rows() for cell in row]


def test_every_figure_is_the_field_the_screen_shows(open_report: Report, open_workbook: tuple[Path, Made]) -> None:
    with open_workbook[0].open("rb") as file:
        book = openpyxl.load_workbook(file, data_only=True)
    page, layout = book["Effects"], open_workbook[1].layouts["Effects"]
    row = layout.first_row + 1
    for role in open_report.roles:
        for found in role.finding.measures:
            if isinstance(found.effect, Effect):
                shown = [page.cell(row, layout.column(key) + 1).value for key in ("change", "low", "high")]
                effect = found.effect
                true = [effect.absolute, effect.absolute_lower, effect.absolute_upper]
                assert shown == pytest.approx(true, rel=1e-14)
            row += 1


def test_every_mark_is_explained_on_the_notes(workbook: tuple[Path, Made]) -> None:
    texts = {cell.value for row in open_book(workbook[0])["Notes"].iter_rows() for cell in row}
    assert set(SHORTHAND) <= texts


def test_an_empty_file_still_gives_a_workbook_that_passes(tmp_path: Path) -> None:
    role = replace(NAVIGATOR, timeline=replace(NAVIGATOR.timeline, launch=None))
    bare = role_answer(role=role, plan=replace(PLAN, costs=(), benefits=()))
    assert len(write_workbook(file_answer(bare), Choices(), tmp_path / "s.xlsx").checks) == 32


def test_headings_alike_are_made_different(tmp_path: Path) -> None:
    sheet = Sheet(
        "One", "Title", "about", (Column("a", "Same"), Column("b", "same"), Column("c", "")), (("x", "y", "z"),)
    )
    made = write_sheets([sheet], Properties("t", "a", "s", date(2025, 1, 1)), tmp_path / "s.xlsx")
    assert made.layouts["One"].headings == ("Same", "same (2)", "Column 3")


def test_columns_have_their_names() -> None:
    assert [column_name(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_no_check_fails_on_workbooks_of_every_policy(sample: FileAnswer, tmp_path: Path) -> None:
    for key in ("under5", "none"):
        assert write_workbook(sample, Choices(policy=key, reason="why"), tmp_path / f"{key}.xlsx").checks
