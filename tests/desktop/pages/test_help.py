"""The help: every registry has its entries, every link leads somewhere, and F1 leads to the place and back."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from analysis import cautions, several
from analysis.problems import UserProblem
from analysis.vocabulary import MeasureKind
from desktop.actions import COMMANDS
from desktop.frame.help_places import Place, help_rows, place_of, slug
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.economics.page import PARTS as MONEY_PARTS
from desktop.pages.help.filled import as_labelled
from desktop.pages.help.page import HelpPage
from desktop.pages.help.state import HelpPageState, found, help_pages
from desktop.pages.impact.menu import ENTRIES
from desktop.pages.record.page import PARTS as RECORD_PARTS
from desktop.pages.role.page import TABS
from desktop.pages.setup.view import SetupView
from desktop.pages.table import PAGES, page_table
from desktop.problem_codes import FAULT, families
from desktop.session import Session
from desktop.theme.look import Look
from exporters.policy import POLICIES
from importers.whose import WHOSE
from resources import help_texts, load
from tests.desktop.keys import press
from tests.desktop.pages.results.conftest import closed_session, sample, sample_file, session
from tests.desktop.pages.results.looking import settle

__all__ = ["closed_session", "sample", "sample_file", "session"]

ROOT = Path(__file__).parents[3]
LIBRARY_NAMES = {row["name"] for row in load("measure_library")["measures"]}
INPUTS = {"Field", "Combo", "ChoiceField", "SuggestField", "TextArea", "TickBox", "QLineEdit", "EntryGrid", "FactsForm"}
HELP_PAGES = help_pages(help_texts(), [(c.group, c.shortcut, c.text) for c in COMMANDS])
HEADINGS = {page.key: {slug(heading) for heading in page.headings} for page in HELP_PAGES}


def page_named(key: str) -> HelpPageState:
    return next(page for page in HELP_PAGES if page.key == key)


def leads_nowhere(page: str, heading: str) -> bool:
    return page not in HEADINGS or (bool(heading) and slug(heading) not in HEADINGS[page])


REGISTRIES: dict[str, tuple[str, list[str]]] = {
    "kinds of measure": ("library", [kind.value for kind in MeasureKind]),
    "cautions": ("cautions", [row["title"] for row in load("cautions")["cautions"]]),
    "methods": ("methods", [row["title"] for row in load("methods")["methods"]]),
    "evidence levels": ("evidence-levels", [f"Level {row['level']}" for row in load("evidence_levels")["levels"]]),
    "message codes": ("messages", [f"{family.code}: {family.title}" for family in families()]),
    "words": ("glossary", [row["term"] for row in load("glossary")["terms"]]),
}


@pytest.mark.parametrize(("page", "wanted"), REGISTRIES.values(), ids=REGISTRIES)
def test_everything_a_registry_holds_has_a_heading_in_the_help(page: str, wanted: list[str]) -> None:
    assert wanted
    assert [one for one in wanted if slug(one) not in HEADINGS[page]] == []


def test_every_caution_that_can_fire_has_its_code_in_the_help() -> None:
    codes = {code for code, _ in cautions._CHECKS} | set(several.CODES)
    assert set(re.findall(r"Code: `(\w+)`", page_named("cautions").text)) == codes


def test_every_command_of_the_app_is_in_the_key_map_also_one_without_a_key() -> None:
    text = page_named("keys").text
    assert [c.text for c in COMMANDS if f"| {as_labelled(c.shortcut) or 'Ctrl+K'} | {c.text} |" not in text] == []


def test_keys_are_named_as_they_stand_on_a_keyboard() -> None:
    assert as_labelled("Ctrl+Return, Shift+Del, Alt+PgDown, Ctrl+Ins") == (
        "Ctrl+Enter, Shift+Delete, Alt+Page Down, Ctrl+Insert"
    )
    told = "\n".join(page.text for page in HELP_PAGES)
    assert re.findall(r"\b(?:Return|PgUp|PgDown|Del|Ins)\b", told) == []


def test_every_key_of_the_chart_s_menu_is_a_command_of_the_key_map() -> None:
    keys = {command.shortcut for command in COMMANDS if command.group == "Chart"}
    assert {entry.words.partition("\t")[2] for entry in ENTRIES if "\t" in entry.words} <= keys


@pytest.mark.parametrize("page", HELP_PAGES, ids=lambda page: page.key)
def test_every_link_of_a_help_page_leads_to_a_heading(page: HelpPageState) -> None:
    assert [link for link in page.links if leads_nowhere(*link)] == []
    assert "{{" not in page.text


def test_every_help_page_but_the_lists_names_words_of_the_glossary_it_uses() -> None:
    assert "[deadweight](glossary#deadweight)" in page_named("money").text
    assert "glossary#" not in page_named("keys").text


TERMS = (
    "measure baseline comparator unit-cost break-even icer net-monetary-benefit additionality deadweight attribution "
    "displacement cashability qaly xmr-chart assurance provisional set-aside suppressed"
)


def test_the_glossary_holds_the_words_of_the_field_each_with_a_way_to_the_page_that_explains_it() -> None:
    terms = {slug(row["term"]): row["see"] for row in load("glossary")["terms"]}
    assert [word for word in TERMS.split() if word not in terms] == []
    assert [see for see in terms.values() if leads_nowhere(*(see.split("#") if "#" in see else (see, "")))] == []


def test_search_gives_passages_that_hold_every_word_the_ones_about_it_first() -> None:
    first, *rest = found(HELP_PAGES, "Hollow PROVISIONAL")
    assert (first.page, first.heading) == ("glossary", "provisional")
    assert ("what-changed", "The chart") in [(one.page, one.heading) for one in rest]
    assert found(HELP_PAGES, "zebra") == ()
    assert [one.page for one in found(HELP_PAGES, " ")] == [page.key for page in HELP_PAGES]


# ---- the places of F1


def test_every_place_of_the_table_is_a_heading_of_the_help() -> None:
    assert [row for row in help_rows() if leads_nowhere(row.go.page, row.go.heading)] == []


def test_every_page_and_tab_has_a_place_and_only_pages_and_tabs_have_one() -> None:
    whole = {(row.page, row.tab) for row in help_rows() if not row.within}
    assert whole == {*((name, "") for name in PAGES), *(("Role", tab) for tab in TABS)}


def test_the_nearest_kind_of_control_wins_then_the_tab_then_the_page() -> None:
    chain = [{"Button"}, {"GroupsCard", "Card"}, {"ColumnsPage"}]
    assert place_of(chain, "Role", "Data") == Place("entering", "Groups of people")
    assert place_of(chain[:1], "Role", "Data") == Place("entering")
    assert place_of(chain, "Role", "Elsewhere") == Place("window", "Overview of a role")
    assert place_of(chain, "Nowhere", "") is None


@dataclass(frozen=True)
class Written:
    """The classes of the program's windows, by name, with what each is made from and makes; and every text in them."""

    bases: dict[str, set[str]]
    makes: dict[str, set[str]]
    texts: set[str]


