"""Whatever leaves the open file goes into its register, and is made beside what left before."""

from __future__ import annotations

from collections.abc import Callable

from analysis.problems import UserProblem
from db.operations.exports import record_export
from db.queries.exports import told_before
from db.store import Store
from desktop.session import Session
from exporters.register import Earlier, ExportFacts, earlier_of


def earlier_exports(store: Store) -> Earlier:
    """What the earlier exports of a file told their readers."""
    return earlier_of(told_before(store))


def keep_export(session: Session, facts: ExportFacts, failed: Callable[[UserProblem], None]) -> None:
    """Put an export into the register of the open file; a file that cannot be written says so."""
    session.change(record_export, None, lambda problem: failed(not_kept(problem)), **facts)


def not_kept(problem: UserProblem) -> UserProblem:
    """What it means that an export is not in the register."""
    return UserProblem(
        f"It was made, but is not in the list of exports: {problem.message}",
        "A later export cannot be checked against it. Make it again once the file can be written.",
    )
