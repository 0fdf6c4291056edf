"""Every message has a code with an entry in the help, and a fault of the program tells no data."""

from __future__ import annotations

import ast
import gc
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from analysis.periods import month
from analysis.problems import UserProblem
from db.history import undo_import
from db.operations.marks import go_back
from db.operations.observations import CellKey, set_aside
from db.operations.roles import add_role, remove_role
from db.operations.unit_costs import keep_unit_costs
from db.store import Store, create, open_store
from desktop.app import Starter
from desktop.charts.export import export_chart
from desktop.cli.main import main as terminal
from desktop.cli.verify import run as verify
from desktop.faults import LOG_NAME, MOST_KEPT, fault_report, keep_report
from desktop.frame.problems import ProblemPanel
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.help.page import HelpPage
from desktop.problem_codes import FAULT, code_of, code_of_room, families
from desktop.session import Session
from desktop.theme.look import Look
from importers.entry import inspect
from importers.free_text import refuse_identifiers
from importers.guard import open_file
from importers.pack import read_pack
from importers.pasted import inspect_pasted
from importers.unit_costs import read_unit_costs
from tests.desktop.pictures import small_picture

ROOMS = ("analysis", "db", "importers", "exporters", "desktop")
ROOT = Path(__file__).parents[2]


def problem_of(doing: Callable[[], object]) -> UserProblem:
    with pytest.raises(UserProblem) as told:
        doing()
    return told.value


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create(tmp_path / "mine.roleworth")


