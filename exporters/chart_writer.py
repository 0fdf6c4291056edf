"""Native charts: drawn from the cells of their own table, each with the finding's alt text."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import Any

from exporters.declared import Chart, Line
from exporters.layout import Layout, column_name
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
    "expected": {"line": {"color": ORANGE, "width": 2.0, "dash_type": "dash"}, "marker": {"type": "none"}},
    "fitted": {"line": {"color": GREY, "width": 2.0}, "marker": {"type": "none"}},
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


_TYPES: dict[str, dict[str, str]] = {
    "xmr": {"type": "line"},
    "lines": {"type": "line"},
    "columns": {"type": "column"},
    "bars": {"type": "bar"},
    "forest": {"type": "scatter"},
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
    made = book.add_chart(_TYPES[chart.kind])
    for line in chart.lines:
        made.add_series(_forest(layout, chart, line, cleaning) if chart.spread else _series(layout, chart, line))
    _dress(made, chart, len(layout.sheet.rows))
    page.insert_chart(
        layout.header_row,
        len(layout.sheet.columns) + 1,
        made,
        {"description": alt_text(chart, layout), "object_position": 2, "x_offset": 4, "y_offset": 4},
    )


def _forest(layout: Layout, chart: Chart, line: Line, cleaning: Cleaning) -> dict[str, Any]:
    """Estimates as points at their rows, intervals as bars across, each named by the words of its row."""
    low, high = (_cells(layout, key) for key in chart.spread or ("", ""))
    words = [as_words(str(row[0]), cleaning) for row in layout.sheet.rows]
    labels = [{"value": f"\u00a0{text}" if text.startswith("=") else text} for text in words]
    return {
        "name": line.name,
        "categories": _cells(layout, chart.category),
        "values": _cells(layout, line.key),
        "marker": {"type": "square", "size": 7, "fill": {"color": BLUE}, "border": {"color": BLUE}},
        "line": {"none": True},
        "x_error_bars": {
            "type": "custom",
            "plus_values": high,
            "minus_values": low,
            "end_style": 1,
            "line": {"color": BLUE, "width": 1.75},
        },
        "data_labels": {"value": True, "custom": labels, "position": "above", "font": LABEL_FONT},
    }


def _cells(layout: Layout, key: str) -> str:
    """A column of the sheet's own table as a chart names it."""
    column = column_name(layout.column(key))
    return f"={layout.sheet.name}!${column}${layout.first_row + 1}:${column}${layout.last_row + 1}"


def as_words(text: str, cleaning: Cleaning) -> str:
    """A text as title or label: one that looks like a reference to cells would be taken for one; a space parts it."""
    return _LIKE_A_CELL.sub("!\u00a0", cleaning.heading(text))


def alt_text(chart: Chart, layout: Layout) -> str:
    """The chart's alt text with the table its data are in."""
    words = chart.alt_text[:LONGEST_ALT_TEXT]
    return f"{words} The same figures are in the table {layout.sheet.table} on this worksheet."


def _series(layout: Layout, chart: Chart, line: Line) -> dict[str, Any]:
    name, first, last = layout.sheet.name, layout.first_row, layout.last_row
    category, column = layout.column(chart.category), layout.column(line.key)
    styles = _COLUMNS if chart.kind in ("columns", "bars") else _LINES
    return {
        "name": line.name,
        "categories": [name, first, category, last, category],
        "values": [name, first, column, last, column],
        **styles[line.style],
    }


def _dress(made: Any, chart: Chart, rows: int) -> None:  # noqa: ANN401 - xlsxwriter has no types
    made.set_title({"name": chart.title, "name_font": {"name": "Arial", "size": 13, "bold": True}, "overlay": False})
    if chart.kind == "forest":
        _dress_forest(made, chart, rows)
        return
    step = {"interval_unit": ceil(rows / MOST_LABELS)} if rows > MOST_LABELS and chart.kind != "bars" else {}
    made.set_x_axis({"text_axis": True, "num_font": LABEL_FONT, "label_position": "low", **step})
    limits = {key: value for key, value in (("min", chart.low), ("max", chart.high)) if value is not None}
    made.set_y_axis(
        {
            "name": chart.value_title,
            "name_font": LABEL_FONT,
            "num_font": LABEL_FONT,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}},
            **({"num_format": form} if (form := _form(chart)) else {}),
            **limits,
        }
    )
    made.set_legend({"position": "bottom", "font": LABEL_FONT})
    made.show_blanks_as("gap")
    made.set_size({"width": WIDTH, "height": HEIGHT})


def _form(chart: Chart) -> str:
    return "£#,##0" if chart.value_title.startswith("£") else "0%" if chart.shares else ""


def _dress_forest(made: Any, chart: Chart, rows: int) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """No change is the line the figures stand to the left or right of; the rows have words and no numbers."""
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    names = {"name": chart.value_title, "name_font": LABEL_FONT, "num_font": LABEL_FONT}
    ends = {key: value for key, value in (("min", chart.low), ("max", chart.high)) if value is not None}
    made.set_x_axis({**names, **ends, "num_format": "0%", "major_gridlines": grid, "label_position": "low"})
    bare = {"min": 0, "max": rows + 1, "label_position": "none", "major_gridlines": {"visible": False}}
    made.set_y_axis({**bare, "line": {"color": GREY, "width": 1.5}, "major_tick_mark": "none"})
    made.set_legend({"none": True})
    made.set_size({"width": WIDTH, "height": max(HEIGHT, 44 * rows + 140)})
