"""The recorded facts of a role that can call for a look."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

import resources
from analysis.factors import rating_keys, standings
from analysis.vocabulary import Lifecycle
from analysis.watch import WatchFacts
from db.queries.roles import Profile, factor_ratings
from db.recorder import table_of
from db.store import Store
from db.tables import StaffingMonth

WORKING = (Lifecycle.RUNNING, Lifecycle.MAINSTREAMED)


def watch_facts(store: Store, known: Profile, today: date) -> WatchFacts:
    """What `analysis.watch` needs of a role, besides its series."""
    facts = known.facts
    factors = resources.load("factors")["factors"]
    labels = {row["key"]: row["label"] for row in factors}
    held = standings(factor_ratings(store, known.id), rating_keys(factors))
    due = tuple((labels.get(key, key), one.review_on) for key, one in held.items() if one.is_overdue(today))
    return WatchFacts(
        today=today,
        funding_source=facts.funding_source,
        funding_end=facts.funding_end,
        head_count=facts.head_count,
        exceptional_post_holder=facts.exceptional_post_holder,
        caseload_ceiling=facts.caseload_ceiling,
        wte=_newest_wte(store, known.id, facts.planned_wte),
        boundary_review=facts.boundary_review,
        reviews_due=tuple((label, day) for label, day in due if day is not None),
        is_running=facts.lifecycle in WORKING,
    )


def _newest_wte(store: Store, role_id: int, planned: str | None) -> float | None:
    """Actual whole-time equivalents of the newest month they are known for, else those planned."""
    staff = table_of(StaffingMonth)
    query = (
        select(staff.c.actual_wte)
        .where(staff.c.implementation_id == role_id, staff.c.actual_wte.is_not(None))
        .order_by(staff.c.month.desc())
        .limit(1)
    )
    with store.read() as connection:
        found = connection.execute(query).scalar()
    text = found if found is not None else planned
    return float(text) if text else None
