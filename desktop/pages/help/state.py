"""The help pages: titles, texts and passages, filled in from the registries, and the search over them. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import resources
from desktop.frame.help_places import slug
from desktop.pages.help.filled import Keys, filled_places, words_of

_HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([\w-]+)(?:#([\w-]+))?\)")
WITHOUT_WORDS = ("keys", "messages", "glossary")
"""Pages that end in no list of the words they use."""


@dataclass(frozen=True)
class HelpPageState:
    """One page: what names it, its title, and its markdown."""

    key: str
    title: str
    text: str

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in order, the title first."""
        return tuple(_HEADING.findall(self.text))

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Page and slug of a heading that each link of the page leads to."""
        return tuple(_LINK.findall(self.text))


@dataclass(frozen=True)
class Passage:
    """What stands under one heading of a page."""

    page: str
    title: str
    heading: str
    text: str


def help_pages(texts: Mapping[str, str], keys: Keys) -> tuple[HelpPageState, ...]:
    """The pages in order; the first line of each is its title. Each ends in the glossary's words that it uses."""
    fill = filled_places(keys)
    pages = []
    for name, text in texts.items():
        key = name.partition("-")[2]
        whole = _filled(text, fill)
        words = "" if key in WITHOUT_WORDS else words_used(whole)
        pages.append(HelpPageState(key, whole.splitlines()[0].removeprefix("# ").strip(), whole.rstrip() + words))
    return tuple(pages)


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for place, words in fill.items():
        text = text.replace("{{" + place + "}}", words)
    return text


def words_used(text: str) -> str:
    """A line of links to the words of the glossary that stand in a text; nothing where there is none."""
    terms = [row["term"] for row in resources.load("glossary")["terms"]]
    found = [term for term in terms if any(re.search(rf"\b{re.escape(w)}s?\b", text) for w in words_of(term))]
    links = " · ".join(f"[{term}](glossary#{slug(term)})" for term in found)
    return f"\n\n---\n\nWords: {links}\n" if found else ""


def passages(page: HelpPageState) -> tuple[Passage, ...]:
    """A page in the passages between its headings."""
    starts = [*_HEADING.finditer(page.text)]
    ends = [*(start.start() for start in starts[1:]), len(page.text)]
    return tuple(
        Passage(page.key, page.title, start.group(1), page.text[start.start() : end].partition("\n---\n")[0])
        for start, end in zip(starts, ends, strict=True)
    )


def found(pages: Sequence[HelpPageState], text: str) -> tuple[Passage, ...]:
    """The passages that hold every word, those with one of them in the heading first; for no words, each page's top."""
    words = text.casefold().split()
    if not words:
        return tuple(passages(page)[0] for page in pages)
    held = [one for page in pages for one in passages(page) if _holds(f"{one.title} {one.text}", words)]
    return tuple(sorted(held, key=lambda one: not any(word in one.heading.casefold() for word in words)))


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in words)
