from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.finding_shapes import Effect, TooEarly
from analysis.periods import Frequency
from analysis.plan import FROM_MEASURE
from analysis.problems import UserProblem
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, State
from exporters.choices import Choices
from exporters.grouping import adds_up, grouped, offer_of
from exporters.policy import POLICIES, Policy, policy_of
from exporters.protected_role import ProtectedRole, band, protected_role
from exporters.protection import is_about_staff, protect
from tests.analysis.making import NAVIGATOR, make_series, navigator_series
from tests.exporters.making import AVOIDED, PLAN, REFERRALS, counts, role_answer

HES, UNDER_5, NONE = (POLICIES[key] for key in ("hes", "under5", "none"))
SHARE = MeasureFacts(2, "Readmitted", MeasureKind.PROPORTION, "%", Direction.DECREASE)


def through(*series: object, policy: Policy = HES, head_count: int | None = 12, **choices: object) -> ProtectedRole:
    answer = role_answer(*series, head_count=head_count)  # type: ignore[arg-type]  # series
    return protected_role(answer, 1, policy, Choices(**choices))  # type: ignore[arg-type]  # the caller names choices


def shown(values: list[float], policy: Policy = HES) -> list[float | None]:
    held = protect(counts(values), policy)
    return [None if hidden else float(v) for v, hidden in zip(held.shown.values, held.hidden, strict=True)]


def test_hes_hides_one_to_seven_keeps_zero_and_rounds_the_rest_half_up_to_five() -> None:
    assert shown([0, 1, 7, 8, 12, 13, 22.5, 214]) == [0, None, None, 10, 10, 15, 25, 215]


def test_under_5_hides_one_to_four_and_rounds_nothing() -> None:
    assert shown([0, 1, 4, 5, 213], UNDER_5) == [0, None, None, 5, 213]


def test_none_changes_nothing_and_needs_a_reason() -> None:
    series = counts([1, 2, 3])
    assert protect(series, NONE).shown is series
    with pytest.raises(UserProblem, match="needs a reason"):
        policy_of("none", "  ")
    assert policy_of("none", " agreed with the ICB ").reason == "agreed with the ICB"


def test_a_policy_nobody_knows_is_refused() -> None:
    with pytest.raises(UserProblem, match="no small-number policy called soft"):
        policy_of("soft")


def test_a_hidden_count_leaves_no_part_behind() -> None:
    held = protect(counts([3.0], denominators=[50], counts=[3]), HES).shown
    assert held.states == (State.SUPPRESSED,)
    for part in ("values", "numerators", "denominators", "counts"):
        assert np.isnan(getattr(held, part)[0])
    assert (held.low[0], held.high[0]) == (1, 7)


@pytest.mark.parametrize(
    ("numerator", "denominator", "share"),
    [(3, 40, None), (37, 40, None), (0, 40, 0.0), (40, 40, 1.0), (12, 43, 0.22), (2_001, 4_012, 2000 / 4010)],
)
def test_a_share_is_hidden_with_its_numerator_or_the_rest_and_else_comes_from_rounded_parts(
    numerator: int, denominator: int, share: float | None
) -> None:
    series = make_series([numerator / denominator], measure=SHARE, numerators=[numerator], denominators=[denominator])
    held = protect(series, HES)
    assert held.hidden == (share is None,)
    if share is not None:
        assert held.shown.values[0] == pytest.approx(share)


def test_a_share_of_people_that_does_not_say_how_many_is_hidden() -> None:
    assert protect(make_series([0.4], measure=SHARE), HES).hidden == (True,)
    assert protect(make_series([0.4], measure=replace(SHARE, people_count=False)), HES).hidden == (False,)


def test_a_mean_of_few_people_is_hidden_whatever_it_measures() -> None:
    score = MeasureFacts(3, "Score", MeasureKind.MEAN, "points", people_count=False)
    held = protect(make_series([51.0, 52.0], measure=score, counts=[7, 8]), HES)
    assert held.hidden == (True, False)
    assert held.shown.values[1] == 52.0


def test_sickness_of_one_person_is_hidden_and_of_a_team_is_not() -> None:
    sickness = MeasureFacts(4, "Sickness absence", MeasureKind.PROPORTION, "%", people_count=False)
    assert is_about_staff(sickness)
    series = make_series([0.03, 0.04], measure=sickness)
    assert through(series, head_count=1).count_hidden == 2
    assert through(series, head_count=None).count_hidden == 2
    assert through(series, head_count=12).count_hidden == 0


def test_a_finding_of_which_nothing_is_hidden_is_the_very_object_the_screen_shows() -> None:
    series = navigator_series()
    answer = role_answer(series)
    held = protected_role(answer, 1, HES, Choices())
    assert held.finding is answer.finding
    assert held.economics is answer.economics


BEFORE, AFTER = [30, 31, 28, 33, 29, 34, 30, 27, 32, 30, 31, 29], [30, 24, 22, 26, 23, 25, 24, 22, 26, 24, 23, 25, 24]


def test_a_change_of_which_a_side_is_hidden_is_hidden() -> None:
    held = through(counts([*BEFORE[:-1], 3, *AFTER])).finding.measures[0]
    assert isinstance(held.effect, TooEarly)
    assert held.texts.headline == "Not shown"
    assert "1 of 12 months before launch are hidden as small numbers" in held.texts.statement
    assert held.xmr is None
    assert np.isnan(held.before_mean)


