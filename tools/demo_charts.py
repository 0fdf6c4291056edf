"""The charts of the design pictures."""

from __future__ import annotations

from analysis.periods import month
from analysis.wording import number
from desktop.charts.picture import Band, Dash, Flag, Line, Point, Sample, XmrPicture
from desktop.charts.tornado import Bar, TornadoChart, TornadoPicture, ticks_for
from desktop.charts.xmr import XmrChart
from desktop.frame.page import Page
from desktop.states import HeaderState
from desktop.theme.marks import Kind, Verdict
from desktop.widgets import Button, Card, Chip, Combo, EvidenceLadder, IntervalBar, Segmented, column, label, row
from tools.gallery import INTERVAL, SPARK

BAR_ROWS = (
    ("Share due to the role", -49.6, 12.4, "0.50", "0.90"),
    ("A&E effect (95 % interval)", -48, 10.5, "−4 %", "−14 %"),
    ("Unit costs", -40, 3, "−20 %", "+20 %"),
    ("Would have happened anyway", -33, -4, "35 %", "15 %"),
    ("Optimism bias", -30.5, -6.5, "20 %", "0 %"),
    ("Pay", -28, -9, "+10 %", "−10 %"),
)


def demo_points() -> tuple[Point, ...]:
    """Twenty-six months of A&E attendances."""
    period, points = month(2023, 4), []
    for at, value in enumerate(SPARK.values):
        assert value is not None  # noqa: S101 - the demonstration series has no gap
        verdict = Verdict.IMPROVEMENT if at > 12 else Verdict.COMMON
        words = (
            f"{period.long_label}: {number(value)}",
            f"{number(abs(value - 214))} {'below' if value < 214 else 'above'} the before mean",
        )
        points.append(Point(period.label, value, words, verdict, hollow=at in (12, 24, 25)))
        period = period.next()
    return tuple(points)


def demo_picture() -> XmrPicture:
    """The chart of the picture."""
    points = demo_points()
    ticks = tuple(float(tick) for tick in range(140, 300, 20))
    lines = [
        Line((12.5, 23.5), (194.7, 194.7), "imp"),
        Line((23.5, 25.6), (194.7, 194.7), "imp", Dash.DOTTED, "After mean 195"),
    ]
    for y, name, ink, dash in (
        (277, "Upper limit 277", "limit", Dash.DASHED),
        (214, "Before mean 214", "mean", Dash.SOLID),
        (151, "Lower limit 151", "limit", Dash.DASHED),
    ):
        lines.append(Line((-0.5, 11.5), (y, y), ink, dash))
        lines.append(Line((11.5, 25.6), (y, y), ink, Dash.DOTTED, name, strong=ink == "mean"))
    table = (("Period", "A&E attendances", "Mark"), *((p.label, number(p.value or 0), p.verdict.word) for p in points))
    return XmrPicture(
        "A&E attendances per month, people aged 75 and over, Elm PCN",
        "XmR chart, NHS Making Data Count rules. Lower is better. Axis starts at 140.",
        points,
        138,
        285,
        ticks,
        tuple(number(tick) for tick in ticks),
        tuple(lines),
        11.5,
        "Launch 8 Apr 2024",
        "Before  ·  12 months",
        "After  ·  11 months + 2 provisional",
        17.4,
        Band(11.5, 12.5),
        (Flag(1, 8, "Dec 2023  Second urgent-care hub opened"), Flag(2, 20, "Dec 2024  Winter scheme started")),
        (
            Sample("Common cause", Verdict.COMMON),
            Sample("Improvement: run of 11 below the mean", Verdict.IMPROVEMENT),
            Sample("Phase-in or provisional, left out", Verdict.IMPROVEMENT, hollow=True),
            Sample("Limits", dash=Dash.DASHED),
            Sample("Limits, frozen and extended", dash=Dash.DOTTED),
        ),
        "Source: urgent care extract, Activity!C6:C31",
        "A&E attendances fell by about 9\u00a0% after the role began (−14 to −4\u00a0%).",
        table,
    )


class _Demo(Page):
    tab = ""

    def header(self) -> HeaderState:
        """As in the pictures."""
        facts = ("Elm PCN", "launched 8 Apr 2024", "data to May 2025")
        return HeaderState(
            "Care navigator", facts, ("Overview", "Data", "Impact", "Economics", "Readiness", "Report"), self.tab
        )


class ImpactDemo(_Demo):
    """The chart with its cards."""

    tab = "Impact"

    def __init__(self) -> None:
        super().__init__()
        chart = XmrChart(demo_picture())
        for _ in range(20):
            chart.step(1)
        bar = row(
            Combo("Measure", ("A&E attendances, aged 75+",)),
            Segmented(("Frozen limits", "New mean", "Fitted trend", "Comparator"), "View"),
            None,
            Button("Table", "quiet", icon="table"),
            Button("Copy", "quiet", icon="copy"),
            Button("Event", "quiet", icon="calendar-plus"),
        )
        what = Card("What changed?")
        what.add_action(Chip(Verdict.IMPROVEMENT))
        what.add(
            label("A&E attendances fell by about 9\u00a0% after the role began.", wrap=True),
            label("−19 a month", "figure"),
            label("95\u00a0% interval −29 to −9 a month", "small"),
            IntervalBar(INTERVAL),
            label("12 months before, 11 after. April 2024 (phase-in) is left out.", "small", wrap=True),
        )
        evidence = Card("Evidence")
        evidence.add_action(label("Level\u00a02 of 5", "strong"))
        evidence.add(EvidenceLadder(2), label("A before-and-after change. The cause is not shown.", wrap=True))
        cautions = Card("Cautions")
        cautions.add_action(Chip(Kind.CHECK, "2"))
        cautions.add(label("Winter scheme (event 2) overlaps 4 of the 11 months.", "small", wrap=True), None)
        left = column(bar, gap=8)
        left.addWidget(chart, 1)
        side = column(what, evidence, gap=8)
        side.addWidget(cautions, 1)
        whole = row(gap=12, margins=(16, 10, 14, 10))
        whole.addLayout(left, 1)
        for card in (what, evidence, cautions):
            card.setFixedWidth(322)
        whole.addLayout(side)
        self.setLayout(whole)


class TornadoDemo(_Demo):
    """The bars of what an answer depends on."""

    tab = "Economics"

    def __init__(self) -> None:
        super().__init__()
        bars = tuple(Bar(*line) for line in BAR_ROWS)
        ticks = ticks_for(bars, -18.6)
        words = tuple(f"{number(tick)}k" for tick in ticks)
        card = Card("What the answer depends on", "all public sector, one input at a time")
        card.add(
            TornadoChart(TornadoPicture(bars, -18.6, "−£18.6k", "Share due to the role matters most.", ticks, words))
        )
        self.setLayout(row(card, margins=(16, 10, 700, 250)))
