"""Two appraisals side by side as they may leave the app: through the policy, and into the register. Qt-free."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.economics.saved import Comparison, Difference
from db.answers import RoleAnswer
from db.queries.appraisals import Saved
from desktop.pages.economics.saved import comparison_table
from desktop.states import TableState
from exporters.audit import refuse_role
from exporters.block_text import to_tsv
from exporters.choices import Choices
from exporters.kept import Kept
from exporters.personal import refuse_in_texts
from exporters.policy import POLICIES
from exporters.protected_role import ProtectedRole, protected_role
from exporters.register import Earlier, ExportFacts, Leaves, facts_of

POLICY = POLICIES["hes"]
"""What leaves by copy is always protected; the Report tab is where another policy can be chosen."""
GUARD = "[c]"
COPIED = "Copied. Volumes and what is said of posts stand as [c]: they may be small numbers or a person's pay."
WITHHELD = (
    "Copied. Amounts and answers stand as [c] too: one less the other would tell a person's pay or a small number."
)
_LINES = ("Post ", "Cost ", "Benefit ")


@dataclass(frozen=True)
class Compared:
    """Two appraisals held side by side: what differs, their names, and those of the two that are kept ones."""

    found: Comparison
    first: str
    second: str
    kept: tuple[Saved, ...]


@dataclass(frozen=True)
class LeavingComparison:
    """The comparison as it may leave, what is said of that, and the role it was made beside."""

    table: TableState
    said: str
    role: ProtectedRole

    @property
    def text(self) -> str:
        """The table with its headings, as a program pastes it."""
        rows = [[cell.words for cell in cells] for cells in self.table.rows]
        return to_tsv([[spec.name for spec in self.table.columns], *rows])

    @property
    def facts(self) -> ExportFacts:
        """What the register of exports keeps when it is copied."""
        leaves = Leaves("clipboard", "", hashlib.sha256(self.text.encode()).hexdigest())
        return facts_of(leaves, (self.role,), POLICY)


def comparison_leaving(compared: Compared, answer: RoleAnswer, earlier: Earlier) -> LeavingComparison:
    """The comparison beside what earlier exports told. Raises UserProblem where a text of it looks like a person's own.

    Where either of the two stays hidden in a workbook, neither amounts nor answers leave here.
    """
    kept = Kept(saved={answer.role.id: compared.kept}, earlier=earlier)
    role = protected_role(answer, 1, POLICY, Choices(figures=False), kept)
    refuse_role(role, POLICY)
    hides = bool(role.saved_hidden) or role.few_staff or bool(role.hidden_costs or role.hidden_volumes)
    found = Comparison(*(_leaving(part, hides=hides) for part in (compared.found.inputs, compared.found.outputs)))
    if hides:
        found = Comparison(found.inputs, tuple(_guarded(one) for one in found.outputs))
    table = comparison_table(found, compared.first, compared.second)
    refuse_in_texts("The copy", (cell.words for cells in table.rows for cell in cells))
    refuse_in_texts("The copy", (spec.name for spec in table.columns))
    return LeavingComparison(table, WITHHELD if hides else COPIED, role)


def _leaving(held: Sequence[Difference], *, hides: bool) -> tuple[Difference, ...]:
    return tuple(_guarded(one) if one.guarded or (hides and one.what.startswith(_LINES)) else one for one in held)


def _guarded(one: Difference) -> Difference:
    return Difference(one.what, GUARD, GUARD, guarded=True)