def test_a_value_hidden_in_phase_in_leaves_the_finding_as_it_is() -> None:
    series = counts([*BEFORE, 3, *AFTER[1:]])
    answer = role_answer(series)
    held = protected_role(answer, 1, HES, Choices()).finding.measures[0]
    true = answer.finding.measures[0]
    assert isinstance(held.effect, Effect)
    assert held.effect == true.effect
    assert held.texts.statement == true.texts.statement
    assert held.input_hash != true.input_hash


def test_quarters_are_taken_where_more_than_a_third_of_the_months_would_be_hidden() -> None:
    series = counts([6, 5, 7, 4, 6, 8, 5, 7, 6, 9, 4, 5, 6, 6, 5, 7, 8, 4, 6, 5, 7, 6, 9, 5, 4])
    offer = offer_of(series, HES, NAVIGATOR.timeline)
    assert offer is not None
    assert offer.frequency.value == "quarter"
    assert offer.hidden > offer.of / 3 >= offer.hidden_then
    held = through(series)
    assert held.series[0].measure.frequency.value == "quarter"
    assert held.series[0].count_hidden == 0
    assert through(series, group_small=False).series[0].measure.frequency.value == "month"


def test_a_quarter_is_the_sum_of_its_months_and_never_straddles_the_launch() -> None:
    series = counts(range(1, 26))
    held = grouped(series, offer_of(counts([5.0] * 25), HES, NAVIGATOR.timeline).frequency, NAVIGATOR.timeline)  # type: ignore[union-attr]  # there is an offer
    assert held.values.tolist() == [6, 15, 24, 33, 51, 60, 69]
    assert [period.code for period in held.periods][3:5] == ["2024-Q1", "2024-Q3"]


def test_a_caseload_is_never_added_up() -> None:
    assert not adds_up(replace(REFERRALS, name="Open caseload"))
    assert not adds_up(replace(REFERRALS, definition="People open on the last day of the month"))
    assert adds_up(REFERRALS)


@pytest.mark.parametrize(
    ("pence", "text"),
    [
        (9_500, "under £5,000"),
        (500_000, "£5,000 to £10,000"),
        (3_612_000, "£25,000 to £50,000"),
        (10**9, "£1,000,000 or more"),
    ],
)
def test_an_amount_has_its_band(pence: int, text: str) -> None:
    assert band(pence) == text


def test_costs_of_a_one_person_post_are_totals_and_bands() -> None:
    assert through(navigator_series(), head_count=1).hidden_costs == {1, 2}
    assert through(navigator_series(), head_count=12).hidden_costs == frozenset()
    assert through(navigator_series(), head_count=1, policy=NONE).hidden_costs == frozenset()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 7), min_size=25, max_size=25), st.lists(st.integers(1, 7), min_size=25, max_size=25))
def test_nothing_said_depends_on_hidden_values(one: list[int], other: list[int]) -> None:
    places = (0, 4, 9, 14, 20, 24)
    made = []
    for drawn in (one, other):
        values: list[float] = [20 + 3 * (place % 4) for place in range(25)]
        for place in places:
            values[place] = drawn[place]
        held = through(counts(values), group_small=False)
        made.append((held.finding.measures[0].texts, held.finding.measures[0].cautions, held.finding.input_hash))
    assert made[0] == made[1]


def test_how_far_below_plan_one_person_worked_never_leaves() -> None:
    part_time = replace(NAVIGATOR, planned_wte=1.0, actual_wte=0.6)

    def cautions(head_count: int, policy: Policy = HES) -> str:
        answer = role_answer(navigator_series(), role=part_time, head_count=head_count)
        made = protected_role(answer, 1, policy, Choices())
        assert (made.role.actual_wte is None) == (head_count == 1 and policy is not NONE)
        return " ".join(one.text for found in made.finding.measures for one in found.cautions if one.code == "dose")

    assert "0.6 of 1.0" in cautions(12)
    assert "below plan" in cautions(1)
    assert not any(sign.isdigit() for sign in cautions(1))
    assert "0.6 of 1.0" in cautions(1, NONE)


def test_chosen_years_are_taken_whatever_the_policy_and_longer_ones_where_quarters_would_hide() -> None:
    many = through(navigator_series(), policy=NONE, by=Frequency.YEAR)
    assert [offer.frequency for offer in many.offers.values()] == [Frequency.YEAR]
    assert many.series[0].measure.frequency is Frequency.YEAR
    few = through(counts([1.0] * 48), by=Frequency.QUARTER)
    assert [offer.frequency for offer in few.offers.values()] == [Frequency.YEAR]
    score = MeasureFacts(3, "Activation", MeasureKind.MEAN, "score")
    mean = through(make_series([40.0] * 24, measure=score, counts=[30.0] * 24), by=Frequency.QUARTER)
    assert not mean.offers


def test_money_stays_that_of_the_app_while_chosen_quarters_hide_nothing() -> None:
    taken = replace(PLAN, benefits=(AVOIDED, replace(AVOIDED, id=2, measure_id=1, method=FROM_MEASURE)))
    answer = role_answer(navigator_series(), plan=taken)
    shown = protected_role(answer, 1, HES, Choices(by=Frequency.QUARTER))
    assert shown.offers
    assert shown.economics is answer.economics
