"""One whole task over AT-SPI alone: a first role, two years of figures, the chart, the workbook.

    xvfb-run -a dbus-run-session -- tools/at_spi_task.sh EVALUATION.roleworth WORKBOOK.xlsx

Run by the system's Python, which has `gi`; the app runs in its own environment beside it. Prints the steps taken.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.at_spi import Bus, Node, NotThereError, application, until

RETURN, DOWN, DIGITS = 0xFF0D, 0xFF54, 0x30
FIGURES = (61, 64, 58, 66, 63, 60, 65, 59, 62, 67, 61, 63, 52, 49, 55, 50, 47, 53, 51, 48, 54, 50, 49, 52)
NAME, MEASURE = "Care navigator", "A&E attendances"


def first_role(app: Node) -> None:
    """Answer the five questions, as far as they are known."""
    app.find("push button", "Set up a role").press()
    for caption, text in (
        ("What you call it", NAME),
        ("Place or team", "Elm PCN"),
        ("First day in post", "1 Apr 2024"),
    ):
        app.find("text", caption).write(text)
    app.find("check box", MEASURE).press()
    app.find("push button", "Set up this role").press()


def figures(app: Node, bus: Bus) -> None:
    """Type two years of figures: the first over the grid, from where Return leads into it, the others in the grid."""
    app.find("page tab", "Data").press()
    value = app.find("text", "Value")
    value.focus()
    value.write(str(FIGURES[0]))
    bus.key(RETURN)
    app.find("cell", f"Apr 23, {MEASURE}: {FIGURES[0]}")
    bus.key(DOWN)
    for figure in FIGURES[1:]:
        for sign in str(figure):
            bus.key(DIGITS + int(sign))
        bus.key(RETURN)
        time.sleep(0.15)
    app.find("cell", f"Mar 25, {MEASURE}: {FIGURES[-1]}")


def chart(app: Node) -> str:
    """What is said of the chart."""
    app.find("page tab", "Impact").press()
    wanted = f"Chart: {MEASURE}"
    return until(lambda: next((node for node in app.walk() if node.name.startswith(wanted)), None), wanted).name


def workbook(app: Node, target: Path) -> None:
    """Save the workbook by the system's dialogue."""
    app.find("page tab", "Report").press()
    app.find("push button", "Save Excel workbook").press()
    dialog = app.find("dialog", "Save the workbook")
    dialog.find("text", "File name").write(str(target))
    dialog.find("push button", "Save").press()
    end = time.monotonic() + 60
    while not target.exists():
        if time.monotonic() > end:
            text = f"{target.name} was not written"
            raise NotThereError(text)
        time.sleep(0.2)


def main(target: Path) -> None:
    """Do the task and say how long each part took."""
    bus = Bus()
    app = application(bus, "Roleworth")
    began = time.monotonic()
    first_role(app)
    print(f"role {time.monotonic() - began:.1f} s", flush=True)
    figures(app, bus)
    print(f"figures {time.monotonic() - began:.1f} s", flush=True)
    print(f"said: {chart(app)}", flush=True)
    workbook(app, target)
    print(f"done {time.monotonic() - began:.1f} s: {target.name}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
