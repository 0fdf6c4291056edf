"""Two appraisals that are compared leave the app as every other thing does: protected, and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from analysis.economics.saved import compare, snapshot
from analysis.plan import FROM_MEASURE, AppraisalFacts
from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.queries.appraisals import Saved
from desktop.pages.economics.leaving import COPIED, GUARD, WITHHELD, Compared, LeavingComparison, comparison_leaving
from exporters.choices import Choices
from exporters.kept import Kept
from exporters.register import Earlier, earlier_of, shown_text
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from tests.exporters.making import AVOIDED, PLAN, REFERRALS, counts, file_answer, role_answer

TAKEN = replace(AVOIDED, id=2, label="Referrals avoided", measure_id=REFERRALS.id, method=FROM_MEASURE)
MEASURED = replace(PLAN, benefits=(TAKEN,))
BEFORE_LAUNCH = [31.0, 28, 34, 27, 30, 33, 29, 26, 32, 30, 31, 29, 25]
IN_JULY, IN_AUGUST = (6.0, 20.0, 20.0), (6.0, 20.0, 20.0, 24.0)


def answer_of(after: Sequence[float], plan: AppraisalFacts = MEASURED, head_count: int = 12) -> RoleAnswer:
    return role_answer(counts([*BEFORE_LAUNCH, *after]), plan=plan, head_count=head_count)


def kept(answer: RoleAnswer, name: str = "Board paper", key: int = 1) -> Saved:
    return Saved(key, name, "2024-08-01T10:00:00+00:00", snapshot(answer.economics, {}))


def leaving(
    was: RoleAnswer, now: RoleAnswer, earlier: Earlier | None = None, name: str = "Board paper"
) -> LeavingComparison:
    one = kept(was, name)
    found = compare(one.held, snapshot(now.economics, {}))
    return comparison_leaving(Compared(found, name, "What is shown now", (one,)), now, earlier or {})


def shown(held: LeavingComparison) -> dict[str, tuple[str, str]]:
    return {cells[0].text: (cells[2].text, cells[3].text) for cells in held.table.rows}


def report(answer: RoleAnswer, policy: str, *saved: Saved, earlier: Earlier | None = None) -> Report:
    beside = Kept(saved={answer.role.id: saved}, earlier=earlier or {})
    choices = Choices(audience="Team", policy=policy, group_small=False, figures=not saved)
    return report_of(file_answer(answer), choices, beside)


def test_answers_that_rest_on_a_hidden_count_are_not_copied() -> None:
    held = leaving(answer_of(IN_JULY), answer_of(IN_AUGUST))
    assert shown(held)
    assert {text for texts in shown(held).values() for text in texts} == {GUARD}
    assert held.said == WITHHELD


def test_amounts_of_a_role_with_few_people_are_not_copied() -> None:
    dearer = replace(PLAN, costs=(replace(PLAN.costs[0], amount_pence=4_000_000), *PLAN.costs[1:]))
    few, many = (leaving(answer_of((20.0,) * 3, PLAN, n), answer_of((20.0,) * 3, dearer, n)) for n in (3, 12))
    assert shown(few)["Cost “Pay with on-costs”: amount"] == (GUARD, GUARD)
    assert shown(few)["All public sector (cash and capacity): net"] == (GUARD, GUARD)
    assert shown(many)["Cost “Pay with on-costs”: amount"] == ("£36,120.00", "£40,000.00")
    assert many.said == COPIED


def test_a_name_that_looks_like_a_person_s_own_is_not_copied() -> None:
    with pytest.raises(UserProblem, match="The copy would hold an identifier of a person"):
        leaving(answer_of((20.0,) * 3), answer_of((20.0, 20.0, 30.0)), name="NHS 943 476 5919")


def test_a_copy_is_told_to_the_register_with_the_sums_behind_both_appraisals() -> None:
    held = leaving(answer_of((20.0, 22.0, 31.0)), answer_of((20.0, 22.0, 31.0, 33.0)))
    told = earlier_of([held.facts["shown"]])[1][REFERRALS.id]["people"]
    assert {(one.low, one.high) for one in told} >= {(360, 360), (73, 73), (106, 106)}
    assert held.facts["kind"] == "clipboard"


def test_answers_are_withheld_where_an_earlier_export_hid_a_count_of_their_sum() -> None:
    first = report(answer_of(IN_JULY), "hes")
    assert first.roles[0].series[0].hidden[-3]
    one = kept(answer_of(IN_JULY))
    bare = report(answer_of(IN_AUGUST), "under5", one)
    beside = report(answer_of(IN_AUGUST), "under5", one, earlier=earlier_of([shown_text(first.roles)]))
    assert (bare.roles[0].saved_hidden, beside.roles[0].saved_hidden) == (frozenset(), frozenset({1}))


def test_a_kept_appraisal_in_a_workbook_tells_the_register_the_sum_it_rests_on() -> None:
    bare = earlier_of([shown_text(report(answer_of(IN_AUGUST), "under5", kept(answer_of(IN_JULY))).roles)])
    told = bare[1][REFERRALS.id]["people"]
    assert (46, 46) in {(one.low, one.high) for one in told}, "May to July, as the kept appraisal has them"


def test_a_kept_appraisal_stays_hidden_though_the_plan_no_longer_uses_its_measure() -> None:
    one, now = kept(answer_of(IN_JULY)), answer_of(IN_AUGUST, PLAN)
    made = report_of(file_answer(now), Choices(audience="Team", group_small=False), Kept(saved={now.role.id: (one,)}))
    sheet = next(held for held in all_sheets(made) if held.name == "Saved_appraisals")
    assert sheet.rows[0][4:6] == (GUARD, GUARD)
