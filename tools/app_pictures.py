"""Pages of the real app on the sample evaluation, for `tools.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from analysis.vocabulary import Arm, ComparatorKind, Series
from db.answers import answer_file
from db.backup import make_backup
from db.operations.comparisons import add_comparator, add_target
from db.operations.money import add_pay_line
from db.operations.money_beside import add_outcome, set_scale, set_staff_time
from db.operations.observations import record_observations
from db.operations.record import add_alternative, employ_with
from db.operations.roles import add_role, add_task, change_role
from db.store import create
from db.tables import ObservationBase
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs, Jobs
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.evidence.page import EvidencePage
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.state import CHANGE
from desktop.pages.portfolio.page import PortfolioPage
from desktop.pages.report.page import ReportTab
from desktop.pages.report.state import SPOKEN
from desktop.pages.safety.page import SafetyPage
from desktop.pages.table import page_table
from desktop.sample import SAMPLE_NAME, write_sample_to
from desktop.session import Session
from desktop.shell import Shell
from exporters.choices import Choices
from exporters.pack import digest_of, pack_of, write_pack
from exporters.report import report_of
from resources import deflator, load

NAVIGATOR, LINK_WORKER, CASE_MANAGER, SUPPORT_WORKER = 1, 2, 3, 4


def app_window(page: str, target: object = None, *, with_file: bool = True) -> QWidget:
    """The window with a page in front, on a sample of its own."""
    window, session = shell_window()
    if with_file:
        session.open(sample_file())
    window.show_page(page, target)
    return window


def shell_window(jobs: Jobs | None = None) -> tuple[MainWindow, Session]:
    """The window as the app joins it to its file, with nothing open yet; it remembers into a folder of its own."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(own_folder()))
    doing = jobs or InlineJobs()
    session = Session(doing)
    shells: list[Shell] = []
    window = MainWindow(page_table(lambda: session), doing, lambda: [entry for one in shells for entry in one.find()])
    session.setParent(window)
    shells.append(Shell(window, session))
    return window, session


def own_folder() -> Path:
    """A new folder for files of pictures."""
    return Path(tempfile.mkdtemp(prefix="roleworth-pictures-"))


def sample_file() -> Path:
    """A new sample of its own."""
    path = own_folder() / SAMPLE_NAME
    write_sample_to(path)
    return path


def safety() -> QWidget:
    """File safety with two backups, one of them looked into, and a check done."""
    window = app_window("File safety")
    session, page = window.findChild(Session), window.findChild(SafetyPage)
    assert session is not None and page is not None  # noqa: S101, PT018 - made so above
    session.change(change_role, role_id=NAVIGATOR, place="Elm")
    session.back_up("before import")
    page.look_into(page.view.backups.table.shown.keys[-1])
    page.check()
    return window


def backup_of_another() -> QWidget:
    """File safety with a backup of a file that is not the open one."""
    window, path = app_window("File safety"), own_folder() / "Elm Tree.roleworth"
    with create(path) as store:
        add_role(store, name="Clinical pharmacist")
        backup = make_backup(store, reason="at close")
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - made so above
    session.open(backup.path)
    return window


def left_before() -> QWidget:
    """The report tab of a file that three exports have left."""
    window = app_window("Role", (NAVIGATOR, "Report"))
    folder = own_folder()
    for tab in window.findChildren(ReportTab):
        tab.make.write_workbook(folder / "care-navigator-summary.xlsx")
        tab.make.write_pdf(folder / "care-navigator-summary.pdf")
        tab.make.copy_slide()
        for area in (tab.choices_area, tab.area):
            QTimer.singleShot(0, partial(area.ensureWidgetVisible, tab.past))
    return window


