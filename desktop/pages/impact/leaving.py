"""The chart and its explanation as they may leave the app: copied or saved under the small-number policy. Qt-free."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from analysis.finding_change import series_values
from analysis.finding_shapes import MeasureFinding
from analysis.wording import plural
from db.answers import RoleAnswer
from desktop.charts.picture import XmrPicture
from desktop.pages.impact.explain import Explanation, explanation_of
from desktop.pages.impact.further import against_of
from desktop.pages.impact.picture import picture_of
from desktop.pages.impact.together import measures_table
from desktop.states import TableState
from exporters.choices import Choices
from exporters.kept import Kept
from exporters.policy import POLICIES, Policy
from exporters.protected_role import ProtectedRole, protected_role
from exporters.register import Earlier, ExportFacts, Leaves, facts_of

POLICY = POLICIES["hes"]
"""What leaves by copy or as a picture is always protected; the Report tab is where another policy can be chosen."""


@dataclass(frozen=True)
class Leaving:
    """A chart as it may leave, its explanation, a sentence on what was protected, and the role it was made from."""

    picture: XmrPicture
    explanation: Explanation
    said: str
    role: ProtectedRole

    def facts(self, kind: str, content: bytes, file_name: str = "") -> ExportFacts:
        """What the register of exports keeps when it leaves as a picture or by the clipboard."""
        return facts_of(Leaves(kind, file_name, hashlib.sha256(content).hexdigest()), (self.role,), POLICY)


def leaving_of(
    answer: RoleAnswer, measure_id: int, view: str, policy: Policy = POLICY, earlier: Earlier | None = None
) -> Leaving:
    """The measure through the policy: its points as shown, its words made from nothing that is hidden.

    `earlier` is what earlier exports of the file told; what both would give back is hidden too.
    """
    choices = Choices(measures=(measure_id,), group_small=False, money=False)
    role = protected_role(answer, 1, policy, choices, Kept(earlier=earlier or {}))
    finding, series = role.finding.measures[0], role.series_of(measure_id)
    shown = _as_shown(finding, role)
    picture = picture_of(shown, role.role, series.shown, view, against_of(answer, finding.measure))
    hidden = f" {plural(series.count_hidden, 'value')} hidden." if series.count_hidden else ""
    said = f"{policy.title}.{hidden}" if series.applies else "No small number had to be protected."
    noted = f"{picture.source}  ·  {policy.title}" if series.applies and picture.source else picture.source
    return Leaving(replace(picture, source=noted), explanation_of(finding, series.shown), said, role)


@dataclass(frozen=True)
class LeavingTable:
    """The table of all measures as it may leave, and the role it was made from."""

    table: TableState
    role: ProtectedRole

    @property
    def facts(self) -> ExportFacts:
        """What the register of exports keeps when it is copied."""
        words = "\n".join(cell.words for cells in self.table.rows for cell in cells)
        return facts_of(Leaves("clipboard", "", hashlib.sha256(words.encode()).hexdigest()), (self.role,), POLICY)


def table_leaving(answer: RoleAnswer, earlier: Earlier) -> LeavingTable:
    """All measures together through the policy, beside what earlier exports told."""
    role = protected_role(answer, 1, POLICY, Choices(group_small=False, money=False), Kept(earlier=earlier))
    return LeavingTable(measures_table(role.finding.measures), role)


def _as_shown(finding: MeasureFinding, role: ProtectedRole) -> MeasureFinding:
    """The finding with every point at its protected value."""
    values = series_values(role.series_of(finding.measure.id).shown)
    points = (replace(point, value=float(values[point.position])) for point in finding.points)
    return replace(finding, points=tuple(points))
