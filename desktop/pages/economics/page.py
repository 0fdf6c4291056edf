"""The Economics tab: costs, benefits, results, and the assumptions they rest on. Every change is one undoable step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from analysis.economics.reviewer import CASE, FRAME
from analysis.plan import AppraisalFacts
from db.answers import RoleAnswer
from db.operations import money
from desktop.pages.economics import assumptions
from desktop.pages.economics.beside_editing import BesideEditing
from desktop.pages.economics.editing import PlanEditing, Told
from desktop.pages.economics.further_state import further_state
from desktop.pages.economics.keeping import Keeping
from desktop.pages.economics.lines import NO_MEASURE
from desktop.pages.economics.results import ResultsView
from desktop.pages.economics.reviewing import reviewer_card
from desktop.pages.economics.state import results_state
from desktop.pages.economics.told import TABLES, line_subject, results_subject
from desktop.pages.facts_form import FactsForm
from desktop.pages.fitting import LARGE_TEXT
from desktop.pages.impact.explain_view import ExplanationCard
from desktop.pages.role.details import FocusDetails
from desktop.pages.role.subject import Subject
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.theme.look import look
from desktop.widgets import Button, Segmented, column, label, row

PAY, COSTS, BENEFITS, OUTCOMES = "Pay", "Costs", "Benefits", "Outcomes"
RESULTS, SAVED = "Results", "Saved"
PARTS = (PAY, COSTS, BENEFITS, OUTCOMES, RESULTS, SAVED)


class EconomicsTab(RoleTab):
    """What the role costs, what it releases, and what can be said of its worth."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._answer: RoleAnswer | None = None
        self.segments = Segmented(PARTS, "Part of the economics")
        self.frame_words = label("", "small", wrap=True)
        self.assume = Button("Assumptions", icon="pencil-simple")
        self.frame_form = FactsForm(assumptions.FIELDS)
        self.plan = PlanEditing(session)
        self.posts, self.costs, self.benefits = self.plan.posts, self.plan.costs, self.plan.benefits
        self.beside = BesideEditing(session)
        self.keeping = Keeping(session)
        self.results = ResultsView()
        self.explanation = ExplanationCard("Back to the results")
        self.stack = QStackedWidget()
        plan = (self.posts, self.costs, self.benefits)
        self._parts: tuple[QWidget, ...] = (*plan, self.beside.outcomes, self.results, self.keeping.view)
        for part in self._parts:
            self.stack.addWidget(part)
        self._explained = QWidget()
        self._explained.setLayout(column(self.explanation, margins=(16, 4, 16, 12)))
        self.stack.addWidget(self._explained)
        self._lay_out()
        self.focus_details = FocusDetails(self, self._subject)
        self._connect()
        self.segments.choose(RESULTS)

    def _lay_out(self) -> None:
        self.top = row(self.segments, gap=16)
        self.told = row(gap=16)
        self.told.addWidget(self.frame_words, 1)
        self.told.addWidget(self.assume)
        self.top.addLayout(self.told, 1)
        whole = column(column(self.top, self.frame_form, gap=6, margins=(16, 8, 16, 4)), gap=0)
        whole.addWidget(self.stack, 1)
        self.setLayout(whole)
        look().theme_changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """At large text the assumptions stand under the parts."""
        large = look().theme.scale > LARGE_TEXT
        self.top.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def _connect(self) -> None:
        self.segments.chosen.connect(self.show_part)
        self.assume.clicked.connect(self._open_frame)
        self.frame_form.given.connect(self._set_frame)
        self.frame_form.left.connect(self._left_frame)
        self.results.how_asked.connect(self._explain)
        self.results.add_asked.connect(self._add_fact)
        self.results.reviewer.table.opened.connect(self._mend)
        self.explanation.left.connect(self._back)
        self.focus_details.panel.how_asked.connect(self._explain)
        for view in (self.posts, self.costs, self.benefits, self.beside.outcomes):
            view.table.row_chosen.connect(self.focus_details.refresh)

    def dress(self) -> None:
        """Each part has the theme put on when it is shown: most of the widgets stand in parts that are not."""
        look().dressing.hold(self, self.stack)
        look().dressing.add(self.segments, self.frame_words, self.assume, self.frame_form)
        look().dressing.add(*self._parts, self._explained, later=True)

    def details(self) -> QWidget:
        """Source, history and notes of the chosen line, or of the results."""
        return self.focus_details.panel

    def _subject(self, _focus: QWidget | None) -> Subject | None:
        if self._answer is None:
            return None
        part = self.segments.current
        views = dict(zip(TABLES, (self.posts, self.costs, self.benefits, self.beside.outcomes), strict=True))
        line = line_subject(self._answer, part, views[part].table.current_key) if part in views else None
        return line or results_subject(self._answer)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's money."""
        if self._answer is None or self._answer.role.id != answer.role.id:
            for form in (self.frame_form, *self.plan.forms, *self.beside.forms):
                form.hide()
        self._answer = answer
        held = answer.economics
        state = results_state(held)
        self.frame_words.setText(state.frame)
        self.results.show_state(state, further_state(held))
        self.results.reviewer.show_state(reviewer_card(answer.reviewer))
        self.explanation.show_state(state.explanation)
        self.plan.show_answer(answer)
        self.beside.show_answer(answer)
        self.keeping.show_answer(answer)
        self.focus_details.refresh()

    def focus_on(self, target: object) -> None:
        """Show a part by its name."""
        if target in PARTS:
            self.segments.choose(str(target))

    def show_part(self, name: str) -> None:
        """Show pay, costs, benefits, outcomes, results, or the saved appraisals."""
        self.stack.setCurrentIndex(PARTS.index(name))
        self.focus_details.refresh()

    @property
    def _facts(self) -> AppraisalFacts | None:
        return self._answer.economics.facts if self._answer else None

    @property
    def _measures(self) -> dict[str, int]:
        found = self._answer.finding.measures if self._answer else ()
        return {one.measure.label: one.measure.id for one in found}

    def _open_frame(self) -> None:
        if self._facts is not None:
            for key in assumptions.MEASURES:
                self.frame_form.offer(key, (NO_MEASURE, *self._measures))
            self.frame_form.open_with("Assumptions", assumptions.assumption_texts(self._facts, self._measures))

    def _set_frame(self, texts: Mapping[str, str]) -> None:
        read = assumptions.read_assumptions(texts, self._measures)
        self.frame_form.show_faults(read.faults)
        if read.faults or self._answer is None:
            return
        told = Told(self.frame_form, self._frame_set)
        self.session.change(money.set_appraisal, told.done, told.refused, role_id=self._answer.role.id, **read.facts)

    def _frame_set(self) -> None:
        self.frame_form.hide()
        self._left_frame()

    def _left_frame(self) -> None:
        self.assume.setFocus()

    def _explain(self) -> None:
        self.stack.setCurrentWidget(self._explained)
        self.explanation.back.setFocus()

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.results)

    def _mend(self, key: str) -> None:
        """Go to where a check is mended."""
        where = next((one.where for one in self._answer.reviewer if str(one.number) == key), "") if self._answer else ""
        if where == FRAME:
            self._open_frame()
        elif where == CASE:
            self.tab_asked.emit("Readiness", (CASE, ""))
        else:
            self.focus_on(where)

    def _add_fact(self) -> None:
        """Go to what the first open step of the ladder needs."""
        steps = self._answer.economics.ladder if self._answer else ()
        open_steps = [step.key for step in steps if not step.done]
        if open_steps and open_steps[0] in ("activity-after", "actual-money"):
            self.tab_asked.emit("Data", None)
            return
        wants_cost = not open_steps or open_steps[0] == "role-cost"
        self.segments.choose(COSTS if wants_cost else BENEFITS)
