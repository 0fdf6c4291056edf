"""The sections of the record beside the factors: each shows a role's newest answer and writes what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.operations.changed import Changed
from db.operations.record import record_staffing
from desktop.grid.edits import Edit
from desktop.pages.facts_form import Part as Input
from desktop.pages.record import lists
from desktop.pages.record.completeness import completeness_state
from desktop.pages.record.completeness_view import CompletenessCards
from desktop.pages.record.fields import NOTHING_AFTER, FactSpec, field_texts, sections
from desktop.pages.record.form import RecordForm
from desktop.pages.record.rows_card import RowsCard
from desktop.pages.record.saving import cautions_of, write_of
from desktop.pages.record.staffing import Draft, Place, grid_of, staffing_sentence, typed
from desktop.pages.record.staffing_view import StaffingView
from desktop.session import Session
from desktop.widgets import Card, ChoiceField, column, label, scrolling


class AtField:
    """Shows what became of a change at the field it was typed into."""

    def __init__(self, owner: QObject, field: Input) -> None:
        self.on_behalf_of = owner
        self._field = field

    def done(self, _changed: Changed) -> None:
        """It was saved."""
        self._field.show_fault("")

    def failed(self, problem: UserProblem) -> None:
        """It could not be: what was typed stays, with the reason under it."""
        self._field.show_fault(problem.sentence())


def save_field(session: Session, owner: QObject, answer: RoleAnswer, spec: FactSpec, field: Input, text: str) -> None:
    """Write what was typed into a field, or say at the field why it cannot be."""
    said = AtField(owner, field)
    roles = {role_label(one.name, one.place): one.id for one in session.facts.roles if one.id != answer.role.id}
    try:
        write = write_of(spec, text, answer, session.today, roles)
    except UserProblem as problem:
        said.failed(problem)
        return
    field.show_fault("")
    session.change(write.operation, said.done, said.failed, **write.arguments)


def role_label(name: str, place: str) -> str:
    """`Care navigator, Elm PCN`."""
    return f"{name}, {place}" if place else name


class RecordPart(QWidget):
    """One section. `asked` carries a tab of the role and what to show there."""

    asked = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session = session
        self.answer: RoleAnswer | None = None

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer."""
        other = self.answer is None or self.answer.role.id != answer.role.id
        self.answer = answer
        if other:
            self.other_role()
        self.refresh(answer)

    def other_role(self) -> None:
        """Another role than before is shown."""

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        raise NotImplementedError

    def focus_field(self, key: str) -> None:
        """Bring a field into view and put the focus there; an empty key stands for the first."""

    def settle(self) -> None:
        """Commit whatever is open."""


class FormPart(RecordPart):
    """A part made of sections of fields and of lists, one under the other."""

    def __init__(self, session: Session, part: str, lists_in: Sequence[tuple[str, str, lists.Listing]]) -> None:
        """`lists_in` gives each list the key it is found by and the section it stands under."""
        super().__init__(session)
        self.form = RecordForm(self, sections(part))
        self.lists = {key: RowsCard(listing) for key, _, listing in lists_in}
        self.box = column(gap=10)
        for title, card in self.form.cards.items():
            self.box.addWidget(card)
            for key, under, _ in lists_in:
                if under == title:
                    self.box.addWidget(self.lists[key])
        self.box.addStretch(1)
        self.area = scrolling(self.box)
        self.setLayout(column(self.area, gap=0))
        self._specs = {spec.key: spec for spec in self.form.specs()}
        self.form.typed.connect(self._typed)
        self._writers = [ListWriter(self, card) for card in self.lists.values()]

    def other_role(self) -> None:
        """Faults and open forms belong to the role before."""
        self.form.forget()
        for card in self.lists.values():
            card.form.hide()

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        successor = self.form.parts.get("successor")
        if isinstance(successor, ChoiceField):
            others = [role_label(r.name, r.place) for r in self.session.facts.roles if r.id != answer.role.id]
            successor.set_choices([NOTHING_AFTER, *others])
        self.form.show_texts(field_texts(answer, tuple(self._specs.values())))
        self.form.show_cautions(cautions_of(answer, self.session.today))
        for card in self.lists.values():
            card.show_lines(card.listing.lines(answer))

    def focus_field(self, key: str) -> None:
        """Bring a field or a list into view."""
        if key in self.lists:
            self.area.ensureWidgetVisible(self.lists[key])
            self.lists[key].focus_first()
        elif key in self.form.parts:
            part = self.form.parts[key]
            part.setFocus()
            self.area.ensureWidgetVisible(part)

    def settle(self) -> None:
        """Commit the field that is being typed into."""
        self.form.settle()

    def _typed(self, key: str, text: str) -> None:
        if self.answer is not None:
            save_field(self.session, self, self.answer, self._specs[key], self.form.parts[key], text)


