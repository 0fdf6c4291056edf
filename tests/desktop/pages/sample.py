"""A session over a fresh copy of the sample, all work done inline; and what is recorded of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from analysis.periods import Period, parse_code
from analysis.vocabulary import Series
from db.queries.series import series
from desktop.jobs import InlineJobs
from desktop.pages.data.page import DataTab
from desktop.pages.role.page import RolePage
from desktop.pages.role.tab import RoleTab
from desktop.sample import write_sample_to
from desktop.session import Session


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, written once."""
    path = tmp_path_factory.mktemp("sample") / "sample.roleworth"
    write_sample_to(path)
    return path


@pytest.fixture
def session(sample_file: Path, tmp_path: Path, qapp: object) -> Iterator[Session]:
    """The session of a copy that a test may change."""
    path = tmp_path / "mine.roleworth"
    path.write_bytes(sample_file.read_bytes())
    made = Session(InlineJobs())
    crashed: list[object] = []
    made.jobs.crashed.connect(crashed.append)
    made.open(path)
    yield made
    made.close()
    assert crashed == [], "a job of this test went wrong, and what the page shows may be old"


def role_named(session: Session, name: str) -> int:
    return next(role.id for role in session.facts.roles if role.name == name)


def shown_tab(session: Session, role: str, tab: str) -> tuple[RolePage, RoleTab]:
    """The role page with a tab in front."""
    page = RolePage(session)
    page.open_with((role_named(session, role), tab))
    shown = page.stack.currentWidget()
    assert isinstance(shown, RoleTab)
    return page, shown


@contextmanager
def data_tab(qtbot: QtBot, session: Session, role: str) -> Iterator[DataTab]:
    """The Data tab of a role in a page of its own, the focus on its grid."""
    page, shown = shown_tab(session, role, "Data")
    assert isinstance(shown, DataTab)
    qtbot.addWidget(page)
    page.resize(1284, 600)
    page.show()
    page.activateWindow()
    shown.view.grid.setFocus()
    qtbot.waitUntil(shown.view.grid.hasFocus)
    yield shown
    page.close()


def held(session: Session, role: str, measure: str) -> Series:
    """A series as it is recorded now."""
    found = series(session.need_store(), role_named(session, role))
    return next(one for one in found if one.measure.name == measure)


def value_of(one: Series, code: str) -> float | None:
    """The value of a period, None where nothing is recorded."""
    period: Period = parse_code(code)
    return float(one.values[one.periods.index(period)]) if period in one.periods else None
