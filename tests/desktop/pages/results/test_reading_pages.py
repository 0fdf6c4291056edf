"""The pages that are only read: library, evidence, help."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from db.answers import FileAnswer
from db.queries.unit_costs import unit_costs
from desktop.frame.page import Page
from desktop.pages.evidence.page import EvidencePage
from desktop.pages.evidence.state import evidence_state
from desktop.pages.help.page import HelpPage
from desktop.pages.library.entries import shelves
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.state import library_state
from desktop.session import Session
from desktop.theme.look import Look
from resources import help_texts, load
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways


def test_no_help_page_says_that_a_role_caused_anything() -> None:
    for name, text in help_texts().items():
        assert not re.search(r"\b(thanks to the role|the role caused|proves|proven)\b", text), name


def test_every_unit_cost_names_source_licence_and_day() -> None:
    shelf = next(
        s for s in shelves(load("measure_library"), unit_costs(None), load("role_catalogue")) if s.name == "Unit costs"
    )
    for entry in shelf.entries:
        captions = dict(entry.facts)
        assert captions["Source"]
        assert captions["Licence"]
        assert re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", captions["Checked on"])
    unshipped = [entry for entry in shelf.entries if entry.cells[1] == "not shipped"]
    assert len(unshipped) == sum(row["amount_pence"] is None for row in load("unit_costs")["rows"])


def test_a_search_narrows_a_shelf_and_says_how_far() -> None:
    shelf = shelves(load("measure_library"), unit_costs(None), load("role_catalogue"))[0]
    state = library_state(shelf, "falls bed days")
    assert [row[0].text for row in state.table.rows] == ["Falls"]
    assert state.count == "1 of 119 entries"


def test_the_evidence_page_gives_level_reasons_and_what_would_raise_it(sample: FileAnswer, session: Session) -> None:
    held = {answer.role.id: answer for answer in sample.roles}
    state = evidence_state(load("evidence_levels")["levels"], session.facts.roles, held)
    navigator = state.roles[0]
    assert (navigator.name, navigator.label) == ("Care navigator, Elm PCN", "Level\u00a02 of 5")
    assert navigator.measure == "For A&E attendances, aged 75+"
    assert (False, "No comparator") in navigator.reasons
    assert navigator.to_raise.startswith("To reach level\u00a03")
    assert [row[0].text for row in state.levels.rows] == [f"Level\u00a0{level}" for level in range(6)]


@pytest.mark.parametrize("kind", [LibraryPage, EvidencePage, HelpPage])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 616)), (2.0, (1226, 570))])
def test_nothing_is_cut_or_nameless_on_the_pages_to_read(
    house: Look,
    session: Session,
    qtbot: QtBot,
    kind: type[LibraryPage | EvidencePage | HelpPage],
    scale: float,
    size: tuple[int, int],
) -> None:
    house.set_scale(scale)
    page: Page = kind(session)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.entered()
    settle()
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_the_library_shows_all_facts_of_the_chosen_row(house: Look, session: Session, qtbot: QtBot) -> None:
    page = LibraryPage(session)
    qtbot.addWidget(page)
    page.resize(1284, 616)
    page.show()
    view = page.view
    view.search.input.setText("patient activation score")
    view.table.selectRow(0)
    assert view.detail.title.text() == "Patient activation score"
    assert "Licence of the instrument" in view.detail.words.text()
    view.search.input.setText("zebra")
    assert view.count.text().startswith("0 of ")
    assert view.detail.words.text() == "Nothing holds these words."


def test_a_role_opens_from_the_evidence_page(house: Look, session: Session, qtbot: QtBot) -> None:
    from desktop.pages.evidence.page import RoleEvidenceCard

    page = EvidencePage(session)
    qtbot.addWidget(page)
    page.show()
    card = next(c for c in page.findChildren(RoleEvidenceCard) if c.accessibleName().startswith("Link worker"))
    with qtbot.waitSignal(page.go) as told:
        card.button.click()
    assert told.args == ["Role", (2, "Impact")]


def test_help_opens_at_a_page_by_its_key(house: Look, session: Session, qtbot: QtBot) -> None:
    page = HelpPage(session)
    qtbot.addWidget(page)
    page.open_with("cautions")
    assert page.header().facts == ("Cautions",)
    assert "False alarm" not in page.text.toPlainText()
    assert "false_alarm" in page.text.toPlainText()
    assert page.list.currentItem().text() == "Cautions"
