"""Comparisons, trends, gaps and switching values as they stand in the workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.finding_further import GapFinding
from analysis.finding_shapes import TooEarly
from db.answers import FileAnswer
from db.queries.groups import Group, GroupFigures
from exporters.choices import Choices
from exporters.declared import Sheet
from exporters.policy import POLICIES
from exporters.protected_gaps import protected_gaps
from exporters.report import report_of
from exporters.sheets import all_sheets
from tests.exporters.making import REFERRALS, counts, role_answer

NEAR, FAR = Group(2, "near", "distance"), Group(3, "far", "distance")
GAP = GapFinding(REFERRALS.id, "near", "far", (), TooEarly(1, 3, "months", "too few"), "The gap did not change.")


def sheet_of(answer: FileAnswer, name: str, **choices: object) -> Sheet:
    held = report_of(answer, Choices(roles=(1,), **choices))  # type: ignore[arg-type]  # fields of the choices
    return next(sheet for sheet in all_sheets(held) if sheet.name == name)


def test_every_measure_has_a_row_of_trend_with_its_fit_or_the_reason_why_there_is_none(sample: FileAnswer) -> None:
    held = sheet_of(sample, "Trends")
    assert len(held.rows) == len(sample.roles[0].finding.measures)
    assert all(row[-2] for row in held.rows)


def test_a_measure_with_a_hidden_period_shows_no_trend(sample: FileAnswer) -> None:
    row = next(row for row in sheet_of(sample, "Trends", group_small=False).rows if "Referrals declined" in str(row[1]))
    assert set(row[3:9]) == {"[c]"}


def test_the_forest_plot_draws_each_relative_change_with_how_far_its_interval_reaches(sample: FileAnswer) -> None:
    held = sheet_of(sample, "Chart_changes")
    assert held.chart is not None
    assert held.chart.spread == ("below", "above")
    for _, middle, low, high, below, above, _ in held.rows:
        assert float(middle) - float(below) == pytest.approx(float(low))  # type: ignore[arg-type]  # numbers
        assert float(middle) + float(above) == pytest.approx(float(high))  # type: ignore[arg-type]  # numbers
    assert "interval that leaves out no change" in held.chart.alt_text


@pytest.mark.parametrize("name", ["Chart_trend_1", "Chart_payback_1", "Chart_who_1"])
def test_the_alt_text_of_each_chart_states_a_figure(sample: FileAnswer, name: str) -> None:
    chart = sheet_of(sample, name).chart
    assert chart is not None
    assert any(letter.isdigit() for letter in chart.alt_text)


def test_all_benefits_need_to_grow_by_what_costs_exceed_them(sample: FileAnswer) -> None:
    appraisal = sample.roles[0].economics.appraisal
    assert appraisal is not None
    row = sheet_of(sample, "Switching").rows[0]
    assert row[2] == "All benefits together"
    assert row[6] == pytest.approx(float(appraisal.pv_costs), abs=0.01)


@pytest.mark.parametrize(("smallest", "shown"), [(20.0, 1), (3.0, 0)])
def test_a_gap_is_shown_only_where_no_value_of_any_group_is_hidden(smallest: float, shown: int) -> None:
    far = counts([30, smallest, 31, 29, 30, 28], measure=REFERRALS)
    near = counts([40, 41, 39, 40, 38, 42], measure=REFERRALS)
    answer = replace(role_answer(near), groups=(GroupFigures(NEAR, (near,)), GroupFigures(FAR, (far,))), gaps=(GAP,))
    held = protected_gaps(answer, {REFERRALS.id}, POLICIES["hes"], few=False)
    assert (len(held.shown), len(held.withheld)) == (shown, 1 - shown)
