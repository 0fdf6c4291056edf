from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.operations.measures import add_measure
from db.operations.roles import add_role
from db.store import Store, create
from tests.db.making import ATTENDANCES


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
