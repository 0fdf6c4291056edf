"""What a picture on the clipboard must not do."""

import subprocess
import sys
from pathlib import Path

ENDS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from desktop.copying import copy_picture

def run():
    app = QGuiApplication(["app", "-platform", "offscreen"])
    copy_picture(QImage(8, 8, QImage.Format.Format_RGB32), "said")
    print(QGuiApplication.clipboard().text(), QGuiApplication.clipboard().mimeData().hasImage())
    QTimer.singleShot(0, app.quit)
    return app.exec()

sys.exit(run())
"""


def test_the_program_ends_as_it_should_after_a_picture_was_copied() -> None:
    """Qt's own clipboard takes what Python made down after Python has gone, which ended with a segmentation fault."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True, check=False, cwd=root)
    assert (done.returncode, done.stdout.split()) == (0, ["said", "True"])