def shown_openly(reason: str) -> QWidget:
    """The report tab where every number is to be shown, with its reason or without."""
    window = app_window("Role", (NAVIGATOR, "Report"))
    for tab in window.findChildren(ReportTab):
        at = list(SPOKEN).index("none")
        tab.policy.setCurrentIndex(at)
        tab.policy.activated.emit(at)
        tab.reason.input.setText(reason)
        tab.reason.input.editingFinished.emit()
        QTimer.singleShot(0, partial(tab.choices_area.ensureWidgetVisible, tab.reason))
        QTimer.singleShot(0, partial(tab.area.ensureWidgetVisible, tab.reason))
    return window


def long_record(part: str) -> QWidget:
    """The record of a role whose every text is long."""
    window = app_window("Role", (LINK_WORKER, "Readiness", (part, "")))
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    words = "Community and voluntary sector link worker for people with several long-term conditions, northern half"
    texts: dict[str, Any] = dict.fromkeys(
        ("name", "place", "family", "boundary", "team", "line_management", "clinical_lead"), words
    )
    session.change(change_role, role_id=LINK_WORKER, **texts, what_it_does=f"{words}. " * 12, registration=words)
    session.change(employ_with, role_id=LINK_WORKER, name=words)
    session.change(add_task, role_id=LINK_WORKER, task=f"{words}. " * 4, taken_from=words)
    session.change(add_alternative, role_id=LINK_WORKER, name=words, reason=f"{words}. " * 4)
    return window


def valued(part: str, *, lower: int = 0) -> QWidget:
    """Economics of a role with a valued outcome, scale and staff time; `lower` scrolls down that far."""
    window = app_window("Role", (NAVIGATOR, "Economics", part))
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    session.change(
        add_outcome,
        role_id=NAVIGATOR,
        label="Quality of life",
        kind="QALY",
        gain=0.0125,
        gain_low=0.004,
        gain_high=0.02,
        people_a_year=300,
    )
    session.change(
        set_scale,
        role_id=NAVIGATOR,
        unit="bed days",
        units_per_post=130,
        block=1343.2,
        block_saving_pence=52_000_000,
        unit_saving_pence=4500,
        programme_cost_pence=6_000_000,
        post_cost_pence=3_940_000,
        posts_per_site=2,
    )
    session.change(
        set_staff_time,
        role_id=NAVIGATOR,
        who_before="District nurse, band 6",
        contacts_before=4,
        minutes_before=45,
        hourly_before_pence=5700,
        who_after="Navigator, band 4",
        contacts_after=5.2,
        minutes_after=60,
        hourly_after_pence=3900,
    )
    for tab in window.findChildren(EconomicsTab):
        for area in tab.results.findChildren(QScrollArea):
            QTimer.singleShot(0, partial(area.verticalScrollBar().setValue, lower))
    return window


def said() -> QWidget:
    """The portfolio scrolled to what can be said today and its way to Excel."""
    window = app_window("Portfolio")
    page = next(iter(window.findChildren(PortfolioPage)))
    bar = page.view.area.verticalScrollBar()
    bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))
    return window


def compared(*parts: object) -> QWidget:
    """The Impact tab of a role with a comparator, a benchmark, dated targets and two groups of people."""
    window = app_window("Role", (NAVIGATOR, "Impact"))
    session = window.findChild(Session)
    assert session is not None and session.store is not None  # noqa: S101, PT018 - the window owns it
    first = session.held_answer(NAVIGATOR)
    assert first is not None  # noqa: S101 - jobs are done at once
    own = first.series[0]
    held: dict[str, Any] = {"role_id": NAVIGATOR, "measure_id": own.measure.id}
    why: dict[str, Any] = {"why_chosen": "Same trust, a list of the same age and size", "same_definition": True}
    session.change(add_comparator, name="Oak PCN", kind=ComparatorKind.OTHER_PLACE, **why, **held)
    session.change(add_comparator, name="England per PCN", kind=ComparatorKind.BENCHMARK, **held)
    session.change(add_target, from_date=date(2023, 4, 1), high=210, **held)
    session.change(add_target, from_date=date(2024, 10, 1), high=190, source="Board paper", **held)
    chance = Random(7)  # noqa: S311 - a picture, not a secret
    for arm, level, spread in ((Arm.COMPARATOR, 205, 6), (Arm.BENCHMARK, 225, 4)):
        _type(session, own, held, [level + chance.gauss(0, spread) for _ in own.periods], arm=arm)
    assert isinstance(window, MainWindow)  # noqa: S101 - made so above
    window.show_page("Role", (NAVIGATOR, "Impact", *parts))
    return window


