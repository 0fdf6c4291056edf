"""How sure one can be: the levels explained, and where each role of the file stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from desktop.frame.page import Page
from desktop.pages.answering import Answering
from desktop.pages.evidence.packing import Packing
from desktop.pages.evidence.sites_view import SitesCards
from desktop.pages.evidence.state import RoleEvidence, evidence_state
from desktop.pages.fitting import FittingTable
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.marks import Shape
from desktop.widgets import Button, Card, CardFlow, EvidenceLadder, column, label, row, scrolling
from desktop.widgets.lines import LinesBox
from resources import load

DRAW_EVERY = 10


class RoleEvidenceCard(Card):
    """One role's level, reasons and what would raise it."""

    asked = Signal(int)

    def __init__(self, state: RoleEvidence) -> None:
        super().__init__(gap=4)
        self._role_id = state.role_id
        self.setAccessibleName(f"{state.name}: {state.label}")
        self.button = Button("Open", "link")
        self.button.setAccessibleName(f"Open {state.name}")
        self.button.clicked.connect(self._clicked)
        top = row(gap=8)
        top.addWidget(label(state.name, "strong", wrap=True), 1)
        top.addWidget(self.button)
        reasons = LinesBox()
        marks = {True: (Shape.FINE, "ok"), False: (Shape.NO_ANSWER, "text2")}
        reasons.show_lines([(*marks[met], text) for met, text in state.reasons])
        self.add(top, label(state.measure, "small", wrap=True))
        self.add(row(EvidenceLadder(state.level), label(state.label, "strong"), None))
        self.add(label(state.summary, "small", wrap=True), reasons, label(state.to_raise, "caption", wrap=True), None)

    def _clicked(self) -> None:
        self.asked.emit(self._role_id)


class EvidencePage(Page):
    """The levels, then the roles; each role opens on its chart."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.answering = Answering(session, self)
        self.places = SitesCards()
        self.packing = Packing(session, self.places)
        self.lead = label("", wrap=True)
        self.levels_card = Card("The levels")
        self.levels = FittingTable("Evidence levels")
        self.levels.table.counts_people = False
        self.scale = label("", "small", wrap=True)
        self.not_yet = label("", "small", wrap=True)
        self.levels_card.add(self.scale, self.levels, self.not_yet)
        self.heading = label("The roles of this file", "h2")
        self.filling = label("", "small", wrap=True)
        self.cards = CardFlow((), least=380, most_columns=3)
        self._shown: tuple[RoleEvidence, ...] = ()
        roles = row(self.heading, gap=8)
        roles.addWidget(self.filling, 1)
        box = column(self.lead, self.levels_card, roles, self.cards, self.places, None, gap=10)
        self.area = scrolling(box)
        self.setLayout(column(self.area, gap=0))
        self.answering.grew.connect(self._grew)
        session.opened.connect(self._read)
        session.refreshed.connect(self._read)
        self._draw()

    def header(self) -> HeaderState:
        """What the page is about."""
        return HeaderState("Evidence", ("how sure one can be", "derived from recorded facts, never picked"))

    def open_with(self, target: object) -> None:
        """`places` brings packs and results over places into view."""
        if target == "places":
            self.area.verticalScrollBar().setValue(self.places.y() + self.places.over.y())
            self.places.bring.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill in what could not be asked for while the page was hidden."""
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Work out nothing for a page that is not in front."""
        super().hideEvent(event)
        self.answering.rest()

    def _read(self) -> None:
        if self.isVisible():
            self._draw()
            self.answering.start()
            self._pool()

    def _grew(self) -> None:
        if self.answering.is_worth_drawing:
            self._draw()
        self._pool()

    def _pool(self) -> None:
        """Set places side by side once every role is answered."""
        if self.isVisible() and self.answering.missing is None:
            self.packing.renew(self.answering.fresh)

    def _draw(self) -> None:
        self.places.setVisible(self._session.store is not None)
        roles = self._session.facts.roles if self._session.store is not None else ()
        held, fresh = self.answering.answers, self.answering.fresh
        state = evidence_state(load("evidence_levels")["levels"], roles, held, held.keys() - fresh.keys())
        self.lead.setText(state.lead)
        self.scale.setText(state.scale)
        self.not_yet.setText(state.not_yet)
        self.levels.set_state(state.levels)
        self.heading.setVisible(bool(state.roles))
        self.filling.setText(state.filling)
        if state.roles != self._shown:
            self._shown = state.roles
            cards = [RoleEvidenceCard(role) for role in state.roles]
            for card in cards:
                card.asked.connect(self._open)
            self.cards.set_cards(cards)

    def _open(self, role_id: int) -> None:
        self.go.emit("Role", (role_id, "Impact"))
