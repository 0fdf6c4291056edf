from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from exporters.audit import refuse_narrowing
from exporters.choices import Choices
from exporters.disclosure import ProtectedGroup
from exporters.report import Report, report_of
from exporters.totals import Totals
from exporters.workbook import write_report
from tests.exporters.making import counts, file_answer, role_answer

VALUES = [30, 31, 3, 33, 29, 34, 30, 27, 30, 30, 31, 29, *([24, 22, 26] * 4)]


def a_report(policy: str = "under5") -> Report:
    return report_of(file_answer(role_answer(counts(VALUES))), Choices(policy=policy))


def with_slip(report: Report, **changes: object) -> Report:
    (role,) = report.roles
    return replace(report, roles=(replace(role, **changes),))  # type: ignore[arg-type]  # the caller names fields


@pytest.mark.parametrize("policy", ["hes", "under5"])
def test_a_report_as_it_is_made_passes(policy: str) -> None:
    refuse_narrowing(a_report(policy))


def test_a_second_value_is_hidden_where_a_total_would_give_the_first_back() -> None:
    (role,) = a_report().roles
    assert role.series[0].count_hidden == 2
    assert role.totals_of(7).before == sum(VALUES[:12])


def test_a_total_that_gives_a_count_back_stops_the_export(tmp_path: Path) -> None:
    report = a_report()
    cells = tuple(None if place == 2 else VALUES[place] for place in range(12))
    careless = ProtectedGroup(cells, sum(VALUES[:12]), (False,) * 12)
    slip = with_slip(report, totals={7: Totals(1.0, 1.0, known=True, groups=((tuple(range(12)), careless),))})
    with pytest.raises(UserProblem, match="a total gives it back"):
        write_report(slip, tmp_path / "s.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_true_finding_beside_hidden_values_stops_the_export() -> None:
    report = a_report()
    true = role_answer(counts(VALUES)).finding
    with pytest.raises(UserProblem, match="worked out"):
        refuse_narrowing(with_slip(report, finding=true))
    hidden_points = report.roles[0].finding.measures[0].points
    drawn = replace(true.measures[0], points=hidden_points)
    with pytest.raises(UserProblem, match="a mean gives it back"):
        refuse_narrowing(with_slip(report, finding=replace(true, measures=(drawn,))))