class ListWriter(QObject):
    """Writes what a list's form gives, and says in the form what was refused."""

    def __init__(self, part: RecordPart, card: RowsCard) -> None:
        super().__init__(part)
        self._part, self._card = part, card
        card.given.connect(self._give)
        card.removed.connect(self._remove)

    @property
    def _role(self) -> dict[str, Any]:
        return {"role_id": self._part.answer.role.id} if self._part.answer else {}

    def _give(self, row_id: int, texts: Mapping[str, str]) -> None:
        listing, line = self._card.listing, self._card.line(row_id)
        read = listing.read(texts)
        self._card.form.show_faults(read.faults)
        if read.faults or self._part.answer is None:
            return
        facts = listing.changed(line, read.facts)
        if line is None and listing.add is not None:
            self._write(listing.add, {**self._role, **listing.fixed, **facts})
        elif line is not None and facts:
            who = {listing.row_word: row_id} | (self._role if listing.by_role else {})
            self._write(listing.change, {**who, **facts})
        else:
            self._card.settled()

    def _write(self, operation: Any, arguments: Mapping[str, Any]) -> None:  # noqa: ANN401 - any operation
        self._part.session.change(operation, self.done, self.failed, **arguments)

    def _remove(self, row_id: int) -> None:
        listing = self._card.listing
        if listing.remove is not None:
            which: dict[str, Any] = {listing.row_word: row_id}
            self._part.session.change(listing.remove, **which)

    def done(self, _changed: Changed) -> None:
        """It is recorded."""
        self._card.settled()

    def failed(self, problem: UserProblem) -> None:
        """It was not taken."""
        self._card.form.show_faults({"": problem.sentence()})


class ProfilePart(FormPart):
    """What the role is, whom it serves, where it sits, who answers for it."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "Profile",
            (
                ("tasks", "What it does, and how much", lists.TASKS),
                ("role changes", "Changes since launch", lists.ROLE_CHANGES),
            ),
        )


class CasePart(FormPart):
    """Why the role was set up, what else was weighed, what should change; and what was changed in that later."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "Case for the role",
            (("alternatives", "The need", lists.ALTERNATIVES), ("measures", "Aims", lists.MEASURES)),
        )
        self.later = Card("Later changes of the case")
        self._said = label("", wrap=True)
        why = "Read from the history: what was changed after launch was changed with the results in view."
        self.later.add(label(why, "small", wrap=True), self._said)
        self.box.insertWidget(self.box.count() - 1, self.later)

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        super().refresh(answer)
        told = lists.later_changes(answer)
        lines = [f"{'▲' if change.after_launch else '●'} {change.words}" for change in told]
        self._said.setText("\n".join(lines) or "Nothing of the case has been changed since it was first recorded.")


class NotesPart(RecordPart):
    """What people said, by theme and voice."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.card = RowsCard(lists.NOTES)
        self._writer = ListWriter(self, self.card)
        self.setLayout(column(scrolling(column(self.card, None)), gap=0))

    def other_role(self) -> None:
        """An open form belongs to the role before."""
        self.card.form.hide()

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        self.card.show_lines(lists.NOTES.lines(answer))

    def focus_field(self, key: str) -> None:
        """Put the focus where a note is added."""
        self.card.focus_first()


class CompletenessPart(FormPart):
    """The 36 facts, and the fields that stand nowhere else."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Completeness", ())
        self.cards = CompletenessCards()
        self.box.insertWidget(0, self.cards)
        self.cards.asked.connect(self.asked)

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        super().refresh(answer)
        self.cards.show_state(completeness_state(answer.completeness))


class StaffingPart(RecordPart):
    """Whole-time equivalents by month."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view = StaffingView()
        self._months: tuple[date, ...] = ()
        self._drafts: Mapping[Place, Draft] = {}
        self.setLayout(column(self.view, gap=0))
        self.view.asked.connect(self._edit)
        self.view.dropped.connect(self._drop)

    def other_role(self) -> None:
        """Drafts belong to the role before."""
        self._drafts = {}
        self.view.show_faults(())

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now, and what waits."""
        held, today = answer.record.staffing, self.session.today
        state, self._months = grid_of(answer.role.timeline, held, today, self._drafts)
        self.view.show_state(state, staffing_sentence(answer, today))

    def focus_field(self, key: str) -> None:
        """Put the focus into the sheet."""
        self.view.grid.setFocus()

    def settle(self) -> None:
        """Commit an open editor."""
        self.view.settle()

    def _edit(self, edits: Sequence[Edit], name: str) -> None:
        if self.answer is None or not edits:
            return
        found = typed(edits, self._months, self.answer.record.staffing, self._drafts)
        self._wait(found.drafts, found.faults)
        if not found.drafts:
            role_id = self.answer.role.id
            refused = _Refused(self, {(self._months[r], c): text for r, c, text in edits})
            self.session.change(
                record_staffing, None, refused.failed, role_id=role_id, months=found.months, label=f"{name}, staffing"
            )

    def _drop(self) -> None:
        self._wait({}, ())

    def wait_for(self, texts: Mapping[Place, str], fault: str) -> None:
        """Keep what could not be written in sight."""
        self._wait({place: Draft(text, fault) for place, text in texts.items()}, (fault,))

    def _wait(self, drafts: Mapping[Place, Draft], faults: tuple[str, ...]) -> None:
        self._drafts = drafts
        self.view.show_faults(faults)
        if self.answer is not None:
            self.refresh(self.answer)


class _Refused:
    """Keeps the texts of a step that the record refused."""

    def __init__(self, part: StaffingPart, texts: Mapping[Place, str]) -> None:
        self.on_behalf_of = part
        self._part, self._texts = part, texts

    def failed(self, problem: UserProblem) -> None:
        """It was not taken."""
        self._part.wait_for(self._texts, problem.sentence())