def test_every_code_but_the_fault_is_given_by_something_that_can_happen(
    store: Store, tmp_path: Path, house: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    triggers: dict[str, Callable[[], object]] = {
        "RW-101": lambda: open_store(written(tmp_path / "broken.roleworth", "not a database")),
        "RW-102": lambda: undo_import(store, 7),
        "RW-201": lambda: set_aside(store, keys=[CellKey(1, 1, month(2024, 4))], reason=" "),
        "RW-202": lambda: remove_role(store, role_id=9),
        "RW-203": lambda: keep_unit_costs(store, rows=[], source="prices.xlsx"),
        "RW-301": lambda: inspect(tmp_path / "nothing.xlsx"),
        "RW-302": lambda: refuse_identifiers("943 476 5919"),
        "RW-303": lambda: read_pack(written(tmp_path / "pack.json", "{}")),
        "RW-401": lambda: export_chart(small_picture(), tmp_path / "nowhere" / "chart.png"),
        "RW-501": lambda: verify("verify", Namespace(cases=[tmp_path / "nothing.json"], method=[], json=False)),
    }
    given = {code: code_of(problem_of(doing)) for code, doing in triggers.items()}
    assert given == {code: code for code in triggers}
    assert {family.code for family in families()} == {*triggers, FAULT}
    assert code_of(problem_of(lambda: go_back(store, step_id=1))) == "RW-102"


def test_a_spreadsheet_that_cannot_be_read_is_never_said_to_hold_an_identifier(tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.csv", "")
    refusals = (lambda: inspect_pasted(""), lambda: open_file(empty), lambda: read_unit_costs(empty))
    assert [code_of(problem_of(doing)) for doing in refusals] == ["RW-301"] * 3


def test_every_message_of_the_code_belongs_to_a_family() -> None:
    homeless = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            raises = any(isinstance(call.func, ast.Name) and call.func.id == "UserProblem" for call in calls)
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if raises and code_of_room(name) == FAULT:
                homeless.append(name)
    assert homeless == []


def test_the_longest_name_wins_and_half_a_name_does_not_count() -> None:
    assert code_of_room("db.operations.money") == "RW-203"
    assert code_of_room("db.operations.money_beside") == "RW-203"
    assert code_of_room("db.operations.moneyless") == "RW-202"
    assert code_of_room("nowhere") == FAULT


def test_every_code_has_an_entry_of_four_parts_and_its_notice_leads_there(qtbot: QtBot, house: Look) -> None:
    session = Session(InlineJobs())
    page = HelpPage(session)
    qtbot.addWidget(page)
    window = MainWindow({}, InlineJobs())
    qtbot.addWidget(window)
    panel = window.problems
    codes: list[str] = []
    panel.meaning_asked.connect(codes.append)
    panel.show_problem(problem_of(lambda: refuse_identifiers("943 476 5919")))
    panel.notices[0].buttons[1].click()
    page.open_with(("messages", codes[0]))
    cursor = page.text.textCursor()
    chosen = cursor.selectedText()
    del cursor
    assert chosen.startswith("RW-302: ")
    text = page.text.toPlainText()
    for family in families():
        assert f"{family.code}: {family.title}" in text
        assert all((family.what, family.where, family.safe, family.do))


def failing(secret: str) -> None:
    try:
        float(secret)
    except ValueError as fault:
        raise LookupError(f"no patient {secret}") from fault


def caught(secret: str) -> LookupError:
    with pytest.raises(LookupError) as told:
        failing(secret)
    return told.value


def test_the_report_of_a_fault_names_kinds_and_places_but_no_data() -> None:
    report = fault_report(caught("Mrs Hall, 943 476 5919"))
    assert "ValueError" in report
    assert "LookupError" in report
    assert "tests/desktop/test_messages.py" in report
    assert "in failing" in report
    for secret in ("Hall", "943", "patient", str(ROOT)):
        assert secret not in report


def test_a_fault_shows_one_panel_however_often_it_comes_and_every_one_is_logged(
    qtbot: QtBot, house: Look, tmp_path: Path
) -> None:
    window = MainWindow({}, InlineJobs())
    qtbot.addWidget(window)
    panel = window.problems
    for _ in range(3):
        panel.show_crash(caught("Mrs Hall"))
    (notice,) = panel.notices
    assert "Everything saved before is safe in your file." in notice.accessibleDescription()
    log = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert log.count("LookupError") == 3
    assert "Hall" not in log
    notice.buttons[1].click()
    panel.show_crash(caught("Mrs Hall"))
    assert len(panel.notices) == 1


def test_the_log_keeps_what_is_newest_and_a_folder_that_refuses_it_is_no_further_fault(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text("x" * MOST_KEPT, encoding="utf-8")
    assert keep_report("the newest", tmp_path) == tmp_path / LOG_NAME
    held = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert len(held) == MOST_KEPT
    assert held.endswith("the newest\n\n")
    assert keep_report("lost", tmp_path / "nowhere") is None


def test_what_nothing_caught_is_shown_in_the_window_which_stays(qtbot: QtBot, house: Look) -> None:
    starter = Starter(InlineJobs())
    qtbot.addWidget(starter.window)
    fault = caught("Mrs Hall")
    starter.unhandled(type(fault), fault, None)
    problem = problem_of(lambda: refuse_identifiers("943 476 5919"))
    starter.unhandled(type(problem), problem, None)
    facts = [notice.accessibleName() for notice in starter.window.problems.notices]
    assert facts[0] == "Fix: Something in Roleworth itself went wrong, and what you asked for was not done."
    assert facts[1].startswith("Fix: This seems to hold an identifier of a person")


def test_a_fault_in_the_middle_of_work_keeps_what_was_saved_and_the_window_goes_on(
    qtbot: QtBot, house: Look, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slot that fails, as Qt calls it: the hook of the window hears of it, and the next change is still saved."""
    starter = Starter(InlineJobs())
    qtbot.addWidget(starter.window)
    monkeypatch.setattr("sys.excepthook", starter.unhandled)
    store.close()
    session = starter.session()
    session.open(store.path)
    session.change(add_role, name="Care navigator")
    button = QPushButton("Fail")
    button.clicked.connect(lambda: failing("Mrs Hall, 943 476 5919"))
    button.click()
    (notice,) = starter.window.problems.notices
    assert "Everything saved before is safe in your file." in notice.accessibleDescription()
    session.change(add_role, name="Link worker")
    assert [role.name for role in session.facts.roles] == ["Care navigator", "Link worker"]
    log = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "LookupError" in log
    assert not any(secret in log for secret in ("Hall", "943", "navigator"))
    session.close()


def test_the_terminal_says_a_problem_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert terminal(["analyse", str(tmp_path / "nothing.roleworth")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_panel_that_nothing_holds_any_more_is_not_deleted_while_it_is_painted(qtbot: QtBot, house: Look) -> None:
    def show_and_drop() -> None:
        panel = ProblemPanel()
        panel.show_problem(UserProblem("What happened.", "What to do."))

    for _ in range(20):
        show_and_drop()
        QApplication.processEvents()
    assert not gc.isenabled()