def compared_data() -> QWidget:
    """The Data tab with the comparator's values in the grid."""
    window = compared()
    assert isinstance(window, MainWindow)  # noqa: S101 - made so
    window.show_page("Role", (NAVIGATOR, "Data", (Arm.COMPARATOR, 1)))
    return window


def _type(session: Session, own: Series, held: dict[str, Any], numbers: list[float], **key: object) -> None:
    entries = [
        ObservationBase.model_validate(
            {
                "implementation_id": held["role_id"],
                "measure_id": held["measure_id"],
                "period_start": period.start,
                "period_end": period.end,
                "value": round(number),
                "raw_text": f"{number:.0f}",
                **key,
            }
        )
        for period, number in zip(own.periods, numbers, strict=True)
    ]
    session.change(record_observations, entries=entries, label="Type values")


def places() -> QWidget:
    """The Evidence page with packs of two other places, one of them counted by another definition."""
    window = app_window("Evidence")
    session, page = window.findChild(Session), next(iter(window.findChildren(EvidencePage)))
    assert session is not None and isinstance(window, MainWindow)  # noqa: S101, PT018 - the window owns it
    answer = answer_file(session.need_store(), today=session.today, deflator=deflator(), only=(NAVIGATOR,))
    folder = own_folder()
    for at, place in enumerate(("Oak PCN", "Ash PCN with a name that is longer than most", "Fir PCN")):
        content = pack_of(report_of(answer, Choices(group_small=False)), load("factors"))
        content["organisation"] = f"{place.split()[0]} Trust"
        content["roles"][0]["place"] = place
        content["roles"][0]["factors_at_launch"] = [{"key": "cc-02", "state": ("barrier", "met", "met")[at]}]
        measure = content["roles"][0]["measures"][0]
        for end in ("relative", "relative_lower", "relative_upper"):
            measure["effect"][end] += (0.05, -0.04, 0.0)[at]
        if at == 2:
            measure["definition_hash"] = "0" * 64
        content["sha256"] = digest_of(content)
        page.packing.bring(write_pack(content, folder / f"{place.split()[0].lower()}.json").path)
    key = next(key for key, words in page.packing.shown.choices if words.endswith("A&E attendances, aged 75+"))
    page.places.chosen.emit(key)
    window.resize(1366, 688)
    window.show()
    QApplication.processEvents()
    for _ in range(4):
        QApplication.processEvents()
    window.show_page("Evidence", "places")
    return window


def posts(*, form: bool = False) -> QWidget:
    """A role's pay with a post by the scale and one whose pay is not known; the form open or not."""
    window = app_window("Role", (CASE_MANAGER, "Economics", "Pay"))
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    held: dict[str, Any] = {"people": 2, "wte_each": "0.8", "point": "top", "pay_year": "2025-26"}
    held["start"] = date(2025, 1, 1)
    session.change(add_pay_line, role_id=CASE_MANAGER, label="Case managers", band="6", **held)
    session.change(add_pay_line, role_id=CASE_MANAGER, label="Lead", **{**held, "pay_year": "2019-20"})
    if form:
        next(iter(window.findChildren(EconomicsTab))).posts.add_button.click()
    return window


def role(*parts: object) -> Callable[[], QWidget]:
    """A role's page: which role, which tab, and what to show there."""
    return partial(app_window, "Role", parts)


