"""The text of a help page: headings to go to, links, and pictures in the colours that are on, never cut."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from PySide6.QtCore import QBuffer, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QImageReader,
    QKeyEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.frame.help_places import slug
from desktop.theme.look import look
from desktop.theme.tokens import Theme
from resources import help_picture

DRAWN_AT = 2
"""Pictures are drawn with so many pixels for each point of the screen, so that they stay sharp at twice the size."""
SIZES_HELD = 64
BESIDE = 12
MOST_LETTERS = 90
"""Letters of a line at most: longer ones are hard to follow."""


class HelpText(QTextBrowser):
    """`followed` carries the page and the slug of the heading that a link leads to."""

    followed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Help text")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self._wanted = ""
        self._shown: tuple[str, Theme] | None = None
        self.anchorClicked.connect(self._follow)

    def show_text(self, markdown: str) -> None:
        """Show a page from its top. The one that is shown is not read again, nor are its pictures."""
        self._wanted = ""
        shown = markdown, look().theme
        if shown == self._shown:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)
            return
        self._shown = shown
        self.document().clear()
        self.document().setDefaultFont(look().theme.font("body"))
        self.setMarkdown(markdown)
        self._fit_pictures()

    def go_to(self, heading: str) -> bool:
        """Bring a heading to the top and choose its words; without such a heading, what begins with these words."""
        wanted = slug(heading)
        blocks = [block for block in self._blocks() if slug(block.text()).startswith(wanted)]
        best = sorted(blocks, key=lambda block: (slug(block.text()) != wanted, not block.blockFormat().headingLevel()))
        if not wanted or not best:
            return False
        cursor = QTextCursor(best[0])
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._wanted = heading
        self._scroll(best[0])
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the text at once, however many links it has."""
        return bool(QWidget.focusNextPrevChild(self, forward))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Left go from link to link, Enter follows one."""
        steps = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
        if (forward := steps.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            super().focusNextPrevChild(forward)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the help, in dark colours where the theme is dark."""
        if QTextDocument.ResourceType(kind) is QTextDocument.ResourceType.ImageResource:
            return _picture(QUrl(name).path())
        return super().loadResource(kind, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures, and keep the heading that was gone to in view."""
        super().resizeEvent(event)
        self._fit_pictures()
        if self._wanted:
            self.go_to(self._wanted)

    def _blocks(self) -> list[QTextBlock]:
        held, block = [], self.document().begin()
        while block.isValid():
            held.append(block)
            block = block.next()
        return held

    def _scroll(self, block: QTextBlock) -> None:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(int(top) - BESIDE)

    def picture_widths(self) -> list[float]:
        """How wide each picture of the page is shown, in order."""
        return [picture.width() for _, picture in self._pictures()]

    def _pictures(self) -> list[tuple[int, QTextImageFormat]]:
        """Place and format of every picture of the page."""
        held = []
        for block in self._blocks():
            spans = block.begin()
            while not spans.atEnd():
                fragment = spans.fragment()
                if fragment.charFormat().isImageFormat():
                    held.append((fragment.position(), fragment.charFormat().toImageFormat()))
                spans += 1
        return held

    def _fit_pictures(self) -> None:
        """Lines no longer than can be read well; each picture as large as the text is, but no wider than they are."""
        letters = QFontMetrics(self.document().defaultFont()).averageCharWidth() * MOST_LETTERS
        wide = max(min(self.viewport().width(), letters), 1)
        self.setLineWrapColumnOrWidth(wide)
        most = max(wide - 2 * BESIDE, 1)
        for position, picture in self._pictures():
            self._size(position, picture, most)

    def _size(self, position: int, picture: QTextImageFormat, most: int) -> None:
        image = _picture_size(PurePosixPath(picture.name()).stem, dark=look().theme.is_dark)
        if image.isEmpty():
            return
        width = min(image.width() / DRAWN_AT * look().theme.scale, most)
        if picture.width() == width:
            return
        picture.setWidth(width)
        picture.setHeight(width * image.height() / image.width())
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(picture)

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.path(), link.fragment())


@lru_cache(maxsize=SIZES_HELD)
def _picture_size(stem: str, *, dark: bool) -> QSize:
    """How large a picture of the help is, without decoding it: asked for every picture at every size of the window."""
    held = QBuffer()
    held.setData(help_picture(stem, dark=dark))
    return QImageReader(held).size()


def _picture(path: str) -> QImage:
    """A picture of the help, in dark colours where the theme is dark; an empty one where there is none."""
    return QImage.fromData(help_picture(PurePosixPath(path).stem, dark=look().theme.is_dark))
