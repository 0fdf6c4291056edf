"""The sheet of how likely a net saving is, over the ranges the team gave."""

from __future__ import annotations

from analysis.economics.likelihood import Likelihood
from analysis.economics.role_shapes import ViewKey
from analysis.economics.role_words import TITLES
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import NUMBER, ROLE, pounds_column

_CENTILES = ((2.5, "low", "Lowest 2.5 %"), (25.0, "quarter", "Lowest 25 %"), (50.0, "middle", "Middle"))
_UPPER = ((75.0, "upper", "Lowest 75 %"), (97.5, "high", "Lowest 97.5 %"))


def likelihoods(report: Report) -> list[Sheet]:
    """One sheet where any role has a simulation, else none."""
    found = [(role, role.economics.likelihood) for role in report.roles]
    rows = [row for role, held in found if held is not None for row in _rows(role, held)]
    return [_sheet(report, rows)] if rows else []


def _rows(role: ProtectedRole, held: Likelihood) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for key, spread in ((ViewKey.PUBLIC, held.public), (ViewKey.CASH, held.cash)):
        ends = dict(spread.centiles)
        shown = [ends[at] for at, _, _ in (*_CENTILES, *_UPPER)]
        facts = (spread.p_positive, spread.mcse_p, spread.mean)
        rows.append(
            (role.number, role.label, TITLES[key], *facts, *shown, held.draws, str(held.seed), "; ".join(held.varied))
        )
    return rows


def _sheet(report: Report, rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        name="Likelihood",
        title="How likely a net saving is",
        about="Share of draws above cost, and where the net value lies, over the ranges of the plan",
        columns=(
            NUMBER,
            ROLE,
            Column("view", "Answer", width=30.0),
            Column("chance", "Draws above cost", Kind.SHARE, 1, "%", 14.0),
            Column("error", "Standard error of that share", Kind.SHARE, 2, "%", 14.0),
            pounds_column("mean", "Mean"),
            *(pounds_column(key, title) for _, key, title in (*_CENTILES, *_UPPER)),
            Column("draws", "Draws", Kind.NUMBER, 0, "number", 12.0),
            Column("seed", "Seed", width=14.0),
            Column("varied", "Uncertain inputs", width=50.0),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("Present values. Every input varies apart between its least and most; the seed repeats the draws.",),
        notes=("present_value", "capacity"),
    )
