"""Reading an evidence pack: checked before anything is kept, and refused in words.

A pack is refused when it is not one, was made by a newer version, was changed after it was made, lacks what results are
matched on, or holds a small number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from typing import Any

from analysis.problems import UserProblem
from analysis.sites import NO_FAMILY, SiteMeasure, SiteResult
from analysis.vocabulary import Direction, MeasureKind

FORMAT, VERSION = "roleworth evidence pack", 1
LARGEST = 20_000_000
SMALL = 4
"""Counts of people from 1 to this are small under every policy."""
SAFE = "Nothing was brought in."
Plain = Mapping[str, Any]  # Any: what JSON holds


@dataclass(frozen=True)
class ReadPack:
    """A pack that may be kept: its text as it came, its hash and version, whose it is, and its results."""

    file_name: str
    sha256: str
    version: int
    content: str
    organisation: str
    results: tuple[SiteResult, ...]


def read_pack(path: Path) -> ReadPack:
    """Read and check a pack. Raises UserProblem saying what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserProblem(f"{path.name} is too large to be an evidence pack.", SAFE)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserProblem(f"{path.name} cannot be read: {error.strerror}.", SAFE) from error
    except UnicodeDecodeError as error:
        raise UserProblem(f"{path.name} is not an evidence pack: it is not text.", SAFE) from error
    return checked_pack(text, path.name)


def checked_pack(text: str, name: str) -> ReadPack:
    """The pack in a text. Raises UserProblem saying what is wrong with it."""
    content = _document(text, name)
    version = content.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UserProblem(f"{name} does not say which version of the pack it is.", f"Ask for it again. {SAFE}")
    if version > VERSION:
        raise UserProblem(
            f"{name} was made by a newer Roleworth: packs of version {version}, and this one reads up to {VERSION}.",
            f"Update Roleworth, or ask for a pack of the older version. {SAFE}",
        )
    digest = _digest(content)
    if content.get("sha256") != digest:
        raise UserProblem(
            f"{name} was changed after it was made: its contents no longer match its SHA-256.",
            f"Ask the team that sent it for an unchanged copy. {SAFE}",
        )
    try:
        results = results_of(content)
        small = _small(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserProblem(
            f"{name} lacks part of what a pack holds ({error}).", f"Ask the team that sent it to make it again. {SAFE}"
        ) from error
    if small:
        raise UserProblem(
            f"{name} holds small numbers of people: {small}.",
            f"They could point to a person, so the pack is not kept. Ask for a protected one. {SAFE}",
        )
    return ReadPack(name, digest, version, text, str(content.get("organisation", "")), results)


def _document(text: str, name: str) -> Plain:
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UserProblem(f"{name} is not an evidence pack: it is not JSON.", SAFE) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UserProblem(f"{name} is not an evidence pack.", f"Choose a file that Roleworth has saved as one. {SAFE}")
    return content


def _no_constant(word: str) -> float:
    text = f"{word} is not a number"
    raise ValueError(text)


def _digest(content: Plain) -> str:
    bare = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def results_of(content: Plain) -> tuple[SiteResult, ...]:
    """The results of every measure of every role in a checked pack."""
    return tuple(_result(content, role, measure) for role in content["roles"] for measure in role["measures"])


def _result(content: Plain, role: Plain, held: Plain) -> SiteResult:
    kind = MeasureKind(held["kind"])
    measure = SiteMeasure(
        str(held["name"]),
        kind,
        str(held["unit"]),
        Direction(held["direction"]).value,
        str(held["library_key"]),
        str(held["definition"]),
        str(held["definition_hash"]),
    )
    effect = held["effect"]
    scale = "relative" if measure.is_ratio else "absolute"
    ends = (scale, f"{scale}_lower", f"{scale}_upper")
    none = effect.get("none")
    numbers = [nan if none is not None or effect[end] is None else float(effect[end]) for end in ends]
    why = str(none) if none is not None else "" if not any(map(isnan, numbers)) else "no change on this scale"
    place = ", ".join(part for part in (str(role["name"]), str(role["place"])) if part)
    owner = str(content["organisation"])
    return SiteResult(
        site=f"{place} ({owner})" if owner else place,
        family=str(role["family"]) or NO_FAMILY,
        measure=measure,
        estimate=numbers[0],
        lower=numbers[1],
        upper=numbers[2],
        why_none=why,
        n_before=int(held["n_before"]),
        n_after=int(held["n_after"]),
        level=int(held["evidence"]["level"]),
        is_early=bool(effect.get("early", True)),
        is_own=False,
        factors={str(one["key"]): str(one["state"]) for one in role["factors_at_launch"]},
    )


def _small(content: Plain) -> str:
    """The first small number of people, in words; empty where there is none."""
    for role in content["roles"]:
        for measure in role["measures"]:
            if measure["kind"] != MeasureKind.COUNT.value or not measure["counts_people"]:
                continue
            few = [one for one in measure["values"] if one["value"] is not None and 0 < one["value"] <= SMALL]
            if few:
                more = f" and {len(few) - 1} more" if len(few) > 1 else ""
                return f"{measure['name']}, {role['name']}, {few[0]['start']}{more}"
    return ""
