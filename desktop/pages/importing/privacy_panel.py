"""The third step: what looks like people. It is masked and never kept; a column that holds it is not read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from analysis.wording import plural
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.listing import filled, listing, scrolling_into
from desktop.theme.marks import Kind
from desktop.widgets import Card, Chip, label

DROPPED = "These columns look like people. They were not read; none of their values is kept anywhere."


class PrivacyPanel(QWidget):
    """Says what was found and what was done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip(Kind.OK, "No personal data found")
        self.words = label("", wrap=True)
        self.found = listing("Personal data found", ("Sheet", "Column", "What it looks like", "Cells"))
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
            self.chip.say(Kind.CHECK, f"{plural(len(held), 'column')} dropped")
            self.words.setText(DROPPED)
        else:
            self.chip.say(Kind.OK, "No personal data found")
            self.words.setText(
                f"{plural(count, 'sheet')} searched, hidden ones too: NHS numbers, names, births, "
                "postcodes, e-mail and telephone. Roleworth holds totals only."
            )
        self.found.setVisible(bool(held))
        several = len(draft.parts) > 1
        rows = [(f"{i.file}: {p.sheet}" if several else p.sheet, p.column, p.words, f"{p.count:,}") for i, p in held]
        filled(self.found, rows)
