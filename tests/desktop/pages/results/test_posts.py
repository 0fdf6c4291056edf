from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.answers import RoleAnswer
from db.queries.pay import pay_lines
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.economics.posts import NO_SCHEME, lacking_words, post_table, post_texts, read_post
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]
TEXTS = {
    "label": "Care navigators",
    "band": "4",
    "point": "Top",
    "pay_year": "2025/26",
    "annual": "",
    "people": "2",
    "wte_each": "0.8",
    "start": "Apr 2024",
    "end": "Mar 2027",
    "payer": "Northvale Community Trust",
    "scheme": "NHS",
    "pension": "",
    "central": "",
    "area": "5 %",
    "unsocial": "",
    "vacancy": "10%",
    "threshold": "No",
    "phase": "The role",
    "grade": "B: budget or contract",
    "source": "Establishment list",
}


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> EconomicsTab:
    made = EconomicsTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 590)
    made.show_answer(answers["Care navigator"])
    made.show()
    made.segments.choose("Pay")
    settle()
    return made


def enter(tab: EconomicsTab, session: Session, **changes: str) -> RoleAnswer:
    """Type a post and save it; the answer after it."""
    tab.posts.add_button.click()
    form = tab.posts.form
    for key, text in {**TEXTS, **changes}.items():
        form._parts[key].set_text(text)
    press(form, Qt.Key.Key_Return)
    got: list[RoleAnswer] = []
    session.answer(1, got.append)
    tab.show_answer(got[0])
    return got[0]


def test_a_post_is_typed_counted_and_undone(tab: EconomicsTab, session: Session) -> None:
    held = enter(tab, session).economics
    row = [cell.text for cell in post_table(held).rows[0]]
    assert row[:5] == ["Care navigators", "4 top", "2", "0.8", "£30,162"]
    assert (row[5], row[6]) == ("£57,504", "£4,287")
    assert session.facts.undo == "Add post Care navigators"
    assert post_texts(held.facts.pay[0])["annual"] == ""


def test_a_post_that_cannot_be_counted_says_what_it_lacks(tab: EconomicsTab, session: Session) -> None:
    held = enter(tab, session, band="my own", pay_year="2019/20").economics
    words = "Not counted yet: Care navigators lacks the annual pay and on-cost rates for 2019/20."
    assert lacking_words(held) == tab.posts.note.text() == words
    cell = post_table(held).rows[0][5]
    assert (cell.text, cell.words) == ("not known", "lacks the annual pay and on-cost rates for 2019/20")
    assert "Care navigators" in held.not_known


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("wte_each", "1.6", "One person works at most 1.0. For two people at 0.8 write 2 people and 0.8 each."),
        ("people", "0", "Write how many people, a whole number from 1."),
        ("people", "two", "Write how many people, a whole number from 1."),
        ("end", "Mar 2020", "A post cannot end before it starts."),
        ("pay_year", "2026", "Write a financial year such as 2024/25."),
        ("vacancy", "140 %", "A share lies between 0 % and 100 %."),
    ],
)
def test_a_text_that_will_not_do_is_answered_at_its_field(field: str, text: str, words: str) -> None:
    assert read_post({**TEXTS, field: text}).faults == {field: words}


def test_a_post_of_a_local_government_fund_is_counted_with_its_own_rate_and_not_without(
    tab: EconomicsTab, session: Session
) -> None:
    bare = enter(tab, session, scheme="Local government", area="", vacancy="").economics
    assert lacking_words(bare) == "Not counted yet: Care navigators lacks the employer's pension rate."
    session.undo()
    held = enter(tab, session, scheme="Local government", pension="20 %", area="", vacancy="").economics
    cost = held.posts[0].cost
    assert cost is not None
    assert cost.employer_pension == cost.basic * Decimal("0.2")
    assert cost.central_pension == 0


def test_a_pension_rate_without_a_scheme_is_answered_at_its_field() -> None:
    assert read_post({**TEXTS, "scheme": "None", "pension": "20 %"}).faults == {"pension": NO_SCHEME}


def test_what_points_to_a_person_is_refused_at_its_field(tab: EconomicsTab, session: Session) -> None:
    before = session.facts.undo
    enter(tab, session, source="see 943 476 5919")
    assert "identifier of a person (NHS number)" in tab.posts.form.field("source").fault.text()
    assert session.facts.undo == before


def test_a_post_reads_back_as_it_was(tab: EconomicsTab, session: Session) -> None:
    enter(tab, session, annual="£31,000.50")
    with session.need_store().read() as connection:
        (line,) = pay_lines(connection, 1)
    facts = read_post(post_texts(line)).facts
    assert {name: getattr(line, name) for name in facts} == facts


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 590)), (2.0, (1226, 530))])
def test_nothing_of_the_posts_is_cut_or_nameless(
    tab: EconomicsTab, session: Session, house: Look, scale: float, size: tuple[int, int]
) -> None:
    enter(tab, session)
    house.set_scale(scale)
    tab.resize(*size)
    tab.posts.add_button.click()
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
