"""One slide of a role, declared from its page: the sentence, the chart, the answers in a table, how sure we can be."""

from __future__ import annotations

from exporters.block_text import to_tsv
from exporters.page import Block, Box, Heading, Page, Paragraph, Picture, Small, Table, Title

_KEPT = (Title, Box, Picture, Small)


def slide_of(page: Page) -> Page:
    """The blocks of a page that a slide has room for, in their order: the chart with its title and what it is against a
    comparator, and the first table."""
    first = next((block for block in page.blocks if isinstance(block, Table)), None)
    kept: list[Block] = []
    for before, block, after in zip((None, *page.blocks), page.blocks, (*page.blocks[1:], None), strict=False):
        is_said_of_chart = isinstance(block, Paragraph) and isinstance(before, Picture)
        if isinstance(block, Heading) and isinstance(after, Picture):
            kept.append(Heading(block.below))
        elif isinstance(block, _KEPT) or is_said_of_chart or (block is first and first is not None):
            kept.append(block)
    return Page(page.title, tuple(kept))


def slide_text(slide: Page) -> str:
    """The same in words, the table as a block that a spreadsheet takes apart."""
    parts = []
    for block in slide.blocks:
        if isinstance(block, Title):
            parts.append(f"{block.text}\n{block.below}")
        elif isinstance(block, Picture):
            parts.append(block.alt_text)
        elif isinstance(block, Table):
            parts.append(to_tsv((block.headings, *block.rows)))
        elif isinstance(block, Box | Paragraph | Small):
            parts.append(block.text)
    return "\n\n".join(parts)
