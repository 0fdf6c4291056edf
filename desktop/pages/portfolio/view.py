"""The portfolio laid out: notices, facets and order, the table or its cards, the key, what is due and can be said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from analysis.wording import plural
from desktop.charts.legend import Legend
from desktop.charts.picture import Sample
from desktop.pages.portfolio.cards import CardList
from desktop.pages.portfolio.choosing import ChoosingBar
from desktop.pages.portfolio.due_card import DueCard
from desktop.pages.portfolio.say import SayCard
from desktop.pages.portfolio.shapes import Chosen, NoticeState, PortfolioState, Step
from desktop.pages.portfolio.sorting import asked_by_column
from desktop.pages.portfolio.state import NEXT_COLUMN, TREND_COLUMN
from desktop.states import TableState
from desktop.theme.look import look
from desktop.theme.marks import Kind, Verdict
from desktop.widgets import Button, CardFlow, DataTable, Notice, ProgressLine, column, label, row, scrolling
from desktop.widgets.table import fit_height

MARGINS = 44
OUTSIDE = (16, 8, 16, 0)
LARGE_TEXT = 1.3
KEY = (
    Sample("Improvement", Verdict.IMPROVEMENT),
    Sample("Concern", Verdict.CONCERN),
    Sample("Common cause", Verdict.COMMON),
    Sample("Moved, neither way", Verdict.NEITHER),
    Sample("Provisional", Verdict.COMMON, hollow=True),
)
NO_ANSWER = "– No answer yet."
TREND_LEAST = 80


class PortfolioView(QWidget):
    """Shows a `PortfolioState`; says what was asked for and decides nothing."""

    opened = Signal(str)
    step_asked = Signal(object)
    filtered = Signal()
    marked = Signal()
    excel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._state: PortfolioState | None = None
        self._step: Step | None = None
        self._all_notices, self._few_shown = False, False
        self._told: QWidget | None = None
        self.notices = CardFlow((), least=300, most_columns=3)
        self.more_notices = Button("", "quiet")
        self.choosing = ChoosingBar()
        self.marks: tuple[str, ...] = ()
        self.due = DueCard()
        self.table = DataTable("Roles", TableState((), ()))
        self.cards = CardList()
        self.legend = Legend(KEY)
        self.key_words = label(NO_ANSWER, "small", wrap=True)
        self.filling = label("", "small")
        self.next_step = Button("", "quiet")
        self.say = SayCard()
        self.progress = ProgressLine()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        foot = row(gap=8)
        foot.addLayout(column(self.legend, self.key_words, gap=0), 1)
        for part in (self.filling, self.next_step):
            foot.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.next_step.hide()
        upper = (self.notices, self.more_notices, self.choosing)
        self.box = column(*upper, self.table, self.cards, foot, self.say, self.due, None, gap=8)
        self.area = scrolling(self.box)
        self.progress.setContentsMargins(*OUTSIDE)
        self.above = column(self.progress, gap=0)
        self.setLayout(column(self.above, self.area, gap=0))

    def _connect(self) -> None:
        self.choosing.changed.connect(self.filtered)
        self.next_step.clicked.connect(self._next_clicked)
        self.table.sort_by_heading()
        self.table.heading_chosen.connect(self._heading_chosen)
        self.table.tick_asked.connect(self._tick)
        self.cards.tick_asked.connect(self._tick)
        self.due.step_asked.connect(self.step_asked)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._clicked)
        self.table.row_chosen.connect(self._row_chosen)
        self.cards.opened.connect(self.opened)
        self.cards.step_asked.connect(self._card_step)
        self.more_notices.clicked.connect(self._more_asked)
        self.say.excel_asked.connect(self.excel_asked)
        look().theme_changed.connect(self._fit)

    @property
    def chosen(self) -> Chosen:
        """What is chosen in the facets and the order, and the rows that are marked."""
        return Chosen(self.choosing.filters, self.choosing.sorted_by, self.marks)

    @property
    def shows_cards(self) -> bool:
        """True where the table would not fit and cards stand in its place."""
        return self.table.isHidden()

    def show_state(self, state: PortfolioState) -> None:
        """Show another state; the chosen row and the facets stay where they still exist."""
        notices_differ = self._state is None or self._state.notices != state.notices
        self._state = state
        if notices_differ:
            self._show_notices(state.notices)
        self.choosing.show_state(state)
        self.marks = state.marked
        self.table.set_state(state.table)
        self.key_words.setText(f"{NO_ANSWER} {state.trend}")
        self.filling.setText(state.filling)
        self.filling.setVisible(bool(state.filling))
        self.due.setVisible(bool(state.due))
        self.due.show_due(state.due)
        self.say.setVisible(state.say is not None)
        if state.say is not None:
            self.say.show_state(state.say)
        self._row_chosen(self.table.current_key)
        self._fit()

    def tell(self, kind: Kind, fact: str, detail: str) -> None:
        """Say above everything, wherever the page is scrolled to, what came of something, until it is put away."""
        self.put_away()
        notice = Notice(kind, fact, detail, ("Close",))
        notice.answered.connect(self.put_away)
        self._told = QWidget()
        self._told.setLayout(column(notice, margins=OUTSIDE))
        self.above.addWidget(self._told)
        notice.announce()

    def put_away(self) -> None:
        """Take away what was said."""
        if self._told is not None:
            self._told.hide()
            self._told.deleteLater()
            self._told = None

    def _show_notices(self, notices: Sequence[NoticeState]) -> None:
        """All of them; at large text the first one alone, until the others are asked for."""
        few = look().theme.scale > LARGE_TEXT and not self._all_notices
        made = []
        for at, state in enumerate(notices[:1] if few else notices):
            actions = tuple(filter(None, (state.action, state.all_due)))
            notice = Notice(state.kind, state.fact, state.detail, actions, primary=at == 0)
            notice.setObjectName(str(at))
            notice.answered.connect(self._notice_answered)
            made.append(notice)
        self._few_shown = few
        self.notices.set_cards(made)
        self.notices.setVisible(bool(made))
        hidden = len(notices) - len(made)
        self.more_notices.setVisible(hidden > 0)
        self.more_notices.setText(f"Show {plural(hidden, 'more notice')}")
        self.more_notices.setAccessibleName(self.more_notices.text())

    def _more_asked(self) -> None:
        self._all_notices = True
        self._show_notices(self._state.notices if self._state else ())

    def _wants_cards(self) -> bool:
        """Large text, or a table wider than the page."""
        needed = self.table.fitted_width(but=TREND_COLUMN) + look().theme.px(TREND_LEAST)
        return look().theme.scale > LARGE_TEXT or needed > max(self.width() - MARGINS, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose table or cards for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._wants_cards()
        large = look().theme.scale > LARGE_TEXT
        if self._state is not None and self._few_shown != (large and not self._all_notices):
            self._show_notices(self._state.notices)
        self.cards.show_cards(self._state.cards if self._state is not None and wanted else ())
        for table_part in (self.table, self.legend, self.key_words):
            table_part.setVisible(not wanted)
        self._offer_next()
        self.cards.setVisible(wanted)
        fit_height(self.table)
        self.table.setMinimumWidth(0)

    def _heading_chosen(self, column: int) -> None:
        self.choosing.choose_order(asked_by_column(column, self.choosing.sorted_by))

    def _tick(self, key: str) -> None:
        """Mark a role for comparing, or take its mark away."""
        self.marks = tuple(one for one in self.marks if one != key) if key in self.marks else (*self.marks, key)
        self.marked.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == NEXT_COLUMN:
            self._card_step(self.table.current_key)

    def _card_step(self, key: str) -> None:
        step = self._state.step_of(key) if self._state else None
        if step is not None and step.tab:
            self.step_asked.emit(step)

    def _row_chosen(self, key: str) -> None:
        self._step = self._state.step_of(key) if self._state else None
        self._offer_next()

    def _offer_next(self) -> None:
        """The next step of the chosen row as a button, where rows are shown."""
        step, cards = self._step, self._state.cards if self._state else ()
        wanted = step is not None and bool(step.tab) and not self.table.isHidden()
        name = next((card.name for card in cards if step is not None and card.key == str(step.role_id)), "")
        self.next_step.setVisible(wanted)
        if step is not None and wanted:
            words = f"{name}: {step.words}"
            self.next_step.setText(words.replace("&", "&&"))
            self.next_step.setAccessibleName(words)

    def _next_clicked(self) -> None:
        if self._step is not None:
            self.step_asked.emit(self._step)

    def _notice_answered(self, answer: str) -> None:
        sender = self.sender()
        if not isinstance(sender, Notice) or self._state is None:
            return
        state = self._state.notices[int(sender.objectName())]
        if answer == state.action:
            self.step_asked.emit(state.step)
        else:
            self.due.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.due)
