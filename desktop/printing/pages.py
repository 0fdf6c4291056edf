"""Laying declared pages out on A4, as a picture for the preview or as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from analysis.problems import UserProblem
from desktop.printing.blocks import draw
from desktop.printing.inks import ink, write
from exporters.page import Block, Heading, Page, Picture, Title
from exporters.placing import in_place

A4 = (595.0, 842.0)
MARGIN, FOOTER = 36.0, 20.0
SLIDE_WIDTH, SLIDE_MARGIN = 1920, 14.0
END, END_ROOM = b"%%EOF", 64
"""How a whole PDF ends. The writer does not say when the disk is full."""


def sheets_of(page: Page) -> list[list[tuple[Block, float]]]:
    """The blocks on each sheet of paper with their places; no block breaks, no heading stands without what follows."""
    width, bottom = A4[0] - 2 * MARGIN, A4[1] - MARGIN - FOOTER
    sheets: list[list[tuple[Block, float]]] = [[]]
    top = MARGIN
    heights = [draw(block, None, 0, 0, width) for block in page.blocks]
    for place, (block, height) in enumerate(zip(page.blocks, heights, strict=True)):
        follows = heights[place + 1] if isinstance(block, Heading) and place + 1 < len(heights) else 0.0
        if top + height + follows > bottom and sheets[-1]:
            sheets.append([])
            top = MARGIN
        sheets[-1].append((block, top))
        top += height
    return sheets


def paint_sheet(painter: QPainter, blocks: Sequence[tuple[Block, float]], number: int, of: int) -> None:
    """Paint one sheet; the painter is scaled to points."""
    for block, top in blocks:
        draw(block, painter, top, MARGIN, A4[0] - 2 * MARGIN)
    foot = QRectF(MARGIN, A4[1] - MARGIN + 4, A4[0] - 2 * MARGIN, 14)
    write(painter, foot, f"Page {number} of {of}", "small", "text2")


def pictures(page: Page, width: int) -> list[QImage]:
    """Every sheet as a picture so many pixels wide."""
    sheets = sheets_of(page)
    made = []
    for number, blocks in enumerate(sheets, 1):
        image = QImage(QSize(width, round(width * A4[1] / A4[0])), QImage.Format.Format_RGB32)
        image.fill(ink("card"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(width / A4[0], width / A4[0])
        paint_sheet(painter, blocks, number, len(sheets))
        painter.end()
        made.append(image)
    return made


def chart_picture(page: Page, width: int) -> QImage | None:
    """The chart of a page alone, with what it shows above it; None for a page without one."""
    kept = [block for block in page.blocks if isinstance(block, Title | Picture)]
    if not any(isinstance(block, Picture) for block in kept):
        return None
    room = A4[0] - 2 * MARGIN
    heights = [draw(block, None, 0, 0, room) for block in kept]
    scale = width / A4[0]
    image = QImage(QSize(width, round((sum(heights) + 24) * scale)), QImage.Format.Format_RGB32)
    image.fill(ink("card"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    top = 12.0
    for block, height in zip(kept, heights, strict=True):
        draw(block, painter, top, MARGIN, room)
        top += height
    painter.end()
    return image


def slide_picture(slide: Page, width: int = SLIDE_WIDTH) -> QImage:
    """A slide of sixteen by nine, or taller where its words need it."""
    room = A4[0] - 2 * MARGIN
    heights = [draw(block, None, 0, 0, room) for block in slide.blocks]
    tall = max(sum(heights) + 2 * SLIDE_MARGIN, A4[0] * 9 / 16)
    scale = width / A4[0]
    image = QImage(QSize(width, round(tall * scale)), QImage.Format.Format_RGB32)
    image.fill(ink("card"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    top = SLIDE_MARGIN
    for block, height in zip(slide.blocks, heights, strict=True):
        draw(block, painter, top, MARGIN, room)
        top += height
    painter.end()
    return image


def write_pdf(page: Page, target: Path) -> Path:
    """Write a page as a PDF; returns where it went.

    Raises UserProblem when it cannot be written; an older file is then untouched.
    """

    def draw_whole(beside: Path) -> None:
        _draw_pdf(page, beside)
        if not beside.read_bytes()[-END_ROOM:].rstrip().endswith(END):
            raise _half_written(target)

    return in_place(target, draw_whole)[0]


def _draw_pdf(page: Page, file: Path) -> None:
    writer = QPdfWriter(str(file))
    writer.setTitle(page.title)
    writer.setCreator("Roleworth")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setResolution(600)
    sheets = sheets_of(page)
    painter = QPainter(writer)
    painter.scale(600 / 72, 600 / 72)
    for number, blocks in enumerate(sheets, 1):
        if number > 1:
            writer.newPage()
        paint_sheet(painter, blocks, number, len(sheets))
    painter.end()


def write_picture(image: QImage, target: Path) -> Path:
    """Write a picture as PNG; returns where it went.

    Raises UserProblem when it cannot be written; an older file is then untouched.
    """

    def save_whole(beside: Path) -> None:
        if not image.save(str(beside), "PNG"):  # type: ignore[call-overload] # the stub knows the format only as bytes
            raise _half_written(target)

    return in_place(target, save_whole)[0]


def _half_written(target: Path) -> UserProblem:
    """What it means that a file is not whole: Qt does not say why."""
    return UserProblem(
        f"{target.name} cannot be written there, or not to its end.",
        "Any older file is as it was. Choose another folder, or make room, and try again.",
    )
