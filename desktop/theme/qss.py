"""The style sheet, generated from tokens and text scale. No rule names a colour or a size of its own."""

from __future__ import annotations

from string import Template

from desktop.theme.tokens import Theme

_TEXT = """
QWidget#window, QWidget#page, QScrollArea#page, QStackedWidget#pages { background: palette(window); }
QLabel { background: transparent; border: none; color: $text; }
QLabel[role="hero"] { font-size: ${hero}pt; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure}pt; font-weight: 600; }
QLabel[role="h1"] { font-size: ${h1}pt; font-weight: 600; }
QLabel[role="h2"] { font-size: ${h2}pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="facts"] { color: $text2; }
QLabel[role="small"] { font-size: ${small}pt; color: $text2; }
QLabel[role="caption"] { font-size: ${small}pt; font-weight: 600; color: $text2; }
QLabel[role="error"] { font-size: ${small}pt; color: $fix; }
QLabel[role="on-check"] { font-size: ${small}pt; color: $text2; }
QLabel:disabled { color: $off; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px; font-size: ${small}pt; }
"""

_PAPER = """
QFrame#card { background: $card; border: 1px solid $hair; border-radius: 6px; }
QFrame#card[chosen="true"] { border: 2px solid $accent; }
QFrame#face { background: $card; border: none; }
QFrame#flat { background: transparent; border: none; }
QFrame#header { background: $card; border: none; border-bottom: 1px solid $hair; }
QFrame#rail { background: $rail; border: none; border-right: 1px solid $rail_edge; }
QFrame#bar { background: $card; border: none; border-top: 1px solid $hair; }
QFrame#rule { background: $hair; border: none; }
QFrame#total-rule { background: $text; border: none; }
QFrame#dock { background: $window; border: none; border-left: 1px solid $hair; }
QFrame#popup { background: $card; border: 1px solid $line; border-radius: 6px; }
QStatusBar { background: $card; border-top: 1px solid $hair; min-height: ${status}px; }
QStatusBar::item { border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#column { background: transparent; }
QMenu { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 12px; }
QMenu::item:selected { background: $sel; color: $sel_ink; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $hair; margin: 4px 8px; }
QScrollBar:vertical { width: 12px; background: $window; margin: 0; }
QScrollBar:horizontal { height: 12px; background: $window; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; margin: 2px 3px; min-height: 32px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; margin: 3px 2px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: none; border-radius: 3px; background: $header; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $window; }
"""

_BUTTONS = """
QPushButton { min-height: ${h22}px; padding: 3px 12px; border: 1px solid $line; border-radius: 4px;
  background: $card; color: $text; }
QPushButton:hover { background: $header; }
QPushButton:pressed { background: $hair; color: $pressed_ink; }
QPushButton:focus { border: 2px solid $focus; padding: 2px 11px; }
QPushButton:disabled { color: $off; background: $window; border: 1px $off_line $off_edge; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 1px solid $accent; padding: 3px 12px; }
QPushButton[kind="primary"]:disabled { color: $off; background: $window; border: 1px $off_line $off_edge; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { background: transparent;
  border: 1px solid transparent; color: $link; }
QPushButton[kind="quiet"] { padding: 3px 6px; }
QPushButton[kind="link"] { padding: 3px 2px; text-align: left; }
QPushButton[kind="quiet"]:hover { background: $header; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 2px 5px; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 2px 1px; }
QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled { color: $off; background: transparent; }
QPushButton[kind="segment"] { border-radius: 0; border-left-width: 0; }
QPushButton[kind="segment"][place="first"], QPushButton[kind="segment"][place="only"] { border-left-width: 1px;
  border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[kind="segment"][place="last"], QPushButton[kind="segment"][place="only"] {
  border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[kind="segment"]:checked { background: $sel; color: $sel_text; border-bottom: 3px solid $accent;
  padding-bottom: 1px; }
QPushButton[kind="segment"]:focus { border: 2px solid $focus; padding: 2px 11px 2px 10px; }
QPushButton[kind="row"] { background: transparent; border: none; border-left: 3px solid transparent; border-radius: 0;
  text-align: left; padding: 3px 8px; }
QPushButton[kind="row"]:hover { background: $header; }
QPushButton[kind="row"]:checked { background: $sel; color: $sel_text; border-left: 3px solid $accent; }
QPushButton[kind="row"]:focus { border: 2px solid $focus; border-left: 3px solid $focus; padding: 1px 6px 1px 8px; }
"""

