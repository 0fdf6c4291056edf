"""A last look for data that point to a person in any text that is about to leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.identifiers import KIND_WORDS, Identifier, find_identifiers, masked
from analysis.problems import UserProblem
from exporters.declared import Sheet

CONTACT_ROWS = ("Contact", "Producer")
FINGERPRINT_LENGTH = 64
_FINGERPRINT = re.compile("[0-9a-f]*")
"""A SHA-256 of our own, some of whose digits may by chance be those of an NHS number."""


@dataclass(frozen=True)
class Found:
    """One text that may point to a person. `masked` shows its shape and nothing of it."""

    kind: str
    sheet: str
    masked: str


def personal_data(sheets: Sequence[Sheet]) -> list[Found]:
    """Everything in the texts of these sheets that looks like a person's own."""
    seen: dict[str, tuple[Identifier, ...]] = {}
    found = []
    for sheet in sheets:
        for text in dict.fromkeys(_texts(sheet)):
            if text not in seen:
                seen[text] = find_identifiers(text)
            found += [Found(KIND_WORDS[one.kind], sheet.name, masked(text[one.start : one.end])) for one in seen[text]]
    return found


def _texts(sheet: Sheet) -> list[str]:
    told = [sheet.title, *sheet.lines, *(column.heading for column in sheet.columns)]
    rows = [row for row in sheet.rows if sheet.name != "Cover" or row[0] not in CONTACT_ROWS]
    cells = dict.fromkeys([cell for row in rows for cell in row if isinstance(cell, str)])
    return [*told, *(text for text in cells if not _is_fingerprint(text))]


def _is_fingerprint(text: str) -> bool:
    return len(text) == FINGERPRINT_LENGTH and bool(_FINGERPRINT.fullmatch(text))


def refuse_personal_data(sheets: Sequence[Sheet]) -> None:
    """Raises UserProblem, naming the sheet and the kind with the text masked, when there is any."""
    found = personal_data(sheets)
    if found:
        first = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UserProblem(
            f"The worksheet {first.sheet} would hold an identifier of a person ({first.kind} {first.masked}){more}.",
            "Nothing was written. Take it out of the text it stands in, then export again.",
        )


def refuse_in_texts(where: str, texts: Iterable[str]) -> None:
    """Raises UserProblem, naming the kind with the text masked, when one of the texts looks like a person's own."""
    for text in texts:
        for one in find_identifiers(text):
            shape = masked(text[one.start : one.end])
            raise UserProblem(
                f"{where} would hold an identifier of a person ({KIND_WORDS[one.kind]} {shape}).",
                "Nothing was written. Take it out of the text it stands in, then save again.",
            )
