"""What a reviewer will look for, on the page: folded until asked for, each check leading to where it is mended."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from db.answers import RoleAnswer
from desktop.cli.analyse import economics_document, role_lines
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.economics.reviewing import reviewer_card
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> EconomicsTab:
    made = EconomicsTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 590)
    made.show_answer(answers["Care navigator"])
    made.show()
    made.results.reviewer.fold.click()
    settle()
    return made


def test_every_check_stands_with_a_shape_and_words(answers: Answers) -> None:
    card = reviewer_card(answers["Care navigator"].reviewer)
    assert card.table is not None
    assert len(card.table.rows) == 20
    assert all(row[1].shape is not None and row[1].text and row[2].text for row in card.table.rows)
    assert card.table.rows[0][0].text == "1. What would have been without it"


@pytest.mark.parametrize(("number", "part"), [("4", "costs"), ("8", "benefits")])
def test_a_check_leads_to_the_lines_that_mend_it(tab: EconomicsTab, number: str, part: str) -> None:
    tab.results.reviewer.table.opened.emit(number)
    assert tab.stack.currentWidget() is getattr(tab, part)


def test_a_check_leads_to_the_assumptions_and_to_the_case_for_the_role(tab: EconomicsTab) -> None:
    asked: list[tuple[str, object]] = []
    tab.tab_asked.connect(lambda name, target: asked.append((name, target)))
    tab.results.reviewer.table.opened.emit("6")
    tab.results.reviewer.table.opened.emit("1")
    assert tab.frame_form.isVisible()
    assert asked == [("Readiness", ("Case for the role", ""))]


def test_terminal_and_screen_say_the_same_of_the_checks(answers: Answers) -> None:
    answer = answers["Care navigator"]
    sentence = reviewer_card(answer.reviewer).sentence.split(" They look")[0]
    assert any(sentence in line for line in role_lines(answer))
    told = economics_document(answer)["reviewer_checks"]
    assert isinstance(told, list)
    assert len(told) == 20


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 590)), (2.0, (1226, 530))])
def test_no_check_is_cut_or_nameless(tab: EconomicsTab, house: Look, scale: float, size: tuple[int, int]) -> None:
    house.set_scale(scale)
    tab.resize(*size)
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
