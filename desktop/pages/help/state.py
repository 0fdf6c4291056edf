"""The help pages: titles and texts, the keys filled in from the commands themselves. Qt-free but for the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

KEYS_PLACE, MESSAGES_PLACE = "{{keys}}", "{{messages}}"


@dataclass(frozen=True)
class HelpPageState:
    """One page: what names it, its title, and its markdown."""

    key: str
    title: str
    text: str


def help_pages(
    texts: Mapping[str, str], keys: Sequence[tuple[str, str, str]], messages: str = ""
) -> tuple[HelpPageState, ...]:
    """The pages in order; the first line of each is its title. Keys and messages come from their own tables."""
    fill = {KEYS_PLACE: key_tables(keys), MESSAGES_PLACE: messages}
    return tuple(
        HelpPageState(name.partition("-")[2], _title(text), _filled(text, fill)) for name, text in texts.items()
    )


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for place, words in fill.items():
        text = text.replace(place, words)
    return text


def _title(text: str) -> str:
    return text.splitlines()[0].removeprefix("# ").strip()


def key_tables(keys: Sequence[tuple[str, str, str]]) -> str:
    """The key map as one markdown table a group."""
    parts = []
    for group, rows in groupby(keys, key=lambda row: row[0]):
        lines = [f"| {key} | {words} |" for _, key, words in rows]
        parts.append("\n".join([f"## {group}", "", "| key | what it does |", "|---|---|", *lines]))
    return "\n\n".join(parts)


def found(pages: Sequence[HelpPageState], text: str) -> tuple[HelpPageState, ...]:
    """The pages that hold every word; all of them for an empty text."""
    words = text.lower().split()
    return tuple(page for page in pages if all(word in page.text.lower() for word in words))
