"""Native charts: drawn from the cells of their own table, each with the finding's alt text."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import Any

from exporters.declared import Chart, Line
from exporters.layout import Layout
from exporters.text import Cleaning

BLUE, ORANGE, GREY, TURQUOISE = "#12436D", "#F46A25", "#3D3D3D", "#28A197"
"""Government Analysis Function colours: at least 3 to 1 on white."""

WIDTH, HEIGHT = 960, 520
MOST_LABELS = 9
_LIKE_A_CELL = re.compile(r"!(?=\$?[A-Z]+\$?\d)")
LONGEST_ALT_TEXT = 4_000
LABEL_FONT = {"name": "Arial", "size": 11}

_LINES: dict[str, dict[str, Any]] = {
    "values": {
        "line": {"color": BLUE, "width": 1.75},
        "marker": {"type": "circle", "size": 6, "fill": {"color": BLUE}, "border": {"color": BLUE}},
    },
    "left out": {
        "line": {"none": True},
        "marker": {"type": "square", "size": 7, "fill": {"color": TURQUOISE}, "border": {"color": BLUE}},
    },
    "mean": {"line": {"color": GREY, "width": 1.5}, "marker": {"type": "none"}},
    "after mean": {"line": {"color": ORANGE, "width": 2.25}, "marker": {"type": "none"}},
    "limit": {"line": {"color": GREY, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
    "launch": {
        "line": {"none": True},
        "marker": {"type": "diamond", "size": 8, "fill": {"color": ORANGE}, "border": {"color": ORANGE}},
        "y_error_bars": {
            "type": "percentage",
            "value": 100,
            "direction": "minus",
            "end_style": 0,
            "line": {"color": ORANGE, "width": 1.5},
        },
    },
}
_COLUMNS: dict[str, dict[str, Any]] = {
    "cost": {"fill": {"color": BLUE}, "border": {"color": BLUE}},
    "cash": {"fill": {"color": ORANGE}, "border": {"color": ORANGE}},
    "capacity": {"fill": {"none": True}, "border": {"color": GREY, "width": 1.5}},
}


def add_chart(book: Any, page: Any, layout: Layout, cleaning: Cleaning) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Put a sheet's chart to the right of its table."""
    declared = layout.sheet.chart
    if declared is None:
        return
    chart = replace(
        declared,
        title=as_words(declared.title, cleaning),
        value_title=as_words(declared.value_title, cleaning),
        alt_text=cleaning.cell(declared.alt_text),
    )
    made = book.add_chart({"type": "column" if chart.kind == "columns" else "line"})
    for line in chart.lines:
        made.add_series(_series(layout, chart, line))
    _dress(made, chart, len(layout.sheet.rows))
    page.insert_chart(
        layout.header_row,
        len(layout.sheet.columns) + 1,
        made,
        {"description": alt_text(chart, layout), "object_position": 2, "x_offset": 4, "y_offset": 4},
    )


def as_words(text: str, cleaning: Cleaning) -> str:
    """A text as a title: one that looks like a reference to cells would be taken for one, so a space parts it."""
    return _LIKE_A_CELL.sub("!\u00a0", cleaning.heading(text))


def alt_text(chart: Chart, layout: Layout) -> str:
    """The chart's alt text with the table its data are in."""
    words = chart.alt_text[:LONGEST_ALT_TEXT]
    return f"{words} The same figures are in the table {layout.sheet.table} on this worksheet."


def _series(layout: Layout, chart: Chart, line: Line) -> dict[str, Any]:
    name, first, last = layout.sheet.name, layout.first_row, layout.last_row
    category, column = layout.column(chart.category), layout.column(line.key)
    styles = _COLUMNS if chart.kind == "columns" else _LINES
    return {
        "name": line.name,
        "categories": [name, first, category, last, category],
        "values": [name, first, column, last, column],
        **styles[line.style],
    }


def _dress(made: Any, chart: Chart, rows: int) -> None:  # noqa: ANN401 - xlsxwriter has no types
    made.set_title({"name": chart.title, "name_font": {"name": "Arial", "size": 13, "bold": True}, "overlay": False})
    step = {"interval_unit": ceil(rows / MOST_LABELS)} if rows > MOST_LABELS else {}
    made.set_x_axis({"text_axis": True, "num_font": LABEL_FONT, "label_position": "low", **step})
    limits = {key: value for key, value in (("min", chart.low), ("max", chart.high)) if value is not None}
    made.set_y_axis(
        {
            "name": chart.value_title,
            "name_font": LABEL_FONT,
            "num_font": LABEL_FONT,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}},
            **limits,
        }
    )
    made.set_legend({"position": "bottom", "font": LABEL_FONT})
    made.show_blanks_as("gap")
    made.set_size({"width": WIDTH, "height": HEIGHT})
