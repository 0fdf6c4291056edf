"""The parts of the help that other registries fill: keys, messages, cautions, methods, levels, words. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import resources
from desktop.frame.help_places import slug
from desktop.problem_codes import entries_text, families

NO_KEY = "Ctrl+K"
Keys = Sequence[tuple[str, str, str]]
AS_LABELLED = {"Return": "Enter", "PgDown": "Page Down", "PgUp": "Page Up", "Ins": "Insert", "Del": "Delete"}
"""Keys as keyboards name them, and the help with them, by Qt's names."""


def filled_places(keys: Keys) -> Mapping[str, str]:
    """What stands in the place of each `{{name}}` of the help texts."""
    makers: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
        "cautions": ("cautions", _caution),
        "methods": ("methods", _method),
        "levels": ("evidence_levels", _level),
        "glossary": ("glossary", _term),
    }
    made = {name: _entries(resources.load(held), one) for name, (held, one) in makers.items()}
    return {"keys": key_tables(keys), "messages": entries_text(families()), **made}


def key_tables(keys: Keys) -> str:
    """The key map as one markdown table a group; what has no key is found with Ctrl+K."""
    parts = []
    for group, rows in groupby(keys, key=lambda row: row[0]):
        lines = [f"| {as_labelled(key) or NO_KEY} | {words} |" for _, key, words in rows]
        parts.append("\n".join([f"## {group}", "", "| key | what it does |", "|---|---|", *lines]))
    return "\n\n".join(parts)


def as_labelled(keys: str) -> str:
    """`Ctrl+Return, Del` as it stands on a keyboard: `Ctrl+Enter, Delete`."""
    return re.sub(rf"\b(?:{'|'.join(AS_LABELLED)})\b", lambda found: AS_LABELLED[found[0]], keys)


def words_of(term: str) -> tuple[str, ...]:
    """The words a term of the glossary explains: `after, before` explains two."""
    return tuple(word.strip() for word in term.split(","))


def _entries(held: Mapping[str, Any], one: Callable[[Mapping[str, Any]], str]) -> str:
    rows = next(value for value in held.values() if isinstance(value, list))
    return "\n\n".join(one(row) for row in rows)


def _caution(row: Mapping[str, Any]) -> str:
    return f"### {row['title']}\n\n{row['says']} **{row['help']}**\n\nCode: `{row['code']}`"


def _method(row: Mapping[str, Any]) -> str:
    captions = {
        "inputs": "What goes in",
        "formula": "How it is worked out",
        "source": "Where it comes from",
        "not_for": "What it is not for",
        "proof": "What was seen of it",
    }
    facts = [f"- **{words}.** {row[key]}" for key, words in captions.items() if row[key]]
    return "\n".join([f"### {row['title']}", "", row["plain"], "", *facts])


def _level(row: Mapping[str, Any]) -> str:
    return f"### Level {row['level']}\n\n{row['needs']} *{row['says']}*"


def _term(row: Mapping[str, Any]) -> str:
    page, _, heading = row["see"].partition("#")
    more = f"[More]({page}{'#' + slug(heading) if heading else ''})"
    return f"#### {row['term']}\n\n{row['means'][0].upper()}{row['means'][1:].replace('<', chr(92) + '<')} {more}"
