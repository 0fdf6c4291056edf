"""One page that shows every part of the house in every state it has, for eyes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QRadioButton, QWidget

from desktop.frame.page import Page
from desktop.states import IntervalState
from desktop.theme.marks import Kind, Shape, Verdict
from desktop.widgets import (
    AskingBar,
    Button,
    Card,
    CardFlow,
    Chip,
    ColumnSpec,
    Combo,
    Count,
    Counts,
    DataTable,
    EvidenceLadder,
    Field,
    HeaderState,
    IntervalBar,
    Notice,
    ProgressLine,
    Segmented,
    ShapeMark,
    Sparkline,
    SparkState,
    Steps,
    TableCell,
    TableState,
    TickBox,
    column,
    label,
    row,
    scrolling,
)
from desktop.widgets.table import fit_height

VALUES = (
    221,
    198,
    229,
    205,
    232,
    207,
    196,
    226,
    209,
    238,
    201,
    206,
    212,
    206,
    190,
    203,
    184,
    204,
    193,
    178,
    201,
    188,
    209,
)
SPARK = SparkState((*VALUES, 186, 196, 183), 0, 26, 11.5, 214.0, 2, Verdict.IMPROVEMENT, "falling after launch")
INTERVAL = IntervalState(-19.3, -29.4, -8.6, ("−29", "−19", "−9"), Verdict.IMPROVEMENT)


def _notices() -> QWidget:
    return CardFlow(
        (
            Notice(
                Kind.FIX,
                "Link worker: April and May are missing",
                "Extract expected by 20 June",
                ("Enter now",),
                primary=True,
            ),
            Notice(Kind.CHECK, "Link worker: funding ends in 80 days", "31 August 2025, Northvale ICB", ("Open case",)),
            Notice(
                Kind.NOTE, "Care navigator: new A&E definition", "From 1 July 2025, drawn on charts", ("See event",)
            ),
        ),
        least=330,
        most_columns=3,
    )


def portfolio_state() -> TableState:
    """The portfolio of the pictures."""
    columns = (
        "Role and place",
        "Launched",
        "Data to",
        "Trend",
        "Key change and 95 % interval",
        "Evidence",
        "Worth it?",
    )
    rows = (
        (
            TableCell("Care navigator", "Elm PCN", strong=True),
            TableCell("8 Apr 2024", "14 months ago"),
            TableCell("May 2025", "2 provisional", shape=Shape.PROVISIONAL, shape_ink="text2", shape_on_second=True),
            TableCell("", spark=SPARK),
            TableCell(
                "A&E attendances  −9\u00a0%  (−14 to −4)",
                "Improvement",
                strong=True,
                shape=Shape.BETTER,
                shape_ink="imp",
                shape_on_second=True,
            ),
            TableCell("Level\u00a02 of 5", ladder=2),
            TableCell("Public −£18,600", "Cash −£109,800", strong=True),
        ),
        (
            TableCell("Link worker", "Oak PCN", strong=True),
            TableCell("2 Sep 2024", "9 months ago"),
            TableCell("Mar 2025", "2 months missing", shape=Shape.LOOK, shape_ink="check", shape_on_second=True),
            TableCell("", spark=SparkState(VALUES[5:20], 5, 26, 9, 205, 0)),
            TableCell(
                "GP contacts  −1\u00a0%  (−5 to +4)",
                "Common cause",
                shape=Shape.PLAIN,
                shape_ink="com",
                shape_on_second=True,
            ),
            TableCell("Level\u00a01 of 5", ladder=1),
            TableCell("Break-even", "25 contacts/month"),
        ),
    )
    specs = tuple(ColumnSpec(name, stretch=at == 4) for at, name in enumerate(columns))
    return TableState(specs, rows, ("care", "link"))


def payer_state() -> TableState:
    """Who pays, who gains."""
    names = ("Organisation", "Pays", "Cash", "Capacity", "Net cash", "Net public")
    texts = (
        ("Northvale Community Trust", "118,400", "0", "9,600", "−118,400", "−108,800"),
        ("Northvale ICB", "6,200", "11,900", "52,300", "+5,700", "+58,000"),
        ("Total", "127,000", "17,200", "91,200", "−109,800", "−18,600"),
    )
    rows = tuple(
        tuple(TableCell(text, strong=at == 5 or line[0] == "Total") for at, text in enumerate(line)) for line in texts
    )
    specs = tuple(ColumnSpec(name, number=at > 0, stretch=at == 0) for at, name in enumerate(names))
    return TableState(specs, rows, ("trust", "icb", "total"), total=True)


def _choices() -> Card:
    card = Card("Choices", "buttons, chips, inputs")
    waiting = Button("Import 46 values, hold 8", "primary")
    off = Button("Pool like roles")
    off.disable("Two sites are needed")
    field = Field("Value of D14", text="12-")
    field.show_fault("'12-' is not a number. Write 12, or leave the cell blank.")
    keep, replace = QRadioButton("Keep mine"), QRadioButton("Replace")
    keep.setChecked(True)
    card.add(
        row(
            waiting,
            Button("Back"),
            Button("Choose columns", "quiet", icon="table"),
            Button("leave blank", "link"),
            None,
        ),
        row(off, label("two sites are needed", "small"), None),
        row(Segmented(("Frozen limits", "New mean", "Fitted trend"), "Way of judging"), None),
        row(
            Chip(Verdict.IMPROVEMENT),
            Chip(Kind.CHECK, "3 costs not known"),
            Chip(Kind.OK, "5 passed"),
            Chip(Kind.NEUTRAL, "Below cost", Shape.BELOW),
            Chip(Verdict.CONCERN),
            None,
        ),
        row(
            Combo("Measure", ("A&E attendances, aged 75+",)),
            TickBox("A&E attendances", ticked=True),
            TickBox("Cost"),
            None,
        ),
        row(keep, replace, None),
        field,
    )
    return card


def _evidence() -> Card:
    card = Card("What changed?")
    card.add_action(Chip(Verdict.IMPROVEMENT))
    progress = ProgressLine()
    progress.step(1240, 3000, "Reading row 1,240 of 3,000")
    progress.show()
    marks = row(gap=4)
    for shape in Shape:
        marks.addWidget(ShapeMark(shape, "text2"))
    marks.addStretch(1)
    card.add(
        label("A&E attendances fell by about 9\u00a0% after the role began.", wrap=True),
        label("−19 a month", "figure"),
        label("95\u00a0% interval −29 to −9 a month (−14 to −4\u00a0%)", "small"),
        IntervalBar(INTERVAL),
        row(EvidenceLadder(2), label("Level\u00a02 of 5", "strong"), None),
        Sparkline(SPARK),
        marks,
        progress,
        Button("How is this made?", "link", icon="info"),
    )
    return card


def _ask() -> Card:
    card = Card("Asking")
    bar = AskingBar(
        "1,340 is 11 times the usual for Navigator contacts in May 25. Did you mean 134?",
        "The value is kept. Nothing else changes until you choose.",
        ("Change to 134", "Keep, say why", "Follow up later"),
    )
    card.add(bar, None)
    return card


class Gallery(Page):
    """Every part on one page."""

    def __init__(self) -> None:
        super().__init__()
        table = DataTable("Roles", portfolio_state())
        fit_height(table)
        table.selectRow(1)
        payers = DataTable("Who pays, who gains", payer_state())
        fit_height(payers)
        counts = Counts(
            (
                Count("ready", 46, "ready", Kind.OK),
                Count("fix", 3, "to fix", Kind.FIX),
                Count("check", 5, "to check", Kind.CHECK),
                Count("same", 2, "already here", Kind.NEUTRAL, Shape.SAME),
            )
        )
        counts.choose("fix")
        cards = CardFlow((_choices(), _evidence(), _ask()), least=330, most_columns=3)
        box = column(_notices(), counts, table, cards, payers, None, gap=10)
        area = scrolling(box)
        self.setLayout(column(area, gap=0))
        self._steps = Steps(("File", "Sheet and table", "Privacy", "Match", "Review"))
        self._steps.set_current(4)

    def header(self) -> HeaderState:
        """A header with tabs."""
        facts = ("Elm PCN", "launched 8 Apr 2024", "data to May 2025")
        return HeaderState("Care navigator", facts, ("Overview", "Data", "Impact", "Economics"), "Impact")

    def header_buttons(self) -> Sequence[QWidget]:
        """None: the tools of the frame are enough."""
        return ()

    def under_header(self) -> QWidget:
        """The steps of an import."""
        return self._steps
