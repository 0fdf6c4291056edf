"""One slide of a role, declared from its page: the sentence, the chart, the answers in a table, how sure we can be."""

from __future__ import annotations

from exporters.page import Block, Box, Page, Picture, Small, Table, Title

_KEPT = (Title, Box, Picture, Table, Small)
_MOST_TABLES = 1


def slide_of(page: Page) -> Page:
    """The blocks of a page that a slide has room for, in their order; only the first table."""
    tables = 0
    kept: list[Block] = []
    for block in page.blocks:
        tables += isinstance(block, Table)
        if isinstance(block, _KEPT) and not (isinstance(block, Table) and tables > _MOST_TABLES):
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
            parts.append("\n".join("\t".join(row) for row in (block.headings, *block.rows)))
        elif isinstance(block, Box | Small):
            parts.append(block.text)
    return "\n\n".join(parts)
