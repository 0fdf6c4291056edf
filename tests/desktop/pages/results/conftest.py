from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.answers import FileAnswer, RoleAnswer, answer_file
from db.store import open_store
from desktop.jobs import InlineJobs
from desktop.sample import write_sample_to
from desktop.session import Session
from resources import deflator

TODAY = date(2025, 6, 12)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, written once; a test that changes it works on a copy."""
    path = tmp_path_factory.mktemp("sample") / "sample.roleworth"
    write_sample_to(path)
    return path


@pytest.fixture(scope="session")
def sample(sample_file: Path) -> FileAnswer:
    """Every role of the sample, answered."""
    store = open_store(sample_file, read_only=True)
    answer = answer_file(store, today=TODAY, deflator=deflator())
    store.close()
    return answer


@pytest.fixture(scope="session")
def answers(sample: FileAnswer) -> dict[str, RoleAnswer]:
    """The answers by the role's name."""
    return {answer.role.name: answer for answer in sample.roles}


@pytest.fixture
def closed_session() -> Iterator[Session]:
    """A session without a file, whose jobs are done at once."""
    session = Session(InlineJobs())
    yield session
    session.close()


@pytest.fixture
def session(closed_session: Session, sample_file: Path, sample: FileAnswer, tmp_path: Path) -> Session:
    """A session over a copy of the sample that holds its answers already; a change makes it work them out anew."""
    copy = tmp_path / "sample.roleworth"
    copy.write_bytes(sample_file.read_bytes())
    closed_session.open(copy)
    for answer in sample.roles:
        closed_session.keep(closed_session.need_store(), answer)
    return closed_session