_INPUTS = """
QLineEdit, QComboBox, QPlainTextEdit, QDateEdit, QSpinBox { min-height: ${h22}px; padding: 2px 8px;
  border: 1px solid $line; border-radius: 4px; background: $card; color: $text; selection-background-color: $accent;
  selection-color: $on_accent; placeholder-text-color: $off; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $focus; padding: 1px 7px; }
QLineEdit[bad="true"], QComboBox[bad="true"], QPlainTextEdit[bad="true"] { border: 2px solid $fix; padding: 1px 7px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $off; background: $window;
  border: 1px $off_line $off_edge; }
QLineEdit#cell { min-height: 0; padding: 0 7px; border: 2px solid $focus; border-radius: 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { min-height: 0; border: none; padding: 0; background: transparent; }
QComboBox { padding-right: 26px; }
QComboBox:focus { padding-right: 25px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-position: center right; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $line;
  selection-background-color: $sel; selection-color: $sel_ink; outline: none; }
QRadioButton, QCheckBox { background: transparent; color: $text; spacing: 6px; min-height: ${h24}px; padding-right: 5px;
  border: 2px solid transparent; border-radius: 4px; }
QRadioButton:focus, QCheckBox:focus { border: 2px solid $focus; }
QRadioButton:disabled, QCheckBox:disabled { color: $off; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $line; border-radius: 7px; background: $card; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid $accent; border-radius: 7px; }
QCheckBox::indicator { width: ${h14}px; height: ${h14}px; border: 1px solid $line; border-radius: 3px;
  background: $card; }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $off_edge; background: $window; }
"""

_TABLES = """
QTableView, QListView, QTreeView { background: $card; color: $text; border: none; gridline-color: $hair; }
QTableView { selection-background-color: $sel_row; selection-color: $text; }
QListView, QTreeView { selection-background-color: $sel; selection-color: $sel_ink; border: 2px solid transparent; }
QListView:focus, QTreeView:focus { border: 2px solid $focus; }
QHeaderView { background: $header; border: none; }
QHeaderView::section { background: $header; color: $text2; font-size: ${small}pt; font-weight: 600; border: none;
  border-bottom: 1px solid $line; padding: 4px 10px; }
QTableCornerButton::section { background: $header; border: none; border-bottom: 1px solid $line; }
QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; border: none; padding: 9px 14px 6px 14px; color: $text2;
  border-bottom: 3px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; font-weight: 600; border-bottom: 3px solid $accent; }
"""


def _values(theme: Theme) -> dict[str, str]:
    sizes = {token: f"{theme.points(token):g}" for token in ("hero", "figure", "h1", "h2", "body", "small")}
    lengths = {f"h{length}": str(theme.px(length)) for length in (14, 22, 24)}
    derived = {
        "status": str(theme.px(24)),
        "sel_ink": theme.hex("sel_text" if theme.is_high_contrast else "text"),
        "pressed_ink": theme.hex("sel_text" if theme.is_high_contrast else "text"),
        "sel_row": theme.hex("card" if theme.is_high_contrast else "sel"),
        "off_edge": theme.hex("off" if theme.is_high_contrast else "hair"),
        "off_line": "dashed" if theme.is_high_contrast else "solid",
        "rail_edge": theme.hex("hair" if theme.is_high_contrast else "rail"),
    }
    return {**theme.colours, **sizes, **lengths, **derived}


def style_sheet(theme: Theme) -> str:
    """The whole application's style sheet in a theme."""
    return Template(_TEXT + _PAPER + _BUTTONS + _INPUTS + _TABLES).substitute(_values(theme))
