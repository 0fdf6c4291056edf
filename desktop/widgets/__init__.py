"""The parts that pages are laid out with. Each reads the theme when it paints, and says its name to a screen reader."""

from __future__ import annotations

from desktop.states import (
    ColumnSpec,
    Count,
    Fact,
    HeaderState,
    IntervalState,
    SparkState,
    TableCell,
    TableState,
)
from desktop.widgets.area import TextArea
from desktop.widgets.buttons import Button, Segmented
from desktop.widgets.card import Card, column, row, rule, scrolling
from desktop.widgets.chip import Chip, ShapeMark
from desktop.widgets.choices import ChoiceField, SuggestField
from desktop.widgets.counts import Counts
from desktop.widgets.empty import EmptyPage
from desktop.widgets.evidence import EvidenceLadder
from desktop.widgets.flow import CardFlow
from desktop.widgets.header import PageHeader
from desktop.widgets.inputs import Combo, Field, TickBox
from desktop.widgets.interval import IntervalBar
from desktop.widgets.notices import AskingBar, Notice
from desktop.widgets.progress import ProgressLine
from desktop.widgets.sparkline import Sparkline
from desktop.widgets.status import FactsBar
from desktop.widgets.steps import Steps
from desktop.widgets.table import DataTable
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import amp, label

__all__ = [
    "AskingBar",
    "Button",
    "Card",
    "CardFlow",
    "Chip",
    "ChoiceField",
    "ColumnSpec",
    "Combo",
    "Count",
    "Counts",
    "DataTable",
    "EmptyPage",
    "EvidenceLadder",
    "Fact",
    "FactsBar",
    "Field",
    "HeaderState",
    "IntervalBar",
    "IntervalState",
    "Notice",
    "PageHeader",
    "ProgressLine",
    "Segmented",
    "ShapeMark",
    "SparkState",
    "Sparkline",
    "Steps",
    "SuggestField",
    "TableCell",
    "TableState",
    "Tabs",
    "TextArea",
    "TickBox",
    "amp",
    "column",
    "label",
    "row",
    "rule",
    "scrolling",
]
