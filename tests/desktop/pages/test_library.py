from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.operations.changed import Changed, Thing
from db.operations.library import define_measure
from db.operations.money import add_pay_line
from db.queries.library import catalogue_entries, held_measures
from db.queries.reference_values import reference_values
from db.queries.roles import profile
from db.queries.series import measures
from db.queries.unit_costs import unit_costs
from desktop.jobs import InlineJobs
from desktop.pages.library.entries import IN_FILE, MEASURES, ROLES, catalogue
from desktop.pages.library.forms import entry_facts, measure_change, measure_texts
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.rates import RATES
from desktop.pages.library.state import (
    ADD,
    CHANGE,
    FILL,
    OWN_FIGURE,
    OWN_VALUE,
    REMOVE,
    REMOVE_COST,
    REMOVE_VALUE,
    REWORD,
    SET_UP,
)
from desktop.pages.library.unit_costs import OUT_OF_DATE, UNIT_COSTS, unit_cost_facts
from desktop.pages.setup.page import SetupPage
from desktop.session import Session
from desktop.theme.look import Look
from resources import load
from tests.desktop.pages.results.looking import settle, sideways
from tests.desktop.pages.sample import role_named
from tests.importers.test_unit_costs import CARE, VISIT, workbook


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[LibraryPage]:
    made = LibraryPage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    yield made
    made.close()


def choose(page: LibraryPage, shelf: str, words: str) -> None:
    page.view.choice.choose(shelf)
    page.view.search.input.setText(words)
    page.view.table.selectRow(0)


def test_a_measure_of_the_library_goes_into_the_current_role(page: LibraryPage, session: Session) -> None:
    session.choose_role(role_named(session, "Link worker"))
    choose(page, MEASURES, "unplanned people activation PAM")
    choose(page, MEASURES, "pressure ulcers")
    button = page.view.detail.buttons[ADD]
    assert button.text() == "Add to Link worker"
    button.click()
    names = [measure.name for measure in measures(session.need_store(), role_named(session, "Link worker"))]
    assert names[-1] == "Pressure ulcers"
    assert page.view.said.text() == "Add measure Pressure ulcers: done. Undo takes it back."


def test_what_is_worked_out_elsewhere_cannot_be_added(page: LibraryPage) -> None:
    choose(page, MEASURES, "cost per contact full cost")
    assert page.view.detail.title.text() == "Cost per contact"
    assert page.view.detail.buttons == {}
    assert "the Economics tab works this out" in page.view.detail.words.text()


def test_a_shipped_role_is_reworded_and_stands_as_shipped_again_when_its_words_are_removed(
    page: LibraryPage, session: Session
) -> None:
    choose(page, ROLES, "health coach")
    page.view.detail.buttons[REWORD].click()
    form = page.view.entry_form
    assert form.texts()["measures"].splitlines()[0] == "Patient activation score"
    form.field("mechanism").input.setText("coaching in groups")
    form.save.click()
    held = catalogue_entries(session.need_store())
    assert [(row["key"], row["mechanism"]) for row in held] == [("health-coach", "coaching in groups")]
    assert held[0]["measures"].splitlines()[0] == "pam"
    assert page.view.detail.title.text() == "Health coach"
    page.view.detail.buttons[REMOVE].click()
    assert catalogue_entries(session.need_store()) == ()
    assert REWORD in page.view.detail.buttons


def test_an_own_entry_needs_a_name_and_is_then_offered_when_a_role_is_set_up(
    page: LibraryPage, session: Session, qtbot: QtBot
) -> None:
    page.view.choice.choose(ROLES)
    page.view.add_button.click()
    form = page.view.entry_form
    form.save.click()
    assert "name" in form.field("name").fault.text()
    form.field("name").input.setText("Village agent")
    form.save.click()
    choose(page, ROLES, "village agent")
    with qtbot.waitSignal(page.go) as told:
        page.view.detail.buttons[SET_UP].click()
    assert told.args == ["Set up", "own-village-agent"]
    setting_up = SetupPage(session)
    qtbot.addWidget(setting_up)
    setting_up.entered()
    setting_up.open_with("own-village-agent")
    assert setting_up.view.answers().catalogue == "own-village-agent"


