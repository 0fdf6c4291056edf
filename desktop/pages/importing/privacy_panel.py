"""The third step: what looks like people. It is masked and never kept; a column that holds it is not read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from analysis.wording import plural
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.listing import filled, listing, scrolling_into
from desktop.theme.marks import Kind
from desktop.widgets import Card, Chip, label
from importers.privacy import PersonalData

FOUND = (
    "What looks like people was taken out before anything was read on; none of it is kept anywhere, and only its shape "
    "is shown. Go on without it, or cancel: nothing has been saved yet."
)
DONE = {"column": "column left out", "cell": "cell left out"}
WARNED = "nothing of it is read"


class PrivacyPanel(QWidget):
    """Says what was found and what was done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip(Kind.OK, "No personal data found")
        self.words = label("", wrap=True)
        self.found = listing(
            "Personal data found", ("Where", "What it looks like", "Its shape", "How often", "What was done")
        )
        card = Card("People in the sheet")
        card.add_action(self.chip)
        card.add(self.words, self.found)
        self.setLayout(scrolling_into(self, card))

    def first(self) -> QWidget | None:
        """Where the focus begins: the list of what was found, if there is any."""
        return self.found if self.found.shown.rows else None

    def show_draft(self, draft: Draft, _outlook: object = None) -> None:
        """Say what was found and what was done about it."""
        held = [(part.inspection, found) for part in draft.parts for found in part.inspection.personal_data]
        count = sum(len(part.inspection.sheets) for part in draft.parts)
        if held:
            columns = sum(found.place == "column" for _, found in held)
            left = f"{plural(columns, 'column')} left out" if columns else f"{plural(len(held), 'sign')} of people"
            self.chip.say(Kind.CHECK, left)
            self.words.setText(FOUND)
        else:
            self.chip.say(Kind.OK, "No personal data found")
            self.words.setText(
                f"{plural(count, 'sheet')} searched, hidden ones, comments and properties too: NHS numbers, names, "
                "births, postcodes, e-mail and telephone. Roleworth holds totals only."
            )
        self.found.setVisible(bool(held))
        several = len(draft.parts) > 1
        filled(self.found, [_row(f"{one.file}: " if several else "", found) for one, found in held])


def _row(file: str, found: PersonalData) -> tuple[str, ...]:
    """One sign of people: where, of what kind, its masked shape, how often, and what was done about it."""
    return f"{file}{found.stands_in}", found.words, found.masked, f"{found.count:,}", DONE.get(found.place, WARNED)