@pytest.fixture(scope="module")
def written() -> Written:
    it = Written({}, {}, set())
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                it.texts.add(node.value)
            if isinstance(node, ast.ClassDef):
                calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
                it.bases[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
                it.makes[node.name] = {call.id for call in calls if isinstance(call, ast.Name)}
    return it


def test_every_name_in_the_table_is_a_class_or_a_text_of_the_program(written: Written) -> None:
    names = {row.within for row in help_rows() if row.within}
    assert names - written.bases.keys() - written.texts == set()


def test_every_kind_of_form_has_a_place_of_its_own(written: Written) -> None:
    """A page or tab has its row; an inner delegate or a widget of the kit stands in something that has one."""
    named = {row.within for row in help_rows()}
    inner = {"Field", "ChoiceField", "SuggestField", "FactsForm", "SectionCard", "RowsCard", "TextArea", "HelpText"}
    forms = {
        name
        for name, made in written.makes.items()
        if made & INPUTS and written.bases[name] & {"QWidget", "Card", "QFrame", "RecordPart", "FormPart"}
    }
    standing_in = {
        "FactorDetails": "ReadinessTab",
        "LinesView": "Costs",
        "LibraryView": "Measure form",
        "PortfolioView": "",
        "SayCard": "",
        "ImpactView": "",
        "DataView": "EntryGrid",
        "StaffingView": "StaffingPart",
        "SitesCards": "Evidence packs",
        "SetupView": "5  What does it cost?",
        "FittingTable": "",
    }
    assert forms - named - inner - standing_in.keys() == set()
    assert set(standing_in.values()) - named == set()


# ---- the guide


def test_the_names_the_guide_quotes_are_on_the_screen_word_for_word(written: Written) -> None:
    text = help_texts()["1-first-evaluation"]
    quoted = set(re.findall(r"\*\*(.+?)\*\*", text))
    made = {f"Add a {one}" for one in ("cost", "benefit")}
    assert len(quoted) >= 15
    assert quoted - written.texts - made == set()


@pytest.mark.parametrize("page", [page for page in help_texts() if not page.startswith("1-first")])
def test_the_names_a_help_page_quotes_are_on_the_screen(page: str, written: Written) -> None:
    """Whole, or as part of what stands there: `Add to` is one of `Add to Care navigator`."""
    text = re.sub(r"`[^`]*`", "", help_texts()[page])
    quoted = {one.strip() for pair in re.findall(r"\*\*(.+?)\*\*|\*([^*\n]+?)\*", text) for one in pair if one}
    shown = [*written.texts, *(policy.title for policy in POLICIES.values()), *LIBRARY_NAMES, WHOSE.ask]
    known = "\n".join(shown).casefold()
    assert [name for name in quoted if name.casefold() not in known] == []


# ---- F1 in the window


def shown_window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(page_table(lambda: session), InlineJobs())
    qtbot.addWidget(made)
    made.resize(1366, 720)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def window(house: Look, qtbot: QtBot, closed_session: Session) -> MainWindow:
    """The window without a file: quick to show."""
    return shown_window(qtbot, closed_session)


def in_front(window: MainWindow) -> list[QWidget]:
    """Every control of the page in front that Tab reaches."""
    assert window.page is not None
    every = [window.page, *window.page.findChildren(QWidget)]
    return [one for one in every if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]


SHOWN: dict[str, object] = {
    "Portfolio": None,
    "Role Overview": (1, "Overview"),
    "Role Data": (1, "Data"),
    "Role Data columns": (1, "Data", "columns"),
    "Role Impact": (1, "Impact"),
    "Role Impact setting": (1, "Impact", "setting"),
    "Role Impact together": (1, "Impact", "together"),
    **{f"Role Economics {part}": (1, "Economics", part) for part in MONEY_PARTS},
    "Role Readiness": (1, "Readiness"),
    **{f"Role Readiness {part}": (1, "Readiness", (part, "")) for part in RECORD_PARTS},
    "Role Report": (1, "Report"),
    "Compare": (1, 2),
    "Import": None,
    "Library": None,
    "Evidence": None,
    "File safety": None,
    "Set up": None,
    "Checkpoints": None,
    "Help": None,
}


@pytest.mark.full
def test_f1_has_a_heading_for_every_control_of_every_page_and_f6_leads_back(
    house: Look, qtbot: QtBot, session: Session
) -> None:
    window = shown_window(qtbot, session)
    lost: list[str] = []
    looked_at = 0
    for name, target in SHOWN.items():
        window.show_page("Role" if name.startswith("Role ") else name, target)
        settle()
        page, tab = window.here()
        controls = in_front(window)
        for control in controls:
            place = window.helping.place(control, page, tab)
            looked_at += 1
            if place is None or leads_nowhere(place.page, place.heading) or place.page == "first-evaluation":
                lost.append(f"{name}: {type(control).__name__} {control.accessibleName()}")
        if name != "Help":
            lost += [f"{name}: no way back to {one.accessibleName()}" for one in controls[:1] if not comes_back(one)]
    assert lost == []
    assert looked_at > 300


def comes_back(control: QWidget) -> bool:
    """F1 from a control and F6 from the help end where it began."""
    control.setFocus()
    settle()
    held = QApplication.focusWidget()
    window = control.window()
    press(window, Qt.Key.Key_F1)
    settle()
    press(focus(), Qt.Key.Key_F6)
    settle()
    return held is not None and QApplication.focusWidget() is held


def focus() -> QWidget:
    holder = QApplication.focusWidget()
    assert holder is not None
    return holder


@pytest.mark.parametrize("back", [Qt.Key.Key_F6, Qt.Key.Key_Escape])
def test_f1_opens_the_heading_of_the_field_in_focus_and_f6_or_esc_leads_back_to_it(
    window: MainWindow, back: Qt.Key
) -> None:
    window.show_page("Set up")
    view = window.findChild(SetupView)
    assert view is not None
    field = view.fields["amount"].input
    field.setFocus()
    field.setText("3,000")
    press(window, Qt.Key.Key_F1)
    settle()
    page = window.page
    assert isinstance(page, HelpPage)
    assert page.header().facts == ("Setting up a role",)
    assert focus() is page.text
    cursor = page.text.textCursor()
    chosen = cursor.selectedText()
    del cursor
    assert chosen == "What does it cost?"
    press(focus(), back)
    settle()
    assert window.here() == ("Set up", "")
    assert focus() is field
    assert field.text() == "3,000"


def test_f1_on_a_message_opens_the_entry_of_its_code_and_in_the_rail_the_page_it_names(window: MainWindow) -> None:
    window.show_page("Import")
    window.problems.show_problem(UserProblem("It cannot be read.", "Nothing was changed."))
    close = window.problems.notices[0].buttons[0]
    assert window.helping.place(close, *window.here()) == Place("messages", FAULT)
    rail = [one for one in window.rail.findChildren(QWidget) if one.accessibleName() == "Library"]
    assert window.helping.place(rail[0], *window.here()) == Place("library")


def test_the_help_follows_links_and_its_search_opens_the_passage(
    house: Look, qtbot: QtBot, closed_session: Session
) -> None:
    page = HelpPage(closed_session)
    qtbot.addWidget(page)
    page.resize(1284, 616)
    page.show()
    page.open_with("setting-up")
    page.text.setFocus()
    press(page.text, Qt.Key.Key_Right)
    press(page.text, Qt.Key.Key_Return)
    assert page.header().facts == (page_named("library").title,)
    page.text.anchorClicked.emit(QUrl("money#assumptions"))
    assert page.header().facts == (page_named("money").title,)
    page.search.input.setText("suppressed interval")
    assert page.list.count() > 0
    assert page.header().facts == (page_named("small-numbers").title,)
    page.search.input.setText("zebra")
    assert page.none.isVisible()
    assert page.header().facts == (page_named("small-numbers").title,)
