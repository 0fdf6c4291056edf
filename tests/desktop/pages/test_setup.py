from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from analysis.vocabulary import CostKind, Lifecycle
from db.queries.money import appraisal
from db.queries.roles import profile
from db.queries.series import measures
from desktop.jobs import InlineJobs
from desktop.pages.setup.page import SetupPage
from desktop.pages.setup.state import UNNAMED, Answers, catalogue, often_watched, plan_of, starters
from desktop.session import Session
from tests.desktop.keys import press, type_text
from tests.desktop.pages.sample import role_named

TODAY = date(2025, 6, 12)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[SetupPage]:
    made = SetupPage(session)
    qtbot.addWidget(made)
    made.resize(1284, 600)
    made.show()
    yield made
    made.close()


def test_every_question_can_be_left_out() -> None:
    plan = plan_of(Answers(), TODAY)
    assert (plan.role["name"], plan.role["lifecycle"], plan.cost) == (UNNAMED, Lifecycle.PLANNED, None)
    assert [measure["name"] for measure, _ in plan.measures] == ["Role cost"]


def test_a_role_of_the_catalogue_brings_what_is_known_of_it() -> None:
    plan = plan_of(Answers(catalogue="care-navigator", launch="8 Apr 2024"), TODAY)
    assert (plan.role["name"], plan.role["mechanism"]) == ("Care navigator", "navigation")
    assert plan.role["lifecycle"] is Lifecycle.RUNNING
    assert often_watched("care-navigator").startswith("Often watched for this role: ")


def test_the_first_outcome_is_the_primary_measure_and_about_the_people_named() -> None:
    keys = ("role-contacts", "ae-attendances", "gp-contacts")
    plan = plan_of(Answers(measures=keys, population="aged 75+", spend=False), TODAY)
    found = [(measure["name"], measure["population"], use["is_primary"]) for measure, use in plan.measures]
    assert found == [
        ("Contacts by the role", "", False),
        ("A&E attendances", "aged 75+", True),
        ("GP contacts", "aged 75+", False),
    ]


def test_a_cost_is_a_line_of_the_plan_in_the_prices_of_its_start() -> None:
    cost = plan_of(Answers(amount="£41,000", every="a year", payer="ICB", launch="8 Apr 2024"), TODAY).cost
    assert cost is not None
    assert (cost["kind"], cost["amount_pence"], cost["price_year"]) == (CostKind.ANNUAL, 4_100_000, "2024-25")
    unknown = plan_of(Answers(payer="ICB"), TODAY).cost
    assert unknown is not None
    assert unknown["amount_pence"] is None


def test_each_answer_that_cannot_be_has_its_own_words() -> None:
    faults = plan_of(Answers(launch="soon", amount="a lot"), TODAY).faults
    assert set(faults) == {"launch", "amount"}
    named = plan_of(Answers(name="Post of jo@example.org", payer="943 476 5919"), TODAY).faults
    assert set(named) == {"name", "payer"}
    assert "phase_in_end" in plan_of(Answers(launch="8 Apr 2024", phase_in_end="1 Apr 2024"), TODAY).faults


def test_the_starters_and_the_catalogue_are_there() -> None:
    assert len(starters()) == 8
    assert len(catalogue()) == 45


def test_a_role_is_set_up_by_keyboard_in_one_step(page: SetupPage, session: Session, qtbot: QtBot) -> None:
    type_text(page.view.fields["name"].input, "Home link")
    type_text(page.view.fields["launch"].input, "1 May 2025")
    type_text(page.view.fields["amount"].input, "3400")
    press(page.view.ticks["gp-contacts"], Qt.Key.Key_Space)
    with qtbot.waitSignal(page.go) as gone:
        press(page.view.do, Qt.Key.Key_Space)
    store, role_id = session.need_store(), role_named(session, "Home link")
    assert gone.args == ["Role", (role_id, "Data")]
    assert [measure.name for measure in measures(store, role_id)] == ["GP contacts", "Role cost"]
    assert [line.amount_pence for line in appraisal(store, role_id, today=TODAY).costs] == [340_000]
    assert session.facts.undo == "Set up Home link"
    session.undo()
    assert "Home link" not in [role.name for role in session.facts.roles]
    session.redo()
    assert profile(store, role_named(session, "Home link")).facts.launch == date(2025, 5, 1)


def test_a_second_role_of_that_name_and_place_is_refused_in_words(page: SetupPage, session: Session) -> None:
    page.view.fields["name"].set_text("Link worker")
    page.view.fields["place"].set_text("Oak PCN")
    page.view.do.click()
    assert page.view.problem.text().startswith("There is a role called Link worker in Oak PCN already.")
    assert page.view.fields["name"].text == "Link worker"


def test_a_fault_is_shown_at_its_field_and_has_the_focus(page: SetupPage) -> None:
    page.view.fields["launch"].set_text("soon")
    page.activateWindow()
    page.view.do.click()
    assert "is not a day" in page.view.fields["launch"].fault.text()


def test_without_a_file_one_is_started(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(InlineJobs())
    page = SetupPage(session)
    qtbot.addWidget(page)
    monkeypatch.setattr("desktop.pages.setup.page.data_folder", lambda: tmp_path)
    (tmp_path / "My roles.roleworth").write_text("taken")
    page.view.fields["name"].set_text("First role")
    page.view.do.click()
    assert [role.name for role in session.facts.roles] == ["First role"]
    assert session.need_store().path.name == "My roles 2.roleworth"
    session.close()


def test_the_page_can_begin_with_a_role_of_the_catalogue(page: SetupPage) -> None:
    page.open_with("link-worker")
    assert page.view.answers().catalogue == "link-worker"
    assert page.view.watched.text()