def test_a_starting_point_offers_its_suggested_measures_to_tick(session: Session, qtbot: QtBot) -> None:
    page = SetupPage(session)
    qtbot.addWidget(page)
    page.open_with("health-coach")
    assert {"pam", "gas-t", "ltc-control"} <= set(page.view.ticks)
    page.view.ticks["pam"].setChecked(True)
    page.open_with("care-navigator")
    assert "pam" not in page.view.ticks
    assert "service-uptake" in page.view.ticks
    page.view.ticks["service-uptake"].setChecked(True)
    page.view.fields["name"].set_text("Our navigator")
    page.view.do.click()
    held = [measure.name for measure in measures(session.need_store(), role_named(session, "Our navigator"))]
    assert held == ["Uptake of a service", "Role cost"]


def test_a_measure_of_the_file_is_defined_in_one_step(page: LibraryPage, session: Session) -> None:
    measure = next(m for m in held_measures(session.need_store()) if m.facts.name == "A&E attendances" and m.values)
    page.open_with(measure.id)
    page.view.detail.buttons[CHANGE].click()
    form = page.view.measure_form
    form.field("exclusions").input.setText("Planned follow-ups")
    form.field("maximum").input.setText("10")
    form.save.click()
    assert "would lie outside that range" in form.fault.text()
    form.field("maximum").input.setText("9,000")
    form.field("break_on").input.setText("1 Apr 2024")
    form.field("break_what").input.setText("Type 5 counted")
    form.save.click()
    held = next(m for m in held_measures(session.need_store()) if m.id == measure.id)
    assert (held.facts.exclusions, held.facts.maximum) == ("Planned follow-ups", 9000)
    assert [(b.happened_on, b.what) for b in held.breaks] == [(date(2024, 4, 1), "Type 5 counted")]
    session.undo()
    assert next(m for m in held_measures(session.need_store()) if m.id == measure.id) == measure


def test_a_break_is_removed_by_its_day_alone_and_an_unknown_day_is_refused(page: LibraryPage, session: Session) -> None:
    measure = next(m for m in held_measures(session.need_store()) if m.facts.name == "A&E attendances" and m.values)
    define_measure(session.need_store(), measure_id=measure.id, changes={}, broke=(date(2024, 4, 1), "A new return"))
    session.tell(Changed("", frozenset({Thing.MEASURES})))
    form = page.view.measure_form
    for day in ("2 Apr 2024", "1 Apr 2024"):
        page.open_with(measure.id)
        page.view.detail.buttons[CHANGE].click()
        form.field("break_on").input.setText(day)
        form.save.click()
        if day == "2 Apr 2024":
            assert "The day of a known break alone removes it." in form.field("break_on").fault.text()
            form.cancel.click()
    assert next(m for m in held_measures(session.need_store()) if m.id == measure.id).breaks == ()


def test_new_words_need_the_day_from_which_they_hold(session: Session) -> None:
    measure = next(m for m in held_measures(session.need_store()) if m.values and m.definitions[-1][1])
    texts = {**measure_texts(measure), "definition": "Other words", "minimum": "x", "decimals": "9"}
    faults = measure_change(measure, texts).faults
    assert set(faults) == {"valid_from", "minimum", "decimals"}
    fine = measure_change(measure, {**measure_texts(measure), "definition": "Other words", "valid_from": "1 Apr 2025"})
    assert dict(fine.faults) == {}
    assert fine.definition["valid_from"] == date(2025, 4, 1)
    assert dict(fine.changes) == {}


def test_the_form_of_a_measure_changes_nothing_when_it_is_kept_as_it_was(session: Session) -> None:
    for measure in held_measures(session.need_store()):
        asked = measure_change(measure, measure_texts(measure))
        assert (dict(asked.changes), dict(asked.definition), asked.broke, dict(asked.faults)) == ({}, {}, None, {})


def test_without_a_file_the_library_is_read_only(qtbot: QtBot) -> None:
    page = LibraryPage(Session(InlineJobs()))
    qtbot.addWidget(page)
    page.show()
    page.view.choice.choose(ROLES)
    assert not page.view.add_button.isVisibleTo(page)
    assert list(page.view.detail.buttons) == [SET_UP]
    page.view.choice.choose(IN_FILE)
    assert (
        page.view.detail.words.text()
        == "No measure is in use in this file yet. Add one from Measures, or set up a role."
    )


