"""Data a user may read and edit; no code but this way in."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """A data file by its name without ending, `measure_library` say. Always the same object: do not change it."""
    held: dict[str, Any] = json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return held


def deflator() -> dict[str, float]:
    """The GDP deflator by financial year, the current vintage (source and licence in `gdp_deflator.json`)."""
    return {row["year"]: float(row["index"]) for row in load("gdp_deflator")["rows"]}


def help_texts() -> dict[str, str]:
    """The help pages in order, as markdown: `2-what-changed` to its text."""
    pages = (entry for entry in files(__name__).joinpath("help").iterdir() if entry.name.endswith(".md"))
    return {page.name.removesuffix(".md"): page.read_text(encoding="utf-8") for page in sorted(pages, key=_named)}


def help_picture(name: str, *, dark: bool = False) -> bytes:
    """A picture of the help as PNG, drawn in light or dark colours; nothing where there is none of that name."""
    picture = files(__name__).joinpath("help", "pictures", f"{name}{'-dark' if dark else ''}.png")
    return picture.read_bytes() if picture.is_file() else b""


def _named(entry: Traversable) -> str:
    return entry.name
