"""The report tab: choices at the right, the page as it will be, checks, and making it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QGridLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from analysis.problems import UserProblem
from analysis.wording import plural
from db.answers import RoleAnswer
from db.operations.changed import Thing
from db.queries.exports import PastExport, past_exports
from desktop.actions import COPY_SLIDE, TEMPLATE
from desktop.jobs import Job, Progress
from desktop.pages.report.check_lines import check_line, emptied
from desktop.pages.report.past import PastExports
from desktop.pages.report.preview import WHOLE, WIDTH, Preview
from desktop.pages.report.slide import copy_slide
from desktop.pages.report.state import AUDIENCES, SPOKEN, ReportState, file_answer, given_words, report_state
from desktop.pages.report.told import report_subject
from desktop.pages.role.details import FocusDetails
from desktop.pages.role.subject import Subject, measure_subject
from desktop.pages.role.tab import RoleTab
from desktop.printing.pages import pictures, write_pdf, write_picture
from desktop.registering import keep_export
from desktop.session import Session
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import (
    Button,
    Card,
    Chip,
    Combo,
    Field,
    Notice,
    ProgressLine,
    Segmented,
    TickBox,
    column,
    label,
    row,
    scrolling,
)
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.register import export_facts, sha256_of
from exporters.template import Template, write_template
from exporters.workbook import Written, write_workbook

LARGE_TEXT = 1.3
PICTURE_WIDTH = 1600
PAGE, PICTURE = "page", "picture"
SCROLL_BAR = 16


class ReportTab(RoleTab):
    """What may leave the app, seen before it does. Everything on it is protected already."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("page")
        self._answer: RoleAnswer | None = None
        self._state: ReportState | None = None
        self._ticks: dict[TickBox, int] = {}
        self._job: Job | None = None
        self.sheets = QListWidget()
        self.sheets.setAccessibleName("Sheets of the workbook")
        self.preview, self.fit = Preview(), Segmented((WHOLE, WIDTH), "How the page is shown")
        self.audience = Combo("For whom", AUDIENCES)
        self.given = label("", "small", wrap=True)
        self.past = PastExports()
        self.policy = Combo("Small numbers", tuple(SPOKEN.values()))
        self.reason = Field("Why every number may be shown")
        self.measures = QGridLayout()
        self.chip = Chip(Kind.OK, "")
        self.checks = QVBoxLayout()
        self.name = label("", "small", wrap=True)
        self.save, self.pdf = Button("Save Excel workbook", "primary", icon="file-text"), Button("Page as PDF")
        self.pictures, self.slide = Button("Pictures", icon="image"), Button("Copy slide")
        self.collect = Button("Blank workbook", "quiet")
        self.collect.setToolTip("A workbook for whoever collects this role's figures, to be filled in and imported")
        self._slide_asked = self._busy = False
        self.progress = ProgressLine()
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self.notices = column(gap=0)
        self._past: tuple[PastExport, ...] = ()
        self.focus_details = FocusDetails(self, self._subject)
        self._lay_out()
        self._connect()

    def details(self) -> QWidget:
        """Source, history and notes of the measure whose tick has the focus, or of the report."""
        return self.focus_details.panel

    def _subject(self, focus: QWidget | None) -> Subject | None:
        if self._answer is None:
            return None
        measure_id = next((held for tick, held in self._ticks.items() if tick is focus), None)
        found = measure_subject(self._answer, measure_id) if measure_id is not None else None
        return found or report_subject(self._answer, self._state, self._past)

    def _explain(self) -> None:
        """How a figure is made stands on the Impact tab; how the report is, in the help on small numbers."""
        focus = self.focusWidget()
        measure_id = next((held for tick, held in self._ticks.items() if tick is focus), None)
        if measure_id is not None:
            self.tab_asked.emit("Impact", (measure_id, "how"))
        else:
            self.go.emit("Help", "small-numbers")

    def _lay_out(self) -> None:
        self.fit.choose(WIDTH)
        paper = Card()
        paper.add(row(label("The page as it will be", "small"), None, self.fit), self.preview)
        goes = Card("What goes in")
        goes.add(label("For", "caption"), self.audience, self.given, label("Measures", "caption"), self.measures)
        goes.add(label("Small numbers", "caption"), self.policy, self.reason)
        checked, make = Card("Checks"), Card("Make")
        checked.add_action(self.chip)
        checked.add(self.checks)
        make.add(
            self.name,
            row(self.save, self.collect, None),
            row(self.pdf, self.pictures, self.slide, None),
            self.progress,
            self.notices,
        )
        choices = scrolling(column(goes, checked, self.past, None, gap=8), margins=(0, 0, 4, 0))
        self.contents = Card("Sheets")
        self.contents.add(self.sheets)
        self.side = column(gap=8)
        self.side.addWidget(choices, 1)
        self.side.addWidget(make)
        self.parts = row(self.contents, gap=10, margins=(16, 10, 12, 8))
        self.parts.addWidget(paper, 11)
        self.parts.addLayout(self.side, 9)
        inner = QWidget()
        inner.setObjectName("column")
        inner.setLayout(self.parts)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self.choices_area = choices
        self.setLayout(column(self.area, gap=0))
        self.reason.hide()
        self._restack()

    def _connect(self) -> None:
        self.fit.chosen.connect(self.preview.set_fit)
        self.session.changed.connect(self._left)
        self.focus_details.panel.how_asked.connect(self._explain)
        self.audience.activated.connect(self._chosen)
        self.policy.activated.connect(self._policy_chosen)
        self.reason.entered.connect(self._chosen)
        self.save.clicked.connect(self.ask_workbook)
        self.pdf.clicked.connect(self.ask_pdf)
        self.pictures.clicked.connect(self.ask_pictures)
        self.slide.clicked.connect(self.copy_slide)
        self.collect.clicked.connect(self.ask_template)
        look().theme_changed.connect(self._restack)
        self._fitting.timeout.connect(self._fit_choices)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show what could be sent of a role."""
        if self._answer is None or [m.measure.id for m in self._answer.finding.measures] != [
            m.measure.id for m in answer.finding.measures
        ]:
            self._list_measures(answer)
        self._answer = answer
        self._chosen()

    def choices(self) -> Choices:
        """What is chosen now."""
        chosen = tuple(measure_id for tick, measure_id in self._ticks.items() if tick.isChecked())
        key = list(SPOKEN)[self.policy.currentIndex()]
        return Choices(
            measures=() if len(chosen) == len(self._ticks) else chosen,
            audience=self.audience.currentText(),
            policy=key,
            reason=self.reason.text if key == "none" else "",
        )

    def ask_workbook(self) -> None:
        """Ask where the workbook goes, then write it."""
        if (target := self._ask("Save the workbook", "Excel workbook (*.xlsx)", ".xlsx")) is not None:
            self.write_workbook(target)

    def ask_pdf(self) -> None:
        """Ask where the page goes, then write it."""
        if (target := self._ask("Save the page", "PDF (*.pdf)", ".pdf")) is not None:
            self.write_pdf(target)

    def ask_pictures(self) -> None:
        """Ask where the pictures go, then write them."""
        if (target := self._ask("Save the page as a picture", "Picture (*.png)", ".png")) is not None:
            self.write_pictures(target)

    def write_workbook(self, target: Path) -> None:
        """Write the workbook off this thread; a file that is open in Excel gets a sibling, and that is said."""
        if self._answer is None:
            return
        answer, choices, store, today = self._answer, self.choices(), self.session.need_store(), self.session.today
        self.progress.begin(f"Writing {target.name}")

        def work(progress: Progress) -> Written:
            held = file_answer(store, answer, today, self.session.facts.organisation, self.session.facts.is_sample)
            kept = kept_of(store, (answer.role.id,))
            stop = lambda: progress.cancelled  # noqa: E731 - asked at each sheet
            return write_workbook(held, choices, target, kept=kept, progress=progress.step, cancel=stop)

        self._job = self.session.jobs.read(work, self._written, self._failed, label="Write the workbook")
        self.progress.cancelled.connect(self._job.cancel)

    def write_pdf(self, target: Path) -> None:
        """Write the page as a PDF."""
        if self._state is not None and self._state.page is not None:
            try:
                written = write_pdf(self._state.page, target)
                self._say(Kind.OK, f"{written.name} is written.", str(target.parent))
                self._keep(PAGE, written)
            except UserProblem as problem:
                self._failed(problem)

    def write_pictures(self, target: Path) -> None:
        """Write every sheet of the page as a picture."""
        if self._state is None or self._state.page is None:
            return
        made = pictures(self._state.page, PICTURE_WIDTH)
        names = [target if i == 0 else target.with_stem(f"{target.stem} {i + 1}") for i in range(len(made))]
        try:
            for image, name in zip(made, names, strict=True):
                write_picture(image, name)
        except UserProblem as problem:
            self._failed(problem)
        else:
            self._say(Kind.OK, f"{plural(len(made), 'picture')} written.", str(target.parent))
            self._keep(PICTURE, names[0])

    def focus_on(self, target: object) -> None:
        """Copy the slide once the page is laid out, or ask where a blank workbook goes."""
        if target == TEMPLATE:
            self.ask_template()
        elif target == COPY_SLIDE:
            self._slide_asked = self._busy
            if not self._busy:
                self.copy_slide()

    def copy_slide(self) -> None:
        """Copy the slide of the role: picture, sentence and table, protected like all that leaves."""
        self._slide_asked = False
        if self._state is None or self._state.page is None or self._state.report is None:
            return
        facts = copy_slide(self._state.page, self._state.report)
        self._say(
            Kind.OK, "The slide is copied.", "Paste it into a presentation, or its sentence and table into a text."
        )
        keep_export(self.session, facts, self._failed)

    def ask_template(self) -> None:
        """Ask where a blank workbook goes, then write it."""
        if (target := self._ask("Save a blank workbook", "Excel workbook (*.xlsx)", ".xlsx", "collect")) is not None:
            self.write_template(target)

    def write_template(self, target: Path) -> None:
        """Write a blank workbook for the role's figures off this thread."""
        if self._answer is not None:
            answer, today = self._answer, self.session.today

            def work(_progress: Progress) -> Template:
                return write_template(answer.role, answer.series, target, today=today)

            self.session.jobs.read(work, self._made_template, self._failed, label="Write a blank workbook")

    def _made_template(self, made: Template) -> None:
        self._say(Kind.OK, made.sentence, str(made.path.parent))

    def _keep(self, kind: str, path: Path) -> None:
        if self._state is not None and self._state.report is not None:
            keep_export(self.session, export_facts(self._state.report, kind, path.name, sha256_of(path)), self._failed)

    def _ask(self, title: str, kinds: str, ending: str, instead: str = "summary") -> Path | None:
        name = (self._state.file_name if self._state else "summary.xlsx").replace("summary", instead)
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(name).with_suffix(ending)), kinds)
        return Path(chosen).with_suffix(ending) if chosen else None

    def _policy_chosen(self, at: int) -> None:
        self.reason.setVisible(list(SPOKEN)[at] == "none")
        self._chosen()

    def _chosen(self, *_what: object) -> None:
        """Work out the page and the checks off this thread."""
        if self._answer is None or self.session.store is None:
            return
        answer, choices, store, today = self._answer, self.choices(), self.session.store, self.session.today
        facts, self._busy = self.session.facts, True

        def work(_progress: Progress) -> tuple[ReportState, tuple[PastExport, ...]]:
            held = file_answer(store, answer, today, facts.organisation, facts.is_sample)
            kept = kept_of(store, (answer.role.id,))
            return report_state(held, choices, kept), tuple(kept.exports)

        self.session.jobs.read(work, self._show, self._failed, label="Lay out the report")

    def _left(self, things: frozenset[Thing]) -> None:
        """Something has left the file: list it."""
        if Thing.EXPORTS in things and self.session.store is not None:
            store = self.session.store
            self.session.jobs.read(lambda _progress: past_exports(store), self.past.show_past, label="List the exports")

    def _show(self, laid_out: tuple[ReportState, tuple[PastExport, ...]]) -> None:
        state, past = laid_out
        self._state, self._past, self._busy = state, past, False
        self.past.show_past(past)
        self.focus_details.refresh()
        self.given.setText(given_words(self.audience.currentText()))
        self.preview.set_page(state.page)
        self.sheets.clear()
        self.sheets.addItems(list(state.sheets))
        self.name.setText(state.file_name or state.problem)
        asks = len(state.checks) - state.passed
        self.chip.say(
            Kind.CHECK if asks else Kind.OK, f"{state.passed} passed, {asks} to know" if asks else "All passed"
        )
        emptied(self.checks)
        for check in state.checks:
            self.checks.addWidget(check_line(check))
        self._fitting.start()
        for button in (self.save, self.pdf, self.pictures, self.slide):
            if state.page is None:
                button.disable(state.problem)
            else:
                button.enable()
        if self._slide_asked:
            self.copy_slide()

    def _list_measures(self, answer: RoleAnswer) -> None:
        emptied(self.measures)
        self._ticks = {}
        for place, found in enumerate(answer.finding.measures):
            tick = TickBox(found.measure.label, ticked=True)
            tick.clicked.connect(self._chosen)
            self._ticks[tick] = found.measure.id
            self.measures.addWidget(tick, place // 2, place % 2)

    def _written(self, written: Written) -> None:
        self.progress.end()
        keep_export(self.session, written.facts, self._failed)
        self._say(Kind.OK, written.sentence, f"{len(written.checks)} checks passed. {written.path.parent}")

    def _failed(self, problem: UserProblem) -> None:
        self._busy = False
        self.progress.end()
        self._say(Kind.FIX, problem.message, problem.hint)

    def _say(self, kind: Kind, fact: str, detail: str) -> None:
        emptied(self.notices)
        notice = Notice(kind, fact, detail, ())
        self.notices.addWidget(notice)
        notice.announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the choices whole at the new size."""
        super().resizeEvent(event)
        self._fit_choices()

    def _restack(self) -> None:
        """At large text the page stands over its choices and the list of sheets gives way."""
        large = look().theme.scale > LARGE_TEXT
        self.contents.setVisible(not large)
        self.contents.setMaximumWidth(look().theme.px(172))
        self.preview.setMinimumHeight(look().theme.px(260) if large else 0)
        self._fit_choices()

    def _fit_choices(self) -> None:
        """Nothing of the choices is cut; at large text they stand in the page's own scroll."""
        content = self.choices_area.widget()
        if content is not None:
            large = look().theme.scale > LARGE_TEXT
            self.choices_area.setMinimumWidth(content.minimumSizeHint().width() + SCROLL_BAR)
            self.choices_area.setMinimumHeight(content.sizeHint().height() if large else 0)
        self.parts.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
