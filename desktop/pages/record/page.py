"""The Readiness tab: the factors of a role, and beside them its profile, case, staffing, notes and completeness."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.answers import RoleAnswer
from desktop.pages.readiness.page import ReadinessTab
from desktop.pages.record.parts import CasePart, CompletenessPart, NotesPart, ProfilePart, RecordPart, StaffingPart
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.theme.look import look
from desktop.widgets import Segmented, column, row

FACTORS = "Factors"
PARTS: dict[str, Callable[[Session], RecordPart]] = {
    "Profile": ProfilePart,
    "Case for the role": CasePart,
    "Staffing": StaffingPart,
    "Notes": NotesPart,
    "Completeness": CompletenessPart,
}


class RecordTab(RoleTab):
    """The sections, each made when first shown. `focus_on` takes a section's name, or a section and a field."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._answer: RoleAnswer | None = None
        self._is_dressed = False
        self.factors = ReadinessTab(session)
        self.segments = Segmented((FACTORS, *PARTS), "Section of the record")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.factors)
        self._made: dict[str, RecordPart] = {}
        whole = column(row(self.segments, None, margins=(16, 8, 16, 0)), gap=0)
        whole.addWidget(self.stack, 1)
        self.setLayout(whole)
        self.segments.chosen.connect(self.show_part)
        self.factors.tab_asked.connect(self.tab_asked)
        self.factors.go.connect(self.go)
        self.factors.details_changed.connect(self.details_changed)

    def dress(self) -> None:
        """Each section has another theme put on when it is shown."""
        self._is_dressed = True
        look().dressing.hold(self, self.stack)
        look().dressing.add(self.segments, self.factors, *self._made.values())

    @property
    def current(self) -> str:
        """The name of the section in front."""
        return self.segments.current

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer in the section in front."""
        self._answer = answer
        if self.current == FACTORS:
            self.factors.show_answer(answer)
        else:
            self.part(self.current).show_answer(answer)

    def show_part(self, name: str) -> None:
        """Bring a section to the front."""
        if name != self.current:
            self.segments.choose(name)
            return
        self.stack.setCurrentWidget(self.factors if name == FACTORS else self.part(name))
        if self._answer is not None:
            self.show_answer(self._answer)
        self.details_changed.emit()

    def part(self, name: str) -> RecordPart:
        """A section by its name."""
        if name not in self._made:
            made = self._made[name] = PARTS[name](self.session)
            made.asked.connect(self._asked)
            self.stack.addWidget(made)
            if self._is_dressed:
                look().dressing.add(made)
        return self._made[name]

    def focus_on(self, target: object) -> None:
        """Bring a section or one of its fields into view; anything else is a factor."""
        name, key = target if isinstance(target, tuple) else (target, "")
        if name in PARTS:
            self.show_part(str(name))
            self.part(str(name)).focus_field(str(key))
            return
        self.show_part(FACTORS)
        if name != FACTORS:
            self.factors.focus_on(target)

    def details(self) -> QWidget | None:
        """What F4 shows of the factors."""
        return self.factors.details() if self.current == FACTORS else None

    def settle(self) -> None:
        """Commit what is open in any section."""
        self.factors.settle()
        for made in self._made.values():
            made.settle()

    def _asked(self, tab: str, target: object) -> None:
        if tab == "Readiness":
            self.focus_on(target)
        else:
            self.tab_asked.emit(tab, target)
