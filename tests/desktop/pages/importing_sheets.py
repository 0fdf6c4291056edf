"""What the tests of the import window share: look-alikes of a team's sheet, a page on an empty file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.queries.series import series
from db.store import create
from desktop.jobs import InlineJobs
from desktop.pages.importing.draft import REVIEW
from desktop.pages.importing.page import ImportPage
from desktop.session import Session

MONTHS = [(2023 + i // 12, i % 12 + 1) for i in range(18)]
BODY = [f"01/{m:02d}/{y},{30 + i % 5},{12 + i}" for i, (y, m) in enumerate(MONTHS)]


def sheet_text(heads: str = "Month,Admissions,Home visits", body: list[str] | None = None) -> str:
    return "Activity of the team\n\n" + "\n".join([heads, *(body or BODY)]) + "\n"


def at_file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "roles.roleworth"
    create(path).close()
    held = Session(InlineJobs())
    crashed: list[object] = []
    held.jobs.crashed.connect(crashed.append)
    held.open(path)
    yield held
    held.close()
    assert crashed == [], "a job of this test went wrong"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ImportPage:
    made = ImportPage(session)
    qtbot.addWidget(made)
    made.resize(1280, 680)
    made.show()
    made.entered()
    return made


def go_to(page: ImportPage, step: int) -> None:
    while page.steps.current < step:
        before = page.steps.current
        page.foot.next.click()
        assert page.steps.current == before + 1


def brought_in(page: ImportPage, path: str, name: str = "Visitor") -> None:
    page.read(path)
    if not page.match.name.isHidden() and page.match.fault() is not None:
        page.match.name.set_text(name)
    go_to(page, REVIEW)
    page.foot.go.click()


def held_counts(session: Session) -> dict[str, int]:
    assert session.role_id is not None
    return {s.measure.name: len(s) for s in series(session.need_store(), session.role_id)}