def test_every_suggested_measure_is_in_the_library() -> None:
    known = {row["key"] for row in load("measure_library")["measures"]}
    for row in load("role_catalogue")["roles"]:
        assert row["suggested_measures"], row["key"]
        assert set(row["suggested_measures"]) <= known, row["key"]


def test_the_library_holds_what_a_row_must_say() -> None:
    for row in load("measure_library")["measures"]:
        assert row["definition"], row["key"]
        assert row["source"], row["key"]
        if row["important_difference"] is not None:
            assert row["important_difference_source"], row["key"]
        if row["kind"] == "proportion":
            assert row["numerator_name"], row["key"]
            assert row["denominator_name"], row["key"]
        if row["team_chooses"]:
            assert row["direction"] in ("neutral", "increase", "decrease"), row["key"]


def test_own_entries_stand_beside_the_shipped_ones_by_name() -> None:
    own = [
        {"id": 3, "uuid": "u", "key": "own-x", "name": "aardvark keeper", "measures": "falls\n\nOur own"},
    ]
    rows = catalogue(load("role_catalogue")["roles"], [{**dict.fromkeys(COLUMNS, ""), **own[0]}])
    assert rows[0]["name"] == "aardvark keeper"
    assert rows[0]["suggested_measures"] == ["falls", "Our own"]
    assert len(rows) == 46


COLUMNS = ("family", "mechanism", "boundary", "setting", "people_served", "what_it_does", "source")


def test_a_measure_is_kept_by_its_key_however_its_name_is_written() -> None:
    texts = {**dict.fromkeys(("name", "family"), "x"), "measures": "FALLS \n Home made"}
    assert entry_facts(texts, {"falls": "falls"})[0]["measures"] == "falls\nHome made"


def test_what_points_to_a_person_is_refused_in_the_librarys_forms(session: Session) -> None:
    texts = {"name": "Home link", "source": "ask jo@example.org", "measures": ""}
    assert entry_facts(texts, {})[0] == {}
    assert "identifier of a person" in entry_facts(texts, {})[1]["source"]
    measure = held_measures(session.need_store())[0]
    faults = measure_change(measure, {**measure_texts(measure), "exclusions": "but not 943 476 5919"}).faults
    assert set(faults) == {"exclusions"}


def test_a_starting_point_fills_what_is_empty_in_the_current_role(page: LibraryPage, session: Session) -> None:
    role_id = role_named(session, "Case manager")
    session.choose_role(role_id)
    before = profile(session.need_store(), role_id).facts
    choose(page, ROLES, "health coach")
    assert page.view.detail.buttons[FILL].text() == "Fill what is empty in Case manager"
    page.view.detail.buttons[FILL].click()
    after = profile(session.need_store(), role_id).facts
    assert after.catalogue_key == "health-coach"
    for name in ("family", "mechanism", "people_served"):
        assert getattr(after, name) == getattr(before, name) != ""
    assert "Patient activation score" in [one.name for one in measures(session.need_store(), role_id)]
    assert page.view.said.text() == "Fill Case manager from the catalogue: done. Undo takes it back."
    session.undo()
    assert profile(session.need_store(), role_id).facts == before


def test_an_own_figure_takes_the_place_of_a_shipped_unit_cost_and_is_marked(
    page: LibraryPage, session: Session
) -> None:
    choose(page, UNIT_COSTS, "A&E attendance")
    assert page.view.detail.buttons[OWN_FIGURE].text() == "Put your own figure in its place"
    page.view.detail.buttons[OWN_FIGURE].click()
    form = page.view.cost_form
    form.save.click()
    assert form.field("amount").fault.text() == "Write the amount of one, such as £180."
    form.fill({"amount": "£180", "source": "Local tariff, page 3"})
    form.save.click()
    held = next(one for one in unit_costs(session.need_store()) if one.key == "pssru25-ae")
    assert (held.amount_pence, held.source) == (18_000, "Local tariff, page 3")
    choose(page, UNIT_COSTS, "A&E attendance")
    assert [cell.text for cell in page.view.table.shown.rows[0]] == [
        "A&E attendance", "£180 per attendance", "2024/25", "own figure",
    ]  # fmt: skip
    page.view.detail.buttons[REMOVE_COST].click()
    assert all(one.own_id is None for one in unit_costs(session.need_store()))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("source", "", "Say where it is written: a figure is kept with its citation."),
        ("amount", "-£5", "'-£5' is not a sum of money. Write it in pounds, as £3,412 or 41000."),
        ("price_year", "2024", "Write a financial year such as 2024/25."),
        ("label", "", "Give it a name."),
    ],
)
def test_a_unit_cost_that_will_not_do_is_answered_at_its_field(field: str, text: str, words: str) -> None:
    texts = {"label": "Visit", "amount": "£5", "price_year": "2024/25", "source": "List", "kind": "An average"}
    _, faults = unit_cost_facts({**texts, field: text})
    assert faults == {field: words}
    assert unit_cost_facts(texts)[1] == {}


