from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analysis.periods import month
from db.operations.measures import add_measure
from db.operations.observations import record_observations
from db.operations.roles import add_role
from db.store import Store, create
from tests.db.making import ATTENDANCES, value


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = create(tmp_path / "evaluation.roleworth")
    yield made
    made.close()


@pytest.fixture
def role(store: Store) -> int:
    return add_role(store, name="Care navigator", place="Elm", launch=date(2024, 4, 8)).new_id or 0


@pytest.fixture
def measure(store: Store, role: int) -> int:
    return add_measure(store, role_id=role, measure=ATTENDANCES, use={"is_primary": True}).new_id or 0


@pytest.fixture
def type_one(store: Store, role: int, measure: int) -> Callable[[int], None]:
    """Type one more value, so that there is something new to back up."""

    def do(number: int) -> None:
        period = month(2000 + number // 12, number % 12 + 1)
        record_observations(store, entries=[value(role, measure, period, number)], label=f"Type {number}")

    return do
