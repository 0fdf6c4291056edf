"""The record going out: whole where it may be, never the hours of so few people that they are a person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from db.answers import FileAnswer, RoleAnswer
from db.queries.record import Record, StaffingFacts
from exporters.choices import Choices
from exporters.declared import Sheet
from exporters.kept import Kept
from exporters.policy import POLICIES
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.staffing import people_band, staffing_shown
from exporters.workbook import write_workbook
from tests.exporters.making import counts, file_answer, role_answer

HES = POLICIES["hes"]
MAY = date(2024, 5, 1)


def sheet(report: Report, name: str) -> Sheet:
    return next(one for one in all_sheets(report) if one.name == name)


def texts(report: Report, name: str) -> dict[str, str]:
    """What the sheet says of the navigator, by caption."""
    return {str(row[2]): str(row[3]) for row in sheet(report, name).rows if str(row[0]).startswith("Care navigator")}


def staffed(answer: RoleAnswer, *rows: StaffingFacts) -> RoleAnswer:
    return replace(answer, record=Record(staffing=rows))


def test_profile_and_case_go_out_in_the_captions_of_the_screen(report: Report) -> None:
    profile = texts(report, "Profile")
    assert profile["Employer"] == "Northvale Community Trust"
    assert profile["How many people are eligible"] == "1,240"
    assert profile["What came after it"] == "[x]"
    assert texts(report, "Case")["Aims, each with a target and a date"].startswith("9 % fewer A&E attendances")


def test_hours_band_and_judgement_of_one_person_stay_hidden(report: Report) -> None:
    profile = texts(report, "Profile")
    assert profile["Planned WTE"] == profile["Pay band"] == "[c]"
    assert profile["Is the post-holder exceptional for the grade?"] == "[c]"
    assert profile["Head count"] == "up to 7"
    rows = [row for row in sheet(report, "Staffing").rows if str(row[0]).startswith("Care navigator")]
    assert {(row[2], row[3]) for row in rows} == {("[c]", "[c]")}
    assert "hidden" in sheet(report, "Staffing").lines[0]


def test_without_protection_the_true_hours_are_shown(sample: FileAnswer) -> None:
    open_report = report_of(sample, Choices(policy="none", reason="for the team itself"))
    assert texts(open_report, "Profile")["Planned WTE"] == "1.0"
    rows = [row for row in sheet(open_report, "Staffing").rows if str(row[0]).startswith("Care navigator")]
    assert rows[2][1:] == ("April 2024", 1.0, 0.8, "1")


def test_a_large_team_goes_out_with_its_hours_and_a_month_with_few_without() -> None:
    rows = (StaffingFacts(MAY, "12.0", "11.5", 12), StaffingFacts(date(2024, 6, 1), "12.0", "2.0", 2))
    large, few = staffing_shown(rows, 12, HES)
    assert (large.planned, large.actual, large.people) == (12.0, 11.5, "about 10")
    assert (few.planned, few.actual, few.people) == ("[c]", "[c]", "up to 7")
    assert staffing_shown(rows, None, HES)[0].is_hidden
    assert people_band(None, HES) == "[x]"


def test_the_report_holds_no_unprotected_staffing(report: Report) -> None:
    assert all(role.record.staffing == () for role in report.roles)


def test_factors_stand_as_they_were_at_launch_and_as_they_are_now(sample: FileAnswer) -> None:
    plain = {"owner": "", "action": "", "review_on": None, "note": ""}
    given = (("cc-03", "barrier", date(2024, 3, 1)), ("cc-03", "met", date(2025, 1, 6)))
    twins = (("cc-01", "in hand", date(2024, 3, 1)), ("job-description", "met", date(2025, 1, 6)))
    rows = (*given, ("cc-05", "met", date(2025, 1, 6)), *twins)
    ratings = [{"id": n, "factor_key": k, "state": s, "since": d, **plain} for n, (k, s, d) in enumerate(rows)]
    navigator = next(role for role in sample.roles if role.role.name == "Care navigator")
    made = report_of(sample, Choices(), Kept(ratings={navigator.role.id: ratings}))
    assert [row[2:5] for row in sheet(made, "Factors").rows] == [
        ("Team backing", "barrier", "met"),
        ("Written job description", "in hand", "met"),
        ("Network of peers in the role", "not looked at", "met"),
    ]


def test_completeness_lists_all_36_for_each_role(report: Report) -> None:
    held = sheet(report, "Completeness")
    assert len(held.rows) == 36 * len(report.roles)
    assert {row[5] for row in held.rows} == {"yes", "no"}
    assert "26 of the 30 facts" in " ".join(held.lines)


def test_alternatives_tasks_and_what_was_chosen_go_out(report: Report) -> None:
    assert ("Care navigator, Elm PCN", "No new role", "considered", "Attendances had risen for three years") in sheet(
        report, "Alternatives"
    ).rows
    assert sheet(report, "Tasks").rows[2][3:] == ("yes", "no", "[x]")
    chosen = sheet(report, "Chosen_beforehand").rows[0]
    assert chosen[1:8] == ("A&E attendances, aged 75+", "yes", "fall", "-20", "step", "1 Mar 2024", "before launch")


def test_a_workbook_with_staffing_of_many_passes_every_check(tmp_path: Path) -> None:
    answer = staffed(role_answer(counts([20.0] * 24)), StaffingFacts(MAY, "12.0", None, 12))
    assert len(write_workbook(file_answer(answer), Choices(), tmp_path / "many.xlsx").checks) == 32


def test_a_measure_that_is_left_out_is_not_named_by_the_record(sample: FileAnswer) -> None:
    navigator = next(role for role in sample.roles if role.role.name == "Care navigator")
    kept = navigator.series[0].measure
    made = report_of(sample, Choices(roles=(navigator.role.id,), measures=(kept.id,)))
    said = [
        str(cell) for name in ("Chosen_beforehand", "Completeness") for row in sheet(made, name).rows for cell in row
    ]
    assert kept.label in said
    assert not any("Patient activation" in words or "Referrals" in words for words in said)
