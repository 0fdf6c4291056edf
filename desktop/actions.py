"""Every command as data; menus, tooltips, the command palette and the printed key map all read the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.widgets.text import amp


@dataclass(frozen=True)
class Command:
    """One thing a person can do. `needs` are the facts that must hold for it to be on, `group` where a menu lists it.

    A command without a shortcut is found in menus and in the palette. `local` keys belong to a focused widget (chart,
    grid) and are listed in the key map only.
    """

    id: str
    text: str
    shortcut: str = ""
    group: str = "File"
    needs: frozenset[str] = frozenset()
    local: bool = False


COPY_SLIDE, TEMPLATE = "copy-slide", "template"
"""Commands that the report of the current role does."""


def _needs(*facts: str) -> frozenset[str]:
    return frozenset(facts)


COMMANDS: tuple[Command, ...] = (
    Command("go-portfolio", "Portfolio", "Ctrl+1", "Go"),
    Command("go-role", "Role", "Ctrl+2", "Go"),
    Command("go-import", "Import", "Ctrl+3", "Go"),
    Command("go-library", "Library", "Ctrl+4", "Go"),
    Command("go-evidence", "Evidence", "Ctrl+5", "Go"),
    Command("go-help", "Help", "F1", "Go"),
    Command("tab-next", "Next tab of the role", "Ctrl+PgDown", "Go"),
    Command("tab-previous", "Tab of the role before", "Ctrl+PgUp", "Go"),
    Command("find", "Find a role, measure or action", "Ctrl+K", "Go"),
    Command("details", "Details", "F4", "View"),
    Command("text-larger", "Larger text", "Ctrl++", "View"),
    Command("text-smaller", "Smaller text", "Ctrl+-", "View"),
    Command("text-usual", "Usual text size", "Ctrl+Shift+0", "View"),
    Command("theme-system", "Colours: follow the system", "", "View"),
    Command("theme-light", "Colours: light", "", "View"),
    Command("theme-dark", "Colours: dark", "", "View"),
    Command("theme-high-contrast", "Colours: high contrast", "", "View"),
    Command("undo", "Undo", "Ctrl+Z", "Edit", _needs("undo")),
    Command("redo", "Redo", "Ctrl+Y", "Edit", _needs("redo")),
    Command("file-new", "New evaluation file", "Ctrl+N", "File"),
    Command("file-open", "Open an evaluation file", "Ctrl+O", "File"),
    Command("checkpoint", "Checkpoints: name this moment, or go back to one", "Ctrl+S", "File", _needs("file")),
    Command("backups", "File safety: backups, restoring, checking", "Ctrl+Shift+B", "File"),
    Command("role-add", "Add a role", "Ctrl+Shift+N", "Role", _needs("file")),
    Command("import-file", "Import a spreadsheet", "Ctrl+I", "Role"),
    Command("roles-mark", "Mark the chosen role for comparing, or unmark it", "Space", "Portfolio", local=True),
    Command("roles-compare", "Compare two to four marked roles", "Ctrl+Shift+C", "Portfolio", local=True),
    Command(COPY_SLIDE, "Copy slide: sentence, chart and table", "Ctrl+Shift+L", "Role", _needs("file")),
    Command(TEMPLATE, "Blank workbook for collecting figures", "", "Role", _needs("file")),
    Command("grid-move", "Move by a cell", "Up, Down, Left, Right", "Grid", local=True),
    Command("grid-next", "Move right; Enter then goes down and back to where the run began", "Tab", "Grid", local=True),
    Command("grid-back", "Move left", "Shift+Tab", "Grid", local=True),
    Command("grid-down", "Move down; in a chosen block from cell to cell, as Tab does", "Return", "Grid", local=True),
    Command("grid-up", "Move up", "Shift+Return", "Grid", local=True),
    Command(
        "grid-jump",
        "Go to the last value before a gap, or over the gap",
        "Ctrl+Up, Ctrl+Down, Ctrl+Left, Ctrl+Right",
        "Grid",
        local=True,
    ),
    Command("grid-row-ends", "Go to the start or the end of the row", "Home, End", "Grid", local=True),
    Command("grid-first", "Go to the first cell", "Ctrl+Home", "Grid", local=True),
    Command("grid-last", "Go to the last cell", "Ctrl+End", "Grid", local=True),
    Command("grid-page", "Go a page up or down", "PgUp, PgDown", "Grid", local=True),
    Command("grid-page-across", "Go a page left or right", "Alt+PgUp, Alt+PgDown", "Grid", local=True),
    Command(
        "grid-choose",
        "Choose a block: Shift with any key that moves",
        "Shift+Up, Shift+Down, Shift+Left, Shift+Right",
        "Grid",
        local=True,
    ),
    Command("grid-choose-all", "Choose every cell", "Ctrl+A", "Grid", local=True),
    Command("grid-choose-column", "Choose the whole column", "Ctrl+Space", "Grid", local=True),
    Command("grid-choose-row", "Choose the whole row", "Shift+Space", "Grid", local=True),
    Command("grid-edit", "Edit the value; typing replaces it", "F2", "Grid", local=True),
    Command("grid-enter-all", "While typing: put it into every chosen cell", "Ctrl+Return", "Grid", local=True),
    Command("grid-leave-entry", "Leave the entry as it was", "Esc", "Grid", local=True),
    Command("grid-clear", "Clear", "Del, Backspace", "Grid", local=True),
    Command("grid-copy", "Copy, for Excel too", "Ctrl+C, Ctrl+Ins", "Grid", local=True),
    Command("grid-cut", "Cut", "Ctrl+X, Shift+Del", "Grid", local=True),
    Command(
        "grid-paste",
        "Paste a block, from Excel too; always as values",
        "Ctrl+V, Ctrl+Shift+V, Shift+Ins",
        "Grid",
        local=True,
    ),
    Command("grid-fill-down", "Fill down", "Ctrl+D", "Grid", local=True),
    Command("grid-fill-right", "Fill right", "Ctrl+R", "Grid", local=True),
    Command("grid-copy-above", "Copy the value above", "Ctrl+'", "Grid", local=True),
    Command("grid-not-collected", "Mark as not collected", "Ctrl+0", "Grid", local=True),
    Command("grid-note", "Write a note on the cell", "Shift+F2", "Grid", local=True),
    Command("grid-menu", "Menu of the chosen cells: set aside, provisional, fill", "Shift+F10", "Grid", local=True),
    Command("grid-flip", "Flip: swap rows and columns", "Ctrl+T", "Grid", local=True),
    Command("grid-leave", "Leave the grid", "F6", "Grid", local=True),
    Command("grid-leave-back", "Leave the grid backwards", "Shift+F6", "Grid", local=True),
    Command("import-reread", "Read the file again, keeping every answer", "F5", "Import", local=True),
    Command("import-paste", "Paste a table on the first step", "Ctrl+V", "Import", local=True),
    Command("import-take", "Take the proposal for the chosen cell", "Enter", "Import", local=True),
    Command("import-mend", "Type another value for the chosen cell", "F2", "Import", local=True),
    Command("import-blank", "Leave the chosen cell blank", "Del", "Import", local=True),
    Command("import-edge", "Move an edge of the table by one, in its field", "Up, Down", "Import", local=True),
    Command("help-link", "Go to the next link of the text; Enter follows it", "Left, Right", "Help", local=True),
    Command("help-back", "Back to where the help was opened", "F6, Esc", "Help", local=True),
    Command("chart-table", "Show the chart as a table", "T", "Chart", local=True),
    Command("chart-copy", "Copy picture, table and sentence", "C", "Chart", local=True),
    Command("chart-event", "Add an event", "A", "Chart", local=True),
    Command("chart-baseline", "Set the baseline", "B", "Chart", local=True),
    Command("chart-step", "Step through the points", "Left, Right", "Chart", local=True),
)


class ActionBook(QObject):
    """The commands as Qt actions. `on` says who answers; `set_facts` switches on what can be done now."""

    changed = Signal()

    def __init__(self, owner: QWidget, commands: Iterable[Command] = COMMANDS) -> None:
        super().__init__(owner)
        self._owner = owner
        self._facts: frozenset[str] = frozenset()
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._answered: set[str] = set()
        for command in commands:
            self.add(command)

    def add(self, command: Command) -> QAction:
        """Take in one more command."""
        action = QAction(amp(command.text), self)
        if command.shortcut and not command.local:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._owner.addAction(action)
        action.setToolTip(self._tip(command, command.text))
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._enable(command.id)
        return action

    def on(self, command_id: str, slot: Callable[[], None]) -> None:
        """Have a bound method answer a command."""
        self._actions[command_id].triggered.connect(slot)
        self._answered.add(command_id)
        self._enable(command_id)

    def action(self, command_id: str) -> QAction:
        """The Qt action of a command, for a menu or button."""
        return self._actions[command_id]

    def run(self, command_id: str) -> None:
        """Do a command as if chosen from a menu."""
        self._actions[command_id].trigger()

    def set_facts(self, facts: Iterable[str]) -> None:
        """Say what holds now (`file`, `undo`, `role`...): commands whose needs are met are switched on."""
        self._facts = frozenset(facts)
        for command_id in self._commands:
            self._enable(command_id)
        self.changed.emit()

    def have(self, fact: str, holds: bool) -> None:
        """Say whether one fact holds now, leaving the others."""
        self.set_facts(self._facts | {fact} if holds else self._facts - {fact})

    def say(self, command_id: str, text: str) -> None:
        """Change a command's words, as in `Undo paste of 24 values`."""
        action = self._actions[command_id]
        action.setText(amp(text))
        action.setToolTip(self._tip(self._commands[command_id], text))
        self.changed.emit()

    def available(self) -> list[Command]:
        """Commands that can be chosen now, in order: what the palette offers."""
        return [command for command in self._commands.values() if self._actions[command.id].isEnabled()]

    def words(self, command_id: str) -> str:
        """A command's words as they stand now."""
        return self._actions[command_id].text().replace("&&", "&")

    def key_map(self) -> list[tuple[str, str, str]]:
        """Group, key and words of every command that has a key: what the help page prints."""
        return [(c.group, c.shortcut, c.text) for c in self._commands.values() if c.shortcut]

    def _enable(self, command_id: str) -> None:
        command = self._commands[command_id]
        ready = command_id in self._answered and not command.local and command.needs <= self._facts
        self._actions[command_id].setEnabled(ready)

    @staticmethod
    def _tip(command: Command, text: str) -> str:
        return f"{text} ({command.shortcut})" if command.shortcut else text
