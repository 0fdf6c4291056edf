"""Sheets of the further money answers, of kept appraisals and of notes on cells; the decision; what came and left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.economics.saved import snapshot
from analysis.periods import month
from analysis.plan import OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from analysis.vocabulary import Arm, MeasureFacts, MeasureKind, Purpose
from db.answers import FileAnswer, RoleAnswer
from db.queries.appraisals import Saved
from db.queries.cell_notes import HeldNote
from db.queries.exports import PastExport
from exporters.checker import failures
from exporters.choices import Choices
from exporters.declared import Cell, Formula, Sheet
from exporters.kept import Kept
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from tests.analysis.making import navigator_series
from tests.exporters.conftest import workbook_of
from tests.exporters.making import PLAN, counts, file_answer, role_answer
from tests.exporters.test_recalculation import differences, recalculated, values

QALY = OutcomeLineFacts(1, "Quality of life", "QALY", 0.0125, 300.0, 0.004, 0.02, 2_000_000, source="EQ-5D")
SCALE = ScaleFacts("bed days", 130.0, 1343.2, 52_000_000, 4500, 6_000_000, 3_940_000, 45, 2.0, "Finance")
TIME = StaffTimeFacts(4.0, 45.0, 5700, 5.2, 60.0, 3900, "Nurse", "Assistant", "Diary")
FULL = replace(PLAN, outcomes=(QALY,), scale=SCALE, staff_time=TIME)
SPEND = MeasureFacts(2, "Spend on the role", MeasureKind.MONEY, "£")
CONTACTS = MeasureFacts(3, "Contacts", MeasureKind.COUNT, "contacts", purpose=Purpose.PROCESS, people_count=False)
SMALL = (9.0, 12.0, 3.0, 11.0, 14.0, 9.0, 10.0, 12.0, 13.0, 9.0, 8.0, 11.0) * 2
EXPORT = PastExport(
    1, "2025-05-02T09:00:00+00:00", "workbook", "Board", "role", "", "hes", "", None, None, "Care navigator, Elm PCN",
    "may.xlsx", "ab" * 32, "cd" * 32,
)  # fmt: skip


def full_answer(head_count: int = 12) -> RoleAnswer:
    spend = counts([2900.0 + place for place in range(24)], measure=SPEND)
    contacts = counts([110.0 + place for place in range(24)], measure=CONTACTS)
    small = counts(SMALL)
    return role_answer(navigator_series(), small, spend, contacts, plan=FULL, head_count=head_count)


def kept(answer: RoleAnswer) -> Kept:
    notes = [
        HeldNote(7, "Referrals declined", month(2023, number), arm, group, text, date(2023, 9, 1))
        for number, arm, group, text in (
            (5, Arm.ROLE, 1, "Twelve, two of them twins"),
            (6, Arm.ROLE, 1, "Only three that month"),
            (7, Arm.COMPARATOR, 1, "Five at the other place"),
            (8, Arm.ROLE, 2, "Six of them carers"),
        )
    ]
    saved = Saved(1, "Business case", "2025-03-04T10:00:00+00:00", snapshot(answer.economics, {}))
    other = replace(EXPORT, id=2, roles="Link worker, Oak PCN", file_name="other.xlsx")
    return Kept(notes={1: notes}, saved={1: (saved,)}, exports=(other, EXPORT))


@pytest.fixture(scope="module")
def answer() -> RoleAnswer:
    return full_answer()


@pytest.fixture(scope="module")
def held(answer: RoleAnswer) -> Report:
    return reported(file_answer(answer), kept(answer))


def reported(answer: FileAnswer, beside: Kept, policy: str = "hes") -> Report:
    choices = Choices(audience="Team", policy=policy, reason="a test", group_small=False)
    return report_of(answer, choices, beside)


def sheet(report: Report, name: str) -> Sheet:
    return next(one for one in all_sheets(report) if one.name == name)


def plain(cell: Cell) -> object:
    return cell.value if isinstance(cell, Formula) else cell


def test_cost_and_benefit_are_put_together_month_by_month_as_the_screen_draws_them(held: Report) -> None:
    curve = held.roles[0].economics.further.curve
    assert curve is not None
    rows = sheet(held, "Payback").rows
    assert [row[2] for row in rows] == list(curve.months)
    for key, drawn in ((6, curve.cost), (7, curve.cash), (8, curve.public)):
        assert [plain(row[key]) for row in rows] == list(drawn)
        assert sum(float(plain(row[key - 3])) for row in rows) == pytest.approx(drawn[-1], rel=1e-9)  # type: ignore[arg-type, misc]  # numbers


def test_each_contact_and_post_has_its_cost_before_and_after(held: Report) -> None:
    further = held.roles[0].economics.further
    found = {row[2]: row for row in sheet(held, "Cost_of_each").rows}
    contact = further.unit_costs[0]
    assert contact.before is not None
    assert contact.after is not None
    shown = [plain(cell) for cell in found["contact"][3:6]]
    assert shown == [contact.before.pounds, contact.after.pounds, contact.after.pounds - contact.before.pounds]


def test_outcomes_scale_and_staff_time_are_those_of_the_answer(held: Report) -> None:
    further = held.roles[0].economics.further
    assert further.scale is not None
    assert further.staff_time is not None
    outcome = sheet(held, "Outcomes").rows[0]
    assert outcome[4] == float(further.outcomes[0].gained)
    assert [plain(cell) for cell in outcome[9:11]] == [float(value) for value in further.outcomes[0].nmb or ()]
    assert [row[2] for row in sheet(held, "Scale").rows] == list(further.scale.found.net)
    assert [row[4] for row in sheet(held, "Scale").rows] == list(further.scale.found.net.values())
    assert sheet(held, "Staff_time").rows[0][3] == further.staff_time.found.cost_per_client_before


def test_what_the_screen_draws_of_further_money_is_drawn_in_a_workbook_of_one_role(held: Report) -> None:
    further = held.roles[0].economics.further
    cloud = further.outcomes[0].cloud
    assert further.curve is not None
    assert further.scale is not None
    assert cloud is not None
    drawn = {one.name: one for one in all_sheets(held) if one.chart}
    finding = {"Payback": further.curve.sentence, "Scale": further.scale.sentence, "Chart_outcome_1_a": "£20,000"}
    for name, words in finding.items():
        chart = drawn[name].chart
        assert chart is not None
        assert words in chart.alt_text
        assert {line.key for line in chart.lines} < {column.key for column in drawn[name].columns}
    assert [row[1] for row in drawn["Chart_outcome_1_a"].rows] == list(cloud.probability)


def test_several_roles_have_no_chart_that_would_mix_them(answer: RoleAnswer) -> None:
    both = report_of(file_answer(answer, answer), Choices(audience="Team"))
    sheets = {one.name: one for one in all_sheets(both)}
    assert sheets["Scale"].chart is None
    assert not [name for name in sheets if name.startswith("Chart_outcome")]


def test_a_note_is_hidden_with_the_value_it_stands_on(held: Report) -> None:
    found = [(row[2], row[3], row[4]) for row in sheet(held, "Cell_notes").rows]
    assert found == [
        ("May 2023", "the role", "Twelve, two of them twins"),
        ("June 2023", "the role", "[c]"),
        ("July 2023", "a comparator", "[c]"),
        ("August 2023", "a group of people", "[c]"),
    ]


def test_notes_are_all_there_where_nothing_is_protected(answer: RoleAnswer) -> None:
    rows = sheet(reported(file_answer(answer), kept(answer), "none"), "Cell_notes").rows
    assert "[c]" not in [row[4] for row in rows]


def test_the_decision_asked_stands_on_the_cover(answer: RoleAnswer) -> None:
    facts = answer.profile.facts.model_copy(update={"decision_asked": "Fund for a further two years"})
    asked = replace(answer, profile=replace(answer.profile, facts=facts))
    for one, words in ((asked, "Fund for a further two years"), (answer, "not recorded: ask the team")):
        rows = sheet(reported(file_answer(one), Kept()), "Cover").rows
        (said,) = [row[1] for row in rows if row[0] == "Decision asked, Care navigator, Elm PCN"]
        assert str(said).startswith(words)


def test_what_left_before_is_in_the_provenance_and_what_left_of_other_roles_is_not(held: Report) -> None:
    rows = sheet(held, "Provenance").rows
    words = "left on 2 May 2025 as workbook, for Board; Hide 1 to 7, round the rest to 5; SHA-256"
    assert ("may.xlsx", words, "ab" * 32) in rows
    assert "other.xlsx" not in {row[0] for row in rows}


def test_what_would_tell_the_pay_of_few_people_stays_behind() -> None:
    few = full_answer(head_count=1)
    held = reported(file_answer(few), kept(few))
    names = {one.name for one in all_sheets(held)}
    assert names.isdisjoint({"Payback", "Staff_time"})
    assert "whole-time" not in repr(sheet(held, "Cost_of_each").rows)
    assert sheet(held, "Saved_appraisals").rows[0][4:6] == ("[c]", "[c]")


def test_a_cost_of_each_is_withheld_where_a_count_it_is_divided_by_is_hidden(answer: RoleAnswer) -> None:
    chosen = replace(FULL, clients_measure_id=7)
    small = role_answer(*answer.series, plan=chosen)
    assert "client" in {one.name for one in small.economics.further.unit_costs}
    money = reported(file_answer(small), Kept()).roles[0].economics
    assert "client" not in {one.name for one in money.further.unit_costs} | {one.name for one in money.unit_costs}


def test_the_whole_workbook_passes_its_checks_and_is_what_its_formulas_give(answer: RoleAnswer, tmp_path: Path) -> None:
    held = reported(file_answer(answer), kept(answer), "none")
    path, made = workbook_of(held, tmp_path)
    assert failures(path, made) == []
    assert {sheet for sheet, _ in made.formulas} >= {"Payback", "Outcomes", "Cost_of_each"}
    assert differences(made, values(path), values(recalculated(path, tmp_path))) == []


def test_means_and_limits_of_every_measure_are_live_through_names_where_nothing_is_protected(
    answer: RoleAnswer,
) -> None:
    held = reported(file_answer(answer), kept(answer), "none")
    rows = sheet(held, "Levels").rows
    texts = [[cell.text for cell in row if isinstance(cell, Formula)] for row in rows]
    assert [len(one) for one in texts] == [7] * len(answer.finding.measures)
    assert "=AVERAGE({Measures_1.@Before_1_1})" in texts[0]
    assert "={centre}+{@Limit_factor}*{range}" in texts[0]
    limits = answer.finding.measures[0].xmr
    assert limits is not None
    assert [plain(cell) for cell in rows[0][8:12]] == [
        limits.phases[0].mean,
        limits.phases[0].mean_moving_range,
        limits.phases[0].lower_limit,
        limits.phases[0].upper_limit,
    ]


def test_a_protected_measure_has_no_live_mean_and_no_name(held: Report) -> None:
    names = [name for name, _ in sheet(held, "Measures_1").names]
    assert {name.rsplit("_", 1)[-1] for name in names} == {"2", "3"}
    assert not [cell for cell in sheet(held, "Levels").rows[0][3:5] if isinstance(cell, Formula)]
