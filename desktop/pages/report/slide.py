"""The slide of a role on the clipboard: as a picture, and as its sentence and table for programs that take words."""

from __future__ import annotations

import hashlib

from desktop.copying import copy_picture
from desktop.printing.pages import slide_picture
from exporters.page import Page
from exporters.register import ExportFacts, export_facts
from exporters.report import Report
from exporters.slide import slide_of, slide_text

CLIPBOARD = "clipboard"


def copy_slide(page: Page, report: Report) -> ExportFacts:
    """Put the slide of a page on the clipboard; what the register keeps of it."""
    slide = slide_of(page)
    text = slide_text(slide)
    copy_picture(slide_picture(slide), text)
    return export_facts(report, CLIPBOARD, "", hashlib.sha256(text.encode()).hexdigest())