def test_a_workbook_of_unit_costs_comes_in_with_its_bad_rows_listed_and_goes_with_undo(
    page: LibraryPage, session: Session, tmp_path: Path
) -> None:
    bad = [*VISIT[:7], "2011", *VISIT[8:]]
    page.view.choice.choose(UNIT_COSTS)
    page.costs.bring(workbook(tmp_path / "costs.xlsx", [CARE, bad]))
    assert page.view.said.text() == (
        "1 unit cost brought in from sheet Unit costs of costs.xlsx. 1 row left out: Unit costs!I6 (“2011” is not a "
        "financial year such as 2024/25). Undo takes them back."
    )
    assert session.facts.undo == "Bring in 1 unit cost from costs.xlsx"
    session.undo()
    assert all(one.own_id is None for one in unit_costs(session.need_store()))


def test_what_is_out_of_date_names_who_uses_it_and_where_the_new_one_stands(
    page: LibraryPage, session: Session
) -> None:
    session.change(add_pay_line, role_id=1, label="Navigators", band="4", start=date(2023, 4, 1), pay_year="2023-24")
    page.open_with(OUT_OF_DATE)
    row = [cell.text for cell in page.view.table.shown.rows[0]]
    assert row == [
        "Pay of Band 4", "pay scale", "2023/24", "Navigators, Care navigator",
        "it is of 2023/24, 2 years before this one",
    ]  # fmt: skip
    assert "Where the new one stands" in page.view.detail.words.text()


def test_an_own_rate_takes_the_place_of_a_shipped_one_and_a_missing_year_is_added(
    page: LibraryPage, session: Session
) -> None:
    choose(page, RATES, "national insurance 2026")
    page.view.detail.buttons[OWN_VALUE].click()
    form = page.view.rate_form
    assert form.field("value").text == "15\u00a0%"
    form.fill({"value": "16 %"})
    form.save.click()
    assert form.field("source").fault.text() == "Say where it is written: a figure is kept with its source."
    form.fill({"source": "Rates for employers 2026/27"})
    form.save.click()
    choose(page, RATES, "national insurance 2026")
    assert [cell.text for cell in page.view.table.shown.rows[0]] == [
        "Employer's national insurance 2026/27", "16\u00a0%", "On-costs", "own figure",
    ]  # fmt: skip
    page.view.detail.buttons[REMOVE_VALUE].click()
    page.view.add_button.click()
    page.view.year_form.fill({"year": "next", "value": "101", "source": "Forecast"})
    page.view.year_form.save.click()
    assert page.view.year_form.field("year").fault.text() == "Write a financial year such as 2029/30."
    page.view.year_form.fill({"year": "2035/36"})
    page.view.year_form.save.click()
    (own,) = [one for one in reference_values(session.need_store()) if one.own_id]
    assert (own.key, own.value, own.whose) == ("gdp-deflator-2035-36", "101", "own")


@pytest.mark.parametrize(("width", "scale"), [(942, 1.0), (1009, 1.0), (1284, 1.0), (1226, 2.0)])
def test_every_shelf_stays_within_its_page_and_its_search_shows_its_example(
    house: Look, page: LibraryPage, width: int, scale: float
) -> None:
    house.set_scale(scale)
    page.resize(width, 440)
    for shelf in (MEASURES, UNIT_COSTS, RATES, ROLES):
        page.view.choice.choose(shelf)
        settle()
        assert sideways(page) == [], shelf
        field = page.view.search.input
        assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.width(), shelf
