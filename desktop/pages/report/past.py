"""The exports that left this file, newest first, in words and as a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from analysis.periods import date_label
from analysis.wording import plural
from db.queries.exports import PastExport
from desktop.widgets import Card, label
from exporters.policy import title_of

MOST_SHOWN = 5


def past_words(one: PastExport) -> tuple[str, str]:
    """What left, and in a second line when, for whom and under which policy."""
    made = datetime.fromisoformat(one.made_at).astimezone()
    what = one.file_name or f"Copied: {one.roles}"
    whom = f" · for {one.audience}" if one.audience else ""
    grain = f" · by {one.grain}" if one.grain else ""
    return what, f"{one.kind}, {date_label(made.date())} {made:%H:%M}{whom} · {title_of(one.policy)}{grain}"


class PastExports(Card):
    """A card with the newest exports; `roleworth exports` lists them all."""

    def __init__(self) -> None:
        super().__init__("Left this file before")
        self.lines: list[str] = []
        self._shown = label("", "small", wrap=True, rich=True)
        self._shown.setAccessibleName("Exports of this file")
        self.add(self._shown)
        self.show_past(())

    def show_past(self, held: Sequence[PastExport]) -> None:
        """List the newest, and say how many more there are."""
        self.lines = ["\n".join(past_words(one)) for one in held[:MOST_SHOWN]]
        if len(held) > MOST_SHOWN:
            self.lines.append(f"{plural(len(held) - MOST_SHOWN, 'earlier export')}, kept in the file")
        text = "\n\n".join(self.lines) or "Nothing has left this file yet."
        self._shown.setText(_rich(held[:MOST_SHOWN], self.lines[MOST_SHOWN:]) if held else text)
        self._shown.setAccessibleDescription(text)


def _rich(held: Sequence[PastExport], more: Sequence[str]) -> str:
    """The same with what left in bold; a name is a text and no markup."""
    named = [tuple(map(escape, past_words(one))) for one in held]
    return "<br><br>".join([*(f"<b>{what}</b><br>{told}" for what, told in named), *map(escape, more)])