def library_form(action: str) -> QWidget:
    """The library with the form of a measure of the file open."""
    window = app_window("Library", 1)
    page = next(iter(window.findChildren(LibraryPage)))
    page.view.detail.buttons[action].click()
    return window


APP_SCREENS: dict[str, Callable[[], QWidget]] = {
    "first-run": partial(app_window, "Portfolio", with_file=False),
    "portfolio": partial(app_window, "Portfolio"),
    "portfolio-said": said,
    "compare": partial(app_window, "Compare", (NAVIGATOR, LINK_WORKER, CASE_MANAGER)),
    "set-up": partial(app_window, "Set up"),
    "overview": role(NAVIGATOR, "Overview"),
    "data": role(NAVIGATOR, "Data"),
    "data-columns": role(NAVIGATOR, "Data", "columns"),
    "impact": role(NAVIGATOR, "Impact"),
    "impact-early": role(CASE_MANAGER, "Impact"),
    "impact-planned": role(SUPPORT_WORKER, "Impact"),
    "impact-limits": partial(compared, "Frozen limits"),
    "impact-fitted": partial(compared, "Fitted trend"),
    "impact-comparator": partial(compared, "Comparator"),
    "impact-setting": partial(compared, ("setting",)),
    "impact-together": partial(compared, ("together",)),
    "data-comparator": compared_data,
    "economics": role(NAVIGATOR, "Economics"),
    "economics-early": role(LINK_WORKER, "Economics"),
    "economics-pay": posts,
    "economics-pay-form": partial(posts, form=True),
    "economics-outcomes": partial(valued, "Outcomes"),
    "economics-further": partial(valued, "Results", lower=700),
    "economics-outcome-charts": partial(valued, "Results", lower=1350),
    "economics-costs": role(NAVIGATOR, "Economics", "Costs"),
    "economics-benefits": role(NAVIGATOR, "Economics", "Benefits"),
    "readiness": role(NAVIGATOR, "Readiness"),
    "profile": role(NAVIGATOR, "Readiness", ("Profile", "")),
    "profile-empty": role(CASE_MANAGER, "Readiness", ("Profile", "")),
    "profile-half": role(LINK_WORKER, "Readiness", ("Profile", "")),
    "profile-long": partial(long_record, "Profile"),
    "case-long": partial(long_record, "Case for the role"),
    "case": role(NAVIGATOR, "Readiness", ("Case for the role", "")),
    "case-measures": role(NAVIGATOR, "Readiness", ("Case for the role", "measures")),
    "staffing": role(NAVIGATOR, "Readiness", ("Staffing", "")),
    "staffing-empty": role(CASE_MANAGER, "Readiness", ("Staffing", "")),
    "notes": role(NAVIGATOR, "Readiness", ("Notes", "")),
    "completeness": role(NAVIGATOR, "Readiness", ("Completeness", "")),
    "completeness-half": role(LINK_WORKER, "Readiness", ("Completeness", "")),
    "report": role(NAVIGATOR, "Report"),
    "report-left-before": left_before,
    "report-no-reason": partial(shown_openly, ""),
    "report-open": partial(shown_openly, "Agreed with the data controller on 2 June 2025"),
    "library": partial(app_window, "Library"),
    "library-roles": partial(app_window, "Library", "Roles"),
    "library-file": partial(app_window, "Library", 1),
    "library-measure": partial(library_form, CHANGE),
    "set-up-chosen": partial(app_window, "Set up", "health-coach"),
    "evidence": partial(app_window, "Evidence"),
    "safety": safety,
    "safety-elsewhere": backup_of_another,
    "evidence-places": places,
    "help": partial(app_window, "Help"),
    "help-keys": partial(app_window, "Help", "keys"),
    "help-heading": partial(app_window, "Help", ("what-changed", "Fitted trend")),
    "help-glossary": partial(app_window, "Help", "glossary"),
    "help-message": partial(app_window, "Help", ("messages", "RW-301")),
}
