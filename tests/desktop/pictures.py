"""A chart small enough to read."""

from __future__ import annotations

from desktop.charts.picture import Band, Dash, Flag, Line, Point, Sample, XmrPicture
from desktop.theme.marks import Verdict

VALUES: tuple[float | None, ...] = (20, 24, 22, None, 18, 17, 16, None)


def small_picture() -> XmrPicture:
    """Eight months: the fourth is missing, the last is suppressed between 1 and 4, launch after the third."""
    points = []
    for at, value in enumerate(VALUES):
        verdict = Verdict.IMPROVEMENT if at > 3 else Verdict.COMMON
        low, high = (1.0, 4.0) if at == 7 else (None, None)
        points.append(Point(f"M{at}", value, (f"Month {at}: {value}",), verdict, hollow=at == 6, low=low, high=high))
    return XmrPicture(
        title="A&E attendances",
        subtitle="XmR chart",
        points=tuple(points),
        low=0,
        high=30,
        ticks=(0, 10, 20, 30),
        tick_words=("0", "10", "20", "30"),
        lines=(
            Line((-0.5, 2.5), (22, 22), "mean"),
            Line((2.5, 7.5), (22, 22), "mean", Dash.DOTTED, "Before mean 22", strong=True),
            Line((3.5, 7.5), (21.8, 21.8), "imp", Dash.SOLID, "After mean 17"),
        ),
        launch=2.5,
        launch_label="Launch 8 Apr 2024",
        before_label="Before",
        after_label="After",
        band=Band(2.5, 3.5),
        flags=(Flag(1, 1, "May 2024  Rota changed"),),
        legend=(Sample("Improvement", Verdict.IMPROVEMENT), Sample("Limits", dash=Dash.DASHED)),
        source="Activity!C6:C13",
        summary="A&E attendances fell.",
        table=(("Period", "Value"), *((point.label, str(point.value)) for point in points)),
    )
