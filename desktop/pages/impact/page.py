"""The Impact tab: the state of the chosen measure and view, what is recorded from it, and what leaves from it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from analysis.events import OF_THE_CHART
from analysis.problems import UserProblem
from analysis.vocabulary import Arm, EventKind
from db.answers import RoleAnswer
from db.operations.changed import Changed
from db.operations.measures import add_event
from db.store import Store
from desktop.asking import ask_save
from desktop.charts.export import PNG, SVG, export_chart
from desktop.charts.picture import XmrPicture
from desktop.jobs import Progress
from desktop.pages.impact.event_state import NewEvent
from desktop.pages.impact.leaving import Leaving, leaving_of, table_leaving
from desktop.pages.impact.lines import FROZEN
from desktop.pages.impact.setting_view import SettingPart
from desktop.pages.impact.state import VIEWS, ImpactState, impact_state
from desktop.pages.impact.together import together_state
from desktop.pages.impact.view import ImpactView
from desktop.pages.role.details import FocusDetails
from desktop.pages.role.subject import Subject, measure_subject
from desktop.pages.role.tab import RoleTab
from desktop.registering import EarlierAhead, keep_export
from desktop.session import Session
from desktop.states import TableState
from desktop.widgets import EmptyPage, column

KINDS = {"png": ("Save the chart as a picture", "Picture", PNG)}
KINDS["svg"] = ("Save the chart as a drawing", "Drawing", SVG)
SETTING, TOGETHER, HOW = "setting", "together", "how"


class ImpactTab(RoleTab):
    """What changed in one measure of the role. The chart library is imported with the first chart."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._answer: RoleAnswer | None = None
        self._measure_id: int | None = None
        self._view_name = FROZEN
        self._shown: ImpactState | None = None
        self.view: ImpactView | None = None
        self.setting: SettingPart | None = None
        self._earlier = EarlierAhead(session, self)
        self.empty = EmptyPage("No measure is recorded for this role yet.", "Enter data")
        self.empty.asked.connect(self._enter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.setLayout(column(self.stack, gap=0))
        self.focus_details = FocusDetails(self, self._subject)
        self.focus_details.panel.how_asked.connect(partial(self._asked, HOW))

    def details(self) -> QWidget:
        """Source, history and notes of the measure, or of the point stepped to."""
        return self.focus_details.panel

    def _subject(self, _focus: QWidget | None) -> Subject | None:
        if self._answer is None or self._shown is None or self.view is None:
            return None
        found = self._answer.measure(self._shown.measure_id)
        label = self.view.chart.point_label
        period = next((one.period for one in found.points if one.period.label == label), None) if found else None
        return measure_subject(self._answer, self._shown.measure_id, period)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show the role; another role starts with its leading measure."""
        if self._answer is None or self._answer.role.id != answer.role.id:
            self._measure_id, self._view_name = None, FROZEN
            if self.view is not None:
                self.view.stack.setCurrentWidget(self.view.chart)
        self._answer = answer
        self._earlier.ask()
        self._draw()

    def focus_on(self, target: object) -> None:
        """Show a measure by its id, a view by its name, `setting` or `together`; several of them in a tuple."""
        for one in target if isinstance(target, tuple) else (target,):
            if isinstance(one, int):
                self._measure_id = one
            elif one in VIEWS:
                self._view_name = str(one)
        self._draw()
        for one in target if isinstance(target, tuple) else (target,):
            if one in (SETTING, TOGETHER, HOW):
                self._asked(str(one))

    def first(self) -> QWidget | None:
        """The chart, whose keys work at once."""
        return self.view.chart if self.view is not None and self.view.stack.currentWidget() is self.view.chart else None

    def own_actions(self) -> list[QAction]:
        """The menu of the chart."""
        return [] if self.view is None else self.view.menu.menu.actions()

    def settle(self) -> None:
        """Commit whatever is open."""
        if self.setting is not None:
            self.setting.settle()

    def _draw(self) -> None:
        state = impact_state(self._answer, self._measure_id, self._view_name) if self._answer else None
        self._shown = state
        if state is None or self._answer is None:
            self.stack.setCurrentWidget(self.empty)
            return
        self._show(state)
        if self.view is not None and self.view.stack.currentWidget() is self.view.together:
            self.view.together.show_state(together_state(self._answer))
        self._renew_setting(state.measure_id)
        self.focus_details.refresh()

    def _show(self, state: ImpactState) -> None:
        if self.view is None:
            self.view = self._make(state)
        else:
            self.view.show_state(state)
        self.stack.setCurrentWidget(self.view)

    def _make(self, state: ImpactState) -> ImpactView:
        view = ImpactView(state)
        view.measure_chosen.connect(self._choose_measure)
        view.view_chosen.connect(self._choose_view)
        view.event_asked.connect(self._ask_event)
        view.baseline_asked.connect(self._ask_baseline)
        view.asked.connect(self._asked)
        view.form.given.connect(self._record)
        view.form.left.connect(self._leave_form)
        view.chart.stepped.connect(self.focus_details.refresh)
        view.chart.leaving = self._leaving_picture
        view.together.icons.table.leaving = self._leaving_table
        view.explanation.copy.show()
        view.explanation.copy_asked.connect(self._copy_explanation)
        self.stack.addWidget(view)
        return view

    def _choose_measure(self, measure_id: int) -> None:
        self._measure_id = measure_id
        self._draw()

    def _choose_view(self, name: str) -> None:
        self._view_name = name
        self._draw()
        if self.view is not None and self.view.stack.currentWidget() is not self.view.chart:
            self.view.show_chart()

    def _asked(self, key: str) -> None:
        """What the menu of the chart names beside the chart's own keys."""
        if self.view is None or self._answer is None:
            return
        if key in KINDS:
            self._save(key)
        elif key == "baseline":
            self._ask_baseline("")
        elif key == SETTING and self._shown is not None:
            self._open_setting(self._shown.measure_id)
        elif key == HOW:
            self.view.explain()
        elif key == TOGETHER:
            self.view.together.show_state(together_state(self._answer))
            self.view.show_part(self.view.together)
            self.view.together.back.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- comparators, targets, limits

    def _open_setting(self, measure_id: int) -> None:
        if self._answer is None or self.view is None:
            return
        self._drop_setting()
        finding = self._answer.measure(measure_id)
        if finding is None:
            return
        self.setting = SettingPart(self.session, finding.measure)
        self.setting.show_answer(self._answer)
        self.setting.left.connect(self.view.show_chart)
        self.setting.values_asked.connect(self._type_values)
        self.view.show_part(self.setting)
        self.setting.comparators.focus_first()

    def _renew_setting(self, measure_id: int) -> None:
        """Keep the open lists on the measure that is shown; another measure has lists of its own."""
        if self.setting is None or self._answer is None or self.view is None:
            return
        if self.setting.measure.id == measure_id:
            self.setting.show_answer(self._answer)
        elif self.view.stack.currentWidget() is self.setting:
            self._open_setting(measure_id)

    def _drop_setting(self) -> None:
        if self.setting is not None and self.view is not None:
            self.view.stack.removeWidget(self.setting)
            self.setting.hide()
            self.setting.deleteLater()
            self.setting = None

    def _type_values(self, arm: Arm) -> None:
        if self._shown is not None:
            self.tab_asked.emit("Data", (arm, self._shown.measure_id))

    # ---- events and baselines

    def _ask_event(self, when: str) -> None:
        self._open_form(when, EventKind.OTHER)

    def _ask_baseline(self, when: str) -> None:
        """Limits are only set by a person, with a date and a reason, both of which stay on the chart."""
        self._open_form(when, EventKind.BASELINE)

    def _open_form(self, when: str, kind: EventKind) -> None:
        if self.view is not None:
            self.view.stack.setCurrentWidget(self.view.chart)
            self.view.form.open_at(when, kind)

    def _record(self, event: NewEvent) -> None:
        if self._answer is None or self._shown is None:
            return
        self.session.change(
            add_event,
            self._recorded,
            self._refused,
            role_id=self._answer.role.id,
            happened_on=event.when,
            title=event.title,
            kind=event.kind,
            measure_id=self._shown.measure_id if event.kind in OF_THE_CHART else None,
        )

    def _recorded(self, _changed: Changed) -> None:
        if self.view is not None:
            self.view.form.hide()
        self._leave_form()

    def _refused(self, problem: UserProblem) -> None:
        if self.view is not None:
            self.view.form.show_problem(problem)

    def _leave_form(self) -> None:
        if self.view is not None:
            self.view.chart.setFocus()

    # ---- what leaves

    def _leaving(self) -> Leaving | None:
        if self._answer is None or self._shown is None:
            return None
        return leaving_of(self._answer, self._shown.measure_id, self._shown.view, earlier=self._earlier.held())

    def _keep(self, leaving: Leaving, kind: str, content: bytes, file_name: str = "", of: Store | None = None) -> None:
        keep_export(self.session, leaving.facts(kind, content, file_name), self._not_kept, of=of)

    def _not_kept(self, problem: UserProblem) -> None:
        self._say(problem.sentence())

    def _leaving_picture(self) -> XmrPicture:
        leaving = self._leaving()
        assert leaving is not None  # noqa: S101 - a chart is only shown with an answer
        self._say(f"Copied. {leaving.said}")
        self._keep(leaving, "clipboard", leaving.picture.summary.encode())
        return leaving.picture

    def _leaving_table(self) -> TableState | None:
        """All measures as they may leave. Whoever asks for it copies it, so it goes into the list of exports."""
        if self._answer is None:
            return None
        leaving = table_leaving(self._answer, self._earlier.held())
        keep_export(self.session, leaving.facts, self._not_kept)
        return leaving.table

    def _copy_explanation(self) -> None:
        leaving = self._leaving()
        if leaving is not None:
            QGuiApplication.clipboard().setText(leaving.explanation.text)
            self._say(f"Copied. {leaving.said}")
            self._keep(leaving, "clipboard", leaving.explanation.text.encode())

    def _save(self, key: str) -> None:
        title, kind, ending = KINDS[key]
        name = self._shown.picture.title if self._shown else "chart"
        plain = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
        target = ask_save(self, title, plain[:60], {kind: ending})
        if target is not None:
            self.save_chart(target)

    def save_chart(self, target: Path) -> None:
        """Write the chart as it may leave the app, off this thread; PNG or SVG by the ending."""
        leaving = self._leaving()
        if leaving is None:
            return

        store = self.session.need_store()

        def work(_progress: Progress) -> tuple[Leaving, Path, bytes, Store]:
            written = export_chart(leaving.picture, target)
            return leaving, written, written.read_bytes(), store

        self.session.jobs.read(work, self._saved, self._not_kept, label="Write the chart")

    def _saved(self, written: tuple[Leaving, Path, bytes, Store]) -> None:
        leaving, target, content, store = written
        self._say(f"{target.name} is written. {leaving.said}")
        self._keep(leaving, "picture", content, target.name, of=store)

    def _say(self, words: str) -> None:
        if self.view is not None:
            self.view.say(words)

    def _enter(self) -> None:
        self.tab_asked.emit("Data", None)
