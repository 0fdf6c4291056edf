"""The report tab: choices at the right, the page as it will be, checks, and making it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.operations.changed import Thing
from db.queries.exports import PastExport, past_exports
from desktop.actions import COPY_SLIDE, TEMPLATE
from desktop.jobs import Progress
from desktop.pages.report.check_lines import check_line, emptied
from desktop.pages.report.making import MakeCard
from desktop.pages.report.past import PastExports
from desktop.pages.report.preview import WHOLE, WIDTH, Preview
from desktop.pages.report.state import SPOKEN, ReportState, file_answer, report_state
from desktop.pages.report.told import report_subject
from desktop.pages.role.details import FocusDetails
from desktop.pages.role.subject import Subject, measure_subject
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import (
    Card,
    Chip,
    Combo,
    Field,
    Segmented,
    TickBox,
    column,
    label,
    row,
    scrolling,
)
from exporters.choices import PERIODS, Choices
from exporters.editions import audience_titles, given_words
from exporters.kept import kept_of

LARGE_TEXT = 1.3
THREE_FROM = 1060
"""The width from which the list of sheets has room beside page and choices; a laptop at 125 % has less."""
SCROLL_BAR = 16
CHOICES_MARGIN = 4


@dataclass(frozen=True)
class _LaidOut:
    """A report as it was laid out, or why it could not be, with what it was asked for."""

    asked: object
    state: ReportState | None = None
    past: tuple[PastExport, ...] = ()
    problem: UserProblem | None = None


class ReportTab(RoleTab):
    """What may leave the app, seen before it does. Everything on it is protected already."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("page")
        self._answer: RoleAnswer | None = None
        self._state: ReportState | None = None
        self._asked: tuple[tuple[object, ...], tuple[object, ...]] | None = None
        self._ticks: dict[TickBox, int] = {}
        self.sheets = QListWidget()
        self.sheets.setAccessibleName("Sheets of the workbook")
        self.preview, self.fit = Preview(), Segmented((WHOLE, WIDTH), "How the page is shown")
        self.audience = Combo("For whom", audience_titles())
        self.periods = Combo("Periods", tuple(PERIODS))
        self.given = label("", "small", wrap=True)
        self.past = PastExports()
        self.policy = Combo("Small numbers", tuple(SPOKEN.values()))
        self.reason = Field("Why every number may be shown")
        self.measures = QGridLayout()
        self.chip = Chip(Kind.OK, "")
        self.checks = QVBoxLayout()
        self.make = MakeCard(session, self.choices)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
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
        whom = column(label("For", "caption"), self.audience, gap=4)
        goes.add(row(whom, column(label("Periods", "caption"), self.periods, gap=4), None, gap=12), self.given)
        goes.add(label("Measures", "caption"), self.measures)
        goes.add(label("Small numbers", "caption"), self.policy, self.reason)
        checked = Card("Checks")
        checked.add_action(self.chip)
        checked.add(self.checks)
        choices = scrolling(column(goes, checked, self.past, None, gap=8), margins=(0, 0, CHOICES_MARGIN, 0))
        self.contents = Card("Sheets")
        self.contents.add(self.sheets)
        self.side = column(gap=8)
        self.side.addWidget(choices, 1)
        self.make_box = column(self.make, gap=0)
        self.side.addLayout(self.make_box)
        self.choices_area = choices
        choices.verticalScrollBar().rangeChanged.connect(self._align)
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
        self.setLayout(column(self.area, gap=0))
        self.begins = self.make.save
        self.reason.hide()
        self._restack()

    def _align(self, _least: int, most: int) -> None:
        """What is made is as wide as the choices above it, whether a bar stands beside them or not."""
        bar = self.choices_area.verticalScrollBar().sizeHint().width() if most else 0
        self.make_box.setContentsMargins(0, 0, CHOICES_MARGIN + bar, 0)

    def _connect(self) -> None:
        self.fit.chosen.connect(self.preview.set_fit)
        self.session.changed.connect(self._left)
        self.focus_details.panel.how_asked.connect(self._explain)
        self.audience.activated.connect(self._chosen)
        self.periods.activated.connect(self._chosen)
        self.policy.activated.connect(self._policy_chosen)
        self.reason.entered.connect(self._chosen)
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
            by=PERIODS[self.periods.currentText()],
        )

    def focus_on(self, target: object) -> None:
        """Copy the slide once the page is laid out, or ask where a blank workbook goes."""
        if target == TEMPLATE:
            self.make.ask_template()
        elif target == COPY_SLIDE:
            self.make.ask_slide()

    def _policy_chosen(self, at: int) -> None:
        self.reason.setVisible(list(SPOKEN)[at] == "none")
        self._chosen()

    def _chosen(self, *_what: object) -> None:
        """Work out the page and the checks off this thread, unless they are worked out from the same already."""
        if self._answer is None or self.session.store is None:
            return
        answer, choices, store, today = self._answer, self.choices(), self.session.store, self.session.today
        facts = self.session.facts
        asked = id(answer), choices, id(store), self.session.told, today, facts.organisation, facts.is_sample
        if self._asked is not None and asked == self._asked[0] and not store.read_only:
            return
        self._asked = asked, (answer, store)  # held, so that nothing else comes to have the id of either
        self.make.laying_out(answer)

        held_for = self._asked

        def work(_progress: Progress) -> _LaidOut:
            try:
                held = file_answer(store, answer, today, facts.organisation, facts.is_sample)
                kept = kept_of(store, (answer.role.id,))
                return _LaidOut(held_for, report_state(held, choices, kept), tuple(kept.exports))
            except UserProblem as problem:
                return _LaidOut(held_for, problem=problem)

        self.session.jobs.read(work, self._laid_out, label="Lay out the report")

    def _laid_out(self, laid_out: _LaidOut) -> None:
        """Show it, unless other choices were made meanwhile: what comes late is under another policy."""
        if laid_out.asked is not self._asked:
            return
        if laid_out.state is not None:
            self._show((laid_out.state, laid_out.past))
        elif laid_out.problem is not None:
            self._asked = None
            self.make.not_laid_out(laid_out.problem)

    def _left(self, things: frozenset[Thing]) -> None:
        """Something has left the file: list it."""
        if Thing.EXPORTS in things and self.session.store is not None:
            store = self.session.store
            self.session.jobs.read(
                lambda _progress: past_exports(store), self.past.show_past, label="List the exports", newest=True
            )

    def _show(self, laid_out: tuple[ReportState, tuple[PastExport, ...]]) -> None:
        state, past = laid_out
        self._state, self._past = state, past
        self.past.show_past(past)
        self.focus_details.refresh()
        self.given.setText(given_words(self.audience.currentText()))
        self.preview.set_page(state.page, state.problem)
        self.sheets.clear()
        self.sheets.addItems(list(state.sheets))
        asks = len(state.checks) - state.passed
        self.chip.say(
            Kind.CHECK if asks else Kind.OK, f"{state.passed} passed, {asks} to know" if asks else "All passed"
        )
        emptied(self.checks)
        for check in state.checks:
            self.checks.addWidget(check_line(check))
        self._fitting.start()
        self.make.show_state(state)

    def _list_measures(self, answer: RoleAnswer) -> None:
        emptied(self.measures)
        self._ticks = {}
        for place, found in enumerate(answer.finding.measures):
            tick = TickBox(found.measure.label, ticked=True)
            tick.clicked.connect(self._chosen)
            self._ticks[tick] = found.measure.id
            self.measures.addWidget(tick, place // 2, place % 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the choices whole at the new size."""
        super().resizeEvent(event)
        self._fit_choices()

    def _restack(self) -> None:
        """At large text the page stands over its choices."""
        large = look().theme.scale > LARGE_TEXT
        self.contents.setMaximumWidth(look().theme.px(196))
        self.preview.setMinimumHeight(look().theme.px(260) if large else 0)
        self._fit_choices()

    def _fit_choices(self) -> None:
        """Nothing of the choices is cut, and where all three do not fit side by side the list of sheets gives way.

        At large text the choices stand in the page's own scroll.
        """
        content = self.choices_area.widget()
        large = look().theme.scale > LARGE_TEXT
        self.contents.setVisible(not large and self.width() >= look().theme.px(THREE_FROM))
        if content is not None:
            self.choices_area.setMinimumWidth(content.minimumSizeHint().width() + SCROLL_BAR)
        self.choices_area.set_whole(large)
        down = QSizePolicy.Policy.Preferred if large else QSizePolicy.Policy.Ignored
        self.choices_area.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self.parts.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
