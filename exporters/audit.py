"""The last audit before anything is written: can a hidden count be worked out from what would be shown?

It looks at the finished report and not at how it was made, so that a slip anywhere before stops the export.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from analysis.finding_shapes import Effect, MeasureFinding
from analysis.problems import UserProblem
from analysis.vocabulary import Phase
from exporters.beside_earlier import newly_narrowed
from exporters.disclosure import ProtectedGroup, narrowed
from exporters.policy import Policy
from exporters.protected_role import ProtectedRole
from exporters.protection import ProtectedSeries
from exporters.report import Report


def refuse_narrowing(report: Report) -> None:
    """Raises UserProblem, naming measure and role, when a hidden count could be worked out."""
    for role in report.roles:
        refuse_role(role, report.policy)
        for finding in role.finding.measures:
            for fault in faults_of(report, role, finding):
                where = f"{finding.measure.name}, {role.label}"
                raise UserProblem(
                    f"The workbook would let a small number be worked out: {where}: {fault}.",
                    "Nothing was written. This is a fault of Roleworth: tell whoever looks after it.",
                )


def refuse_role(role: ProtectedRole, policy: Policy) -> None:
    """Raises UserProblem when money gives a hidden count of a measure back that is left out of the export."""
    shown = {finding.measure.id for finding in role.finding.measures}
    for key, beside in role.beside.items():
        if key not in shown and policy.protects and newly_narrowed(beside.told, beside.earlier):
            raise UserProblem(
                f"A small number could be worked out from the money of {role.label}.",
                "Nothing was written. This is a fault of Roleworth: tell whoever looks after it.",
            )


def faults_of(report: Report, role: ProtectedRole, finding: MeasureFinding) -> Iterator[str]:
    """What would give a hidden count of one measure back."""
    series = role.series_of(finding.measure.id)
    beside = role.beside.get(finding.measure.id)
    if report.policy.protects and beside is not None and newly_narrowed(beside.told, beside.earlier):
        yield "an earlier export and this one together give it back"
    if any(hidden and isfinite(point.value) for hidden, point in zip(series.hidden, finding.points, strict=True)):
        yield "a hidden value is drawn"
    for places, group in role.totals_of(finding.measure.id).groups:
        if narrowed(group, report.policy):
            yield "a total gives it back"
        if not _as_shown(series, places, group):
            yield "the table shows what its total needs hidden"
        if None in group.cells:
            yield from _told(finding, finding.points[places[0]].phase)


def _as_shown(series: ProtectedSeries, places: tuple[int, ...], group: ProtectedGroup) -> bool:
    return all(series.hidden[place] == (cell is None) for place, cell in zip(places, group.cells, strict=True))


def _told(finding: MeasureFinding, phase: Phase) -> Iterator[str]:
    mean = finding.before_mean if phase is Phase.BEFORE else finding.after_mean
    if isfinite(mean):
        yield "a mean gives it back"
    if isinstance(finding.effect, Effect):
        yield "the change gives it back"
    if phase is Phase.BEFORE and finding.xmr is not None:
        yield "limits give it back"
