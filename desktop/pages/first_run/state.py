"""The three doors in words. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "What did the new role change, and was it worth its cost?"
LEAD = (
    "Record a role you have put to work, enter what happened before and after it began, and see an answer you can "
    "defend."
)
SAFE = "Everything stays in one file on this computer. No account and no internet connection are needed."


@dataclass(frozen=True)
class Door:
    """One way in: its icon, words, promises, the button, and how long it takes."""

    key: str
    icon: str
    title: str
    text: str
    promises: tuple[str, str, str]
    button: str
    takes: str
    primary: bool = False


DOORS = (
    Door(
        "sample",
        "play",
        "Look round a sample",
        "Northvale, a fictional place with four roles: one that shows a change, one that does not, one too early to "
        "say and one not yet launched.",
        ("Nothing to type", "Kept in its own file, marked SAMPLE", "Delete it whenever you like"),
        "Open the sample",
        "2 minutes",
    ),
    Door(
        "set up",
        "user",
        "Set up my first role",
        "Five questions: what the role is, where, when it starts, what it should change, and what it costs. "
        "Skip any of them.",
        (
            "Works before launch too",
            "Tells you the smallest change you could detect",
            "Every answer can be changed later",
        ),
        "Start the five questions",
        "5 minutes",
        primary=True,
    ),
    Door(
        "spreadsheet",
        "file-text",
        "I have a spreadsheet",
        "Bring the sheet you keep now. Roleworth reads it, proposes measures and dates, and asks before it saves "
        "anything.",
        ("Excel, CSV or OpenDocument", "May stay open in Excel", "Columns with personal data are left out"),
        "Choose a spreadsheet",
        "10 minutes",
    ),
)
