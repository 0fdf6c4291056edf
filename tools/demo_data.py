"""The entry grid with the values of the design pictures."""

from __future__ import annotations

from analysis.periods import month
from analysis.vocabulary import Phase
from desktop.frame.page import Page
from desktop.grid.state import Cell, CellMark, GridColumn, GridRow, GridState
from desktop.grid.view import EntryGrid
from desktop.widgets import AskingBar, Card, HeaderState, column, label, row

MEASURES = (
    ("A&E attendances", "75+, count"),
    ("Emergency admissions", "75+, count"),
    ("GP contacts", "count"),
    ("Navigator contacts", "count"),
    ("Open caseload", "month end"),
    ("Referrals declined", "count"),
    ("Activation score", "PAM, 0–100"),
    ("Role cost", "£ a month"),
)
LINES = """209 43 195 - - - - 0
238 ~46 210 - - - - 0
201 40 192 - - - - 0
206 42 199 - - - - 0
212 41 196 38 9 n . 4,180
206 40 190 74 17 n 51.2 3,310
190 37 184 96 24 <5 . 3,310
203 39 187 112 29 <5 52.0 3,310
184 35 179 118 33 6 . 3,310
204 38 183 121 36 <5 53.4 3,310
193 36 176 126 38 7 . 3,405
178 33 172 131 41 <5 54.1 3,310
201 38 181 119 40 5 . 3,310
188 36 177 134 42 <5 54.9 3,405
209 41 169 129 44 0 . 3,310
186 35 174 138 45 <5 55.3 3,310
o196 o37 o170 o142 o46 o6 . o3,360
o183 o34 o166 !1,340 o47 o<5 . ."""
MARKS = {"~": CellMark.SET_ASIDE, "o": CellMark.PROVISIONAL, "!": CellMark.CHECK}


def _cell(text: str) -> Cell:
    if text in "-.n":
        whole = {
            "-": ("", {CellMark.NOT_APPLICABLE}),
            ".": ("", set()),
            "n": ("not collected", {CellMark.NOT_COLLECTED}),
        }
        shown, marks = whole[text]
        return Cell(shown, marks=frozenset(marks))
    found = {MARKS[text[0]]} if text[0] in MARKS else set()
    shown = text[1:] if found else text
    return Cell(shown, marks=frozenset(found | ({CellMark.SUPPRESSED} if shown.startswith("<") else set())))


def demo_state() -> GridState:
    """The state of the picture."""
    period, rows = month(2023, 12), []
    for at in range(len(LINES.splitlines())):
        phase = Phase.BEFORE if at < 4 else Phase.PHASE_IN if at == 4 else Phase.AFTER
        rows.append(GridRow(period.label, phase))
        period = period.next()
    cells = tuple(tuple(map(_cell, line.split())) for line in LINES.splitlines())
    return GridState(tuple(rows), tuple(GridColumn(*names) for names in MEASURES), cells)


class DataDemo(Page):
    """The grid with an asking bar beside it."""

    def __init__(self) -> None:
        super().__init__()
        grid = EntryGrid(demo_state())
        grid.setCurrentIndex(grid.model().index(17, 3))
        ask = AskingBar(
            "1,340 is 11 times the usual for Navigator contacts in May 25. Did you mean 134?",
            "The value is kept. Nothing else changes until you choose.",
            ("Change to 134", "Keep, say why", "Follow up later"),
        )
        ask.setFixedWidth(268)
        paper = Card(margins=(1, 1, 1, 1))
        paper.add(grid)
        side = column(ask, None)
        body = row(gap=12)
        left = column(label("Navigator contacts · May 25", "strong"), gap=8)
        left.addWidget(paper, 1)
        body.addLayout(left, 1)
        body.addLayout(side)
        body.setContentsMargins(16, 10, 14, 10)
        self.setLayout(body)

    def header(self) -> HeaderState:
        """As in the picture."""
        return HeaderState(
            "Care navigator", ("Elm PCN", "launched 8 Apr 2024"), ("Overview", "Data", "Impact", "Economics"), "Data"
        )
