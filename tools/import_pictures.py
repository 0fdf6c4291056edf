"""Every step and state of the import window, on look-alikes made for the picture, for `tools.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.frame.window import MainWindow
from desktop.pages.importing.page import ImportPage
from tools.app_pictures import app_window

MONTHS = [(2024 + (3 + at) // 12, (3 + at) % 12 + 1) for at in range(14)]
HEAD = "Case manager activity\nSource: community system, run 3 June 2025\n\n"
ROLE = 3


def activity(*, months: int = 14, headings: str = "Month,Admissions,GP contacts,Home visits,Caseload") -> str:
    """A team's sheet with the usual slips: a stray sign, two separators, words, a value ten times the usual."""
    slips = {(5, 1): "1.8.9", (8, 2): "12-", (10, 1): "1890", (11, 3): "tbc"}
    lines = []
    for at, (year, month) in enumerate(MONTHS[:months]):
        cells = [33 + at % 5, 176 + at * 7 % 19, 12 + at % 7, 0 if at < 9 else at * 2]
        texts = [slips.get((at, across), str(cell)) for across, cell in enumerate(cells)]
        lines.append(f"01/{month:02d}/{year}," + ",".join(texts[: headings.count(",")]))
    return f"{HEAD}{headings}\n" + "\n".join(lines) + "\n"


def faulty(rows: int) -> str:
    """A long sheet in which two of three cells cannot be read."""
    lines = [
        f"01/{at % 12 + 1:02d}/{2005 + at // 12},{at % 40},{'n/k?' if at % 3 else at},{'-x' if at % 2 else at + 3}"
        for at in range(rows)
    ]
    return "Month,Contacts,Referrals,Visits\n" + "\n".join(lines) + "\n"


def ledger() -> str:
    """Postings of a ledger with a net and a gross column."""
    lines = [
        f"{year}-{month:02d}-28,{line},{net + at},{gross + at}"
        for at, (year, month) in enumerate(MONTHS)
        for line, net, gross in (("Pay band 6", 3100, 3100), ("Travel", 40, 48), ("Travel", 12, 14))
    ]
    return "Posting date,Subjective description,Net amount,Gross amount\n" + "\n".join(lines) + "\n"


LIMITS = "Month,Falls per 1000,Lower CI,Upper CI,Population\n" + "".join(
    f"{year}-{month:02d},{12 + at},{10 + at},{15 + at},{8000 + at}\n" for at, (year, month) in enumerate(MONTHS)
)
TWO_ORDERS = "Date,Falls\n13/04/2025,10\n04/14/2025,20\n05/04/2025,30\n20/04/2025,90\n25/04/2025,12\n"
SNAPSHOT = "Practice figures, April 2025\n\nPractice,Code,Referrals,Waiting\n" + "".join(
    f"{name} Surgery,A8{at}001,{20 + at},{5 + at}\n" for at, name in enumerate(("Elm", "Oak", "Ash", "Lime"))
)
PEOPLE = "NHS number,Name,Date of birth,Contacts\n" + "".join(
    f"{number},{name},0{at + 1}/03/1950,{at}\n"
    for at, (number, name) in enumerate((("9434765919", "A Person"), ("9434765870", "B Person")))
)


def written(name: str, text: str | bytes) -> str:
    """A file of a name in a folder of its own."""
    path = Path(tempfile.mkdtemp(prefix="roleworth-pictures-")) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def page_of(window: MainWindow | QWidget) -> ImportPage:
    """The import page of a window."""
    return next(iter(window.findChildren(ImportPage)))


def reading(name: str, text: str | bytes, step: int | None = None, *, role: int = ROLE) -> QWidget:
    """The import page with a file read, at a step."""
    window = app_window("Import", role)
    page = page_of(window)
    page.read(written(name, text))
    if step is not None:
        page.steps.asked.emit(step)
    return window


def many_sheets() -> QWidget:
    """A workbook with a sheet for every month."""
    from openpyxl import Workbook

    book = Workbook()
    for at, (year, month) in enumerate(MONTHS[:8]):
        sheet = book.active if not at else book.create_sheet()
        sheet.title = f"{year}-{month:02d}"
        for line in (("Practice", "Code", "Referrals"), ("Elm Surgery", "A81001", 20 + at), ("Oak", "A82001", 9 + at)):
            sheet.append(line)
    path = Path(tempfile.mkdtemp(prefix="roleworth-pictures-")) / "monthly returns.xlsx"
    book.save(path)
    window = app_window("Import", ROLE)
    page_of(window).read(str(path))
    return window


def busy() -> QWidget:
    """Reading that takes long."""
    window = app_window("Import", ROLE)
    page = page_of(window)
    page.progress.step(60, 100, "community-activity.xlsx: finding tables")
    page.progress.show()
    return window


def twice() -> QWidget:
    """The same file again: nothing new; and the list of imports."""
    window = app_window("Import", ROLE)
    page, path = page_of(window), written("activity.csv", activity())
    page.read(path)
    page.steps.asked.emit(4)
    page.foot.go.click()
    page.read(path)
    return window


def after(text: str, name: str = "activity.csv", again: str = "") -> QWidget:
    """What is shown after an import, and on reading the next file."""
    window = app_window("Import", ROLE)
    page = page_of(window)
    page.read(written(name, text))
    page.steps.asked.emit(4)
    page.foot.go.click()
    if again:
        page.read(written(name, again))
    return window


IMPORT_SCREENS: dict[str, Callable[[], QWidget]] = {
    "import": partial(app_window, "Import"),
    "import-busy": busy,
    "import-sheet": partial(reading, "trust-case-manager-2025-05.csv", activity(), 1),
    "import-privacy": partial(reading, "trust-case-manager-2025-05.csv", activity(), 2),
    "import-match": partial(reading, "trust-case-manager-2025-05.csv", activity(), 3),
    "import-review": partial(reading, "trust-case-manager-2025-05.csv", activity(), 4),
    "import-many-issues": partial(reading, "long.csv", faulty(150), 4),
    "import-limits": partial(reading, "falls.csv", LIMITS, 3),
    "import-two-orders": partial(reading, "falls.csv", TWO_ORDERS, 1),
    "import-snapshot": partial(reading, "practices.csv", SNAPSHOT),
    "import-many-sheets": many_sheets,
    "import-people": partial(reading, "people.csv", PEOPLE),
    "import-damaged": partial(reading, "damaged.xlsx", b"PK\x03\x04 this is no workbook"),
    "import-twice": twice,
    "import-done": partial(after, activity()),
    "import-ledger": partial(reading, "ledger.csv", ledger()),
    "import-ledger-done": partial(after, ledger(), "ledger.csv"),
    "import-changed": partial(
        after, activity(), again=activity(headings="Month,Admissions,GP contact count,Home visits")
    ),
}
